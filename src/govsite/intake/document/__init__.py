"""Texts to documents: what a document says of itself found, its numbered headings a tree, its body Markdown."""
