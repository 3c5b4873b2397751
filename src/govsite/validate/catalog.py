"""The catalog (公开事项目录): one file a domain, 国办发〔2019〕54号."""

from __future__ import annotations

import re

from govsite.expect.fields import Field, expect_fields, report_missing
from govsite.expect.values import (
    expect_identifier,
    expect_lines,
    expect_list,
    expect_prose,
    expect_term,
    expect_text,
)
from govsite.model.catalog import CatalogDomain, CatalogItem, Element
from govsite.model.sources import Source
from govsite.problems.problem import Problem
from govsite.source.span import Span
from govsite.source.yaml import Mapping, Node, Scalar, Sequence
from govsite.validate.deadline import read_deadline
from govsite.validate.pending import with_pending
from govsite.vocab.keys import record_keys
from govsite.vocab.terms import term_list

_SAME = re.compile(r"^\s*[（(]?同上[）)]?\s*$")
_ELEMENT_LIST = re.compile(r"[；;\n]+")
_REQUIRED = re.compile(r"^\s*[●*★]\s*")
_OPTIONAL = re.compile(r"^\s*[〇○◯]\s*")
_BOX = re.compile(r"^\s*[■□√☑☐☒▲◆◼●口]\s*")
_OTHER = re.compile(r"^其他[_＿：:（(\s]*(.*?)[_＿)）\s]*$")
_MINIMUM = ("content", "basis", "deadline", "subject", "mode", "channels", "audience")


def check_catalog(source: Source) -> tuple[CatalogDomain | None, list[Problem]]:
    """The catalog of one domain. CAT101 unknown domain · CAT103 missing element · CAT104 deadline that no rule reads ·
    CAT105 同上 · CAT106 unknown channel · CAT107 其他 without its text · CAT109 on request without reason.
    """
    problems: list[Problem] = []
    keys = record_keys("catalog")
    fields = expect_fields(source.front, keys, problems)
    report_missing(fields, keys, source.front.span, problems)
    label = expect_text(fields.get("domain"), problems)
    domain = term_list("domains").find(label) if label else None
    if label and domain is None:
        problems.append(Problem.at("CAT101", fields["domain"].value.span, found=label))
    domain_id = domain.id if domain else source.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    items = []
    for node in _item_nodes(fields.get("items"), problems):
        item = _item(node, domain_id, problems)
        if item:
            items.append(item)
    basis_document = expect_text(fields.get("basis_document"), problems)
    return CatalogDomain(
        domain_id, label or domain_id, basis_document, source.path, tuple(items)
    ), with_pending(source, problems)


def _item_nodes(field: Field | None, problems: list[Problem]) -> list[Mapping]:
    if field is None:
        return []
    nodes = field.value.items if isinstance(field.value, Sequence) else (field.value,)
    kept = []
    for node in nodes:
        if isinstance(node, Mapping):
            kept.append(node)
        else:
            problems.append(
                Problem.at("FM104", node.span, key=field.key.label, expected="mapping", found="text")
            )
    return kept


