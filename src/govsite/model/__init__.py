"""Nouns: document, column, catalog, site, relation."""
