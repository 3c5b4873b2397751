"""Stage: raw documents to typed documents."""
