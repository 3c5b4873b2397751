"""The application for government information (政府信息公开申请表): fields and what follows, from `request.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from govsite.frozen import dataclass
from govsite.vocab.records import Basis, Term, basis_of, read_data, term_of


@dataclass(frozen=True, slots=True)
class RequestField:
    """One field. type: `text` `tel` `email` `area` `choice` `choices`; of: kind of applicant it is for, `""` for all.

    required: asked for by 条例 art. 29; purpose: token of HTML's autocomplete; pair: beside the one before it on paper.
    """

    id: str
    label: str
    en: str
    type: str = "text"
    required: bool = False
    of: str = ""
    hint: str = ""
    hint_en: str = ""
    purpose: str = ""
    pair: bool = False
    wide: bool = False
    options: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class RequestPart:
    """Fields that stand together."""

    id: str
    label: str
    en: str
    fields: tuple[RequestField, ...]


@dataclass(frozen=True, slots=True)
class RequestStep:
    """What follows an application. clause: of the form's basis."""

    label: str
    en: str
    clause: str


@dataclass(frozen=True, slots=True)
class RequestForm:
    """The whole form. steps: what follows, in order."""

    basis: Basis
    parts: tuple[RequestPart, ...]
    steps: tuple[RequestStep, ...]


@cache
def request_form() -> RequestForm:
    """The form as the vocabulary has it."""
    data = read_data("request")
    parts = tuple(
        RequestPart(part["id"], part["label"], part["en"], tuple(_field(raw) for raw in part["fields"]))
        for part in data["parts"]
    )
    steps = tuple(RequestStep(**step) for step in data["steps"])
    return RequestForm(basis_of(data["basis"]), parts, steps)


def _field(raw: Mapping[str, Any]) -> RequestField:
    fields = dict(raw)
    fields["options"] = tuple(term_of(option) for option in raw.get("options", ()))
    return RequestField(**fields)
