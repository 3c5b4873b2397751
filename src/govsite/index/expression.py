"""The command line's query language (检索式): what the browser knows, and fields, OR, NOT, parentheses, ranges, wildcards.

    医保 报销 -农民工            words, all of them, without one
    标题:养老 (补贴 OR 津贴)      a field, either of two
    日期:2023-07..2024-06        a range, ends included; 日期:2024 for a year or month
    文号:〔2024〕7号 医*险 第?条   any number of characters, exactly one

Field names are data: `data/fields.json`. An unknown field is no field: `10:30` is a word.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, TypeAlias

from govsite.frozen import dataclass
from govsite.hanzi.fold import fold
from govsite.index.query import LONGEST_QUERY, join_doc_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["And", "Expression", "Facet", "Not", "Or", "Range", "Word", "parse_expression"]

TEXT_FIELDS: Final = frozenset({"", "title", "number", "index", "keyword"})


@dataclass(frozen=True, slots=True)
class Word:
    """Folded stretches of text that follow each other; more than one where wildcards stand between.

    field: "" for anywhere. gaps: between stretches, `*` or so many `?`.
    """

    stretches: tuple[str, ...]
    gaps: tuple[str, ...] = ()
    field: str = ""

    @property
    def text(self) -> str:
        """The word itself, "" where it has wildcards."""
        return "" if self.gaps else self.stretches[0]


@dataclass(frozen=True, slots=True)
class Facet:
    """A property whose id or name contains the folded value: `栏目:回应关切`, `机关:民政`."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Range:
    """ISO dates from `low` to `high`, both included, either open (""); shorter ones stand for their month or year."""

    low: str
    high: str


@dataclass(frozen=True, slots=True)
class Not:
    """Documents that do not match."""

    part: Expression


@dataclass(frozen=True, slots=True)
class And:
    """Documents that match all parts."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Documents that match at least one part."""

    parts: tuple[Expression, ...]


Expression: TypeAlias = "Word | Facet | Range | Not | And | Or"

_TOKEN: Final = re.compile(
    r"""\s*(?:
        (?P<open>[(（](?=\s|[^)）]*[\s:：]|[^)）]*[*?]))|(?P<close>[)）])
      | (?P<either>(?:OR|\|\|?)(?=\s|$))|(?P<both>(?:AND|&&)(?=\s|$))|(?P<not>NOT(?=\s|[(（]))
      | (?P<minus>[-－−](?=\S))
      | (?P<field>[^\s:："“”()（）]{1,12})[:：](?=\S)
      | (?P<range>\[\s*(?P<low>\S*)\s+TO\s+(?P<high>[^\s\]]*)\s*\])
      | ["“”＂「](?P<phrase>[^"“”＂」]*)["“”＂」]?
      | (?P<word>(?:[^\s"“”＂「()（）]|[(（][^\s()（）:：]*[)）])+)
      | (?P<other>\S)
    )""",
    re.VERBOSE,
)
_DATE: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@cache
def _field_names() -> dict[str, str]:
    given: dict[str, list[str]] = json.loads((files(__package__) / "data/fields.json").read_text("utf-8"))
    return {alias: field for field, aliases in given.items() for alias in aliases}


def parse_expression(query: str) -> Expression | None:
    """Read a query; None where nothing is asked for. Never fails: what cannot be read is a word or nothing.

    Raises ValueError for more than `LONGEST_QUERY` characters.
    """
    if len(query) > LONGEST_QUERY:
        raise ValueError("query too long")
    return _Parser(_tokens(join_doc_numbers(query))).parse()


def _tokens(query: str) -> list[tuple[str, str]]:
    return [token for match in _TOKEN.finditer(query) for token in _read_token(match)]


def _read_token(match: re.Match[str]) -> Iterator[tuple[str, str]]:
    kind = next(name for name, value in match.groupdict().items() if value is not None)
    if kind == "field" and match["field"] not in _field_names():
        yield "word", match["field"]
    elif kind == "range":
        yield "range", f"{match['low'].strip('*')}..{match['high'].strip('*')}"
    elif kind != "other":
        yield kind, match[kind]


class _Parser:
    """Recursive descent: or → and → not → atom; closing parentheses that were never opened are skipped."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._at = 0

    def parse(self) -> Expression | None:
        parts: list[Expression] = []
        while self._at < len(self._tokens):
            part = self._either()
            if part is not None:
                parts.append(part)
            self._take("close")
        return _join(And, parts)

    def _take(self, kind: str) -> str | None:
        if self._at < len(self._tokens) and self._tokens[self._at][0] == kind:
            self._at += 1
            return self._tokens[self._at - 1][1]
        return None

    def _either(self) -> Expression | None:
        parts = [self._all()]
        while self._take("either") is not None:
            parts.append(self._all())
        return _join(Or, [part for part in parts if part is not None])

    def _all(self) -> Expression | None:
        parts: list[Expression] = []
        while self._at < len(self._tokens) and self._tokens[self._at][0] not in ("close", "either"):
            if self._take("both") is None and (part := self._one()) is not None:
                parts.append(part)
        return _join(And, parts)

    def _one(self) -> Expression | None:
        kind, value = self._tokens[self._at]
        self._at += 1
        if kind in ("minus", "not"):
            part = self._one() if self._at < len(self._tokens) else None
            return Not(part) if part is not None else None
        if kind == "open":
            inner = self._either()
            self._take("close")
            return inner
        if kind == "field":
            following = self._tokens[self._at] if self._at < len(self._tokens) else ("", "")
            if following[0] in ("word", "phrase", "range"):
                self._at += 1
                return _make_field(_field_names()[value], following[1], is_phrase=following[0] == "phrase")
            return None
        return _make_word(value, "", is_phrase=kind == "phrase") if kind in ("word", "phrase") else None


def _join(kind: type[And | Or], parts: list[Expression]) -> Expression | None:
    return kind(tuple(parts)) if len(parts) > 1 else parts[0] if parts else None


def _make_word(text: str, field: str, *, is_phrase: bool) -> Word | None:
    pieces = [text] if is_phrase else re.split(r"([*＊?？]+)", text)
    stretches = [fold(piece).replace("\n", "") for piece in pieces[::2]]
    gaps = ["*" if re.search("[*＊]", gap) else "?" * len(gap) for gap in pieces[1::2]]
    while gaps and not stretches[-1]:
        stretches, gaps = stretches[:-1], gaps[:-1]
    while gaps and not stretches[0]:
        stretches, gaps = stretches[1:], gaps[1:]
    if not stretches[0]:
        return None
    return Word(tuple(stretches), tuple(gaps), field)


def _make_field(field: str, value: str, *, is_phrase: bool) -> Expression | None:
    if field in TEXT_FIELDS:
        return _make_word(value, field, is_phrase=is_phrase)
    if field in ("published", "year"):
        low, dots, high = value.partition("..")
        ends = (low, high if dots else low)
        if any(end and not _DATE.fullmatch(end) for end in ends) or not any(ends):
            return _make_word(value, "", is_phrase=is_phrase)
        return Range(*ends)
    return Facet(field, fold(value).replace("\n", ""))
