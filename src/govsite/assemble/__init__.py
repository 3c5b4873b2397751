"""Stage: documents and settings to a site: columns, organisations, catalog."""
