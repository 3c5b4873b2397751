"""Arithmetic of structured kinds: totals, products, groups (村级财务, 预决算, 补贴名单)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from govsite.check.duties.inspection import Inspection
from govsite.model.details import value_of
from govsite.model.document import Document
from govsite.model.values import Row
from govsite.problems.problem import Problem
from govsite.source.span import Span
from govsite.vocab.keys import keys_of, part_keys
from govsite.vocab.sums import Sum, sums_of
from govsite.vocab.terms import kinds


def check_sums(inspection: Inspection) -> Iterator[Problem]:
    """COL301 a total · COL302 a product in a row · COL303 a group · that do not come out."""
    for doc in inspection.of_kind(*(kind for kind in kinds() if sums_of(kind))):
        for rule in sums_of(doc.kind):
            if rule.rule == "product":
                yield from _products(doc, rule)
            elif rule.rule == "groups":
                yield from _groups(doc, rule)
            else:
                yield from _total(doc, rule)


def _rows(doc: Document, key: str) -> tuple[Row, ...]:
    value = value_of(doc.details, key)
    return tuple(row for row in value if isinstance(row, Row)) if isinstance(value, tuple) else ()


def _number(doc: Document, term: str) -> Decimal | None:
    """The value of a term of a rule: a key, or `rows.key` summed up; None where nothing is written."""
    table, _, key = term.rpartition(".")
    if not table:
        value = value_of(doc.details, key)
        return Decimal(value) if isinstance(value, int | Decimal) else None
    amounts = [row.amount(key) for row in _rows(doc, table)]
    written = [amount for amount in amounts if amount is not None]
    return sum(written[1:], written[0]) if written else None


def _total(doc: Document, rule: Sum) -> Iterator[Problem]:
    found = _number(doc, rule.result)
    if rule.rule == "count":
        rows = len(_rows(doc, rule.rows))
        plus: list[Decimal | None] = [Decimal(rows) if rows else None]
        minus: list[Decimal | None] = []
    else:
        plus = [_number(doc, term) for term in rule.plus]
        minus = [_number(doc, term) for term in rule.minus]
    if found is None or any(number is None for number in (*plus, *minus)):
        return
    expected = sum(filter(None, plus), Decimal()) - sum(filter(None, minus), Decimal())
    if abs(found - expected) * 100 > rule.cents:
        yield Problem.at(
            "COL301", doc.span_of(rule.result), key=keys_of(doc.kind).by_word[rule.result].label, found=f"{found:,}",
            expected=f"{expected:,}", terms=_formula(doc, rule),
        )  # fmt: skip


def _formula(doc: Document, rule: Sum) -> str:
    labels = [_label(doc, term) for term in rule.plus] or [_label(doc, rule.rows)]
    return "＋".join(labels) + "".join(f"－{_label(doc, term)}" for term in rule.minus)


def _label(doc: Document, term: str) -> str:
    return keys_of(doc.kind).by_word[term.partition(".")[0]].label


def _products(doc: Document, rule: Sum) -> Iterator[Problem]:
    for row in _rows(doc, rule.rows):
        factors = [row.amount(name) for name in rule.factors]
        found = row.amount(rule.result)
        if found is None or any(factor is None for factor in factors):
            continue
        expected = Decimal(1)
        for factor in factors:
            expected *= factor or Decimal()
        if abs(found - expected) * 100 > rule.cents:
            names = part_keys(keys_of(doc.kind).by_word[rule.rows].argument).by_word
            yield Problem.at(
                "COL302", row.places.get(rule.result, row.span), key=names[rule.result].label, found=f"{found:,}",
                expected=f"{expected.normalize():,f}", factors="×".join(names[name].label for name in rule.factors),
            )  # fmt: skip


def _groups(doc: Document, rule: Sum) -> Iterator[Problem]:
    """Rows by group against what the groups' own table says."""
    rows = _rows(doc, rule.rows)
    stated = _rows(doc, rule.groups)
    if not rows or not stated:
        return
    for group in stated:
        name = str(group.values.get(rule.by, ""))
        members = [row for row in rows if row.values.get(rule.by) == name]
        amounts = sum((row.amount(rule.result) or Decimal() for row in members), Decimal())
        number = group.amount(rule.number)
        found = group.amount(rule.result)
        if found is not None and found != amounts:
            yield _differs(group.places.get(rule.result, group.span), name, found, amounts)
        elif number is not None and number != len(members):
            yield _differs(group.places.get(rule.number, group.span), name, number, Decimal(len(members)))
    known = {str(group.values.get(rule.by, "")) for group in stated}
    for name in dict.fromkeys(str(row.values.get(rule.by, "")) for row in rows):
        if name not in known:
            total = sum(
                (row.amount(rule.result) or Decimal() for row in rows if row.values.get(rule.by, "") == name),
                Decimal(),
            )
            yield _differs(doc.span_of(rule.groups), name, Decimal(), total)


def _differs(span: Span, name: str, found: Decimal, expected: Decimal) -> Problem:
    return Problem.at("COL303", span, name=name, found=f"{found:,}", expected=f"{expected:,}")
