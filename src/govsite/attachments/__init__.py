"""Attachments (附件): the only door to the libraries that read Office files and PDF.

`extract.extract` turns any bytes into an `Extracted` and never raises; `stored` keeps results by content digest.
"""
