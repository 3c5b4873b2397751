"""What the search index is made of: one record for each page a visitor may look for."""

from __future__ import annotations

from govsite.frozen import dataclass


@dataclass(frozen=True, slots=True)
class AttachmentText:
    """Text taken from an attachment (附件) of a page.

    name: file name or label as shown to the visitor; url: relative to the site root; text: plain text, blocks
    separated by line ends.
    """

    name: str
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """One page as the search index sees it. Empty strings and tuples stand for what a page does not have.

    key: unique in the site and permanent (`policies/2022/zwgk-54`); decides the part a record is kept in.
    url: relative to the site root. kind: id of the document kind (`policy`, `interpretation`, `catalog_item` …).
    column: column id (栏目). published: ISO date. validity: id of the validity state (有效性), `""` where a page
    has none. in_force: false ranks the page behind those in force. interpretations: (title, url) pairs shown with
    a policy. elements: texts of the catalog elements (公开事项要素). blocks: the body's plain text, one paragraph,
    heading or table row each, in reading order.
    """

    key: str
    url: str
    kind: str
    title: str
    doc_no: str = ""
    index_no: str = ""
    issuer: str = ""
    column: str = ""
    topic: str = ""
    domain: str = ""
    published: str = ""
    validity: str = ""
    in_force: bool = True
    keywords: tuple[str, ...] = ()
    summary: str = ""
    elements: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    attachments: tuple[AttachmentText, ...] = ()
    interpretations: tuple[tuple[str, str], ...] = ()
