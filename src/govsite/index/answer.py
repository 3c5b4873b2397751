"""Answering a query from the command line or the terminal's server: candidates from Whoosh, proof from the texts."""

from __future__ import annotations

import heapq
import json
from dataclasses import asdict, dataclass
from functools import reduce
from typing import TYPE_CHECKING, Final

from govsite.hanzi.fold import fold
from govsite.hanzi.pinyin import syllables
from govsite.index.expression import And, Facet, Not, Or, Range, Word, parse_expression
from govsite.index.extract import FIRST_SYLLABLE
from govsite.index.judge import Document, Judge
from govsite.index.proof import Needle, Proof, make_needle
from govsite.index.query import LONGEST_QUERY
from govsite.index.rank import ANSWER_KIND, Tier
from govsite.index.snippet import cut_snippet
from govsite.index.whoosh import OpenIndex

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

    from govsite.index.expression import Expression
    from govsite.index.rank import Way

__all__ = ["FILTERS", "SearchAnswer", "SearchHit", "answer", "answer_json", "search"]

FILTERS: Final = ("kind", "column", "year", "issuer", "topic", "validity", "domain")
"""Keys of `filters`; values are ids, `year` is four digits."""

_BEST_OF_CLASS: Final = (Tier.ONCE, Tier.SEVERAL, Tier.EXACT, Tier.EXACT)


_MANY: Final = 8
"""A pair in more than one of so many documents is not worth reading its list."""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One document found. score: `Tier`, 0 once in the text … 6 the whole title or number. snippet: plain text."""

    id: str
    title: str
    url: str
    kind: str
    score: int
    snippet: str
    doc_no: str
    published: str
    validity: str


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """total: documents that match, exactly. hits: the best of them, best first. too_long: the query was not read."""

    total: int = 0
    hits: tuple[SearchHit, ...] = ()
    too_long: bool = False


@dataclass(frozen=True, slots=True)
class _Candidates:
    """classes: an upper bound of the class of each document. certain: all of them match."""

    classes: dict[int, int]
    certain: bool


def search(
    index_dir: Path,
    query: str,
    *,
    digest: str,
    limit: int = 10,
    sort: str = "relevance",
    filters: Mapping[str, str] | None = None,
) -> SearchAnswer:
    """Answer a query in the language of `expression` from the index in `index_dir`.

    digest: what `build_index` returned, or what a verified signature covers. sort: `relevance` or `date`, newest
    first. filters: see `FILTERS`. Nothing is opened before it is verified: raises BrokenIndexError. Any query is
    answered; one that asks for nothing, or is too long, with no hits. Raises ValueError for an unknown sort or filter.
    """
    with OpenIndex(index_dir, digest) as index:
        return answer(index, query, limit=limit, sort=sort, filters=filters)


def answer(
    index: OpenIndex,
    query: str,
    *,
    limit: int = 10,
    sort: str = "relevance",
    filters: Mapping[str, str] | None = None,
    without: Collection[str] = (),
) -> SearchAnswer:
    """Answer a query from an open index, as `search` does; for a server that answers many.

    without: keys of documents that are not to be found.
    """
    unknown = set(filters or {}) - set(FILTERS)
    if unknown or sort not in ("relevance", "date"):
        raise ValueError(f"unknown: {', '.join(sorted(unknown)) or sort}")
    if len(query) > LONGEST_QUERY:
        return SearchAnswer(too_long=True)
    expression = parse_expression(query)
    if expression is None:
        return SearchAnswer()
    finder = _Finder(index, Judge(expression, index.labels), without)
    return finder.answer(expression, limit, sort, filters or {})


def answer_json(found: SearchAnswer) -> str:
    """The answer as JSON, version 1 of the command line's contract."""
    results = [asdict(hit) for hit in found.hits]
    return json.dumps({"version": 1, "total": found.total, "results": results}, ensure_ascii=False, indent=1)


