"""The page of a document, any kind."""

from __future__ import annotations

import re
from collections import Counter

from govsite.extend.views import (
    BannerView,
    DocumentBodyView,
    DocumentView,
    LinkView,
    MaterialView,
    MediaView,
    OpinionView,
    PageHead,
    RelationView,
)
from govsite.model.addresses import document_path, item_path
from govsite.model.details import (
    ConsultationDetails,
    Details,
    GuideDetails,
    InterpretationDetails,
    PolicyDetails,
    ReportDetails,
    value_of,
)
from govsite.model.document import Document
from govsite.model.lifespan import DEAD, died_on
from govsite.model.site import ABOUT, AMENDS, CITES, INTERPRETS, OUTCOME, REPEALS, RESULT_OF
from govsite.model.values import Attachment, Material
from govsite.render.abroad import abroad_entries, abroad_items, abroad_links
from govsite.render.annual import annual_tables
from govsite.render.bodies import Url, body_view
from govsite.render.context import RenderContext
from govsite.render.facts import guide_facts, header_facts
from govsite.render.files import file_view
from govsite.render.head import (
    breadcrumb,
    canonical_address,
    column_meta,
    content_meta,
    site_meta,
    top_column,
)
from govsite.render.navigation import sibling_navigation
from govsite.render.paper import offered_forms, paper_path
from govsite.render.sheets import sheets
from govsite.render.timeline import citation, timeline
from govsite.vocab.keys import relations as declared_relations
from govsite.vocab.terms import kinds

_LEANING = frozenset({"question", "benefit"})
_PARAGRAPHS = re.compile(r"\n\s*\n|\n")
_MEDIA = {"mp3": "audio", "m4a": "audio", "wav": "audio", "ogg": "audio", "mp4": "video", "webm": "video"}
_IMAGES = frozenset({"png", "jpg", "jpeg", "gif", "webp", "svg"})

# relation, label, whether this document is the target
_SHOWN = (
    (REPEALS, "relation.repealed_by", True),
    (REPEALS, "relation.repeals", False),
    (AMENDS, "relation.amended_by", True),
    (AMENDS, "relation.amends", False),
    (RESULT_OF, "relation.results", True),
    (RESULT_OF, "relation.result_of", False),
    (OUTCOME, "relation.outcome", False),
    (OUTCOME, "relation.consulted", True),
    (ABOUT, "relation.about", False),
    (ABOUT, "relation.asked", True),
    (CITES, "relation.cites", False),
    (CITES, "relation.cited_by", True),
)


def document_view(context: RenderContext, key: str, url: Url) -> DocumentView:
    """The page of the document `key`. Once its display period is over, only title, facts and the notice remain."""
    document = context.site.documents[key]
    details = document.details
    expired = key in context.site.assembly.expired
    body = DocumentBodyView("", ()) if expired else body_view(context, document, context.body(key), url)
    graph = context.site.graph
    entry = context.entry(key)
    column = context.site.columns[context.site.assembly.home[key]]
    return DocumentView(
        head=_head(context, document),
        id=document.id,
        kind=document.kind,
        kind_label=context.word(kinds()[document.kind]),
        title=document.title,
        date=document.published[:10],
        doc_no=entry.doc_no,
        facts=header_facts(context, document),
        source_line=_source_line(context, document),
        validity=entry.validity,
        validity_label=entry.validity_label,
        in_force=entry.in_force,
        expires=getattr(details, "expires", ""),
        shown_until=document.shown_until,
        banners=_banners(context, document, expired=expired),
        interpretations=(
            *context.entries(graph.sources(INTERPRETS, key)),
            *abroad_entries(context, key, INTERPRETS, is_target=True),
        ),
        originals=(
            *context.entries(graph.targets(INTERPRETS, key)),
            *abroad_entries(context, key, INTERPRETS),
        ),
        relations=_relations(context, document),
        body=body,
        attachments=() if expired else tuple(file_view(file) for file in document.attachments),
        media=_media(details.media.file, details.media.captions, details.media.transcript)
        if isinstance(details, InterpretationDetails) and details.media
        else None,
        guide_facts=guide_facts(context, document, details) if isinstance(details, GuideDetails) else (),
        materials=_materials(context, document),
        steps=_steps(details),
        opinions=_opinions(context, details) if isinstance(details, ConsultationDetails) else (),
        sections=_sections(context, details) if isinstance(details, ReportDetails) else (),
        tables=annual_tables(context.t, details.tables) if isinstance(details, ReportDetails) else (),
        side=sibling_navigation(context, column.id),
        timeline=timeline(context, document),
        downloads=tuple(
            LinkView(context.t(f"document.download.{form}"), paper_path(document, form))
            for form in offered_forms(context, document)
        ),
        citation=citation(context, document),
        form=context.request_link if column.form else None,
        sheets=() if expired else sheets(context, document),
        opinions_note=_opinions_note(context, details) if isinstance(details, ConsultationDetails) else "",
    )


