"""Every source to its result: those that are what they were from memory, the others read anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from govsite.cache.prepared import Prepared, prepared_to_bytes, read_prepared
from govsite.cache.sources import SourceRow, SourceRows, sources_section
from govsite.check.privacy.document import phones_in
from govsite.check.privacy.leak import PrivacyContext
from govsite.files.bodies import RecordReader
from govsite.files.digest import digest_of
from govsite.model.sources import Scanned, SourceFile
from govsite.pipeline.memory import Memory
from govsite.pipeline.parallel import chunked, map_chunks
from govsite.vocab.terms import kinds

CHUNK = 100
_FEW = 40  # sources that are read faster here than in other processes
_RECORDS = frozenset({"catalog", "organisations"})


class Sourced(NamedTuple):
    """rows: of every source by path, in path order; changed: paths of those that are not what they were, or are new;
    gone: paths that are no longer there.
    """

    rows: SourceRows
    changed: tuple[str, ...]
    gone: frozenset[str]


class Sourcing:
    """Reads the sources of one site."""

    def __init__(self, site: Path, memory: Memory, scanned: Scanned, jobs: int) -> None:
        self._site = site
        self._memory = memory
        self._scanned = scanned
        self._jobs = jobs
        self._withheld: dict[str, bytes] = {}
        self._reader = RecordReader(memory.packs)
        self.privacy = PrivacyContext()

    def records(self) -> SourceRows:
        """Rows of catalog and organisations: few files, which say what is no leak in all others."""
        return self._rows([file for file in self._scanned.sources if file.kind in _RECORDS], "r")

    def documents(self, progress: object) -> SourceRows:
        """Rows of all documents. What detectors of personal data know must be known by now."""
        return self._rows([file for file in self._scanned.sources if file.kind in kinds()], "p", progress)

    def load(self, rows: Iterable[SourceRow]) -> list[Prepared]:
        """Results in the order of `rows`."""
        return read_prepared(
            self._reader.read(row.prepared) if row.prepared else self._anew(row) for row in rows
        )

    def body(self, row: SourceRow) -> bytes:
        """The body of one source, as its pack has it."""
        return self._reader.read(row.body) if row.body else b""

    def _anew(self, row: SourceRow) -> bytes:
        """The result of a source of which nothing is kept."""
        if row.path not in self._withheld:
            from govsite.pipeline.prepare import Preparer, PrepareTask

            task = PrepareTask(self._site, self._memory.packs, self._scanned.files, self.privacy)
            file = SourceFile(row.path, row.kind, row.stamp.size)
            self._withheld[row.path] = prepared_to_bytes(Preparer(task).one(file)[1])
        return self._withheld[row.path]

    def close(self) -> None:
        """Let go of the packs."""
        self._reader.close()

    def section(self, rows: SourceRows) -> bytes:
        """For the next build."""
        return sources_section(rows, self._scanned, _privacy_digest(self.privacy))

    def compare(self, rows: SourceRows) -> Sourced:
        """What has changed since the last build."""
        known = self._memory.sources
        changed = [
            path
            for path, row in rows.fresh.items()
            if path not in known or not row.digest or not _is_same(known.row(path), row)
        ]
        return Sourced(rows, tuple(changed), frozenset(known.paths() - rows.keys()))

    def _rows(self, files: Sequence[SourceFile], name: str, progress: object = None) -> SourceRows:
        known = self._memory.sources
        trusted = name == "r" or known.privacy == _privacy_digest(self.privacy)
        same = known.same_files(files, self._scanned.files) if trusted else set[str]()
        stale = [file for file in files if file.path not in same]
        return SourceRows(known, [file.path for file in files], self._prepared(stale, name, progress))

    def _prepared(self, files: Sequence[SourceFile], name: str, progress: object) -> dict[str, SourceRow]:
        if not files:
            return {}
        from govsite.pipeline.prepare import Chunk, PrepareTask, make_preparer, prepare_chunk

        task = PrepareTask(self._site, self._memory.packs, self._scanned.files, self.privacy)
        chunks = [
            Chunk(f"{self._memory.run}{name}{number:06d}", part)
            for number, part in enumerate(chunked(files, CHUNK))
        ]
        jobs = 1 if len(files) <= _FEW else self._jobs
        rows: dict[str, SourceRow] = {}
        for number, places in enumerate(map_chunks(make_preparer, task, prepare_chunk, chunks, jobs), 1):
            for file, place in zip(chunks[number - 1].files, places, strict=True):
                if place.withheld:
                    self._withheld[file.path] = place.withheld
                rows[file.path] = SourceRow(
                    file.path, file.kind, file.stamp, place.digest, place.prepared, place.body, place.asked
                )
            if callable(progress):
                progress("read", min(number * CHUNK, len(files)), len(files))
        return rows


def _is_same(known: SourceRow, row: SourceRow) -> bool:
    return known.prepared == row.prepared and known.digest == row.digest


def _privacy_digest(privacy: PrivacyContext) -> str:
    return digest_of(privacy.as_of.encode(), *(phone.encode() for phone in sorted(privacy.phones)))


def known_phones(results: Iterable[Prepared], phone: str, as_of: str) -> PrivacyContext:
    """What the detectors may know: the telephones that the offices declare as their own."""
    numbers = [
        number for result in results for each in result.organisations for number in (each.phone, each.fax)
    ]
    return PrivacyContext(phones=phones_in([*numbers, phone]), as_of=as_of)
