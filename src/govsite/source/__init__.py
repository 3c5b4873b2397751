"""Ground: text, positions, YAML with positions."""
