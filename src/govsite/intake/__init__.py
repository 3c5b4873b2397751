"""Import (导入): what clerks have, Word, Excel, web pages, PDF and text, to sources of a site, with a report.

`read.read_material` turns a file into paragraphs and grids with their places; `catalog/` makes domains of it, `document/`
a document. Nothing is guessed silently: what is not certain is marked 待核 and reported with its place.
"""
