"""Gram parts and their directory (词元分片与目录).

Grams with their lists stand in code-point order, cut into parts of about 8 kB where a digest of a gram says so: a list
that grows moves no boundary but perhaps its own part's. The directory is two steps: the manifest knows the first gram
of each page, a page knows the first gram of each part. A part's payload is one string: `<` and a first character, then
for each gram its other characters and its list; the characters of grams are never printable ASCII, lists always are.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple
from zlib import crc32

from govsite.index.parts import HEAD, make_part, name_gram, read_symbols, write_symbols

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = [
    "MAIN",
    "NEWEST",
    "Family",
    "cut_pages",
    "cut_parts",
    "find_list",
    "parse_grams",
    "write_gram_part",
    "write_page",
]

_CUT_MASK: Final = 31
_PAGE_MASK: Final = 0xFF00

_ENTRY = re.compile(rf"(?:{HEAD}([^ -~]))?([^ -~]*)([ -;=-~]*)")


class Family(NamedTuple):
    """Parts of one kind. folder: where they lie; least, most: bytes of a part, but for a list that is longer."""

    folder: str
    least: int
    most: int


MAIN: Final = Family("g", 6_000, 11_000)
NEWEST: Final = Family("n", 1_500, 3_000)
"""Lists of the newest documents: every query loads them beside the others, so their parts are small."""


def _digest(gram: str) -> int:
    return crc32(gram.encode())


def cut_parts(grams: Sequence[str], sizes: Iterable[int], family: Family = MAIN) -> Iterator[slice]:
    """Cut grams, ascending, into parts. What follows a cut does not depend on what was before.

    sizes: three for each character of a gram, and the length of its list.
    """
    ends = list(accumulate(sizes))
    begin = done = 0
    while begin < len(grams):
        end = max(begin + 1, bisect_right(ends, done + family.most))
        for at in range(bisect_left(ends, done + family.least) + 1, end):
            if _digest(grams[at]) & _CUT_MASK == 0:
                end = at
                break
        yield slice(begin, end)
        begin, done = end, ends[end - 1]


def cut_pages(firsts: Iterable[str]) -> Iterator[list[str]]:
    """Cut the first grams of all parts, ascending, into directory pages."""
    page: list[str] = []
    for gram in firsts:
        if page and _digest(gram) & _PAGE_MASK == 0:
            yield page
            page = []
        page.append(gram)
    if page:
        yield page


def write_gram_part(grams: Sequence[str], lists: Sequence[str], family: Family = MAIN) -> tuple[str, bytes]:
    """Return (path, content) of the part with these grams."""
    symbols = write_symbols("\n".join(grams)).split("\n")
    out = [""] * (2 * len(symbols))
    out[::2] = [one[1:] for one in symbols]
    out[1::2] = lists
    head = ""
    for at, one in enumerate(symbols):
        if one[0] != head:
            head = one[0]
            out[2 * at] = HEAD + one
    return make_part(f"{family.folder}/{name_gram(grams[0])}", f'"{"".join(out)}"'.encode())


def parse_grams(payload: str) -> list[tuple[str, str]]:
    """Return the (gram, list) pairs of a part's payload."""
    entries: list[tuple[str, str]] = []
    head = ""
    for first, rest, written in _ENTRY.findall(payload):
        if first:
            head = first
        if written:
            entries.append((head + rest, written))
    grams = read_symbols("\n".join([gram for gram, _ in entries])).split("\n")
    return [(gram, written) for gram, (_, written) in zip(grams, entries, strict=True)] if entries else []


def find_list(payload: str, gram: str) -> str:
    """Return the list of one gram of a part's payload, `""` where it has none."""
    symbols = write_symbols(gram)
    found = re.search(f"<{re.escape(symbols[0])}([^<]*)", payload)
    inside = found and re.search(f"(?:^|[ -~]){re.escape(symbols[1:])}(?![^ -~])([ -~]+)", found[1])
    return inside[1] if inside else ""


def write_page(firsts: list[str]) -> tuple[str, bytes]:
    """Return (path, content) of a directory page."""
    return make_part(f"d/{name_gram(firsts[0])}", " ".join(firsts))
