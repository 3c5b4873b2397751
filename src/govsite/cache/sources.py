"""Which files under `content/` are what they were, and where their results lie."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from govsite.cache.prepared import still_answered
from govsite.files.bodies import Stored
from govsite.files.digest import digest_of, sha256_of_file
from govsite.files.stamps import Stamp, settled
from govsite.model.sources import Scanned, SourceFile


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
    """Rows by path of the source, as the last build left them. privacy: digest of what the detectors knew then."""

    def __init__(self, site: Path, section: bytes | None) -> None:
        data: dict[str, Any] = json.loads(section) if section else {}
        self._site = site
        self._rows: dict[str, list[Any]] = data.get("rows", {})
        self.privacy: str = data.get("privacy", "")
        self._digests: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, path: str) -> bool:
        return path in self._rows

    def row(self, path: str) -> SourceRow:
        """The row of a source that is known."""
        kind, stamp, digest, prepared, body, asked = self._rows[path]
        return SourceRow(path, kind, Stamp(*stamp), digest, _place(prepared), _place(body), asked)

    def paths(self) -> set[str]:
        """Paths of all known sources."""
        return set(self._rows)

    def is_same(self, file: SourceFile) -> bool:
        """Whether a source has the bytes it had. It is read only where its stamp has changed."""
        raw = self._rows.get(file.path)
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
        return still_answered(self._rows[path][5], lambda name: files.get(name, -1))


def _place(raw: list[Any] | None) -> Stored | None:
    return Stored(*raw) if raw else None


def sources_section(rows: Mapping[str, SourceRow], scanned: Scanned, privacy: str) -> bytes:
    """The section for the next build. Stamps too young to be trusted are left out."""
    kept = {}
    for file in scanned.sources:
        row = rows.get(file.path)
        if row is not None:
            kept[file.path] = row._replace(stamp=settled(file.stamp, scanned.seen))[1:]
    return json.dumps({"privacy": privacy, "rows": kept}, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


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
