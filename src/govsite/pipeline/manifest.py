"""The manifest: every file of a site with its SHA-256 and size, one a line."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from json.encoder import encode_basestring as quoted
from typing import NamedTuple

_ENTRIES = b'"entries": [\n'
_END = b"\n]}\n"
_BREAK = b",\n"


class FileFact(NamedTuple):
    """A file of the output: path, SHA-256 in hex, bytes."""

    path: str
    sha256: str
    size: int


def write_manifest(head: Mapping[str, object], facts: Iterable[FileFact]) -> bytes:
    """Every file by path. head: what stands before: the data date, the tool's version."""
    return _joined(head, [_line(fact) for fact in sorted(facts)])


def amend_manifest(
    head: Mapping[str, object], before: bytes, facts: Iterable[FileFact], gone: Iterable[str]
) -> bytes:
    """What `write_manifest` would give where all but `facts` and the paths in `gone` is as in the manifest `before`."""
    start = before.index(_ENTRIES) + len(_ENTRIES)
    lines = before[start : -len(_END)].split(_BREAK)
    for path in gone:
        place = _place(lines, path)
        if place < len(lines) and _path(lines[place]) == path:
            del lines[place]
    for fact in facts:
        place = _place(lines, fact.path)
        is_there = place < len(lines) and _path(lines[place]) == fact.path
        lines[place : place + is_there] = [_line(fact)]
    return _joined(head, lines)


def _place(lines: Sequence[bytes], path: str) -> int:
    return bisect_left(lines, path, key=_path)


def _path(line: bytes) -> str:
    return str(json.loads(line)[0])


def _line(fact: FileFact) -> bytes:
    return f'[{quoted(fact.path)},"{fact.sha256}",{fact.size}]'.encode()


def _joined(head: Mapping[str, object], lines: Sequence[bytes]) -> bytes:
    top = json.dumps({**head, "files": len(lines)}, ensure_ascii=False)[:-1].encode()
    return top + b", " + _ENTRIES + _BREAK.join(lines) + _END
