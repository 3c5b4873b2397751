"""The terminal's server (终端服务): a verified edition to one machine. Reads, never writes but its own counters."""
