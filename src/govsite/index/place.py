"""Where the index of the query language lies: beside the site, never in it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class IndexPlace(NamedTuple):
    """folder: the Whoosh index; digest: file with the digest of its manifest, which vouches for the index."""

    folder: Path
    digest: Path


def query_index(out: Path) -> IndexPlace:
    """The place of the index that belongs to the site in `out`."""
    return IndexPlace(out.with_name(f"{out.name}.index"), out.with_name(f"{out.name}.index.digest"))
