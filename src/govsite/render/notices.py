"""What is left at an address whose page moved or was withdrawn."""

from __future__ import annotations

from dataclasses import replace

from govsite.extend.views import LinkView, NoticeView
from govsite.model.addresses import catalog_path, column_path, document_path, item_path
from govsite.render.context import RenderContext
from govsite.render.head import canonical_address, plain_head
from govsite.vocab.terms import kinds


def notice_view(context: RenderContext, path: str) -> NoticeView:
    """The page at `path`: a redirect where its move leads on, a notice where it was withdrawn."""
    book = context.site.assembly.addresses
    target = book.destinations().get(path, "")
    title = context.t("view.moved" if target else "view.withdrawn")
    head = replace(plain_head(context, path, title, "notice"), canonical="")
    if target:
        link = LinkView(_title(context, target), target)
        return NoticeView(replace(head, canonical=canonical_address(context, target)), link, "", "", "")
    withdrawal = next(one for one in book.withdrawals if one.path == path)
    return NoticeView(head, None, withdrawal.on, withdrawal.reason, withdrawal.basis)


def _title(context: RenderContext, path: str) -> str:
    """What stands at an address, by name; the address itself for anything else."""
    site = context.site
    for kind in kinds().values():
        document_id = path.removeprefix(f"{kind.folder}/").removesuffix(".html")
        doc = site.documents.get(f"{kind.id}/{document_id}")
        if doc and document_path(doc.kind, doc.id) == path:
            return doc.title
    for column in site.columns.values():
        if column_path(column.id) == path:
            return column.name
    for domain in site.assembly.domains:
        if catalog_path(domain.id) == path:
            return domain.label
        for item in domain.items:
            if item_path(domain.id, item.id) == path:
                return item.name
    return path
