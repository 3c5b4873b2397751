"""Local preview (预览): watches the sources and walks the same road again."""
