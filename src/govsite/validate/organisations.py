"""Organisations (机构): `content/organisations.yaml`."""

from __future__ import annotations

from govsite.expect.fields import expect_fields, report_missing
from govsite.expect.values import (
    expect_flag,
    expect_identifier,
    expect_lines,
    expect_term,
    expect_text,
    expect_texts,
)
from govsite.model.organisation import Organisation
from govsite.model.sources import Source
from govsite.problems.problem import Problem
from govsite.source.yaml import Mapping, Sequence
from govsite.vocab.keys import record_keys


def check_organisations(source: Source) -> tuple[tuple[Organisation, ...], list[Problem]]:
    """Organisations in source order. FM118: the file holds no list under 机构; FM119: an id twice."""
    problems: list[Problem] = []
    lists = [value for word, value in source.front if word.text in {"机构", "organisations"}]
    if not lists or not isinstance(lists[0], Sequence):
        problems.append(Problem.at("FM118", source.front.span))
        return (), problems
    organisations: dict[str, Organisation] = {}
    for node in lists[0].items:
        if not isinstance(node, Mapping):
            problems.append(Problem.at("FM104", node.span, key="机构", expected="mapping", found="text"))
            continue
        organisation = _organisation(node, problems)
        if organisation.id in organisations:
            first = organisations[organisation.id].span
            problems.append(Problem.at("FM119", organisation.span, (first,), id=organisation.id))
        elif organisation.id and organisation.name:
            organisations[organisation.id] = organisation
    return tuple(organisations.values()), problems


def _organisation(node: Mapping, problems: list[Problem]) -> Organisation:
    keys = record_keys("organisation")
    fields = expect_fields(node, keys, problems)
    report_missing(fields, keys, node.span, problems)

    def text(name: str) -> str:
        return expect_text(fields.get(name), problems)

    return Organisation(
        id=expect_identifier(fields.get("id"), problems),
        name=text("name"),
        short=expect_texts(fields.get("short"), problems),
        tier=expect_term(fields.get("tier"), "tier", problems),
        credit_code=text("credit_code"),
        duties=expect_lines(fields.get("duties"), problems),
        address=text("address"),
        hours=text("hours"),
        phone=text("phone"),
        fax=text("fax"),
        email=text("email"),
        head=text("head"),
        parent=text("parent"),
        external=expect_flag(fields.get("external"), problems),
        span=fields["id"].value.span if "id" in fields else node.span,
    )
