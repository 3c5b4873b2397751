"""Word documents: the body, what stands around it, and everything one does not see on the printed page."""

from __future__ import annotations

from govsite.attachments.gather import Gatherer
from govsite.attachments.headers import mark_headers
from govsite.attachments.package import Package
from govsite.attachments.story import HiddenStyles, Story

_NOTES = {"footnotes": "footnote", "endnotes": "endnote"}


def read_docx(package: Package, gatherer: Gatherer) -> None:
    """Read all stories of a document: body, headers, footers, notes, comments."""
    main = package.main_part
    start = len(gatherer.pieces)
    styles = HiddenStyles()
    for part in package.related(main, "styles"):
        package.parse(part, styles)
    hidden = styles.hidden()
    relations = [relation for relation in package.relations(main) if not relation.is_external]
    package.parse(main, Story(gatherer, hidden, "paragraph"))
    for relation in relations:
        if relation.type in {"header", "footer"}:
            package.parse(relation.target, Story(gatherer, hidden, f"page_{relation.type}"))
        elif relation.type in _NOTES:
            package.parse(
                relation.target, Story(gatherer, hidden, _NOTES[relation.type], unit=_NOTES[relation.type])
            )
        elif relation.type == "comments":
            package.parse(relation.target, Story(gatherer, hidden, "comment", unit="comment", role="comment"))
    mark_headers(gatherer, start)
