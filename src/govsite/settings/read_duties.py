"""The duty keys of `检查` in config.yaml to `DutySettings`."""

from __future__ import annotations

import re
from collections.abc import Mapping as AnyMapping
from datetime import date

from govsite.expect.fields import Field, expect_fields, report_missing
from govsite.expect.values import (
    FALSE_WORDS,
    TRUE_WORDS,
    expect_day,
    expect_list,
    expect_number,
    expect_text,
    expect_texts,
)
from govsite.hanzi.nearest import nearest
from govsite.problems.problem import Problem
from govsite.problems.rules import rule_table
from govsite.settings.duties import DutySettings, Leader, WordRule
from govsite.source.span import Span
from govsite.source.yaml import Mapping, Node, Scalar, Sequence
from govsite.vocab.calendar import WorkYear, days_of
from govsite.vocab.keys import KeySet, config_keys
from govsite.vocab.limits import limit_keys
from govsite.vocab.records import Basis

_RUN = "/"
_COMMAS = re.compile(r"[\s,，、]+")


def read_duties(
    check: AnyMapping[str, Field], environ: AnyMapping[str, str], problems: list[Problem]
) -> DutySettings:
    """Duty settings from the fields of `检查`. `GOVSITE_DUTIES` (`no`, or codes and families) overrides 履职检查 for one run.

    Reports CFG102 for an unknown key, CFG103 for another shape, CFG115 for what is no year or no run of days.
    """
    enabled, only = _scope(check.get("duties"), environ.get("GOVSITE_DUTIES", ""), problems)
    return DutySettings(
        enabled=enabled,
        only=only,
        limits=expect_limits(check.get("limits"), problems),
        calendar=_calendar(check.get("workdays"), problems),
        not_applicable=_reasons(check.get("not_applicable"), problems),
        history_since=expect_day(check.get("history_since"), problems),
        wording=tuple(expect_wording(check.get("wording"), problems)),
        leaders=tuple(_leaders(check.get("leaders"), problems)),
    )


def _scope(field: Field | None, variable: str, problems: list[Problem]) -> tuple[bool, tuple[str, ...]]:
    """Whether duties are judged, and which. A word that begins no code is CFG108 and counts for nothing."""
    words: list[tuple[str, Span | None]] = [(word, None) for word in _COMMAS.split(variable) if word]
    words = words or [(item.text.strip(), item.span) for item in expect_list(field, problems)]
    plain = {word.lower() for word, _ in words}
    if plain & (FALSE_WORDS | TRUE_WORDS):
        return not plain & FALSE_WORDS, ()
    known = []
    for word, span in words:
        if any(code.startswith(word.upper()) for code in rule_table()):
            known.append(word.upper())
        else:
            near = nearest(word.upper(), rule_table())
            problems.append(Problem.at("CFG108", span, rule=word, nearest=near))
    return True, tuple(known)


def _mapping(field: Field | None, problems: list[Problem]) -> Mapping | None:
    if field is None or isinstance(field.value, Mapping):
        return field.value if field and isinstance(field.value, Mapping) else None
    problems.append(Problem.at("CFG103", field.value.span, key=field.key.label, expected="mapping"))
    return None


def expect_limits(field: Field | None, problems: list[Problem]) -> dict[str, int]:
    """A site's own values of limits by id."""
    mapping = _mapping(field, problems)
    if mapping is None:
        return {}
    fields = expect_fields(mapping, limit_keys(), problems, "CFG102")
    return {name: expect_number(value, problems) for name, value in fields.items()}


def _reasons(field: Field | None, problems: list[Problem]) -> dict[str, str]:
    mapping = _mapping(field, problems)
    reasons: dict[str, str] = {}
    for key, value in mapping or ():
        if isinstance(value, Scalar) and value.text.strip() and not value.is_nothing:
            reasons[key.text] = value.text.strip()
        elif field:
            problems.append(
                Problem.at("CFG103", key.span, key=f"{field.key.label}·{key.text}", expected="text")
            )
    return reasons


def _calendar(field: Field | None, problems: list[Problem]) -> dict[int, WorkYear]:
    years: dict[int, WorkYear] = {}
    for key, value in _mapping(field, problems) or ():
        if not isinstance(value, Mapping) or not (key.text.isdigit() and len(key.text) == 4):
            problems.append(Problem.at("CFG115", key.span, found=key.text))
            continue
        fields = expect_fields(value, config_keys("work_year"), problems, "CFG102")
        year = int(key.text)
        off = _days(year, fields.get("rest"), problems)
        work = _days(year, fields.get("work"), problems)
        years[year] = WorkYear(year, off, work, Basis(number=expect_text(fields.get("basis"), problems)))
    return years


def _days(year: int, field: Field | None, problems: list[Problem]) -> frozenset[date]:
    days: set[date] = set()
    for item in expect_list(field, problems):
        try:
            days |= days_of(year, tuple(part.strip() for part in item.text.split(_RUN)))
        except ValueError:
            problems.append(Problem.at("CFG115", item.span, found=item.text))
    return frozenset(days)


def expect_records(
    field: Field | None, keys: KeySet, problems: list[Problem]
) -> list[tuple[Node, dict[str, Field]]]:
    """A list of mappings: each node with its fields; CFG103 for another shape."""
    if field is None:
        return []
    if not isinstance(field.value, Sequence):
        problems.append(Problem.at("CFG103", field.value.span, key=field.key.label, expected="list"))
        return []
    records: list[tuple[Node, dict[str, Field]]] = []
    for item in field.value.items:
        if isinstance(item, Mapping):
            fields = expect_fields(item, keys, problems, "CFG102")
            report_missing(fields, keys, item.span, problems)
            records.append((item, fields))
        else:
            problems.append(Problem.at("CFG103", item.span, key=field.key.label, expected="mapping"))
    return records


def expect_wording(field: Field | None, problems: list[Problem]) -> list[WordRule]:
    """A list of words (错敏词)."""
    rules = []
    for node, fields in expect_records(field, config_keys("wording"), problems):
        texts = {name: expect_text(fields.get(name), problems) for name in ("words", "instead", "reason")}
        if texts["words"]:
            rules.append(WordRule(span=node.span, **texts))
    return rules


def _leaders(field: Field | None, problems: list[Problem]) -> list[Leader]:
    leaders = []
    for node, fields in expect_records(field, config_keys("leader"), problems):
        name = expect_text(fields.get("name"), problems)
        posts = expect_texts(fields.get("posts"), problems)
        if name and posts:
            start, end = (expect_day(fields.get(key), problems) for key in ("start", "end"))
            leaders.append(Leader(name, posts, start, end, node.span))
    return leaders
