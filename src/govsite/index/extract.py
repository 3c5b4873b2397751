"""The map: what one record brings to the index, as bytes that any process may send to any other.

A chunk is UTF-8 JSON lines, one line a record in the order of the records; it depends on the records and labels only,
so chunks may be kept, split and joined (concatenated) at will.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from govsite.hanzi.fold import find_traditional, fold
from govsite.hanzi.pinyin import default_reading, readings, syllables

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


@dataclass(frozen=True, slots=True)
class Extract:
    """One line of a chunk.

    entry: the JSON array that the browser and Whoosh show and verify.
    pieces: JSON arrays with the rest of a long text. folded: title, keywords and body folded, each with a line end
    behind; lengths: of these three, in characters. readings: characters of title and keywords with their commonest
    syllable. has_terms: false when nothing in the record can be found.
    """

    key: str
    published: str
    in_force: bool
    kind: str
    facets: tuple[str, ...]
    entry: str
    pieces: tuple[str, ...]
    folded: str
    lengths: tuple[int, int, int]
    readings: str

    @property
    def has_terms(self) -> bool:
        """Tell whether at least one character of the record's own title and text can be found."""
        return bool(self.folded.strip("\n" + WHOLE_START + WHOLE_END))


def _dump(value: object) -> str:
    return (
        json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        .encode("utf-8", "replace")
        .decode("utf-8")
    )


@cache
def _syllable_marks() -> dict[str, str]:
    return {syllable: chr(FIRST_SYLLABLE + number) for number, syllable in enumerate(syllables())}


def _pinyin_runs(lines: list[tuple[str, ...]]) -> Iterator[str]:
    """Yield the syllables and the initials of each stretch of Chinese characters, from the readings of lines."""
    marks = _syllable_marks()
    for read in lines:
        stretch: list[str] = []
        for syllable in (*read, ""):
            if syllable:
                stretch.append(syllable)
            elif stretch:
                yield "".join([marks[part] for part in stretch])
                yield "".join([part[0] for part in stretch]).upper()
                stretch = []


def _rare_readings(lines: list[str], read: list[tuple[str, ...]]) -> str:
    """Return the places in the joined lines where a syllable is not the commonest one: `3hang 17chong`."""
    rare: list[str] = []
    begin = 0
    for line, syllables_read in zip(lines, read, strict=True):
        usual = tuple(map(default_reading, line))
        if usual != syllables_read:
            places = enumerate(zip(usual, syllables_read, strict=True), begin)
            rare += [f"{at}{found}" for at, (common, found) in places if common != found]
        begin += len(line) + 1
    return " ".join(rare)


def fold_fields(record: SearchRecord, labels: IndexLabels) -> tuple[list[str], list[str], list[str]]:
    """Return the folded lines of (title, keywords and numbers, everything else): what a substring search covers."""
    keywords = [fold(text).replace("\n", "") for text in (*record.keywords, record.doc_no, record.index_no)]
    return [fold(record.title).replace("\n", "")], keywords, [fold(_body(record, labels))]


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


def _extract_one(record: SearchRecord, labels: IndexLabels) -> str:
    title, keywords, body = fold_fields(record, labels)
    column = fold(labels.columns.get(record.column, record.column)).replace("\n", "")
    named = [*title, *keywords[: len(record.keywords)], column]
    read = [readings(line) for line in named]
    numbers = map(_mark, keywords[len(record.keywords) :])
    title_lines = [_mark(title[0]), *_pinyin_runs(read[:1])]
    keyword_lines = [*keywords[: len(record.keywords)], *numbers, *_pinyin_runs(read[1:-1])]
    body_lines = [*body, *_pinyin_runs(read[-1:])]
    fields = ["\n".join(lines) + "\n" for lines in (title_lines, keyword_lines, body_lines)]
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
    return _dump([
        record.key, record.published, record.in_force, record.kind, facets, _dump(entry),
        [_dump(piece) for piece in pieces], "".join(fields), [len(field) for field in fields],
        "".join(sorted({char for char in "".join(named) if default_reading(char)})),
    ])  # fmt: skip


def extract(records: Sequence[SearchRecord], labels: IndexLabels) -> bytes:
    """Return the chunk of `records` for `merge`; meant for worker processes, pure.

    `labels` must be those given to `merge`. Lone surrogates become `?`.
    """
    return "".join(_extract_one(record, labels) + "\n" for record in records).encode()


def read_chunk(chunk: bytes) -> Iterator[Extract]:
    """Yield the lines of a chunk."""
    for line in chunk.decode().split("\n"):
        if line:
            values: list[Any] = json.loads(line)
            key, published, in_force, kind, facets, entry, pieces, folded, lengths, read = values
            yield Extract(
                key,
                published,
                in_force,
                kind,
                tuple(facets),
                entry,
                tuple(pieces),
                folded,
                tuple(lengths),
                read,
            )
