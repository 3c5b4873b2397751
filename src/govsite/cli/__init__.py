"""The command line (命令行): one file a command."""
