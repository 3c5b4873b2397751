"""Stage: content files to raw documents with positions."""
