"""The application for government information (依申请公开): a page to fill in and print. Nothing is sent or kept."""

from __future__ import annotations

from dataclasses import replace

from govsite.extend.views import FactView, FieldView, FileView, FormPartView, OptionView, RequestView
from govsite.model.addresses import REQUEST
from govsite.model.organisation import Organisation
from govsite.render.context import RenderContext
from govsite.render.files import file_view
from govsite.render.head import breadcrumb, column_head
from govsite.render.navigation import sibling_navigation
from govsite.vocab.keys import record_keys
from govsite.vocab.request import RequestField, request_form

_SHOWN = ("address", "hours", "phone", "fax", "email")


def request_view(context: RenderContext, column_id: str) -> RequestView:
    """The form, below the column that explains how to apply."""
    form = request_form()
    column = context.site.columns[column_id]
    link = context.request_link
    head = column_head(context, column, REQUEST, link.text)
    clauses = dict.fromkeys(step.clause for step in form.steps)
    unit = context.organisation(context.settings.request.unit or context.settings.site.publisher)
    return RequestView(
        head=replace(head, page_kind="request", breadcrumb=breadcrumb(context, column_id, link), feeds=()),
        to=unit,
        facts=_facts(context, unit),
        parts=tuple(
            FormPartView(part.id, context.word(part), tuple(_field(context, field) for field in part.fields))
            for part in form.parts
        ),
        steps=tuple(context.word(step) for step in form.steps),
        steps_basis=str(replace(form.basis, clause=context.t("page.comma").join(clauses))),
        guide=context.column_link(column),
        files=_files(context, column_id),
        online=context.settings.request.online,
        basis=str(form.basis),
        side=sibling_navigation(context, column_id),
    )


def _field(context: RenderContext, field: RequestField) -> FieldView:
    return FieldView(
        id=field.id,
        label=context.word(field),
        type=field.type,
        required=field.required,
        of=field.of,
        hint=(context.is_english and field.hint_en) or field.hint,
        purpose=field.purpose,
        pair=field.pair,
        wide=field.wide or field.type not in {"text", "tel", "email"},
        options=tuple(OptionView(option.id, context.word(option)) for option in field.options),
    )


def _facts(context: RenderContext, unit: str) -> tuple[FactView, ...]:
    """Where and when to hand the form in: from the organisation's record, else from the site's own address."""
    organisations = context.site.assembly.organisations.values()
    known = next((each for each in organisations if each.name == unit), None)
    identity = context.settings.site
    source: Organisation = known or Organisation(
        "", unit, address=identity.address, phone=identity.phone, email=identity.email
    )
    keys = record_keys("organisation").by_word
    facts = (FactView(context.word(keys[name]), getattr(source, name)) for name in _SHOWN)
    return tuple(fact for fact in facts if fact.text)


def _files(context: RenderContext, column_id: str) -> tuple[FileView, ...]:
    """What is attached to the page that explains the column: blank forms."""
    members = context.site.members.get(column_id, ())
    documents = (context.site.documents[key] for key in members[:1])
    return tuple(file_view(file) for document in documents for file in document.attachments)