def _head(context: RenderContext, document: Document) -> PageHead:
    path = document_path(document.kind, document.id)
    column = context.site.columns[context.site.assembly.home[document.key]]
    canonical = canonical_address(context, path)
    meta = site_meta(context) + column_meta(column) + content_meta(context, document, canonical)
    return PageHead(
        path=path,
        title=document.title,
        page_kind=document.kind,
        meta=tuple(meta),
        canonical=canonical,
        breadcrumb=breadcrumb(context, column.id, LinkView(document.title, path)),
        section=top_column(context, column.id),
    )


def _source_line(context: RenderContext, document: Document) -> tuple[tuple[str, str], ...]:
    line = [
        (context.t("view.published"), document.published),
        (context.t("view.source"), document.source or context.publisher(document)),
        (context.t("view.author"), document.author),
        (context.t("view.editor"), document.editor),
    ]
    return tuple((label, text) for label, text in line if text)


def _banners(context: RenderContext, document: Document, *, expired: bool) -> tuple[BannerView, ...]:
    banners = []
    if expired:
        text = context.t("banner.shown_out", date=context.day(document.shown_until))
        banners.append(BannerView("expired_notice", text))
    validity = context.site.validity.get(document.key, "in_force")
    if isinstance(document.details, PolicyDetails) and validity != "in_force":
        banners.append(_validity_banner(context, document, document.details, validity))
    stale = _dead_ground(context, document)
    if stale:
        links = tuple(context.document_link(key) for key in stale)
        banners.append(BannerView("stale", context.t(f"banner.stale_{document.kind}"), links))
    return tuple(banners)


def _dead_ground(context: RenderContext, document: Document) -> list[str]:
    """Policies that a question or a benefit leans on and that are no longer in force, unless somebody looked at it since."""
    if document.kind not in _LEANING:
        return []
    site = context.site
    reviewed = str(getattr(document.details, "reviewed_on", ""))
    relations = (ABOUT, CITES) if document.kind == "question" else (ABOUT,)
    targets = dict.fromkeys(key for name in relations for key in site.graph.targets(name, document.key))
    return [
        key for key in targets
        if site.validity.get(key) in DEAD and not (reviewed and reviewed >= died_on(site, key) != "")
    ]  # fmt: skip


def _validity_banner(
    context: RenderContext, document: Document, details: PolicyDetails, validity: str
) -> BannerView:
    graph = context.site.graph
    if validity == "not_yet":
        return BannerView(validity, context.t("banner.not_yet", date=context.day(details.effective)))
    if validity == "void" and details.expires:
        return BannerView(validity, context.t("banner.void_on", date=context.day(details.expires)))
    relation = {"repealed": REPEALS, "void": REPEALS}.get(validity, AMENDS)
    links = tuple(context.document_link(source) for source in graph.sources(relation, document.key))
    links += abroad_links(context, document.key, relation, is_target=True)
    return BannerView(validity, context.t(f"banner.{validity}"), links)


