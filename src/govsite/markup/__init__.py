"""The only door to markdown-it-py."""
