"""Single values and lists. Every function reports to `problems` and falls back to an empty value."""

from __future__ import annotations

import re
from decimal import Decimal

from govsite.expect.fields import Field
from govsite.hanzi.dates import parse_date
from govsite.hanzi.nearest import nearest
from govsite.problems.problem import Problem
from govsite.source.yaml import Mapping, Node, Scalar, Sequence
from govsite.vocab.terms import term_list

TRUE_WORDS = frozenset({"yes", "true", "on", "y", "是", "1"})
FALSE_WORDS = frozenset({"no", "false", "off", "n", "否", "0"})
_SEPARATORS = re.compile(r"[,，、;；|]+")
_AMOUNT = re.compile(r"-?\d{1,14}(?:\.\d{1,6})?")
_AMOUNT_SIGNS = {ord(sign): None for sign in ",， ¥￥"} | {ord("−"): "-", ord("－"): "-", ord("．"): "."}
_SPACES = re.compile(r"\s+")
_IDENTIFIER = re.compile(r"[^\s<>:\"|?*\\#%&\x00-\x1f]+")

Problems = list[Problem]


def shape_of(node: Node) -> str:
    """What a node is, as a fact: `text`, `list`, `mapping`."""
    return {Scalar: "text", Sequence: "list", Mapping: "mapping"}[type(node)]


def expect_scalar(field: Field, problems: Problems) -> Scalar | None:
    """The scalar of a field; FM104 where a list or mapping stands there."""
    if isinstance(field.value, Scalar):
        return field.value
    problems.append(
        Problem.at(
            "FM104", field.value.span, key=field.key.label, expected="text", found=shape_of(field.value)
        )
    )
    return None


def expect_text(field: Field | None, problems: Problems) -> str:
    """One line of text, white space folded."""
    scalar = expect_scalar(field, problems) if field else None
    return _SPACES.sub(" ", scalar.text).strip() if scalar else ""


def expect_prose(field: Field | None, problems: Problems) -> str:
    """Text that may have several lines; trailing space removed."""
    scalar = expect_scalar(field, problems) if field else None
    return scalar.text.strip() if scalar else ""


def expect_identifier(field: Field | None, problems: Problems) -> str:
    """An id: no spaces, none of the characters that a path or URL cannot hold, no leading or trailing slash."""
    text = expect_text(field, problems)
    if (
        field
        and text
        and (
            not _IDENTIFIER.fullmatch(text)
            or text.startswith("/")
            or text.endswith("/")
            or ".." in text
            or "//" in text
        )
    ):
        problems.append(Problem.at("FM113", field.value.span, key=field.key.label, found=text))
        return ""
    return text


def expect_moment(field: Field | None, problems: Problems) -> str:
    """A date or date-time as ISO text. FM105 for anything else, FM106 (notice) for another way of writing."""
    scalar = expect_scalar(field, problems) if field else None
    if field is None or scalar is None:
        return ""
    read = parse_date(scalar.text)
    if read is None:
        problems.append(Problem.at("FM105", scalar.span, key=field.key.label, found=scalar.text))
        return ""
    if not read.exact:
        problems.append(
            Problem.at("FM106", scalar.span, key=field.key.label, found=scalar.text, standard=read.iso)
        )
    return read.iso


def expect_day(field: Field | None, problems: Problems) -> str:
    """A date as ISO text; a time is dropped."""
    return expect_moment(field, problems)[:10]


def expect_flag(field: Field | None, problems: Problems) -> bool:
    """Yes or no, in either language; FM108 for anything else."""
    scalar = expect_scalar(field, problems) if field else None
    if field is None or scalar is None:
        return False
    word = scalar.text.strip().lower()
    if word not in TRUE_WORDS | FALSE_WORDS:
        problems.append(Problem.at("FM108", scalar.span, key=field.key.label, found=scalar.text))
    return word in TRUE_WORDS


def expect_number(field: Field | None, problems: Problems) -> int:
    """A whole number not below zero; FM109 for anything else."""
    scalar = expect_scalar(field, problems) if field else None
    if field is None or scalar is None:
        return 0
    text = scalar.text.strip().replace(",", "")
    if not text.isascii() or not text.isdigit() or len(text) > 12:
        problems.append(Problem.at("FM109", scalar.span, key=field.key.label, found=scalar.text))
        return 0
    return int(text)


def expect_amount(field: Field | None, problems: Problems) -> Decimal | None:
    """A number that may have decimals and a sign, groups of digits parted by commas; FM120 for anything else."""
    scalar = expect_scalar(field, problems) if field else None
    if field is None or scalar is None:
        return None
    text = scalar.text.strip().translate(_AMOUNT_SIGNS)
    if not _AMOUNT.fullmatch(text):
        problems.append(Problem.at("FM120", scalar.span, key=field.key.label, found=scalar.text))
        return None
    return Decimal(text)


def expect_list(field: Field | None, problems: Problems) -> tuple[Scalar, ...]:
    """A list of texts; one text counts as a list of one."""
    if field is None:
        return ()
    if isinstance(field.value, Scalar):
        return (field.value,)
    if isinstance(field.value, Mapping):
        problems.append(
            Problem.at("FM104", field.value.span, key=field.key.label, expected="list", found="mapping")
        )
        return ()
    items = []
    for item in field.value.items:
        if not isinstance(item, Scalar):
            problems.append(
                Problem.at("FM104", item.span, key=field.key.label, expected="text", found=shape_of(item))
            )
        elif not item.is_nothing:
            items.append(item)
    return tuple(items)


def expect_texts(field: Field | None, problems: Problems) -> tuple[str, ...]:
    """A list of one-line texts."""
    return tuple(_SPACES.sub(" ", item.text).strip() for item in expect_list(field, problems))


def expect_lines(field: Field | None, problems: Problems) -> tuple[str, ...]:
    """A list of texts, or a text of several lines with one entry each."""
    items = expect_list(field, problems)
    lines = [line.strip() for item in items for line in item.text.splitlines()]
    return tuple(line for line in lines if line)


def expect_words(field: Field | None, problems: Problems) -> tuple[str, ...]:
    """Words: a list, or one text cut at commas and the like. Each once, in order."""
    words = [word.strip() for item in expect_list(field, problems) for word in _SEPARATORS.split(item.text)]
    return tuple(dict.fromkeys(word for word in words if word))


def expect_term(field: Field | None, group: str, problems: Problems) -> str:
    """Id of the term that the text names; FM107 for a word that the list does not hold."""
    scalar = expect_scalar(field, problems) if field else None
    return _term(scalar, group, field.key.label, problems) if field and scalar else ""


def expect_terms(field: Field | None, group: str, problems: Problems) -> tuple[str, ...]:
    """Ids of the terms in a list; FM107 for each word that the list of terms does not hold."""
    if field is None:
        return ()
    found = [_term(item, group, field.key.label, problems) for item in expect_list(field, problems)]
    return tuple(dict.fromkeys(term for term in found if term))


def _term(scalar: Scalar, group: str, label: str, problems: Problems) -> str:
    terms = term_list(group)
    term = terms.find(scalar.text.strip())
    if term is None:
        allowed = terms.labels()
        problems.append(
            Problem.at(
                "FM107", scalar.span, key=label, found=scalar.text.strip(), nearest=nearest(scalar.text, allowed),
                allowed="、".join(allowed),
            )
        )  # fmt: skip
    return term.id if term else ""
