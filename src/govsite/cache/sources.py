"""Which files under `content/` are what they were, and where their results lie."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from govsite.cache.linked import dump
from govsite.cache.prepared import still_answered
from govsite.files.bodies import Stored
from govsite.files.damage import DamagedCacheError
from govsite.files.digest import digest_of, sha256_of_file
from govsite.files.stamps import Stamp, settled
from govsite.model.sources import Scanned, SourceFile

_FEW = 64  # rows whose text is changed where it stands


class SourceRow(NamedTuple):
    """What is known of one source. digest: of its bytes; prepared, body: None where the source may not be public: of it
    nothing is kept but the digest; asked: files it looked for, with the answers.
    """

    path: str
    kind: str
    stamp: Stamp
    digest: str
    prepared: Stored | None
    body: Stored | None
    asked: tuple[tuple[str, int], ...] = ()


class KnownSources:
    """Rows by path of the source, as the last build left them. privacy: digest of what the detectors knew then; raw: as JSON has them."""

    def __init__(self, site: Path, section: bytes | None) -> None:
        data: dict[str, Any] = json.loads(section) if section else {}
        self._site = site
        self._section = section or b""
        self.raw: dict[str, list[Any]] = data.get("rows", {})
        self.privacy: str = data.get("privacy", "")
        self._digests: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self.raw)

    def __contains__(self, path: str) -> bool:
        return path in self.raw

    def amended(self, others: Mapping[str, Any]) -> bytes:
        """The section with other rows for some sources, whose text is changed where it stands. Raises `DamagedCacheError`."""
        text = self._section
        for path, raw in others.items():
            before, known, after = text.partition(dump({path: self.raw[path]})[1:-1])
            if not known:
                raise DamagedCacheError("sources")
            text = before + dump({path: raw})[1:-1] + after
        return text

    def row(self, path: str) -> SourceRow:
        """The row of a source that is known."""
        kind, stamp, digest, prepared, body, asked = self.raw[path]
        return SourceRow(path, kind, Stamp(*stamp), digest, _place(prepared), _place(body), asked)

    def paths(self) -> set[str]:
        """Paths of all known sources."""
        return set(self.raw)

    def same_files(self, files: Iterable[SourceFile], sizes: Mapping[str, int]) -> set[str]:
        """Paths of those of `files` that have the bytes they had, and to whose questions for other files the answers are what they were.

        sizes: of files by path under `content/`.
        """
        rows = self.raw
        same = set()
        for file in files:
            raw = rows.get(file.path)
            if raw is None:
                continue
            is_same = (raw[0] == file.kind and raw[2] and tuple(raw[1]) == file.stamp) or self.is_same(file)
            if is_same and (not raw[5] or self.is_answered(file.path, sizes)):
                same.add(file.path)
        return same

    def is_same(self, file: SourceFile) -> bool:
        """Whether a source has the bytes it had. It is read only where its stamp has changed."""
        raw = self.raw.get(file.path)
        if raw is None or raw[0] != file.kind or not raw[2]:
            return False
        if tuple(raw[1]) == file.stamp:
            return True
        if raw[1][0] not in {-1, file.size}:
            return False
        return self.digest(file.path) == str(raw[2])

    def digest(self, path: str) -> str:
        """Digest of a source's present bytes, `""` where it cannot be read."""
        if path not in self._digests:
            try:
                self._digests[path] = digest_of((self._site / path).read_bytes())
            except OSError:
                self._digests[path] = ""
        return self._digests[path]

    def is_answered(self, path: str, files: Mapping[str, int]) -> bool:
        """Whether the files that a source looked for are there, and of the size, as they were."""
        return still_answered(self.raw[path][5], lambda name: files.get(name, -1))


class SourceRows(Mapping[str, SourceRow]):
    """Rows by path, in the order of `paths`. fresh: those that are not the known ones, which are read when they are asked for."""

    def __init__(self, known: KnownSources, paths: Iterable[str], fresh: Mapping[str, SourceRow]) -> None:
        self.known = known
        self.fresh = fresh
        self._order = dict.fromkeys(paths)

    def __getitem__(self, path: str) -> SourceRow:
        row = self.fresh.get(path)
        if row is not None:
            return row
        if path not in self._order:
            raise KeyError(path)
        return self.known.row(path)

    def __contains__(self, path: object) -> bool:
        return path in self._order

    def __iter__(self) -> Iterator[str]:
        return iter(self._order)

    def __len__(self) -> int:
        return len(self._order)

    def __or__(self, other: SourceRows) -> SourceRows:
        return SourceRows(self.known, [*self._order, *other], {**self.fresh, **other.fresh})

    @property
    def packs(self) -> set[str]:
        """Names of the packs that hold results and bodies."""
        raw = (row for path, row in self.known.raw.items() if path in self._order and path not in self.fresh)
        names = {place[0] for row in raw for place in (row[3], row[4]) if place}
        return names | {
            place.file for row in self.fresh.values() for place in (row.prepared, row.body) if place
        }


class BodyPlaces(Mapping[str, Stored]):
    """Where bodies lie, by key of the document. files: path of the source by key; one whose source has no body is left out."""

    def __init__(self, rows: SourceRows, files: Mapping[str, str]) -> None:
        self._rows = rows
        self._files = files

    def __getitem__(self, key: str) -> Stored:
        place = self._rows[self._files[key]].body
        if place is None:
            raise KeyError(key)
        return place

    def __iter__(self) -> Iterator[str]:
        return (key for key, file in self._files.items() if self._rows[file].body)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _place(raw: list[Any] | None) -> Stored | None:
    return Stored(*raw) if raw else None


def sources_section(rows: SourceRows, scanned: Scanned, privacy: str) -> bytes:
    """The section for the next build. Stamps too young to be trusted are left out."""
    kept: dict[str, Any] = {}
    other: dict[str, Any] = {}
    for file in scanned.sources:
        if file.path not in rows:
            continue
        raw: Any = None if file.path in rows.fresh else rows.known.raw[file.path]
        if raw is None or tuple(raw[1]) != file.stamp:
            row = rows[file.path]._replace(stamp=settled(file.stamp, scanned.seen))
            raw = other[file.path] = row[1:]
        kept[file.path] = raw
    if privacy == rows.known.privacy and len(other) <= _FEW and list(kept) == list(rows.known.raw):
        return rows.known.amended(other)
    return dump({"privacy": privacy, "rows": kept})


class KnownFiles:
    """SHA-256 of files that are no sources, by path under `content/`."""

    def __init__(self, site: Path, section: bytes | None) -> None:
        self._root = site / "content"
        self._known: dict[str, list[Any]] = json.loads(section) if section else {}
        self._now: dict[str, str] = {}

    def sha256(self, path: str, scanned: Scanned) -> str:
        """Of a file's present bytes. Raises OSError where it cannot be read."""
        if path not in self._now:
            known = self._known.get(path)
            stamp = scanned.stamps.get(path)
            if known is not None and stamp is not None and tuple(known[0]) == stamp:
                self._now[path] = known[1]
            else:
                self._now[path] = sha256_of_file(self._root / path)
        return self._now[path]

    def are_same(self, scanned: Scanned) -> bool:
        """Whether every file that was asked for is there with the bytes it had."""
        try:
            return all(self.sha256(path, scanned) == known[1] for path, known in self._known.items())
        except OSError:
            return False

    def section(self, scanned: Scanned) -> bytes:
        """The section for the next build: the files asked for this time."""
        rows = {
            path: [settled(scanned.stamps[path], scanned.seen), digest]
            for path, digest in self._now.items()
            if path in scanned.stamps
        }
        return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
