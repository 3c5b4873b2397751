"""The map: what one record brings to the index, as bytes that any process may send to any other.

A chunk is UTF-8, one line a record in the order of the records: a JSON array, the entry, its pieces, the folded text,
with U+001F between. It depends on the records and labels only, so chunks may be kept, split at line ends and joined
(concatenated) at will.
"""

from __future__ import annotations

import json
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from govsite.frozen import dataclass
from govsite.hanzi.fold import find_traditional, fold
from govsite.hanzi.pinyin import default_reading, readings, syllables
from govsite.index.parts import dump_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govsite.index.labels import IndexLabels
    from govsite.model.search import SearchRecord

__all__ = ["FIRST_SYLLABLE", "WHOLE_END", "WHOLE_START", "Extract", "extract", "fold_fields", "read_chunk"]

WHOLE_START: Final = "\ue7fe"
WHOLE_END: Final = "\ue7ff"
"""Marks around a title, a document number (发文字号) and an index number (索引号): a query that is one, or begins one, is
found by its terms. Private use: no folded text contains them."""

FIRST_SYLLABLE: Final = 0xE000
"""Syllable number n of `hanzi.pinyin.syllables()` is the character with this code point plus n."""

_FEW_TRADITIONAL: Final = 100
"""Characters; with more the browser loads the whole table."""

_PIECE: Final = 20_000
"""Characters of body and attachments kept beside the title; what is longer goes into pieces of this size."""


_FIELD_END: Final = b"\x1f"
_LINE_END: Final = "\x1e"
"""Control characters that JSON escapes and folding drops: they stand between the fields of a line of a chunk, and for
the line ends of folded text."""


@dataclass(frozen=True, slots=True)
class Extract:
    """One line of a chunk.

    facets: ids in the order of `cards.FACETS`, the kind first. entry: the JSON array that the browser and Whoosh show
    and verify. pieces: JSON arrays with the rest of a long text. folded: title, keywords and body folded, each with a
    line end behind, UTF-8; lengths: of these three, in characters. named: the characters of title, keywords and column.
    """

    key: str
    published: str
    in_force: bool
    facets: tuple[str, ...]
    lengths: tuple[int, int, int]
    named: str
    entry: bytes
    pieces: tuple[bytes, ...]
    folded: bytes

    @property
    def has_terms(self) -> bool:
        """Tell whether at least one character of the record's own title and text can be found."""
        return not self.folded.isspace() and bool(self.folded.decode().strip("\n" + WHOLE_START + WHOLE_END))


@cache
def _syllable_marks() -> dict[str, str]:
    return {syllable: chr(FIRST_SYLLABLE + number) for number, syllable in enumerate(syllables())}


@dataclass(frozen=True, slots=True)
class _Read:
    """A folded line with its pinyin. syllables: one a character; usual: whether all are the commonest; runs: syllables
    and initials of each stretch of Chinese characters, as the index writes them.
    """

    syllables: tuple[str, ...]
    usual: bool
    runs: tuple[str, ...]


@lru_cache(maxsize=4096)
def _read_line(line: str) -> _Read:
    read = readings(line)
    marks = _syllable_marks()
    runs: list[str] = []
    stretch: list[str] = []
    for syllable in (*read, ""):
        if syllable:
            stretch.append(syllable)
        elif stretch:
            runs += (
                "".join([marks[part] for part in stretch]),
                "".join([part[0] for part in stretch]).upper(),
            )
            stretch = []
    return _Read(read, read == tuple(map(default_reading, line)), tuple(runs))


def _rare_readings(lines: list[str], read: list[_Read]) -> str:
    """Return the places in the joined lines where a syllable is not the commonest one: `3hang 17chong`."""
    rare: list[str] = []
    begin = 0
    for line, one in zip(lines, read, strict=True):
        if not one.usual:
            places = enumerate(zip(line, one.syllables, strict=True), begin)
            rare += [f"{at}{found}" for at, (char, found) in places if default_reading(char) != found]
        begin += len(line) + 1
    return " ".join(rare)


def fold_fields(record: SearchRecord, labels: IndexLabels) -> tuple[list[str], list[str], list[str]]:
    """Return the folded lines of (title, keywords and numbers, everything else): what a substring search covers."""
    keywords = [_fold_word(text) for text in (*record.keywords, record.doc_no, record.index_no)]
    return [_fold_line(record.title)], keywords, [fold(_body(record, labels))]


def _fold_line(text: str) -> str:
    return fold(text).replace("\n", "")


_fold_word = lru_cache(maxsize=4096)(_fold_line)
"""Words that come again and again: keywords, names of columns."""


