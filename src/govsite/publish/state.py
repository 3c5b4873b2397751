"""What a target remembers, in `.govsite/` there: the edition it holds, and the publication under way.

Nothing in it is secret: names and digests of files that are public, and git revisions. Who published what stands in
receipts, which stay with the publisher.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import field, replace
from typing import Any

from govsite.frozen import dataclass
from govsite.publish.edition import Entry
from govsite.publish.store import Store

FOLDER = ".govsite"
INCOMING = f"{FOLDER}/incoming"
LOCK = f"{FOLDER}/lock"
_STATE = f"{FOLDER}/state.json.gz"
_PENDING = f"{FOLDER}/pending.json"


@dataclass(frozen=True, slots=True)
class Published:
    """An edition a target has held. commit: git revision it was built from, or `""`; root: its Merkle root in hex."""

    edition: str
    root: str
    data_date: str = ""
    commit: str = ""
    retained: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """entries: every file at the target that govsite put there, by path; releases: editions held, oldest first, the
    current one by name in `edition`.
    """

    edition: str = ""
    entries: Mapping[str, Entry] = field(default_factory=dict)
    releases: tuple[Published, ...] = ()

    @property
    def current(self) -> Published | None:
        """The edition that is public."""
        return next((one for one in self.releases if one.edition == self.edition), None)

    @property
    def before(self) -> Published | None:
        """The edition that a rollback leads to."""
        names = [one.edition for one in self.releases]
        at = names.index(self.edition) if self.edition in names else 0
        return self.releases[at - 1] if at > 0 else None

    def with_edition(self, new: Published, entries: Mapping[str, Entry], keep: int) -> State:
        """The state after `new` became public: the `keep` newest editions up to it are remembered."""
        at = next(
            (n + 1 for n, one in enumerate(self.releases) if one.edition == self.edition), len(self.releases)
        )
        others = [one for one in self.releases[:at] if one.edition != new.edition]
        return State(new.edition, entries, (*others, new)[-max(keep, 2) :])

    def back_at(self, edition: str, entries: Mapping[str, Entry]) -> State:
        """The state after `edition`, one of those remembered, became public again."""
        return replace(self, edition=edition, entries=entries)


@dataclass(frozen=True, slots=True)
class Pending:
    """A publication that was begun and not yet ended. token: of the run; paths: every path it may have touched."""

    edition: str
    token: str
    paths: tuple[str, ...] = ()


def read_state(store: Store) -> State:
    """The state of a target; an empty one where nothing was published yet. Raises StoreError, ValueError."""
    data = store.read(_STATE)
    if data is None:
        return State()
    raw = json.loads(gzip.decompress(data))
    releases = tuple(Published(**{**one, "retained": tuple(one["retained"])}) for one in raw["releases"])
    return State(raw["edition"], {path: Entry(*entry) for path, entry in raw["entries"].items()}, releases)


def write_state(store: Store, state: State) -> None:
    """Replace the state. Raises StoreError."""
    raw: dict[str, Any] = {
        "version": 1,
        "edition": state.edition,
        "releases": [
            {"edition": one.edition, "root": one.root, "data_date": one.data_date, "commit": one.commit,
             "retained": one.retained}
            for one in state.releases
        ],
        "entries": state.entries,
    }  # fmt: skip
    text = json.dumps(raw, ensure_ascii=False, separators=(",", ":"))
    store.write(_STATE, gzip.compress(text.encode(), mtime=0))


def read_pending(store: Store) -> Pending | None:
    """The publication under way, None where the last one ended. Raises StoreError, ValueError."""
    data = store.read(_PENDING)
    if data is None:
        return None
    raw = json.loads(data)
    return Pending(raw["edition"], raw["token"], tuple(raw["paths"]))


def write_pending(store: Store, pending: Pending) -> None:
    """Say what is about to be touched, before it is. Raises StoreError."""
    raw = {"version": 1, "edition": pending.edition, "token": pending.token, "paths": pending.paths}
    store.write(_PENDING, json.dumps(raw, ensure_ascii=False, separators=(",", ":")).encode())


def end_pending(store: Store) -> None:
    """The publication ended. Raises StoreError."""
    store.remove([_PENDING])


def _files(edition: str) -> str:
    return f"{FOLDER}/releases/{edition}.json.gz"


def write_files(store: Store, edition: str, entries: Mapping[str, Entry]) -> None:
    """Remember every file of a release, for the day that it is gone back to. Raises StoreError."""
    text = json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
    store.write(_files(edition), gzip.compress(text.encode(), mtime=0))


def read_files(store: Store, edition: str) -> dict[str, Entry]:
    """Every file of a release by path; none where it was never finished. Raises StoreError, ValueError."""
    data = store.read(_files(edition))
    raw = json.loads(gzip.decompress(data)) if data else {}
    return {path: Entry(*entry) for path, entry in raw.items()}


def forget_files(store: Store, edition: str) -> None:
    """The release is no longer kept. Raises StoreError."""
    store.remove([_files(edition)])
