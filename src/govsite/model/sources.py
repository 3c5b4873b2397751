"""Sources as `load` hands them on."""

from __future__ import annotations

from dataclasses import field
from typing import NamedTuple

from govsite.files.stamps import NEVER, Stamp
from govsite.frozen import dataclass
from govsite.source.yaml import Mapping


class SourceFile(NamedTuple):
    """A source to be read. path: relative to the site; kind: document kind id, `catalog` or `organisations`."""

    path: str
    kind: str
    size: int
    stamp: Stamp = NEVER


@dataclass(frozen=True, slots=True)
class Scanned:
    """sources and files in path order; files: path under `content/` to size in bytes, sources left out;
    stamps: of these files; seen: the clock in nanoseconds before the first stamp was taken; folders: what tells that the files of a
    folder are what they were, by its path under `content/`, `""` where nothing can.
    """

    sources: tuple[SourceFile, ...]
    files: dict[str, int]
    stamps: dict[str, Stamp] = field(default_factory=dict)
    seen: int = 0
    folders: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """A source that could be read. front: its mapping; body: Markdown; body_line: lines that precede the body;
    text: the whole file, for checks that judge every line of it.
    """

    path: str
    kind: str
    digest: str
    front: Mapping
    body: str = ""
    body_line: int = 0
    text: str = ""