class _Finder:
    def __init__(self, index: OpenIndex, judge: Judge, without: Collection[str] = ()) -> None:
        self._index = index
        self._judge = judge
        self._without = without

    def answer(
        self, expression: Expression, limit: int, sort: str, filters: Mapping[str, str]
    ) -> SearchAnswer:
        proof = self._plan_proof(expression)
        if proof is not None:
            total, best = self._answer_plainly(proof, limit, sort, filters)
        else:
            found = self._find(expression)
            classes = self._filter(found.classes, filters)
            if not found.certain:
                classes = {
                    number: kind for number, kind in classes.items() if self._judge.proves(self._read(number))
                }
            total = len(classes)
            best = self._by_date(classes, limit) if sort == "date" else self._by_relevance(classes, limit)
        words = [way.text for ways in self._judge.ways.values() for way in ways if way.text]
        return SearchAnswer(total, tuple(_show(document, tier, words) for document, tier in best))

    def _plan_proof(self, expression: Expression) -> Proof | None:
        """Return what proves words, and words to leave out, on folded text alone; None where there is more."""
        parts = expression.parts if isinstance(expression, And) else (expression,)
        words: list[list[Needle]] = []
        unwanted: list[bytes] = []
        for part in parts:
            if isinstance(part, Not) and isinstance(part.part, Word) and _is_plain(part.part):
                unwanted.append(part.part.text.encode())
                continue
            ways = self._judge.ways.get(part, []) if isinstance(part, Word) else []
            needles = [make_needle(way) for way in ways]
            if not ways or None in needles:
                return None
            words.append([needle for needle in needles if needle is not None])
        return Proof(words, unwanted, self._judge.neighbours) if words else None

    def _answer_plainly(
        self, proof: Proof, limit: int, sort: str, filters: Mapping[str, str]
    ) -> tuple[int, list[tuple[Document, int]]]:
        """Prove and rank every candidate on folded text; read those that are shown.

        A fixed amount of work for each document, whatever the query: none is slow.
        """
        costs = [sum(self._estimate(needle) for needle in needles) for needles in proof.words]
        rarest = proof.words[costs.index(min(costs))]
        numbers = set().union(*(self._find_needle(needle) for needle in rarest))
        kept = self._filter(dict.fromkeys(numbers, 3), filters)
        answers = self._index.find_property("kind", lambda value: value == ANSWER_KIND)
        repealed = self._index.find_property("in_force", lambda value: value == "no")
        scored: list[tuple[bool, int, bool, bool, int]] = []
        for number in kept:
            proved = proof.score(self._index.folded, *self._index.span(number))
            if proved is not None:
                tier, together = proved
                answers_it = number in answers and tier >= Tier.KEYWORD
                scored.append((answers_it, tier, together, number not in repealed, number))
        newest = (lambda one: one[-1]) if sort == "date" else None
        best = heapq.nlargest(limit, scored, key=newest)
        return len(scored), [(self._read(number), tier) for _, tier, _, _, number in best]

    def _estimate(self, needle: Needle) -> int:
        text = needle.text
        pairs = [text[at : at + 2] for at in range(len(text) - 1)]
        return min(map(self._index.count_gram, pairs)) if pairs else self._index.documents

    def _find_needle(self, needle: Needle) -> Iterable[int]:
        """Return candidates: those with the rarest pair, or, for what is in many documents, a look over all texts."""
        text = needle.text
        if len(text) == 1 or self._estimate(needle) > self._index.documents // _MANY:
            return self._index.scan(text.encode())
        pairs = [text[at : at + 2] for at in range(len(text) - 1)]
        return self._index.find_gram(min(pairs, key=self._index.count_gram))

    def _read(self, number: int) -> Document:
        return Document(self._index.read_line(number), number, self._index.labels)

    def _by_date(self, classes: dict[int, int], limit: int) -> list[tuple[Document, int]]:
        documents = [self._read(number) for number in heapq.nlargest(limit, classes)]
        return [(one, score[1]) for one in documents if (score := self._judge.score(one)) is not None]

    def _by_relevance(self, classes: dict[int, int], limit: int) -> list[tuple[Document, int]]:
        """Score documents in the order of their upper bounds until the best ones cannot be overtaken."""
        answers = self._index.find_property("kind", lambda value: value == ANSWER_KIND)
        repealed = self._index.find_property("in_force", lambda value: value == "no")
        queue = []
        for number, kind in classes.items():
            bound = (
                number in answers and kind > 1,
                int(_BEST_OF_CLASS[kind]),
                bool(self._judge.neighbours),
                number not in repealed,
                number,
            )
            queue.append((tuple(-int(part) for part in bound), False))
        heapq.heapify(queue)
        best: list[tuple[Document, int]] = []
        scored: dict[int, Document] = {}
        while queue and len(best) < limit:
            key, is_proved = heapq.heappop(queue)
            number = -key[-1]
            if is_proved:
                best.append((scored[number], -key[1]))
                continue
            document = self._read(number)
            score = self._judge.score(document)
            if score is not None:
                scored[number] = document
                heapq.heappush(queue, (tuple(-int(part) for part in (*score, number)), True))
        return best

    def _filter(self, classes: dict[int, int], filters: Mapping[str, str]) -> dict[int, int]:
        if self._without:
            gone = self._index.find_property("key", self._without.__contains__)
            classes = {number: kind for number, kind in classes.items() if number not in gone}
        for name, wanted in filters.items():
            if name == "year":
                kept = self._index.find_dates(wanted, wanted)
            else:
                kept = self._index.find_property(name, wanted.__eq__)
            classes = {number: kind for number, kind in classes.items() if number in kept}
        return classes

    def _find(self, part: Expression) -> _Candidates:
        if isinstance(part, And):
            return self._find_all(part.parts)
        if isinstance(part, Or):
            found = [self._find(one) for one in part.parts]
            return _Candidates(_unite(one.classes for one in found), all(one.certain for one in found))
        if isinstance(part, Not):
            return self._find_others(part)
        if isinstance(part, Word):
            return self._find_word(part)
        if isinstance(part, Range):
            return _Candidates(dict.fromkeys(self._index.find_dates(part.low, part.high), 3), certain=False)
        return _Candidates(dict.fromkeys(self._find_facet(part), 3), certain=True)

    def _find_all(self, parts: Iterable[Expression]) -> _Candidates:
        found = [self._find(part) for part in parts]
        return _Candidates(
            reduce(_intersect, (one.classes for one in found)), all(one.certain for one in found)
        )

    def _find_others(self, part: Not) -> _Candidates:
        word = part.part
        inner = self._find_text(word.text) if isinstance(word, Word) and _is_plain(word) else self._find(word)
        everything = dict.fromkeys(range(self._index.documents), 3)
        if inner.certain:
            everything = {number: 3 for number in everything if number not in inner.classes}
        return _Candidates(everything, inner.certain)

    def _find_facet(self, facet: Facet) -> set[int]:
        named = {
            "kind": "kinds",
            "column": "columns",
            "topic": "topics",
            "domain": "domains",
            "validity": "validities",
        }
        names: Mapping[str, str] = (
            getattr(self._index.labels, named[facet.field]) if facet.field in named else {}
        )

        def fits(value: str) -> bool:
            return facet.value in fold(value) or facet.value in fold(names.get(value, value))

        return self._index.find_property(facet.field, fits)

    def _find_word(self, word: Word) -> _Candidates:
        ways = self._judge.ways.get(word)
        if ways is not None:
            found = [self._find_way(way) for way in ways]
            return _Candidates(_unite(one.classes for one in found), all(one.certain for one in found))
        parts = [self._find_text(stretch).classes for stretch in word.stretches if stretch]
        return _Candidates(reduce(_intersect, parts), certain=False)

    def _find_way(self, way: Way) -> _Candidates:
        if way.text:
            return self._find_text(way.text)
        known = syllables()
        runs = "".join(
            chr(FIRST_SYLLABLE + known.index(unit)) if unit in known else " " for unit in way.units
        ).split()
        texts = [run for run in runs if len(run) > 1 or len(way.units) == 1]
        if not texts or len(texts[0]) < len(way.units):
            texts.append("".join(unit[0].upper() for unit in way.units))
        parts = [self._find_text(text).classes for text in texts]
        return _Candidates(reduce(_intersect, parts), certain=False)

    def _find_text(self, text: str) -> _Candidates:
        if len(text) == 1:
            alone = text in self._index.everywhere
            return _Candidates(
                self._index.find_gram(text) if alone else self._index.find_beginning(text), certain=True
            )
        pairs = [text[at : at + 2] for at in range(len(text) - 1)]
        return _Candidates(reduce(_intersect, map(self._index.find_gram, pairs)), certain=len(pairs) == 1)


def _is_plain(word: Word) -> bool:
    return bool(word.text) and not word.field


def _unite(found: Iterable[dict[int, int]]) -> dict[int, int]:
    best: dict[int, int] = {}
    for classes in found:
        for number, kind in classes.items():
            best[number] = max(kind, best.get(number, 0))
    return best


def _intersect(first: dict[int, int], second: dict[int, int]) -> dict[int, int]:
    small, large = sorted((first, second), key=len)
    return {number: min(kind, large[number]) for number, kind in small.items() if number in large}


def _show(document: Document, tier: int, words: list[str]) -> SearchHit:
    entry = document.entry
    snippet = cut_snippet(entry, words)
    return SearchHit(
        entry.key,
        entry.title,
        entry.url,
        entry.kind,
        tier,
        snippet,
        entry.doc_no,
        entry.published,
        entry.validity,
    )
