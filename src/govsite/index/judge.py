"""Proving an expression on a document's folded text, and ranking what it proves."""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from govsite.hanzi.fold import fold
from govsite.index.expression import And, Facet, Not, Or, Range, Word
from govsite.index.extract import WHOLE_END, WHOLE_START, read_chunk
from govsite.index.rank import ANSWER_KIND, Entry, Tier, Way, find_ways, judge_way, read_entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govsite.index.expression import Expression
    from govsite.index.labels import IndexLabels

__all__ = ["Document", "Judge"]

Score = tuple[bool, int, bool, bool]
"""Answers a question, tier, words side by side, in force: better is greater."""


class Document:
    """One line of a chunk with its place in the order (greater is newer), read as far as it is needed."""

    def __init__(self, line: bytes, place: int, labels: IndexLabels) -> None:
        self.place = place
        self._extract = next(read_chunk(line))
        self._labels = labels

    @cached_property
    def entry(self) -> Entry:
        """The document as it is shown."""
        return read_entry(self._extract.entry, self._extract.pieces, self._labels)

    @cached_property
    def folded(self) -> str:
        """The folded text, a line end behind each line."""
        return self._extract.folded.decode()

    @property
    def published(self) -> str:
        """ISO date or anything else the record said."""
        return self._extract.published

    def lines(self, field: str) -> Iterator[str]:
        """Yield the folded lines of a field, all of them for ""; pinyin among them is in upper case or private use."""
        title = self._extract.lengths[0]
        text = self.folded
        if field == "title":
            yield text[:title].split("\n", 1)[0].strip(WHOLE_START + WHOLE_END)
        elif field in ("number", "index"):
            yield self.entry.numbers[field == "index"]
        elif field == "keyword":
            yield from self.entry.keywords
        else:
            yield from text.split("\n")

    def contains(self, word: Word) -> bool:
        """Tell whether the text itself, pinyin apart, contains a word."""
        if word.text and not word.field:
            return word.text in self.folded
        matches = word.pattern().search
        return any(matches(line) is not None for line in self.lines(word.field))

    def has(self, facet: Facet) -> bool:
        """Tell whether the id or name of a property contains a value."""
        names: dict[str, dict[str, str]] = {
            "kind": dict(self._labels.kinds),
            "column": dict(self._labels.columns),
            "topic": dict(self._labels.topics),
            "domain": dict(self._labels.domains),
            "validity": dict(self._labels.validities),
        }
        value: str = getattr(self.entry, facet.field)
        return facet.value in fold(value) or facet.value in fold(names.get(facet.field, {}).get(value, value))


class Judge:
    """An expression with its synonyms and pinyin worked out once."""

    def __init__(self, expression: Expression, labels: IndexLabels) -> None:
        self._expression = expression
        synonyms = [[fold(word) for word in group] for group in labels.synonyms]
        self.ways: dict[Word, list[Way]] = {
            word: find_ways(word.text, synonyms)
            for word in _words(expression)
            if word.text and not word.field
        }
        parts = expression.parts if isinstance(expression, And) else (expression,)
        words = [part.text for part in parts if isinstance(part, Word) and part in self.ways]
        self.neighbours = [first + second for first, second in pairwise(words)]
        self._is_one_word = (
            isinstance(expression, Word) or len([p for p in parts if not isinstance(p, Not)]) == 1
        )

    def proves(self, document: Document) -> bool:
        """Tell whether a document matches."""
        return self._tier(self._expression, document, quick=True) >= 0

    def score(self, document: Document) -> Score | None:
        """Return how good a hit is, None where it is none."""
        tier = self._tier(self._expression, document, quick=False)
        if tier < 0:
            return None
        tier = tier if self._is_one_word else min(tier, Tier.TITLE)
        entry = document.entry
        together = bool(self.neighbours) and all(
            any(pair in line for line in entry.lines) for pair in self.neighbours
        )
        return entry.kind == ANSWER_KIND and tier >= Tier.KEYWORD, tier, together, entry.in_force

    def _tier(self, part: Expression, document: Document, *, quick: bool) -> int:
        """Return the tier, -1 for no match. quick: any tier will do."""
        if isinstance(part, Word):
            return self._tier_of_word(part, document, quick=quick)
        if isinstance(part, And):
            return min(self._tier(one, document, quick=quick) for one in part.parts)
        if isinstance(part, Or):
            return max(self._tier(one, document, quick=quick) for one in part.parts)
        if isinstance(part, Not):
            inner = part.part
            away = (
                document.contains(inner)
                if isinstance(inner, Word)
                else self._tier(inner, document, quick=True) >= 0
            )
            return Tier.NOWHERE if away else Tier.EXACT
        inside = document.has(part) if isinstance(part, Facet) else _is_inside(part, document.published)
        return Tier.EXACT if inside else Tier.NOWHERE

    def _tier_of_word(self, word: Word, document: Document, *, quick: bool) -> int:
        ways = self.ways.get(word)
        if ways is None:
            return (Tier.TITLE if word.field else Tier.ONCE) if document.contains(word) else Tier.NOWHERE
        if quick and any(way.text and document.contains(Word((way.text,))) for way in ways):
            return Tier.ONCE
        return (
            max(judge_way(document.entry, way) for way in ways if not quick or way.units)
            if not quick or any(way.units for way in ways)
            else Tier.NOWHERE
        )


def _words(part: Expression) -> Iterator[Word]:
    if isinstance(part, Word):
        yield part
    elif isinstance(part, And | Or):
        for one in part.parts:
            yield from _words(one)


def _is_inside(dates: Range, published: str) -> bool:
    after = not dates.low or published >= dates.low
    return bool(published) and after and (not dates.high or published[: len(dates.high)] <= dates.high)