def _relations(context: RenderContext, document: Document) -> tuple[RelationView, ...]:
    relations = []
    for relation, label, is_target in _SHOWN:
        graph = context.site.graph
        keys = graph.sources(relation, document.key) if is_target else graph.targets(relation, document.key)
        links = tuple(
            context.document_link(key, getattr(context.site.documents[key].details, "doc_no", ""))
            for key in keys
        )
        links += abroad_links(context, document.key, relation, is_target=is_target)
        if links:
            relations.append(RelationView(label.removeprefix("relation."), context.t(label), links))
    for name, key in declared_relations().items():
        kind = name.partition(".")[0]
        found = (
            [(key.id, key.label, context.site.graph.targets(name, document.key), False)]
            if kind == document.kind
            else []
        )
        found.append((f"{key.id}-back", key.back, context.site.graph.sources(name, document.key), True))
        for id_, label, targets, is_target in found:
            links = tuple(context.document_link(target) for target in targets)
            links += abroad_links(context, document.key, name, is_target=is_target)
            if links:
                relations.append(RelationView(id_, label, links))
    rows = [context.site.assembly.items[item] for item in context.site.fulfils.get(document.key, ())]
    links = tuple(LinkView(item.name, item_path(item.domain, item.id), item.level1) for item in rows)
    links += abroad_items(context, document.key)
    if links:
        relations.append(RelationView("fulfils", context.t("relation.fulfils"), links))
    return tuple(relations)


def _media(file: Attachment, captions: Attachment | None, transcript: str) -> MediaView:
    kind = _MEDIA.get(file.suffix) or ("image" if file.suffix in _IMAGES else "other")
    paragraphs = tuple(part.strip() for part in _PARAGRAPHS.split(transcript) if part.strip())
    return MediaView(kind, file_view(file), file_view(captions) if captions else None, paragraphs)


def _materials(context: RenderContext, document: Document) -> tuple[MaterialView, ...]:
    """The materials of a guide or the like. Of 一件事 those of the items that it holds, each once, where it names none itself."""
    own = value_of(document.details, "materials")
    if isinstance(own, tuple) and own:
        return tuple(_material(item, ()) for item in own if isinstance(item, Material))
    needed: dict[str, tuple[Material, list[str]]] = {}
    for key in context.site.graph.targets(f"{document.kind}.guides", document.key):
        details = context.site.documents[key].details
        if document.kind == "scene" and isinstance(details, GuideDetails):
            for material in details.materials:
                needed.setdefault(material.name, (material, []))[1].append(key)
    return tuple(
        _material(material, tuple(context.document_link(key) for key in keys))
        for material, keys in needed.values()
    )


def _material(material: Material, needed_by: tuple[LinkView, ...]) -> MaterialView:
    return MaterialView(
        material.name,
        material.copies,
        material.form,
        file_view(material.blank) if material.blank else None,
        file_view(material.sample) if material.sample else None,
        needed_by,
    )


def _steps(details: Details) -> tuple[str, ...]:
    steps = value_of(details, "steps")
    return tuple(step for step in steps if isinstance(step, str)) if isinstance(steps, tuple) else ()


def _opinions_note(context: RenderContext, details: ConsultationDetails) -> str:
    """How many opinions came in and what became of them."""
    counts = Counter(opinion.adopted for opinion in details.opinions)
    if not counts:
        return ""
    return context.t(
        "consultation.counted",
        total=len(details.opinions),
        adopted=counts["adopted"],
        partly=counts["partly"],
        rejected=counts["rejected"],
    )


def _opinions(context: RenderContext, details: ConsultationDetails) -> tuple[OpinionView, ...]:
    return tuple(
        OpinionView(
            opinion.opinion, opinion.adopted, context.term("adoption", opinion.adopted), opinion.reason
        )
        for opinion in details.opinions
    )


def _sections(context: RenderContext, details: ReportDetails) -> tuple[tuple[str, tuple[str, ...]], ...]:
    texts = (
        ("report.overview", details.overview),
        ("report.issues", details.issues),
        ("report.other", details.other),
    )
    return tuple(
        (context.t(key), tuple(part.strip() for part in _PARAGRAPHS.split(text) if part.strip()))
        for key, text in texts
    )
