"""Names of the files that settings are read from."""

from __future__ import annotations

CONFIG_FILE = "config.yaml"
WORKSPACE_FILE = "workspace.yaml"  # above the sites: see settings/workspace.py
