"""From a walk's first look to the linked site, by the shortest road that there is."""

from __future__ import annotations

from govsite.pipeline.short import ShortRoad
from govsite.pipeline.walk import Walk
from govsite.pipeline.walked import Walked


def walk_road(walk: Walk, *, judge: bool = True) -> Walked:
    """The linked site. judge: look into attachments and at duties; not asked for by what only counts.

    Raises `DamagedCacheError` where the memory fails.
    """
    walked = ShortRoad(walk).walk() if judge else None
    if walked is None:
        from govsite.pipeline.whole import WholeRoad  # the short road needs none of it

        walked = WholeRoad(walk).walk(judge=judge)
    rows = walk.sourced.rows
    walk.memory.keep({"sources": walk.sourcing.section(rows)})
    walk.packs |= rows.packs
    return walked
