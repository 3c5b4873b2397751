"""The words and patterns of `vocab/data/secrecy.yaml`, compiled once."""

from __future__ import annotations

import re
from functools import cache

from govsite.frozen import dataclass
from govsite.vocab.records import read_data


@dataclass(frozen=True, slots=True)
class MarkWords:
    """hints: a line without any of them holds no mark; anywhere, line: patterns of 密级 marks; quotes: signs before a
    mark that is only spoken of; internal: a line of internal wordings; release: the line on publication; says: (term
    id of the attribute, pattern) in order.
    """

    hints: tuple[str, ...]
    anywhere: re.Pattern[str]
    line: re.Pattern[str]
    quotes: str
    internal: re.Pattern[str]
    release: re.Pattern[str]
    says: tuple[tuple[str, re.Pattern[str]], ...]


@dataclass(frozen=True, slots=True)
class LeftoverWords:
    """Leftovers of copying. advertisement: words, and how many a line must hold beside a contact; lines, starts: of page
    furniture, at most `longest` long; pinyin_from, traditional_from: how many make a report.
    """

    advertisement: re.Pattern[str]
    advertisement_from: int
    contact_hints: tuple[str, ...]
    contact: re.Pattern[str]
    lines: frozenset[str]
    starts: re.Pattern[str]
    longest: int
    pinyin_from: int
    traditional_allowed: str
    traditional_from: int
    traditional_shown: int


@dataclass(frozen=True, slots=True)
class FileWords:
    """What an attachment may be. types: suffixes; opaque: those that cannot be read; largest: bytes;
    properties: names of properties that hold a person.
    """

    types: frozenset[str]
    opaque: frozenset[str]
    largest: int
    properties: frozenset[str]
    not_persons: re.Pattern[str]


@cache
def mark_words() -> MarkWords:
    """Words of marks."""
    data = read_data("secrecy")
    phrases = tuple(sorted(data["internal"]["phrases"], key=len, reverse=True))
    one = f"(?:{'|'.join(map(re.escape, phrases))})"
    around = r"[\s　【】\[\]（）()，,、；;。！!：:★☆·—\-*“”\"]*"
    release = data["release"]
    return MarkWords(
        hints=(*data["marks"]["hints"], *data["internal"]["hints"], *release["hints"]),
        anywhere=re.compile(data["marks"]["anywhere"]),
        line=re.compile(rf"[\s　【\[（(*]*(?:{data['marks']['line']})[\s　】\]）)*]*"),
        quotes=data["marks"]["quotes"],
        internal=re.compile(f"{around}{one}(?:{around}{one})*{around}"),
        release=re.compile(release["line"]),
        says=tuple((str(item["disclosure"]), re.compile(item["pattern"])) for item in release["says"]),
    )


@cache
def leftover_words() -> LeftoverWords:
    """Words of leftovers."""
    data = read_data("secrecy")
    advertisement, page, traditional = data["advertisement"], data["page_leftovers"], data["traditional"]
    return LeftoverWords(
        advertisement=re.compile("|".join(map(re.escape, advertisement["words"]))),
        advertisement_from=int(advertisement["at_least"]),
        contact_hints=tuple(advertisement["contact_hints"]),
        contact=re.compile(advertisement["contact"]),
        lines=frozenset(page["lines"]),
        starts=re.compile(page["starts"]),
        longest=int(page["longest"]),
        pinyin_from=int(data["pinyin"]["at_least"]),
        traditional_allowed=traditional["allowed"],
        traditional_from=int(traditional["at_least"]),
        traditional_shown=int(traditional["shown"]),
    )


@cache
def file_words() -> FileWords:
    """Words of files."""
    data = read_data("secrecy")
    attachments = data["attachments"]
    return FileWords(
        types=frozenset(attachments["types"]),
        opaque=frozenset(attachments["cannot_be_read"]),
        largest=int(attachments["largest_bytes"]),
        properties=frozenset(data["person_properties"]),
        not_persons=re.compile(data["not_persons"]),
    )
