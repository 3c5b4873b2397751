"""A document (文件) as every later stage sees it: typed, frozen, complete."""

from __future__ import annotations

from govsite.frozen import dataclass
from govsite.model.body import BodyFacts
from govsite.model.details import Details
from govsite.model.values import Attachment, Ignored, Reference, ReviewStage
from govsite.source.span import Span

PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Document:
    """One source document.

    file: path relative to the site. id: unique within its kind and permanent. published: ISO date or date-time.
    disclosure: term id (公开属性). column: as written, `""` where the site decides. summary: as written.
    reassessed: ISO day on which a withheld document was last judged anew. embedded: files that the body or a value shows, beside the attachments.
    content: digest of what reviewers judge (`content_digest`), `""` where nobody reviewed. digest: of the source bytes. spans: place of a key's value by key id, for problems found later.
    """

    kind: str
    id: str
    file: str
    title: str
    published: str
    disclosure: str
    details: Details
    body: BodyFacts
    digest: str
    disclosure_reason: str = ""
    reassessed: str = ""
    index_no: str = ""
    publisher: str = ""
    column: str = ""
    catalog_items: tuple[Reference, ...] = ()
    summary: str = ""
    keywords: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    formed: str = ""
    attachments: tuple[Attachment, ...] = ()
    embedded: tuple[Attachment, ...] = ()
    source: str = ""
    author: str = ""
    editor: str = ""
    review: tuple[ReviewStage, ...] = ()
    content: str = ""
    shown_until: str = ""
    draft: bool = False
    ignore: tuple[Ignored, ...] = ()
    spans: tuple[tuple[str, Span], ...] = ()

    @property
    def key(self) -> str:
        """Kind and id: unique in the site."""
        return f"{self.kind}/{self.id}"

    @property
    def is_public(self) -> bool:
        """Whether the document may reach the output at all."""
        return self.disclosure == PUBLIC

    def span_of(self, *keys: str) -> Span:
        """Where the value of the first of `keys` that was written stands; the whole file where none was."""
        places = dict(self.spans)
        return next((places[key] for key in keys if key in places), Span.of_file(self.file))
