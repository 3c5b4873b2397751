"""办事指南 and 公开指南: their key elements (国办秘函〔2019〕19号; 条例第十二条)."""

from __future__ import annotations

from collections.abc import Iterator

from govsite.check.duties.inspection import Inspection
from govsite.model.details import GuideDetails
from govsite.model.document import Document
from govsite.problems.problem import Problem
from govsite.vocab.keys import keys_of
from govsite.vocab.limits import guide_forms, signs

_LIST = "、"


def check_guides(inspection: Inspection) -> Iterator[Problem]:
    """COL107 element of a service guide · COL108 form without a blank · COL109 element of the disclosure guide ·
    COL114 blank without a filled sample.
    """
    for doc in inspection.of_kind("guide"):
        yield from _elements(inspection, doc)
        yield from _forms(doc)
    for doc in inspection.out(inspection.site.members.get("zhinan", ())):
        yield from _disclosure_guide(inspection, doc)


def _elements(inspection: Inspection, doc: Document) -> Iterator[Problem]:
    """An element stands in the front matter, or under a heading of its own in the text."""
    open_signs = [sign for sign in signs("guide_elements") if not getattr(doc.details, sign.id)]
    if not open_signs:
        return
    headings = "\n".join(heading.text for heading in inspection.body(doc.key).headings)
    missing = [
        keys_of("guide").by_word[sign.id].label
        for sign in open_signs
        if not any(word in headings for word in sign.words)
    ]
    if missing:
        yield Problem.at("COL107", doc.span_of("title"), missing=_LIST.join(missing), count=len(missing))


def _forms(doc: Document) -> Iterator[Problem]:
    details = doc.details
    if not isinstance(details, GuideDetails):
        return
    for material in details.materials:
        name = material.name.rstrip()
        is_form = name.endswith(guide_forms("endings"))
        if is_form and not material.blank and not any(word in material.form for word in guide_forms("given")):
            yield Problem.at("COL108", doc.span_of("materials"), name=name)
        elif material.blank and not material.sample:
            yield Problem.at("COL114", material.blank.span, name=name)


def _disclosure_guide(inspection: Inspection, doc: Document) -> Iterator[Problem]:
    text = "\n".join(inspection.body(doc.key).blocks)
    missing = [
        sign.label for sign in signs("disclosure_guide") if not any(word in text for word in sign.words)
    ]
    if missing:
        yield Problem.at("COL109", doc.span_of("title"), missing=_LIST.join(missing))
