"""How good a hit is (排序): proved on the text of a document, the same in the browser (`theme/search/3-engine.js`).

Order: answers to questions (一键应答) whose title or keywords match, tier, neighbouring words side by side, in force
before repealed, newer first.
"""

from __future__ import annotations

import json
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

from govsite.frozen import dataclass
from govsite.hanzi.fold import fold
from govsite.hanzi.pinyin import default_reading, find_units, parse_pinyin
from govsite.index.query import expand_synonyms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from govsite.index.labels import IndexLabels
    from govsite.index.query import Query

__all__ = ["ANSWER_KIND", "ENTRY_FIELDS", "Entry", "Tier", "Way", "find_ways", "read_entry", "score_query"]

ANSWER_KIND: Final = "question"

ENTRY_FIELDS: Final = [
    "key",
    "url",
    "title",
    "doc_no",
    "index_no",
    "kind",
    "column",
    "topic",
    "domain",
    "issuer",
    "published",
    "validity",
    "in_force",
    "keywords",
    "summary",
    "elements",
    "text",
    "attachments",
    "interpretations",
    "traditional",
    "rare",
    "pieces",
]
"""What an entry holds, in this order (see `extract`)."""


class Tier(IntEnum):
    """Where a word was found, best last."""

    NOWHERE = -1
    ONCE = 0
    SEVERAL = 1
    KEYWORD = 3
    TITLE = 4
    TITLE_BEGINS = 5
    EXACT = 6


@dataclass(frozen=True, slots=True)
class Way:
    """One way to satisfy a word: contained as text, or its title or keywords read as pinyin units."""

    text: str = ""
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One document as the index keeps it: what is shown, and the folded lines that hits are proved on.

    names: shown names of column, topic and domain. numbers: folded document and index number.
    """

    key: str
    url: str
    title: str
    doc_no: str
    kind: str
    column: str
    topic: str
    domain: str
    issuer: str
    published: str
    validity: str
    in_force: bool
    folded_title: str
    numbers: tuple[str, ...]
    keywords: tuple[str, ...]
    folded_column: str
    body: tuple[str, ...]
    shown: tuple[str, ...]
    rare: str

    @property
    def lines(self) -> tuple[str, ...]:
        """All folded lines: what a word must not be in to be excluded."""
        return (self.folded_title, *self.numbers, *self.keywords, *self.body)


def _fold_line(text: str) -> str:
    return fold(text).replace("\n", "")


def read_entry(entry: bytes, pieces: Iterable[bytes], labels: IndexLabels) -> Entry:
    """Read the JSON of an entry and of the pieces of its long text (see `extract`)."""
    raw: dict[str, Any] = dict(zip(ENTRY_FIELDS, json.loads(entry), strict=True))
    key = raw["key"] if isinstance(raw["key"], str) else raw["url"][: raw["key"]]
    names = (
        labels.columns.get(raw["column"], raw["column"]),
        labels.topics.get(raw["topic"], raw["topic"]),
        labels.domains.get(raw["domain"], raw["domain"]),
    )
    shown = [raw["summary"], raw["issuer"], *names, *raw["elements"], *raw["text"].split("\n")]
    for name, _url, text in raw["attachments"]:
        shown += [name, *text.split("\n")]
    for piece in pieces:
        shown += [line for _number, text in json.loads(piece) for line in text.split("\n")]
    kept = (
        "url",
        "title",
        "doc_no",
        "kind",
        "column",
        "topic",
        "domain",
        "issuer",
        "published",
        "validity",
        "rare",
    )
    return Entry(
        key=key,
        in_force=bool(raw["in_force"]),
        folded_title=_fold_line(raw["title"]),
        numbers=(_fold_line(raw["doc_no"]), _fold_line(raw["index_no"])),
        keywords=tuple(map(_fold_line, raw["keywords"])),
        folded_column=_fold_line(names[0]),
        body=tuple(map(fold, shown)),
        shown=tuple(shown),
        **{name: raw[name] for name in kept},
    )


def find_ways(word: str, synonyms: Iterable[Sequence[str]]) -> list[Way]:
    """Return all ways to satisfy a folded word: itself, its synonyms, and pinyin where it may be pinyin."""
    texts = [Way(text) for text in expand_synonyms(word, synonyms)]
    return texts + [Way(units=units) for units in parse_pinyin(word)]


def judge_way(entry: Entry, way: Way) -> int:
    """Return the tier of one way, NOWHERE where the document does not satisfy it."""
    return _judge_units(entry, way.units) if way.units else judge_text(entry, way.text)


def judge_text(entry: Entry, word: str) -> int:
    """Return the tier of a folded word as text."""
    if word == entry.folded_title or word in entry.numbers:
        return Tier.EXACT
    if word in entry.folded_title:
        return Tier.TITLE_BEGINS if entry.folded_title.startswith(word) else Tier.TITLE
    if any(word in line for line in (*entry.numbers, *entry.keywords)):
        return Tier.KEYWORD
    hits = 0
    for line in entry.body:
        place = line.find(word)
        while place >= 0:
            hits += 1
            place = line.find(word, place + 1)
    return Tier.SEVERAL if hits > 1 else hits - 1


def _judge_units(entry: Entry, units: tuple[str, ...]) -> int:
    lines = (entry.folded_title, *entry.keywords, entry.folded_column)
    read = [default_reading(char) for char in "\n".join(lines)]
    for rare in entry.rare.split():
        digits = len(rare) - len(rare.lstrip("0123456789"))
        read[int(rare[:digits])] = rare[digits:]
    title = len(entry.folded_title)
    keywords = len("\n".join(lines[:-1]))
    if find_units(units, read[:title]) >= 0:
        return Tier.TITLE
    if find_units(units, read[title + 1 : keywords]) >= 0:
        return Tier.KEYWORD
    return Tier.ONCE if find_units(units, read[keywords + 1 :]) >= 0 else Tier.NOWHERE


def score_query(
    entry: Entry, query: Query, ways: Sequence[Sequence[Way]]
) -> tuple[bool, int, bool, bool] | None:
    """Return (answers a question, tier, side by side, in force), better is greater; None where it is no hit.

    ways: for each word of the query, from `find_ways`. Ties are decided by date and key digest, newer first.
    """
    if any(word in line for word in query.excluded for line in entry.lines):
        return None
    tier = int(Tier.TITLE if len(query.words) > 1 else Tier.EXACT)
    for options in ways:
        best = max(judge_way(entry, way) for way in options)
        if best < 0:
            return None
        tier = min(tier, best)
    neighbours = [first + second for first, second in zip(query.words, query.words[1:], strict=False)]
    together = bool(neighbours) and all(any(pair in line for line in entry.lines) for pair in neighbours)
    return entry.kind == ANSWER_KIND and tier >= Tier.KEYWORD, tier, together, entry.in_force
