"""A record is what a frozen dataclass with slots is, whichever of the two made it."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, fields, is_dataclass, replace
from typing import Any

import pytest

from govsite import frozen
from govsite.problems.problem import Problem
from govsite.source.span import Span


class _Plain:
    """Each kind of field."""

    first: int
    second: str = "b"
    third: list[int] = field(default_factory=list)
    fourth: int = field(default=4, repr=False)
    fifth: int = field(default=5, compare=False)

    @property
    def double(self) -> int:
        return self.first * 2


KINDS: tuple[Any, ...] = (
    dataclass(frozen=True, slots=True)(type("Plain", (), dict(vars(_Plain)))),
    frozen.dataclass(frozen=True, slots=True)(type("Plain", (), dict(vars(_Plain)))),
)


@pytest.mark.parametrize("kind", KINDS, ids=["dataclass", "frozen"])
def test_a_record_is_a_frozen_dataclass(kind: Any) -> None:
    one = kind(1)
    assert is_dataclass(one)
    assert [each.name for each in fields(one)] == ["first", "second", "third", "fourth", "fifth"]
    assert repr(one) == "Plain(first=1, second='b', third=[], fifth=5)"
    assert (one, one.double) == (kind(1, "b", [], 4, 6), 2)
    assert one not in (kind(2), kind(1, fourth=5), (1, "b", [], 4), None)
    assert one.third is not kind(1).third
    assert replace(one, second="c") == kind(1, "c")
    assert hash(kind(1, third=())) == hash(kind(1, third=(), fifth=9))
    assert kind.__match_args__ == ("first", "second", "third", "fourth", "fifth")
    assert copy.copy(one) == copy.deepcopy(one) == one
    for wrong in (kind, lambda: kind(1, sixth=6), lambda: kind(1, "b", [], 4, 5, 6)):
        with pytest.raises(TypeError):
            wrong()


@pytest.mark.parametrize("kind", KINDS, ids=["dataclass", "frozen"])
def test_nothing_of_a_record_changes(kind: Any) -> None:
    one = kind(1)
    with pytest.raises(FrozenInstanceError):
        one.first = 2
    with pytest.raises((FrozenInstanceError, TypeError)):  # the two errors of Python itself
        one.other = 2
    with pytest.raises(FrozenInstanceError):
        del one.first
    assert not hasattr(one, "__dict__")


def test_a_record_goes_to_other_processes() -> None:
    problem = Problem.at("PRV101", Span("a.md", 1, 2, 1, 3), [Span("b.md")], found="x")
    assert pickle.loads(pickle.dumps(problem)) == problem  # noqa: S301 - our own bytes


def test_what_records_do_not_have_is_refused() -> None:
    after = type("After", (), {"__annotations__": {"a": "int"}, "__post_init__": lambda self: None})
    apart = type(
        "Apart", (), {"__annotations__": {"a": "int"}, "a": dataclasses.field(init=False, default=1)}
    )
    for kind in (after, apart):
        with pytest.raises(TypeError):
            frozen.dataclass(frozen=True, slots=True)(kind)
    with pytest.raises(TypeError):
        frozen.dataclass(frozen=False, slots=True)(_Plain)
