"""Where a build's time went: stages, the slowest templates, pages and documents; a profile for those who look closer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import click

from govsite.cli.common import Session
from govsite.pipeline.meter import DOCUMENT, METER, PAGE, TEMPLATE, slowest

T = TypeVar("T")
_KINDS = (TEMPLATE, PAGE, DOCUMENT)


def tell_costs(session: Session, stages: Iterable[tuple[str, float]]) -> None:
    """Print stages in order, then what cost most of each kind, to stderr."""
    for stage, seconds in stages:
        click.echo(f"{session.t('stage.' + stage)} {seconds:.3f} s", err=True)
    costs = METER.take()
    for kind in _KINDS:
        rows = slowest(costs.get(kind, {}))
        if rows:
            click.echo(session.t(f"cost.{kind}"), err=True)
        for name, cost in rows:
            each = session.t("cost.times", times=cost.times) if kind == TEMPLATE else ""
            click.echo(f"  {cost.seconds:8.4f} s  {name}{each}", err=True)


def profiled(file: Path | None, work: Callable[[], T]) -> T:
    """What `work` gives; costs are counted from here on.

    With `file`, where each function's time went is written there as Python's `pstats` reads it.
    """
    METER.take()
    if file is None:
        return work()
    import cProfile

    profile = cProfile.Profile()
    try:
        return profile.runcall(work)
    finally:
        file.parent.mkdir(parents=True, exist_ok=True)
        profile.dump_stats(file)
