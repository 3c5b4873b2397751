"""Whether the index of the query language is the one that belongs to the site."""

from __future__ import annotations

from pathlib import Path

from govsite.index.place import query_index
from govsite.pipeline.walk import Walk


def has_query_index(walk: Walk, out: Path) -> bool:
    """Whether the Whoosh index of the last build is there, or none is asked for."""
    if not walk.settings.search.whoosh or walk.request.preview:
        return True
    place = query_index(out)
    known = walk.memory.facts("query").get("digest")
    return bool(known) and place.folder.is_dir() and _first_line(place.digest) == known


def _first_line(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""
