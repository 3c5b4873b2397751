"""Outputs of the last build: what each was made of, so that only those are made again whose parts have changed."""

from __future__ import annotations

import json
from array import array
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from govsite.cache.linked import dump
from govsite.files.bodies import Stored
from govsite.files.damage import DamagedCacheError
from govsite.files.typed_json import decoder, encoder
from govsite.problems.problem import Problem

_INT = "I"
_FEW = 64  # names that are looked for one by one
_PROBLEMS = b'],"problems":'  # no quotation mark stands in a JSON text without a backslash before it


class PageRow(NamedTuple):
    """An output. reads: ids of the names it was made of, ascending; extract: place of its search extract."""

    path: str
    maker: str
    args: tuple[str | int, ...]
    sha256: str
    size: int
    problems: tuple[Problem, ...] = ()
    extract: Stored | None = None
    reads: Sequence[int] = ()


class Names:
    """Numbers for names of parts; a name keeps its number as long as the cache lives."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.ids: dict[str, int] = {name: number for number, name in enumerate(names)}

    def add_documents(self, keys: Iterable[str]) -> None:
        """Numbers for documents, their relations and bodies."""
        for key in keys:
            for prefix in ("d:", "r:", "b:"):
                self.ids.setdefault(prefix + key, len(self.ids))

    def number(self, name: str) -> int:
        """The number of a name, a new one where it has none."""
        return self.ids.setdefault(name, len(self.ids))

    def known(self, names: Iterable[str]) -> set[int]:
        """Numbers of those names that any page has read."""
        return {self.ids[name] for name in names if name in self.ids}

    def to_bytes(self) -> bytes:
        """For the section."""
        return dump(list(self.ids))


class KnownPages:
    """Outputs of the last build by path."""

    def __init__(self, pages: bytes, reads: bytes, names: bytes) -> None:
        data = json.loads(pages)
        self._text = pages
        self._rows: list[list[Any]] = data["rows"]
        self._problems: dict[str, list[Any]] = data["problems"]
        self.common: list[int] = data["common"]
        count = len(self._rows) + 1
        numbers = array(_INT, reads)
        self._starts = numbers[:count]
        self._reads = numbers[count:]
        self.names = Names(json.loads(names))

    @cached_property
    def _places(self) -> dict[str, int]:
        return {row[0]: place for place, row in enumerate(self._rows)}

    @property
    def paths(self) -> list[str]:
        """Paths in the order of the jobs."""
        return [row[0] for row in self._rows]

    def row(self, path: str) -> PageRow | None:
        """The output at `path`."""
        place = self._places.get(path)
        return None if place is None else self._row(place)

    def rows(self) -> list[PageRow]:
        """All outputs, in the order of the jobs."""
        return [self._row(place) for place in range(len(self._rows))]

    def _row(self, place: int) -> PageRow:
        path, maker, args, sha256, size, extract = self._rows[place]
        found = self._problems.get(path)
        return PageRow(
            path,
            maker,
            tuple(args),
            sha256,
            size,
            _problems_from(found) if found else (),
            Stored(*extract) if extract else None,
            self._reads[self._starts[place] : self._starts[place + 1]],
        )

    def reasons(self, path: str, names: Iterable[str]) -> set[str]:
        """Those of `names` that the output at `path` has read."""
        place = self._places[path]
        read = set(self._reads[self._starts[place] : self._starts[place + 1]])
        return {name for name in names if self.names.ids.get(name) in read}

    def packs(self, others: Container[str]) -> set[str]:
        """Packs that hold search extracts of outputs but those at the paths in `others`."""
        return {row[5][0] for row in self._rows if row[5] and row[0] not in others}

    @property
    def number(self) -> int:
        """How many of the outputs are pages."""
        return sum(1 for row in self._rows if row[3] and row[0].endswith(".html"))

    def jobs(self, paths: Container[str]) -> list[PageRow]:
        """The outputs at `paths`, in the order of the jobs."""
        return [self._row(place) for place, row in enumerate(self._rows) if row[0] in paths]

    def problems(self, others: Container[str]) -> list[Problem]:
        """Problems of all outputs but those at the paths in `others`."""
        return [
            problem
            for path, found in self._problems.items()
            if path not in others
            for problem in _problems_from(found)
        ]

    def amended(self, rows: Sequence[PageRow]) -> Mapping[str, bytes]:
        """Sections for the next build where `rows` stand for those of their paths. A row's text is changed where it stands."""
        encode = encoder(Problem)
        text, problems, place_of = self._text, dict(self._problems), self._places
        reads: dict[int, array[int]] = {}
        for row in rows:
            place = place_of[row.path]
            before, known, after = text.partition(dump(self._rows[place]))
            if not known:
                raise DamagedCacheError("pages")
            text = before + dump(_raw(row)) + after
            problems.pop(row.path, None)
            if row.problems:
                problems[row.path] = [encode(found) for found in row.problems]
            reads[place] = array(_INT, row.reads)
        if problems != self._problems:
            head, _, _ = text.rpartition(_PROBLEMS)
            text = head + _PROBLEMS + dump(problems) + b',"common":' + dump(self.common) + b"}"
        return {"pages": text, "reads": self._with_reads(reads), "names": self.names.to_bytes()}

    def _with_reads(self, others: Mapping[int, array[int]]) -> bytes:
        starts, pieces, end = array(_INT), [], 0
        moved = 0
        for place in sorted(others):
            first, last = self._starts[place], self._starts[place + 1]
            pieces += [self._reads[end:first], others[place]]
            known = self._starts[len(starts) : place + 1]
            starts.extend(array(_INT, [start + moved for start in known]) if moved else known)
            moved += len(others[place]) - (last - first)
            end = last
        known = self._starts[len(starts) :]
        starts.extend(array(_INT, [start + moved for start in known]) if moved else known)
        return b"".join(piece.tobytes() for piece in (starts, *pieces, self._reads[end:]))

    def touched(self, names: Iterable[str]) -> set[str]:
        """Paths of the outputs that read any of `names`; of all where what all share has read one."""
        changed = self.names.known(names)
        if not changed:
            return set()
        if not changed.isdisjoint(self.common):
            return {row[0] for row in self._rows}
        starts, reads = self._starts, self._reads
        if len(changed) <= _FEW:
            return {self._rows[place][0] for number in changed for place in self._readers(number)}
        return {
            row[0]
            for place, row in enumerate(self._rows)
            if not changed.isdisjoint(reads[starts[place] : starts[place + 1]])
        }

    def _readers(self, number: int) -> Iterator[int]:
        """Places of the rows that read a part: its number is looked for as bytes, which is quicker than looking at each row."""
        size = self._reads.itemsize
        wanted = array(_INT, [number]).tobytes()
        found = self._buffer.find(wanted)
        while found >= 0:
            if found % size == 0:
                yield bisect_right(self._starts, found // size) - 1
            found = self._buffer.find(wanted, found + 1)

    @cached_property
    def _buffer(self) -> bytes:
        return self._reads.tobytes()


def _raw(row: PageRow) -> list[Any]:
    return [row.path, row.maker, row.args, row.sha256, row.size, row.extract]


def _problems_from(rows: list[Any]) -> tuple[Problem, ...]:
    decode = decoder(Problem)
    return tuple(decode(row) for row in rows)


def pages_sections(rows: Sequence[PageRow], common: Sequence[int], names: Names) -> Mapping[str, bytes]:
    """Sections for the next build."""
    encode = encoder(Problem)
    starts, reads = array(_INT, [0]), array(_INT)
    for row in rows:
        reads.extend(row.reads)
        starts.append(len(reads))
    data = {
        "rows": [_raw(row) for row in rows],
        "problems": {row.path: [encode(found) for found in row.problems] for row in rows if row.problems},
        "common": list(common),
    }
    return {"pages": dump(data), "reads": starts.tobytes() + reads.tobytes(), "names": names.to_bytes()}
