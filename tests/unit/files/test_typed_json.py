"""Frozen types to JSON and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import IntEnum
from typing import Any, NamedTuple

import pytest

from govsite.files.typed_json import decoder, encoder


class Weight(IntEnum):
    """A number with a name."""

    LIGHT = 1
    HEAVY = 3


class Place(NamedTuple):
    """A named tuple."""

    file: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Leaf:
    """A record."""

    text: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Other:
    """Another record."""

    number: float


@dataclass(frozen=True, slots=True)
class Row:
    """A record that may hold itself."""

    values: Mapping[str, str | int | Decimal | tuple[str, ...] | tuple[Row, ...] | Leaf | None]


@dataclass(frozen=True, slots=True)
class Tree:
    """Everything at once."""

    leaves: tuple[Leaf, ...] = ()
    pair: tuple[str, int] = ("", 0)
    either: Leaf | Other = field(default_factory=lambda: Other(1.5))
    counts: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    days: frozenset[date] = frozenset()
    weight: Weight = Weight.LIGHT
    key: bytes = b""
    sum: Decimal | None = None
    row: Row | None = None


def _through_json(kind: Any, value: Any) -> Any:
    return decoder(kind)(json.loads(json.dumps(encoder(kind)(value))))


@pytest.mark.parametrize(
    "tree",
    [
        Tree(),
        Tree(
            (Leaf("一", Place("a.md", 3)), Leaf("二")), ("x", 7), Leaf("三"), {"a": (1, 2)}, frozenset("ab")
        ),
        Tree(days=frozenset({date(2024, 2, 29), date(2023, 1, 1)})),
        Tree(weight=Weight.HEAVY, key=b"\x00\xff", sum=Decimal("1.10")),
        Tree(
            row=Row(
                {"t": "x", "n": 3, "d": Decimal("2.50"), "m": ("a", "b"), "e": (), "o": None, "l": Leaf("四")}
            )
        ),
        Tree(row=Row({"rows": (Row({"a": "b"}), Row({}))})),
    ],
)
def test_what_was_written_is_read_back(tree: Tree) -> None:
    assert _through_json(Tree, tree) == tree


def test_a_record_that_holds_itself_can_be_the_first_asked_for() -> None:
    row = Row({"rows": (Row({"a": Decimal("0.0")}),)})
    assert _through_json(Row, row) == row


def test_types_of_values_survive() -> None:
    back = _through_json(Tree, Tree(weight=Weight.HEAVY, leaves=(Leaf("一", Place("a", 1)),)))
    assert type(back.weight) is Weight
    assert type(back.leaves[0].place) is Place


@pytest.mark.parametrize("kind", [set[str], complex, list[int]])
def test_a_type_that_is_not_understood_is_an_error_when_it_is_asked_for(kind: Any) -> None:
    with pytest.raises(TypeError):
        encoder(kind)
