"""Proving a query on the folded text of a document as bytes, and ranking what it proves, without reading the document.

A fixed amount of work for each document, whatever the query: none is slow. What a word proves here is what
`rank.judge_way` says of the entry; tests compare them.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from govsite.index.expression import And, Facet, Not, Or, Range, Word
from govsite.index.needles import FIELD_END, MARK_END, MARK_START, Gapped, Needle, Text, named_lines
from govsite.index.rank import Tier

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence

    from govsite.index.expression import Expression

__all__ = ["Proof"]

_Check: TypeAlias = "Callable[[Text, int, int, int], int]"
"""Text, where a document begins and ends in it, its number → tier, -1 for no match."""


class Proof:
    """A query as a check of one document's text."""

    def __init__(
        self,
        expression: Expression,
        needles: Mapping[Word, Sequence[Needle]],
        having: Callable[[Facet | Range], Container[int]],
        bodies: Sequence[int],
    ) -> None:
        """needles: ways of the plain words; having: numbers of the documents with a property or date; bodies: where
        title and keywords of each document end.
        """
        self._needles = needles
        self._having = having
        self._bodies = bodies
        parts = expression.parts if isinstance(expression, And) else (expression,)
        words = [part.text for part in parts if isinstance(part, Word) and part in needles]
        self._neighbours = [(first + second).encode() for first, second in pairwise(words)]
        self._most = Tier.EXACT if sum(not isinstance(part, Not) for part in parts) == 1 else Tier.TITLE
        self._is_exact = True
        self._exact = self._compile(expression)
        self._is_exact = False
        self.bound: _Check = self._compile(expression)
        """Text, where a document begins and ends in it, its number → -1 where it does not match; at most `SEVERAL`, which
        stands for `ONCE` too, where the body alone proves one of the words; else its tier before `limit`."""

    def limit(self, tier: int) -> int:
        """Return the tier that counts: with several words none is the whole title."""
        return min(tier, self._most)

    def tier(self, data: Text, start: int, end: int, number: int) -> int:
        """Return the tier of the document between two places, -1 for no match."""
        return self.limit(self._exact(data, start, end, number))

    def is_together(self, data: Text, start: int, end: int) -> bool:
        """Tell whether all words stand side by side in the document between two places."""
        return bool(self._neighbours) and all(data.find(pair, start, end) >= 0 for pair in self._neighbours)

    @property
    def has_neighbours(self) -> bool:
        """Whether there are words that could stand side by side."""
        return bool(self._neighbours)

    def _compile(self, part: Expression) -> _Check:
        if isinstance(part, Word):
            needles = self._needles.get(part)
            return self._check_word(needles) if needles else _check_contained(part)
        if isinstance(part, And):
            return _check_all([self._compile(one) for one in sorted(part.parts, key=_cost)])
        if isinstance(part, Or):
            checks = [self._compile(one) for one in part.parts]
            return lambda data, start, end, number: max([check(data, start, end, number) for check in checks])
        if isinstance(part, Not):
            inner = part.part
            away = _check_contained(inner) if isinstance(inner, Word) else self._compile(inner)
            return lambda data, start, end, number: (
                Tier.NOWHERE if away(data, start, end, number) >= 0 else Tier.EXACT
            )
        having = self._having(part)
        return lambda _data, _start, _end, number: Tier.EXACT if number in having else Tier.NOWHERE

    def _check_word(self, needles: Sequence[Needle]) -> _Check:
        bodies, low = self._bodies, not self._is_exact
        if len(needles) == 1 and needles[0].is_text:
            word = needles[0].text

            def check_one(data: Text, start: int, end: int, number: int) -> int:
                at = data.find(word, start, end)
                if at < 0:
                    return -1
                body = bodies[number]
                if at > body and low:
                    return Tier.SEVERAL
                return _judge_text(data, start, end, body, at, word)

            return check_one

        def check_any(data: Text, start: int, end: int, number: int) -> int:
            best, body = -1, bodies[number]
            for needle in needles:
                at = needle.find(data, start, end)
                if at < 0:
                    continue
                if needle.is_text:
                    tier = _judge_text(data, start, end, body, at, needle.text)
                else:
                    tier = (
                        Tier.ONCE
                        if at > body
                        else Tier.TITLE
                        if at < data.find(FIELD_END, start, end)
                        else Tier.KEYWORD
                    )
                best = max(best, tier)
            return best

        return check_any


def _cost(part: Expression) -> int:
    """What to ask first where all parts must match: sets, then words."""
    return 0 if isinstance(part, Facet | Range) else 1 if isinstance(part, Word) else 2


def _check_all(checks: list[_Check]) -> _Check:
    def check_all(data: Text, start: int, end: int, number: int) -> int:
        tier = int(Tier.EXACT)
        for check in checks:
            found = check(data, start, end, number)
            if found < 0:
                return found
            tier = min(tier, found)
        return tier

    return check_all


def _check_contained(word: Word) -> _Check:
    """A word in a field, with wildcards, or to be left out: the text itself, no synonyms and no pinyin."""
    if word.text and not word.field:
        text = word.text.encode()
        return lambda data, start, end, _number: (
            Tier.ONCE if data.find(text, start, end) >= 0 else Tier.NOWHERE
        )
    gapped = Gapped(word)
    if not word.field:
        return lambda data, start, end, _number: Tier.ONCE if gapped.is_in(data, start, end) else Tier.NOWHERE

    def check_field(data: Text, start: int, end: int, _number: int) -> int:
        lines = named_lines(data, start, end, word.field)
        return Tier.TITLE if any(gapped.is_in(line, 0, len(line)) for line in lines) else Tier.NOWHERE

    return check_field


def _judge_text(data: Text, start: int, end: int, body: int, at: int, word: bytes) -> int:
    """Return the tier of a word found first at a place."""
    if at > body:
        return Tier.SEVERAL if data.find(word, at + 1, end) >= 0 else Tier.ONCE
    title = data.find(FIELD_END, start, body)
    begins = at == start + len(MARK_START) and at < title
    behind = at + len(word)
    if (begins and data[behind : behind + len(MARK_END)] == MARK_END) or (
        data.find(MARK_START + word + MARK_END, title, body) >= 0
    ):
        return Tier.EXACT
    if at < title:
        return Tier.TITLE_BEGINS if begins else Tier.TITLE
    return Tier.KEYWORD
