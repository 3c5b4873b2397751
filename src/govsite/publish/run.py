"""One publication in progress: what both layouts need at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from govsite.frozen import dataclass
from govsite.problems.problem import Problem
from govsite.publish.edition import Edition, Entry
from govsite.publish.failure import PublishError
from govsite.publish.lock import TargetLock
from govsite.publish.order import stage_of
from govsite.publish.state import Published
from govsite.publish.store import Upload

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What is to be public: an edition, the twins of its files, from which revision it was built, and whether
    this goes back to an edition that was public before.
    """

    edition: Edition
    twins: Mapping[str, Entry]
    sources: Mapping[str, Path]
    commit: str = ""
    back: bool = False

    @property
    def entries(self) -> dict[str, Entry]:
        """Every file that is to be at the target."""
        return {**self.edition.entries, **self.twins}

    def upload(self, path: str, at: str = "") -> Upload:
        """A file on its way; at: folder at the target, with the trailing slash."""
        return Upload(at + path, self.sources.get(path) or self.edition.folder / path)

    def published(self, retained: Sequence[str]) -> Published:
        """How the state remembers this edition."""
        edition = self.edition
        return Published(edition.id, edition.root, edition.data_date, self.commit, tuple(retained))


@dataclass(frozen=True, slots=True)
class Moved:
    """What travelled. paths that were added, changed, removed; sent: those that were really sent; sent_bytes of them."""

    before: str
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    sent: int = 0
    sent_bytes: int = 0


class Sending:
    """Sends files group by group and counts them."""

    def __init__(self, lock: TargetLock, total: int, progress: Progress) -> None:
        self._lock = lock
        self._total = total
        self._progress = progress
        self.sent = 0
        self.sent_bytes = 0

    def send(
        self, outgoing: Outgoing, paths: Iterable[str], at: str = "", skip: frozenset[str] = frozenset()
    ) -> None:
        """Send files in the order of travel; a group is whole at the target before the next one begins."""
        entries = outgoing.entries
        for _, group in groupby(paths, key=stage_of):
            names = [path for path in group if path not in skip]
            self._lock.renew()
            self._lock.store.put([outgoing.upload(path, at) for path in names], lambda path: self._done())
            self.sent_bytes += sum(entries[path].size for path in names)

    def _done(self) -> None:
        self.sent += 1
        self._lock.renew()
        self._progress("publish", self.sent, self._total)


def wrong_at(lock: TargetLock, entries: Mapping[str, Entry], paths: Iterable[str], at: str = "") -> list[str]:
    """Paths that are not at the target as they should be."""
    expected = [
        (at + path, entries[path].sha256, entries[path].size) for path in paths if entries[path].sha256
    ]
    return [path.removeprefix(at) for path in lock.store.differing(expected)]


def check_arrived(lock: TargetLock, entries: Mapping[str, Entry], paths: Iterable[str], at: str = "") -> None:
    """Compare what is at the target with what should be. Raises `PublishError` (PUB306)."""
    wrong = wrong_at(lock, entries, paths, at)
    if wrong:
        raise PublishError(Problem.at("PUB306", None, path=wrong[0], count=len(wrong)))
