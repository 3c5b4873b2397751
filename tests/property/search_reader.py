"""What a query means, by reading a whole document: slow and plain, to compare the index's answers with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from govsite.hanzi.fold import fold
from govsite.index.expression import And, Expression, Facet, Not, Or, Range, Word
from govsite.index.extract import Extract
from govsite.index.labels import IndexLabels
from govsite.index.needles import ways_of
from govsite.index.rank import ANSWER_KIND, Entry, Tier, judge_way, read_entry

Score = tuple[bool, int, bool, bool]


class Reader:
    """A query, asked of one document after the other."""

    def __init__(self, expression: Expression, labels: IndexLabels) -> None:
        self._expression = expression
        self._labels = labels
        self._ways = ways_of(expression, labels)
        parts = expression.parts if isinstance(expression, And) else (expression,)
        words = [part.text for part in parts if isinstance(part, Word) and part in self._ways]
        self._neighbours = [first + second for first, second in pairwise(words)]
        self._is_one_word = len([part for part in parts if not isinstance(part, Not)]) == 1

    def score(self, one: Extract) -> Score | None:
        """Answers a question, tier, words side by side, in force; None for no hit."""
        entry = read_entry(one.entry, one.pieces, self._labels)
        tier = self._tier(self._expression, entry)
        if tier < 0:
            return None
        tier = tier if self._is_one_word else min(tier, Tier.TITLE)
        together = bool(self._neighbours) and all(
            any(pair in line for line in entry.lines) for pair in self._neighbours
        )
        return entry.kind == ANSWER_KIND and tier >= Tier.KEYWORD, int(tier), together, entry.in_force

    def _tier(self, part: Expression, entry: Entry) -> int:
        if isinstance(part, Word):
            ways = self._ways.get(part)
            if ways is not None:
                return max(judge_way(entry, way) for way in ways)
            return (Tier.TITLE if part.field else Tier.ONCE) if _contains(entry, part) else Tier.NOWHERE
        if isinstance(part, And):
            return min(self._tier(one, entry) for one in part.parts)
        if isinstance(part, Or):
            return max(self._tier(one, entry) for one in part.parts)
        if isinstance(part, Not):
            inner = part.part
            away = _contains(entry, inner) if isinstance(inner, Word) else self._tier(inner, entry) >= 0
            return Tier.NOWHERE if away else Tier.EXACT
        inside = self._has(entry, part) if isinstance(part, Facet) else _is_inside(part, entry.published)
        return Tier.EXACT if inside else Tier.NOWHERE

    def _has(self, entry: Entry, facet: Facet) -> bool:
        named = {"kind": self._labels.kinds, "column": self._labels.columns}
        value: str = getattr(entry, facet.field)
        name = named.get(facet.field, {}).get(value, value)
        return facet.value in fold(value) or facet.value in fold(name)


def _lines(entry: Entry, field: str) -> Iterator[str]:
    if field == "title":
        yield entry.folded_title
    elif field in ("number", "index"):
        yield entry.numbers[field == "index"]
    elif field == "keyword":
        yield from entry.keywords
    else:
        for line in entry.lines:
            yield from line.split("\n")


def _contains(entry: Entry, word: Word) -> bool:
    wanted = re.escape(word.stretches[0])
    for gap, stretch in zip(word.gaps, word.stretches[1:], strict=True):
        wanted += (".*" if gap == "*" else "." * len(gap)) + re.escape(stretch)
    return any(re.search(wanted, line) for line in _lines(entry, word.field))


def _is_inside(dates: Range, published: str) -> bool:
    after = not dates.low or published >= dates.low
    return bool(published) and after and (not dates.high or published[: len(dates.high)] <= dates.high)