def _body(record: SearchRecord, labels: IndexLabels) -> str:
    """Return what is searched beside title, keywords and numbers; no hit crosses a line end in it."""
    lines = [record.summary, record.issuer, *labels.name_classes(record), *record.elements, *record.blocks]
    for attachment in record.attachments:
        lines += [attachment.name, attachment.text]
    return "\n".join(lines)


def _split_texts(record: SearchRecord) -> tuple[str, list[list[str]], list[list[list[object]]]]:
    """Split long texts: (body kept, attachments kept as [name, url, text], pieces of [attachment number or -1, text]).

    Cut at line ends only, which no hit crosses.
    """
    room = _PIECE
    kept: list[str] = []
    pieces: list[list[list[object]]] = []
    used = _PIECE
    for number, text in enumerate(
        ["\n".join(record.blocks), *(file.text for file in record.attachments)], -1
    ):
        if len(text) <= room:
            kept.append(text)
            room -= len(text)
            continue
        head: list[str] = []
        for line in text.split("\n"):
            if len(line) < room and not pieces:
                head.append(line)
                room -= len(line) + 1
                continue
            if not pieces or used + len(line) > _PIECE:
                pieces.append([])
                used = 0
            if pieces[-1] and pieces[-1][-1][0] == number:
                pieces[-1][-1][1] = f"{pieces[-1][-1][1]}\n{line}"
            else:
                pieces[-1].append([number, line])
            used += len(line) + 1
        kept.append("\n".join(head))
    names = zip(record.attachments, kept[1:], strict=True)
    return kept[0], [[file.name, file.url, text] for file, text in names], pieces


def _traditional(text: str) -> int | str:
    """Return 0 for text without traditional characters, these and their simplified forms for a few, 1 for many."""
    traditional, simplified = find_traditional(text)
    if len(traditional) > _FEW_TRADITIONAL:
        return 1
    return traditional + simplified or 0


def _mark(folded: str) -> str:
    return WHOLE_START + folded + WHOLE_END if folded else ""


def _extract_one(record: SearchRecord, labels: IndexLabels) -> bytes:
    title, keywords, body = fold_fields(record, labels)
    words = keywords[: len(record.keywords)]
    named = [*title, *words, _fold_word(labels.columns.get(record.column, record.column))]
    read = [_read_line(line) for line in named]
    title_lines = [_mark(title[0]), *read[0].runs]
    keyword_lines = [*words, *map(_mark, keywords[len(words) :]), *_runs_of(read[1:-1])]
    fields = ["\n".join(lines) + "\n" for lines in (title_lines, keyword_lines, [*body, *read[-1].runs])]
    text, attachments, pieces = _split_texts(record)
    shown = "".join((record.title, record.doc_no, *record.keywords, _body(record, labels)))
    entry = [
        len(record.key) if record.url.startswith(record.key) else record.key,
        record.url,
        record.title,
        record.doc_no,
        record.index_no,
        record.kind,
        record.column,
        record.topic,
        record.domain,
        record.issuer,
        record.published,
        record.validity,
        int(record.in_force),
        record.keywords,
        record.summary,
        record.elements,
        text,
        attachments,
        record.interpretations,
        _traditional(shown),
        _rare_readings(named, read),
        len(pieces),
    ]
    facets = (record.kind, record.column, record.topic, record.validity, record.domain, record.issuer)
    lengths = [len(field) for field in fields]
    head = [
        record.key,
        record.published,
        record.in_force,
        facets,
        lengths,
        "".join(sorted(set("".join(named)))),
    ]
    folded = "".join(fields).replace("\n", _LINE_END).encode()
    return _FIELD_END.join((dump_json(head), dump_json(entry), *map(dump_json, pieces), folded))


def _runs_of(read: list[_Read]) -> Iterator[str]:
    for one in read:
        yield from one.runs


def extract(records: Sequence[SearchRecord], labels: IndexLabels) -> bytes:
    """Return the chunk of `records` for `merge`; meant for worker processes, pure.

    `labels` must be those given to `merge`. Lone surrogates become `?`.
    """
    return b"".join(_extract_one(record, labels) + b"\n" for record in records)


def read_chunk(chunk: bytes) -> Iterator[Extract]:
    """Yield the lines of a chunk."""
    for line in chunk.split(b"\n"):
        if line:
            head, entry, *pieces, folded = line.split(_FIELD_END)
            key, published, in_force, facets, lengths, named = json.loads(head)
            yield Extract(
                key,
                published,
                in_force,
                tuple(facets),
                tuple(lengths),
                named,
                entry,
                tuple(pieces),
                folded.replace(_LINE_END.encode(), b"\n"),
            )
