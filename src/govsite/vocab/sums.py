"""Arithmetic that the numbers of a kind must keep to, from `sums.yaml`."""

from __future__ import annotations

from functools import cache

from govsite.frozen import dataclass
from govsite.vocab.records import read_data


@dataclass(frozen=True, slots=True)
class Sum:
    """One rule. rule: `total` · `product` · `count` · `groups`; the other fields as the head of the file says."""

    kind: str
    rule: str
    result: str
    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    rows: str = ""
    factors: tuple[str, ...] = ()
    by: str = ""
    groups: str = ""
    number: str = ""
    cents: int = 0


@cache
def sums_of(kind: str) -> tuple[Sum, ...]:
    """The rules of a kind, in the order of the file."""
    return tuple(
        Sum(**raw | {name: tuple(raw.get(name, ())) for name in ("plus", "minus", "factors")})
        for raw in read_data("sums")
        if raw["kind"] == kind
    )


@cache
def total_of(kind: str, rows: str) -> tuple[str, str]:
    """(key of the rows, key of the document) of the plain total under a table, `("", "")` for none."""
    for rule in sums_of(kind):
        if rule.rule == "total" and not rule.minus and len(rule.plus) == 1:
            table, _, key = rule.plus[0].partition(".")
            if table == rows and key:
                return key, rule.result
    return "", ""
