"""Values of a kind's own keys, each read by the type that keys.yaml gives it."""

from __future__ import annotations

import re
from collections.abc import Callable

from govsite.expect.fields import Field, expect_fields, report_missing
from govsite.expect.values import (
    expect_amount,
    expect_day,
    expect_flag,
    expect_identifier,
    expect_lines,
    expect_moment,
    expect_number,
    expect_prose,
    expect_term,
    expect_terms,
    expect_text,
    expect_texts,
    expect_words,
)
from govsite.hanzi.doc_number import parse_doc_number
from govsite.hanzi.person import cover_name
from govsite.model.values import Row, Value
from govsite.problems.problem import Problem
from govsite.source.span import Span
from govsite.source.yaml import Mapping, Scalar, Sequence
from govsite.validate.context import Context, expect_file
from govsite.validate.parts import (
    expect_materials,
    expect_media,
    expect_opinions,
    expect_references,
    part_fields,
)
from govsite.vocab.keys import KeySet, part_keys

Problems = list[Problem]
_SEPARATORS = ("\t", "|", "｜", ",", "，")
_RULE = re.compile(r"[\s|:｜-]+")


def read_value(field: Field, folder: str, context: Context, problems: Problems) -> Value:
    """The value of one field by the type of its key. folder: of the document, for files that it names."""
    plain = _PLAIN.get(field.key.base)
    if plain is not None:
        return plain(field, problems)
    if field.key.base == "term":
        return expect_term(field, field.key.argument, problems)
    if field.key.base == "terms":
        return expect_terms(field, field.key.argument, problems)
    if field.key.base == "rows":
        return _rows(field, folder, context, problems)
    if field.key.base == "materials":
        return expect_materials(field, folder, context, problems)
    if field.key.base == "media":
        return expect_media(field, folder, context, problems)
    return _path(field, folder, context, problems)


def expect_doc_no(field: Field | None, problems: Problems) -> str:
    """The document number in standard form. DOC104 where it was written otherwise or cannot be read."""
    text = expect_text(field, problems)
    if not field or not text:
        return ""
    number = parse_doc_number(text)
    standard = str(number) if number else ""
    if standard != text:
        problems.append(Problem.at("DOC104", field.value.span, found=text, standard=standard))
    return standard or text


def _person(field: Field, problems: Problems) -> str:
    return cover_name(expect_text(field, problems))


def _path(field: Field, folder: str, context: Context, problems: Problems) -> Value:
    if not isinstance(field.value, Scalar):
        expect_text(field, problems)
        return None
    return expect_file(field.value, "", folder, context, problems)


_PLAIN: dict[str, Callable[[Field, Problems], Value]] = {
    "text": expect_text,
    "organisation": expect_text,
    "organisations": expect_texts,
    "identifier": expect_identifier,
    "prose": expect_prose,
    "list": expect_lines,
    "words": expect_words,
    "day": expect_day,
    "moment": expect_moment,
    "flag": expect_flag,
    "number": expect_number,
    "amount": expect_amount,
    "doc_no": expect_doc_no,
    "person": _person,
    "references": expect_references,
    "opinions": expect_opinions,
}


def _rows(field: Field, folder: str, context: Context, problems: Problems) -> tuple[Row, ...]:
    """Rows of a table: mappings in a list, or a text block with one row a line."""
    keys = part_keys(field.key.argument)
    if isinstance(field.value, Scalar):
        return tuple(_text_rows(field, field.value, keys, folder, context, problems))
    nodes = field.value.items if isinstance(field.value, Sequence) else (field.value,)
    rows = []
    for node in nodes:
        fields = part_fields(node, field.key.argument, problems)
        if fields is not None:
            rows.append(_row(fields, node.span, folder, context, problems))
    return tuple(rows)


def _row(fields: dict[str, Field], span: Span, folder: str, context: Context, problems: Problems) -> Row:
    values = {key: read_value(field, folder, context, problems) for key, field in fields.items()}
    return Row(values, span, {key: field.value.span for key, field in fields.items()})


def _text_rows(
    field: Field, block: Scalar, keys: KeySet, folder: str, context: Context, problems: Problems
) -> list[Row]:
    """A table pasted as text. FM121: the block has no heading line that the part knows; FM122: a row of another width."""
    lines = block.text.split("\n")
    first = block.span.line + (block.span.end_line > block.span.line)
    separator = next((sign for sign in _SEPARATORS if sign in lines[0]), "")
    heads = _cells(lines[0], separator) if separator else []
    known = [keys.by_word.get(head) for head in heads]
    if not any(known):
        words = "、".join(key.label for key in keys.keys)
        problems.append(Problem.at("FM121", block.span, key=field.key.label, heads=words))
        return []
    rows = []
    for number, line in enumerate(lines[1:], first + 1):
        if not line.strip() or _RULE.fullmatch(line):
            continue
        span = Span.of_line(block.span.file, number)
        cells = _cells(line, separator)
        if len(cells) != len(heads):
            problems.append(
                Problem.at("FM122", span, key=field.key.label, found=len(cells), expected=len(heads))
            )
            continue
        mapping = Mapping(
            tuple(
                (Scalar(head, span), Scalar(cell, span))
                for head, key, cell in zip(heads, known, cells, strict=True)
                if key is not None
            ),
            span,
        )
        fields = expect_fields(mapping, keys, problems)
        report_missing(fields, keys, span, problems)
        rows.append(_row(fields, span, folder, context, problems))
    return rows


def _cells(line: str, separator: str) -> list[str]:
    if separator in "|｜":
        line = line.strip().strip(separator)
    return [cell.strip() for cell in line.split(separator)]
