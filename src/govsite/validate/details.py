"""The keys of each kind to its `Details`."""

from __future__ import annotations

from collections.abc import Callable

from govsite.expect.fields import Field
from govsite.expect.values import (
    expect_day,
    expect_lines,
    expect_number,
    expect_term,
    expect_terms,
    expect_text,
    expect_texts,
    expect_words,
)
from govsite.hanzi.doc_number import parse_doc_number
from govsite.model.details import (
    ConsultationDetails,
    Details,
    DisclosureDetails,
    GuideDetails,
    InterpretationDetails,
    PageDetails,
    PolicyDetails,
    QuestionDetails,
    VillageDetails,
)
from govsite.problems.problem import Problem
from govsite.validate.context import Context
from govsite.validate.parts import expect_materials, expect_media, expect_opinions, expect_references

Fields = dict[str, Field]
Problems = list[Problem]
Read = Callable[[Fields, str, Context, Problems], Details]


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


def _policy(fields: Fields, folder: str, context: Context, problems: Problems) -> Details:
    return PolicyDetails(
        doc_no=expect_doc_no(fields.get("doc_no"), problems),
        issuer=expect_texts(fields.get("issuer"), problems),
        written=expect_day(fields.get("written"), problems),
        effective=expect_day(fields.get("effective"), problems),
        expires=expect_day(fields.get("expires"), problems),
        validity=expect_term(fields.get("validity"), "validity", problems),
        class_=expect_term(fields.get("class"), "policy_class", problems),
        repeals=expect_references(fields.get("repeals"), problems),
        amends=expect_references(fields.get("amends"), problems),
        interpretations=expect_references(fields.get("interpretations"), problems),
        interpretation_waiver=expect_text(fields.get("interpretation_waiver"), problems),
    )


def _interpretation(fields: Fields, folder: str, context: Context, problems: Problems) -> Details:
    return InterpretationDetails(
        interprets=expect_references(fields.get("interprets"), problems),
        forms=expect_terms(fields.get("forms"), "interpretation_form", problems),
        interpreter=expect_text(fields.get("interpreter"), problems),
        interpreted_by=expect_text(fields.get("interpreted_by"), problems),
        media=expect_media(fields.get("media"), folder, context, problems),
    )


def _disclosure(fields: Fields, folder: str, context: Context, problems: Problems) -> Details:
    return DisclosureDetails()


def _page(fields: Fields, folder: str, context: Context, problems: Problems) -> Details:
    return PageDetails(expect_day(fields.get("reviewed_on"), problems))


def _guide(fields: Fields, folder: str, context: Context, problems: Problems) -> Details:
    def text(name: str) -> str:
        return expect_text(fields.get(name), problems)

    return GuideDetails(
        item_code=text("item_code"),
        legal_basis=expect_lines(fields.get("legal_basis"), problems),
        handler=text("handler"),
        conditions=expect_lines(fields.get("conditions"), problems),
        materials=expect_materials(fields.get("materials"), folder, context, problems),
        steps=expect_lines(fields.get("steps"), problems),
        place=text("place"),
        hours=text("hours"),
        phone=text("phone"),
        fees=text("fees"),
        statutory_limit=text("statutory_limit"),
        promised_limit=text("promised_limit"),
        complaint=text("complaint"),
        audience=expect_words(fields.get("audience"), problems),
    )


def _question(fields: Fields, folder: str, context: Context, problems: Problems) -> Details:
    return QuestionDetails(
        answered_by=expect_text(fields.get("answered_by"), problems),
        about=expect_references(fields.get("about"), problems),
        asked_count=expect_number(fields.get("asked_count"), problems),
        reviewed_on=expect_day(fields.get("reviewed_on"), problems),
    )


def _consultation(fields: Fields, folder: str, context: Context, problems: Problems) -> Details:
    return ConsultationDetails(
        opens=expect_day(fields.get("opens"), problems),
        closes=expect_day(fields.get("closes"), problems),
        short_reason=expect_text(fields.get("short_reason"), problems),
        channels=expect_lines(fields.get("channels"), problems),
        contact=expect_text(fields.get("contact"), problems),
        result_of=expect_references(fields.get("result_of"), problems),
        outcome=expect_references(fields.get("outcome"), problems),
        opinions=expect_opinions(fields.get("opinions"), problems),
    )


def _village(fields: Fields, folder: str, context: Context, problems: Problems) -> Details:
    _, _, below = folder.partition("/")
    return VillageDetails(
        village=expect_text(fields.get("village"), problems) or below.split("/", 1)[0],
        period=expect_text(fields.get("period"), problems),
        category=expect_term(fields.get("category"), "village_category", problems),
        supervised_by=expect_text(fields.get("supervised_by"), problems),
    )


READERS: dict[str, Read] = {
    "policy": _policy,
    "interpretation": _interpretation,
    "disclosure": _disclosure,
    "page": _page,
    "guide": _guide,
    "question": _question,
    "consultation": _consultation,
    "village": _village,
}