def _item(node: Mapping, domain: str, problems: list[Problem]) -> CatalogItem | None:
    keys = record_keys("catalog_item")
    fields = expect_fields(node, keys, problems)
    report_missing(fields, keys, node.span, problems)
    item_id = expect_identifier(fields.get("id"), problems)
    for field in fields.values():
        _report_same_as_above(field, problems)
    missing = [keys.by_word[name].label for name in _MINIMUM if name not in fields]
    span = fields["id"].value.span if "id" in fields else node.span
    if missing:
        problems.append(Problem.at("CAT103", span, item=item_id, missing="、".join(missing)))
    deadline_text = expect_prose(fields.get("deadline"), problems)
    deadline = read_deadline(deadline_text)
    if deadline_text and deadline.kind == "unread":
        problems.append(Problem.at("CAT104", fields["deadline"].value.span, found=deadline_text))
    mode = _known_terms(fields.get("mode"), "mode", problems)
    disclosure = expect_term(fields.get("disclosure"), "disclosure", problems)
    reason = expect_text(fields.get("disclosure_reason"), problems)
    if (mode == ("request",) or disclosure not in {"", "public"}) and not reason:
        problems.append(Problem.at("CAT109", span, item=item_id))
    audience, note = _audience(fields.get("audience"), problems)
    if not item_id:
        return None
    return CatalogItem(
        id=item_id,
        domain=domain,
        no=expect_text(fields.get("no"), problems),
        level1=expect_text(fields.get("level1"), problems),
        level2=expect_text(fields.get("level2"), problems),
        level3=expect_text(fields.get("level3"), problems),
        content=_elements(fields.get("content"), problems),
        basis=expect_lines(fields.get("basis"), problems),
        deadline=deadline,
        deadline_text=deadline_text,
        subject=expect_lines(fields.get("subject"), problems),
        channels=_channels(fields.get("channels"), problems),
        audience=audience,
        mode=mode,
        tier=_known_terms(fields.get("tier"), "tier", problems),
        responsible_unit=expect_text(fields.get("responsible_unit"), problems),
        responsible_section=expect_text(fields.get("responsible_section"), problems),
        disclosure=disclosure,
        disclosure_reason=reason,
        column=expect_identifier(fields.get("column"), problems),
        category=expect_text(fields.get("category"), problems),
        audience_note=note,
        span=span,
    )


def _report_same_as_above(field: Field, problems: list[Problem]) -> None:
    nodes: tuple[Node, ...] = field.value.items if isinstance(field.value, Sequence) else (field.value,)
    for node in nodes:
        if isinstance(node, Scalar) and _SAME.match(node.text):
            problems.append(Problem.at("CAT105", node.span, key=field.key.label))


def _elements(field: Field | None, problems: list[Problem]) -> tuple[Element, ...]:
    """Elements from a list, or from a text cut at semicolons and line ends. ● marks a required one."""
    lines = expect_lines(field, problems)
    if field and isinstance(field.value, Scalar):
        lines = tuple(part.strip() for line in lines for part in _ELEMENT_LIST.split(line) if part.strip())
    elements = []
    for line in lines:
        required = bool(_REQUIRED.match(line))
        elements.append(Element(_OPTIONAL.sub("", _REQUIRED.sub("", line)).strip(), required))
    return tuple(element for element in elements if element.text)


def _known_terms(field: Field | None, group: str, problems: list[Problem]) -> tuple[str, ...]:
    """Term ids; a word the list does not hold is kept as written (the site's own label)."""
    words = [_BOX.sub("", word) for word in expect_lines(field, problems)]
    found = (term_list(group).find(word) for word in words)
    return tuple(
        dict.fromkeys(term.id if term else word for term, word in zip(found, words, strict=True) if word)
    )


def _audience(field: Field | None, problems: list[Problem]) -> tuple[tuple[str, ...], str]:
    """Term ids of the audience, and the note that stands with a specific group (`特定群体：低保对象`)."""
    notes, ids = [], []
    for word in expect_lines(field, problems):
        name, mark, note = word.partition("：")
        if not mark or "（" in name or "(" in name:
            name, _, note = re.sub(r"[（(]", "：", word, count=1).rstrip("）)").partition("：")
        term = term_list("audience").find(_BOX.sub("", name.strip()))
        ids.append(term.id if term else "specific")
        notes.append(note.strip() if term else word)
    return tuple(dict.fromkeys(ids)), "；".join(note for note in notes if note)


def _channels(field: Field | None, problems: list[Problem]) -> tuple[str, ...]:
    """Term ids of the thirteen boxes; a channel of the site's own stays as written; 其他 keeps its text."""
    channels = []
    for scalar in expect_list(field, problems):
        for word in scalar.text.splitlines():
            channels.append(_channel(_BOX.sub("", word.strip()), scalar.span, problems))
    return tuple(dict.fromkeys(channel for channel in channels if channel))


def _channel(name: str, span: Span, problems: list[Problem]) -> str:
    term = term_list("channel").find(name)
    if not name or (term and term.id != "other"):
        return term.id if term else ""
    other = _OTHER.match(name)
    if other is None:
        problems.append(Problem.at("CAT106", span, found=name))
        return name
    if not other[1]:
        problems.append(Problem.at("CAT107", span))
    return f"other:{other[1]}"
