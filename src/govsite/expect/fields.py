"""The keys of a mapping: known, once, and under one name."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping

from govsite.frozen import dataclass
from govsite.hanzi.nearest import nearest
from govsite.problems.problem import Problem
from govsite.source.span import Span
from govsite.source.yaml import Mapping, Node, Scalar
from govsite.vocab.keys import Key, KeySet


@dataclass(frozen=True, slots=True)
class Field:
    """A key that was written, with its value and the key's place."""

    key: Key
    value: Node
    span: Span


def expect_fields(
    mapping: Mapping, keys: KeySet, problems: list[Problem], unknown_code: str = "FM101"
) -> dict[str, Field]:
    """The fields of `mapping` by key id. An empty value counts as not written.

    Reports `unknown_code` for a key outside `keys` (facts: key, nearest, alias) and FM102 for a key written twice,
    be it in both languages; the first one counts.
    """
    fields: dict[str, Field] = {}
    seen: dict[str, Span] = {}
    for word, value in mapping:
        key = keys.by_word.get(word.text)
        if key is None:
            labels = [known.label for known in keys.keys]
            near = nearest(word.text, labels) or nearest(word.text.lower(), [known.id for known in keys.keys])
            problems.append(Problem.at(unknown_code, word.span, key=word.text, nearest=near))
            continue
        if key.id in seen:
            problems.append(Problem.at("FM102", word.span, (seen[key.id],), key=word.text, label=key.label))
            continue
        seen[key.id] = word.span
        if not (isinstance(value, Scalar) and value.is_nothing):
            fields[key.id] = Field(key, value, word.span)
    return fields


def report_missing(
    fields: AnyMapping[str, Field], keys: KeySet, span: Span, problems: list[Problem], *, draft: bool = False
) -> None:
    """FM103 at `span` for each key of `keys` that is needed and not in `fields` (facts: key, alias, basis)."""
    for key in keys.keys:
        needed = key.need == "always" or (key.need == "unless_draft" and not draft)
        if needed and key.id not in fields and key.id != "disclosure":
            problems.append(Problem.at("FM103", span, key=key.label, alias=key.id, basis=key.basis))
