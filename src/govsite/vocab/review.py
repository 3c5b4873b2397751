"""Stages of review (审核环节), from `review.yaml`."""

from __future__ import annotations

from functools import cache

from govsite.vocab.keys import part_keys
from govsite.vocab.records import read_data


def stage_labels() -> dict[str, str]:
    """Chinese name of each stage by key id, in the standard order."""
    return {key.id: key.label for key in part_keys("review").keys}


@cache
def stage_orders() -> tuple[tuple[str, ...], ...]:
    """Runs of stages whose days may not run backwards."""
    return tuple(tuple(run) for run in read_data("review")["orders"])


@cache
def stages_of(group: str) -> frozenset[str]:
    """`deciding`: stages that must have seen the very content; `people`: those that one person does not do alone."""
    return frozenset(read_data("review")[group])


def is_clear(conclusion: str) -> bool:
    """Whether a conclusion of 保密审查 lets a document out."""
    return conclusion.strip("。. ") in read_data("review")["clear"]
