"""How parts of an official document (公文) are told, and what a web page adds to a text: patterns as data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from govsite.frozen import dataclass
from govsite.vocab.records import read_data


@dataclass(frozen=True, slots=True)
class HeadingForm:
    """A numbered heading. depth: 0 for 一、 and 章, 1 for （一） and 节, 2 for 1."""

    pattern: re.Pattern[str]
    depth: int


@dataclass(frozen=True, slots=True)
class OfficialPaper:
    """Patterns of `official_paper.yaml` by name; disclosure: term id by the words that stand in 此件…"""

    patterns: Mapping[str, re.Pattern[str]]
    headings: tuple[HeadingForm, ...]
    disclosure: Mapping[str, str]

    def __getitem__(self, name: str) -> re.Pattern[str]:
        return self.patterns[name]


@dataclass(frozen=True, slots=True)
class Contamination:
    """Paragraphs that are no part of a document. fields: key id by the label of a header line."""

    furniture: re.Pattern[str]
    advertisement: re.Pattern[str]
    header_line: re.Pattern[str]
    fields: Mapping[str, str]


@cache
def official_paper() -> OfficialPaper:
    """The parts of a document."""
    data: dict[str, Any] = read_data("official_paper")
    headings = tuple(HeadingForm(re.compile(one["pattern"]), one["depth"]) for one in data["headings"])
    words = {word: term for term, labels in data["disclosure_words"].items() for word in labels}
    patterns = {name: re.compile(value) for name, value in data.items() if isinstance(value, str)}
    return OfficialPaper(patterns, headings, words)


@cache
def contamination() -> Contamination:
    """What is no part of a document."""
    data: dict[str, Any] = read_data("contamination")
    return Contamination(
        re.compile("|".join(data["furniture"])),
        re.compile("|".join(data["advertisement"])),
        re.compile(data["header_line"]),
        {label: key for key, labels in data["header_fields"].items() for label in labels},
    )
