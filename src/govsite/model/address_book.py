"""Addresses that were published once: where they are now, or why they are gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from govsite.frozen import dataclass
from govsite.source.span import Span


@dataclass(frozen=True, slots=True)
class Move:
    """A page that lives elsewhere now. path, target: relative to the site root."""

    path: str
    target: str
    span: Span


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A page that was withdrawn (撤下). reason, basis: shown to everybody; on: ISO day."""

    path: str
    on: str
    reason: str
    basis: str
    span: Span


@dataclass(frozen=True, slots=True)
class AddressBook:
    """What `addresses.yaml` says, and the record of what was published: line in `published.txt` by address."""

    moves: tuple[Move, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()
    published: Mapping[str, int] = field(default_factory=dict)

    def destinations(self) -> dict[str, str]:
        """Where each moved address leads in the end, over as many moves as it takes; rings are left out."""
        direct = {move.path: move.target for move in self.moves}
        ends = {}
        for path, target in direct.items():
            seen, current = {path}, target
            while current in direct and current not in seen:
                seen.add(current)
                current = direct[current]
            if current not in seen:
                ends[path] = current
        return ends
