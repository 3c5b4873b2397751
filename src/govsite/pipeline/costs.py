"""What each site of a workspace cost to build from nothing, kept between runs: by this work is shared out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

COSTS = "build/costs.json"
_SECONDS_A_DOCUMENT = 0.003  # where nothing was measured yet; only the proportion matters
_SECONDS_A_SITE = 0.8


def read_costs(root: Path) -> dict[str, tuple[int, float]]:
    """(documents, seconds) by place, as last measured; empty where nothing is kept."""
    try:
        kept = json.loads((root / COSTS).read_text(encoding="utf-8"))
        return {str(place): (int(row[0]), float(row[1])) for place, row in kept.items()}
    except (OSError, ValueError, TypeError, AttributeError, IndexError):
        return {}


def keep_costs(root: Path, measured: Mapping[str, tuple[int, float]]) -> None:
    """Remember what was measured now, beside what was measured before. A folder that cannot be written is let be."""
    if not measured:
        return
    known = read_costs(root) | dict(measured)
    rows = {place: [documents, round(seconds, 3)] for place, (documents, seconds) in sorted(known.items())}
    try:
        (root / COSTS).parent.mkdir(parents=True, exist_ok=True)
        (root / COSTS).write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8", newline="\n")
    except OSError:
        return


def expected_cost(kept: Mapping[str, tuple[int, float]], place: str, documents: int) -> float:
    """Seconds to expect: as measured, in proportion to today's documents; else by the number of documents alone."""
    known = kept.get(place)
    if known is None:
        return _SECONDS_A_SITE + documents * _SECONDS_A_DOCUMENT
    return known[1] * max(documents, 1) / max(known[0], 1) if known[0] else known[1]
