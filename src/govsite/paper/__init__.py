"""Paper (纸质版式): documents for Word and for print in the layout of official documents, GB/T 9704-2012.

`layout` is what is to be set, `word` the only door to python-docx, `pdf` the only door to reportlab.
"""
