"""Ground: safe paths, digests, atomic writes."""
