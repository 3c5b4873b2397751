"""A local form for people who do not know YAML: one page a kind, made from the keys of the kind."""
