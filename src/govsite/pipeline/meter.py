"""What single documents, pages and templates cost, whichever process did the work (`--timings`)."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from heapq import nlargest
from typing import NamedTuple

DOCUMENT, TEMPLATE, PAGE = "document", "template", "page"
_ROOM = 1000  # documents and pages between two looks for the slowest
_KEPT = 10  # of documents and pages, the slowest; of templates all


class Cost(NamedTuple):
    """Seconds, and how many pieces of work they are the sum of."""

    seconds: float
    times: int


Costs = dict[str, dict[str, Cost]]  # kind to name to cost


class Meter:
    """Gathers costs. Each process has one; what workers gathered is added to that of whoever sent them the work."""

    def __init__(self) -> None:
        self._costs: Costs = {}

    @contextmanager
    def measured(self, kind: str, name: str) -> Iterator[None]:
        """Count the time of what is done inside as the cost of `name`."""
        since = time.perf_counter()
        try:
            yield
        finally:
            self.add({kind: {name: Cost(time.perf_counter() - since, 1)}})

    def add(self, costs: Mapping[str, Mapping[str, Cost]]) -> None:
        """Add what was gathered elsewhere."""
        for kind, names in costs.items():
            known = self._costs.setdefault(kind, {})
            for name, cost in names.items():
                before = known.get(name)
                known[name] = (
                    Cost(before.seconds + cost.seconds, before.times + cost.times) if before else cost
                )
            if kind != TEMPLATE and len(known) > _ROOM:
                self._costs[kind] = dict(slowest(known))

    def take(self) -> Costs:
        """What was gathered since the last time, the slowest of each kind; gathering begins anew."""
        taken = {
            kind: dict(slowest(names)) if kind != TEMPLATE else names for kind, names in self._costs.items()
        }
        self._costs = {}
        return taken


def slowest(names: Mapping[str, Cost]) -> list[tuple[str, Cost]]:
    """The names that cost most, heaviest first; of equal ones by name."""
    return nlargest(_KEPT, sorted(names.items()), key=lambda item: item[1].seconds)


METER = Meter()
