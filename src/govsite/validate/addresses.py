"""`addresses.yaml` and `published.txt` to an `AddressBook`."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from urllib.parse import unquote

from govsite.expect.fields import Field, expect_fields, report_missing
from govsite.expect.values import expect_day, expect_text
from govsite.files.paths import resolve_inside
from govsite.model.address_book import AddressBook, Move, Withdrawal
from govsite.model.addresses import HOME
from govsite.problems.problem import Problem
from govsite.source.yaml import Mapping, Node, Scalar
from govsite.vocab.keys import record_keys


def check_address_book(
    node: Node | None, published: str, prefix: str, problems: list[Problem]
) -> AddressBook:
    """The book. node: of `addresses.yaml`, None where there is none; published: text of the record; prefix: the site's path.

    Reports FM101-FM105 for keys and values, LNK205 for what is no address of this site.
    """
    if node is not None and not isinstance(node, Mapping):
        problems.append(Problem.at("SRC109", node.span))
    fields = expect_fields(node, record_keys("addresses"), problems) if isinstance(node, Mapping) else {}
    moves, withdrawals = [], []
    for word, value in _entries(fields.get("moved"), problems):
        path = _address(word, prefix, problems)
        target = _address(value, prefix, problems) if isinstance(value, Scalar) else ""
        if not isinstance(value, Scalar):
            problems.append(Problem.at("FM104", value.span, key=word.text, expected="text", found="mapping"))
        if path and target:
            moves.append(Move(path, target, word.span))
    for word, value in _entries(fields.get("withdrawn"), problems):
        path = _address(word, prefix, problems)
        withdrawal = _withdrawal(path, word, value, problems)
        if path and withdrawal:
            withdrawals.append(withdrawal)
    lines = {line.strip(): number for number, line in enumerate(published.split("\n"), 1)}
    return AddressBook(
        tuple(moves),
        tuple(withdrawals),
        {line: number for line, number in lines.items() if line and not line.startswith("#")},
    )


def _entries(field: Field | None, problems: list[Problem]) -> tuple[tuple[Scalar, Node], ...]:
    if field is None:
        return ()
    if not isinstance(field.value, Mapping):
        problems.append(
            Problem.at("FM104", field.value.span, key=field.key.label, expected="mapping", found="text")
        )
        return ()
    return field.value.entries


def _withdrawal(path: str, word: Scalar, value: Node, problems: list[Problem]) -> Withdrawal | None:
    if not isinstance(value, Mapping):
        problems.append(Problem.at("FM104", value.span, key=word.text, expected="mapping", found="text"))
        return None
    keys = record_keys("withdrawal")
    fields: AnyMapping[str, Field] = expect_fields(value, keys, problems)
    report_missing(fields, keys, word.span, problems)
    reason, basis = (expect_text(fields.get(name), problems) for name in ("reason", "basis"))
    return Withdrawal(path, expect_day(fields.get("on"), problems), reason, basis, word.span)


def _address(word: Scalar, prefix: str, problems: list[Problem]) -> str:
    """The address as a path relative to the site root: `/sub/path/` and whatever stands before it taken away."""
    text = unquote(word.text.strip().partition("#")[0].partition("?")[0])
    if "://" in text:
        text = "/" + text.partition("://")[2].partition("/")[2]
    text = text[len(prefix) :] if text.startswith(prefix) else text.lstrip("/")
    if text.endswith("/") or not text:
        text += HOME
    if resolve_inside(text, "") != text:
        problems.append(Problem.at("LNK205", word.span, found=word.text))
        return ""
    return text
