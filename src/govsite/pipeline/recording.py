"""The record of what was published (`published.txt`): one permanent address a line, sorted, only ever added to."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from govsite.check.addresses import permanent_addresses
from govsite.files.damage import DamagedCacheError
from govsite.model.addresses import PUBLISHED_FILE
from govsite.pipeline.recall import recall_site
from govsite.pipeline.request import Request


class Recorded(NamedTuple):
    """added: addresses that were not in the record; total: that are now."""

    added: int
    total: int


def record_addresses(site: Path, live: Iterable[str], head: str) -> Recorded:
    """Write the record: what it held, and what is live. head: its first line. Raises OSError."""
    file = site / PUBLISHED_FILE
    known = file.read_text(encoding="utf-8-sig").splitlines() if file.is_file() else []
    before = {line.strip() for line in known if line.strip() and not line.startswith("#")}
    after = before | set(live)
    if after != before:
        lines = "".join(f"{line}\n" for line in sorted(after))
        file.write_text(f"# {head}\n{lines}", encoding="utf-8", newline="\n")
    return Recorded(len(after - before), len(after))


def record_built(request: Request, head: str) -> Recorded | None:
    """Record what the build made with `request` has; None where it left no memory. Raises OSError."""
    try:
        with recall_site(request) as survey:
            return record_addresses(request.site, permanent_addresses(survey.site), head) if survey else None
    except DamagedCacheError:
        return None
