"""Stage: the search index, for the browser and for Whoosh."""
