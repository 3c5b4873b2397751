"""Typed values out of YAML nodes: each `expect_*` gives a value or reports a problem."""
