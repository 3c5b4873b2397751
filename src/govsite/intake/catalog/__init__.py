"""Tables of disclosure items to domains (领域) of the catalog.

`grids` reads tables that have rows and columns, `loose` text whose table was lost; both give `Row`s. `values` makes
items of rows, `merge` keeps ids of an earlier import, `write` gives YAML.
"""
