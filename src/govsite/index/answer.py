"""Answering a query from the command line or the terminal's server: candidates from Whoosh, proof from the texts."""

from __future__ import annotations

import heapq
import json
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Final

from govsite.frozen import dataclass
from govsite.hanzi.fold import fold
from govsite.index.expression import And, Facet, Not, Or, Range, Word, parse_expression
from govsite.index.extract import read_chunk
from govsite.index.needles import make_needle, ways_of
from govsite.index.proof import Proof
from govsite.index.query import LONGEST_QUERY
from govsite.index.rank import Tier, read_entry
from govsite.index.snippet import cut_snippet
from govsite.index.whoosh import OpenIndex

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

    from govsite.index.expression import Expression

__all__ = ["FILTERS", "SORTS", "SearchAnswer", "SearchHit", "answer", "answer_json", "search"]

FILTERS: Final = ("kind", "column", "year", "issuer", "topic", "validity", "domain")
"""Keys of `filters`; values are ids, `year` is four digits."""

SORTS: Final = ("relevance", "date")

_NAMED: Final = {
    "kind": "kinds",
    "column": "columns",
    "topic": "topics",
    "domain": "domains",
    "validity": "validities",
}
"""Properties whose ids have names, and where `IndexLabels` keeps these."""

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
    if unknown or sort not in SORTS:
        raise ValueError(f"unknown: {', '.join(sorted(unknown)) or sort}")
    if len(query) > LONGEST_QUERY:
        return SearchAnswer(too_long=True)
    expression = parse_expression(query)
    if expression is None:
        return SearchAnswer()
    return _Finder(index, expression, filters or {}, without).answer(limit, sort)


def answer_json(found: SearchAnswer) -> str:
    """The answer as JSON, version 1 of the command line's contract."""
    results = [asdict(hit) for hit in found.hits]
    return json.dumps({"version": 1, "total": found.total, "results": results}, ensure_ascii=False, indent=1)


