"""Lists as open data, revised: lines of the documents that changed are made anew, all others stay as they stand in the file.

A line is made of its own document and of that document's relations, of nothing else (`record_of`); so a list with the same
documents in the same order differs in the lines of those that changed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from govsite.render.context import RenderContext
from govsite.render.data import csv_record, json_line
from govsite.render.listings import Listings
from govsite.render.plan import Job

_SUFFIXES = {"column_json": "json", "listing_json": "json", "column_csv": "csv", "listing_csv": "csv"}
REVISABLE = frozenset(_SUFFIXES)
"""Makers of files that can be revised."""


class Revision(NamedTuple):
    """A list as the last build made it. content: gives its bytes, None where they are not at hand; reads: numbers of what it was made of; changed: keys of its documents that are
    not what they were.
    """

    content: Callable[[], bytes | None]
    reads: bytes
    changed: Collection[str]


def listed_keys(
    members: Mapping[str, tuple[str, ...]], listings: Listings, maker: str, args: Sequence[str | int]
) -> tuple[str, ...]:
    """Keys of the documents of a revisable file, in their order."""
    if maker.startswith("column"):
        return members.get(str(args[0]), ())
    return listings[str(args[0])][str(args[1])]


def revise_list(context: RenderContext, job: Job, keys: Sequence[str], known: Revision) -> bytes | None:
    """The list with the lines of changed documents made anew; None where it has to be made as a whole."""
    is_json = _SUFFIXES[job.maker] == "json"
    end = b"\n" if is_json else b"\r\n"
    content = known.content()
    lines = content.split(end) if content else []
    if len(lines) != len(keys) + (3 if is_json else 2):
        return None  # not at hand, or a cell of several lines
    last = len(keys)
    for place, key in enumerate(keys, 1):
        if key not in known.changed:
            continue
        make = json_line if is_json else csv_record
        line, reads = context.reads.within(partial(make, context, key))
        if not reads <= {f"d:{key}", f"r:{key}"}:
            return None
        comma = "," if is_json and place < last else ""
        lines[place] = f"{line.removesuffix(end.decode())}{comma}".encode()
    return end.join(lines)
