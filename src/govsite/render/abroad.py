"""Links to documents of other sites of the workspace (集约化平台), as views."""

from __future__ import annotations

from govsite.extend.views import EntryView, LinkView
from govsite.model.inventory import FULFILS, Abroad
from govsite.render.context import RenderContext
from govsite.vocab.terms import kinds, term_list


def abroad_links(
    context: RenderContext, key: str, relation: str, *, is_target: bool = False
) -> tuple[LinkView, ...]:
    """Links of one relation; the note names the site, and the number where there is one."""
    return tuple(
        LinkView(link.title, link.address, " ".join(part for part in (link.site, link.doc_no) if part))
        for link in _links(context, key, relation, is_target=is_target)
    )


def abroad_entries(
    context: RenderContext, key: str, relation: str, *, is_target: bool = False
) -> tuple[EntryView, ...]:
    """Documents of other sites as they stand in lists; the site stands where the issuer would."""
    return tuple(_entry(context, link) for link in _links(context, key, relation, is_target=is_target))


def abroad_items(context: RenderContext, key: str) -> tuple[LinkView, ...]:
    """Catalog items of other sites that a document fulfils."""
    return abroad_links(context, key, FULFILS)


def _links(context: RenderContext, key: str, relation: str, *, is_target: bool) -> list[Abroad]:
    found = context.site.abroad.get(key, ())
    return [link for link in found if link.relation == relation and link.is_target is is_target]


def _entry(context: RenderContext, link: Abroad) -> EntryView:
    term = term_list("validity").find(link.validity) if link.validity else None
    return EntryView(
        title=link.title,
        path=link.address,
        kind=link.kind,
        kind_label=context.word(kinds()[link.kind]),
        date=link.date,
        doc_no=link.doc_no,
        issuer=link.site,
        validity=link.validity,
        validity_label=context.word(term) if term else "",
        in_force=term.has("in_force") if term else True,
    )
