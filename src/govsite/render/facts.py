"""The statutory header table of a document (文件要素), and the elements of guides and catalog items."""

from __future__ import annotations

from govsite.extend.views import FactView, LinkView
from govsite.model.addresses import item_path, listing_folder
from govsite.model.details import (
    ConsultationDetails,
    GuideDetails,
    InterpretationDetails,
    PageDetails,
    PolicyDetails,
    QuestionDetails,
    VillageDetails,
)
from govsite.model.document import Document
from govsite.render.context import RenderContext
from govsite.render.sheets import record_facts
from govsite.vocab.keys import keys_of


def label(context: RenderContext, kind: str, key: str) -> str:
    """The label of a key in the site's language."""
    return context.word(keys_of(kind).by_word[key])


def header_facts(context: RenderContext, document: Document) -> tuple[FactView, ...]:
    """The header table. Index number, title, summary and date by 条例 art. 12; the rest as counties show it."""
    facts = [_fact(context, document, "index_no", document.index_no), _topic(context, document)]
    facts += _kind_facts(context, document)
    facts.append(_fact(context, document, "published", document.published))
    facts.append(FactView(context.t("fact.disclosure"), context.term("disclosure", document.disclosure)))
    if document.kind != "policy":
        facts.append(_linked(context, document, "publisher", context.publisher(document)))
    facts.append(FactView(label(context, document.kind, "keywords"), "，".join(document.keywords), wide=True))
    facts.append(_items(context, document))
    return tuple(fact for fact in facts if fact.text or fact.links or fact.items)


def _fact(context: RenderContext, document: Document, key: str, text: str) -> FactView:
    return FactView(label(context, document.kind, key), text)


def _linked(context: RenderContext, document: Document, key: str, issuer: str) -> FactView:
    link = LinkView(issuer, f"{listing_folder('issuer', issuer)}index.html")
    return FactView(
        label(context, document.kind, key), issuer, (link,) if issuer in context.issuers(document) else ()
    )


def _topic(context: RenderContext, document: Document) -> FactView:
    name = "/".join(document.topic)
    link = LinkView(" / ".join(document.topic), f"{listing_folder('topic', name)}index.html")
    return FactView(label(context, document.kind, "topic"), name, (link,) if name else ())


def _items(context: RenderContext, document: Document) -> FactView:
    links = []
    for item_id in context.site.fulfils.get(document.key, ()):
        item = context.site.assembly.items[item_id]
        links.append(
            LinkView(
                f"{item.level1}·{item.name}" if item.level2 else item.name, item_path(item.domain, item.id)
            )
        )
    return FactView(label(context, document.kind, "catalog_items"), "", tuple(links), wide=True)


def _kind_facts(context: RenderContext, document: Document) -> list[FactView]:
    details = document.details
    if isinstance(details, PolicyDetails):
        return _policy_facts(context, document, details)
    if isinstance(details, InterpretationDetails):
        return [
            _fact(context, document, "forms", context.forms_of(document)),
            _fact(context, document, "interpreter", context.organisation(details.interpreter)),
            _fact(context, document, "interpreted_by", details.interpreted_by),
        ]
    if isinstance(details, PageDetails):
        return [_fact(context, document, "reviewed_on", details.reviewed_on)]
    if isinstance(details, QuestionDetails):
        count = context.t("fact.file_count", number=details.asked_count) if details.asked_count else ""
        return [
            _fact(context, document, "answered_by", context.organisation(details.answered_by)),
            _fact(context, document, "asked_count", count),
            _fact(context, document, "reviewed_on", details.reviewed_on),
        ]
    if isinstance(details, ConsultationDetails):
        return _consultation_facts(context, document, details)
    if isinstance(details, VillageDetails):
        return [
            _fact(context, document, "village", details.village),
            _fact(context, document, "period", details.period),
            _fact(context, document, "category", context.term("village_category", details.category)),
            _fact(context, document, "supervised_by", details.supervised_by),
            *record_facts(context, document),
        ]
    return record_facts(context, document)


def _policy_facts(context: RenderContext, document: Document, details: PolicyDetails) -> list[FactView]:
    issuers = context.issuers(document)
    links = tuple(LinkView(issuer, f"{listing_folder('issuer', issuer)}index.html") for issuer in issuers)
    return [
        FactView(label(context, "policy", "issuer"), context.t("page.comma").join(issuers), links),
        _fact(context, document, "doc_no", details.doc_no),
        _fact(context, document, "written", context.day(details.written)),
        _fact(
            context,
            document,
            "validity",
            context.term("validity", context.site.validity.get(document.key, "")),
        ),
        _fact(context, document, "effective", context.day(details.effective)),
        _fact(context, document, "expires", context.day(details.expires)),
        _fact(context, document, "class", context.term("policy_class", details.class_)),
        FactView(context.t("fact.title"), document.title, wide=True),
    ]


def _consultation_facts(
    context: RenderContext, document: Document, details: ConsultationDetails
) -> list[FactView]:
    period = ""
    if details.opens and details.closes:
        period = context.t(
            "fact.period_value", opens=context.day(details.opens), closes=context.day(details.closes)
        )
    return [
        FactView(context.t("fact.period"), period, wide=True),
        _fact(context, document, "short_reason", details.short_reason),
        FactView(label(context, "consultation", "channels"), items=details.channels, wide=True),
        FactView(label(context, "consultation", "contact"), details.contact, wide=True),
    ]


def guide_facts(context: RenderContext, document: Document, details: GuideDetails) -> tuple[FactView, ...]:
    """The elements of a service guide, in the order of the rules."""
    facts = [
        FactView(context.t("fact.name"), document.title, wide=True),
        _fact(context, document, "item_code", details.item_code),
    ]
    facts.append(_fact(context, document, "handler", context.organisation(details.handler)))
    for key in ("legal_basis", "conditions"):
        facts.append(FactView(label(context, "guide", key), items=getattr(details, key), wide=True))
    for key in ("place", "hours", "phone", "fees", "statutory_limit", "promised_limit", "complaint"):
        facts.append(_fact(context, document, key, getattr(details, key)))
    facts.append(
        FactView(label(context, "guide", "audience"), context.t("page.comma").join(details.audience))
    )
    return tuple(fact for fact in facts if fact.text or fact.items)