class _Finder:
    def __init__(
        self,
        index: OpenIndex,
        expression: Expression,
        filters: Mapping[str, str],
        without: Collection[str],
    ) -> None:
        self._index = index
        self._expression = expression
        self._filters = filters
        self._without = without
        ways = ways_of(expression, index.labels)
        self._needles = {word: [make_needle(way) for way in of] for word, of in ways.items()}
        self._having: dict[Facet | Range, set[int]] = {}
        self.texts = [way.text for of in ways.values() for way in of if way.text]

    def answer(self, limit: int, sort: str) -> SearchAnswer:
        """Prove every candidate on folded text, rank those that may be shown, and read those that are."""
        index = self._index
        folded, places = index.folded, index.folded_places
        proof = Proof(self._expression, self._needles, self._having_of, index.bodies)
        high: list[tuple[int, int]] = []
        low: list[int] = []
        bound = proof.bound
        for number in self._filter(self._find(self._expression)):
            tier = bound(folded, places[number], places[number + 1], number)
            if tier > Tier.SEVERAL:
                high.append((tier, number))
            elif tier >= 0:
                low.append(number)
        if sort == "date":
            best = heapq.nlargest(limit, [*low, *(number for _, number in high)])
        else:
            best = self._best_of_high(proof, high, limit)
            if len(best) < limit:
                best += self._best_of_low(proof, low, limit - len(best))
        shown = [self._show(one, proof.tier(folded, places[one], places[one + 1], one)) for one in best]
        return SearchAnswer(len(high) + len(low), tuple(shown))

    def _best_of_high(self, proof: Proof, high: list[tuple[int, int]], limit: int) -> list[int]:
        """Rank documents with a hit in title or keywords by all that counts."""
        index = self._index
        folded, places = index.folded, index.folded_places
        answers, repealed = index.answers, index.repealed
        scored = [
            (
                number in answers,
                proof.limit(tier),
                proof.is_together(folded, places[number], places[number + 1]),
                number not in repealed,
                number,
            )
            for tier, number in high
        ]
        return [number for *_, number in heapq.nlargest(limit, scored)]

    def _best_of_low(self, proof: Proof, low: list[int], room: int) -> list[int]:
        """Rank documents with hits in the body: those with several first, and no more of them than are wanted."""
        index = self._index
        folded, places, repealed = index.folded, index.folded_places, index.repealed
        together = {
            number for number in low if proof.is_together(folded, places[number], places[number + 1])
        } if proof.has_neighbours else set()  # fmt: skip
        low.sort(key=lambda number: (number in together, number not in repealed, number), reverse=True)
        several: list[int] = []
        once: list[int] = []
        for number in low:
            tier = proof.tier(folded, places[number], places[number + 1], number)
            (several if tier == Tier.SEVERAL else once).append(number)
            if len(several) == room:
                break
        return (several + once)[:room]

    def _filter(self, numbers: set[int]) -> set[int]:
        if self._without:
            numbers = numbers - self._index.find_property("key", self._without.__contains__)
        for name, wanted in self._filters.items():
            if name == "year":
                numbers = numbers & self._index.find_dates(wanted, wanted)
            else:
                numbers = numbers & self._index.find_property(name, wanted.__eq__)
        return numbers

    def _find(self, part: Expression) -> set[int]:
        """Return documents that may match: all that do are among them."""
        if isinstance(part, And):
            rarest = self._find(min(part.parts, key=self._estimate))
            sets = [self._having_of(one) for one in part.parts if isinstance(one, Facet | Range)]
            return rarest.intersection(*sets)
        if isinstance(part, Or):
            return set().union(*map(self._find, part.parts))
        if isinstance(part, Not):
            return set(range(self._index.documents))
        if isinstance(part, Word):
            return set().union(*map(self._find_probes, self._probes(part)))
        return self._having_of(part)

    def _estimate(self, part: Expression) -> int:
        """At most how many documents may match."""
        if isinstance(part, And):
            return min(map(self._estimate, part.parts))
        if isinstance(part, Or):
            return sum(map(self._estimate, part.parts))
        if isinstance(part, Not):
            return self._index.documents
        if isinstance(part, Word):
            return sum(min(map(self._count, probes)) for probes in self._probes(part))
        return len(self._having_of(part))

    def _probes(self, word: Word) -> list[tuple[str, ...]]:
        """For each way to satisfy a word, the texts that it takes."""
        needles = self._needles.get(word)
        if needles:
            return [needle.probes for needle in needles]
        return [tuple(stretch for stretch in word.stretches if stretch)]

    def _count(self, text: str) -> int:
        """At most how many documents contain a text."""
        pairs = [text[at : at + 2] for at in range(len(text) - 1)]
        return min(map(self._index.count_gram, pairs)) if pairs else self._index.documents

    def _find_probes(self, probes: tuple[str, ...]) -> Iterable[int]:
        """Return candidates: those with the rarest pair, or, for what is in many documents, a look over all texts."""
        rarest = min(probes, key=self._count)
        if len(rarest) == 1 or self._count(rarest) > self._index.documents // _MANY:
            return self._index.scan(rarest.encode())
        pairs = [rarest[at : at + 2] for at in range(len(rarest) - 1)]
        return self._index.find_gram(min(pairs, key=self._index.count_gram))

    def _having_of(self, part: Facet | Range) -> set[int]:
        found = self._having.get(part)
        if found is None:
            found = self._having[part] = self._look_up(part)
        return found

    def _look_up(self, part: Facet | Range) -> set[int]:
        if isinstance(part, Range):
            return self._index.find_property("published", partial(_is_inside, part))
        named = _NAMED.get(part.field)
        names: Mapping[str, str] = getattr(self._index.labels, named) if named else {}

        def fits(value: str) -> bool:
            return part.value in fold(value) or part.value in fold(names.get(value, value))

        return self._index.find_property(part.field, fits)

    def _show(self, number: int, tier: int) -> SearchHit:
        labels = self._index.labels
        extract = next(read_chunk(self._index.read_line(number)))
        entry = read_entry(extract.entry, extract.pieces, labels)
        return SearchHit(
            entry.key,
            entry.title,
            entry.url,
            entry.kind,
            tier,
            cut_snippet(entry, self.texts),
            entry.doc_no,
            entry.published,
            entry.validity,
        )


def _is_inside(dates: Range, published: str) -> bool:
    after = not dates.low or published >= dates.low
    return after and (not dates.high or published[: len(dates.high)] <= dates.high)
