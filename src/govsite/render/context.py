"""What every page builder may use: site, settings, words, and views that many pages share."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol, TypeVar

from govsite import __version__
from govsite.extend.views import EntryView, LinkView, SiteView
from govsite.hanzi.dates import chinese_date
from govsite.messages.catalogue import Translate
from govsite.model.addresses import (
    BROWSE,
    HOME,
    REQUEST,
    SEARCH,
    SITEMAP,
    STATISTICS,
    catalog_path,
    column_path,
    document_path,
    key_path,
)
from govsite.model.body import Body
from govsite.model.column import Column
from govsite.model.details import RecordDetails, value_of
from govsite.model.document import Document
from govsite.model.outline import Outline
from govsite.model.reads import Reads
from govsite.model.site import INTERPRETS, Site
from govsite.settings.settings import Settings
from govsite.vocab.keys import keys_of
from govsite.vocab.terms import domains, kinds, term_list

T = TypeVar("T")


class Named(Protocol):
    """A record of the vocabulary with a Chinese and an English name."""

    @property
    def label(self) -> str:
        """Chinese."""

    @property
    def en(self) -> str:
        """English, `""` where the record has none."""


@dataclass
class RenderContext:
    """Shared by all pages of one process; holds nothing that changes.

    body: gives a document's body by key; assets: paths of static files by plain name;
    attachment_text: gives the text inside an attachment by its path under `content/`;
    reads: what the page being made has asked of the site, where `site` is a traced one.
    """

    site: Site
    settings: Settings
    t: Translate
    body: Callable[[str], Body]
    assets: Mapping[str, str] = field(default_factory=dict)
    attachment_text: Callable[[str], str] = lambda path: ""
    reads: Reads = field(default_factory=Reads)
    _made: dict[Hashable, tuple[object, set[str]]] = field(default_factory=dict)

    def once(self, name: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, made once for all pages: each that uses it has read what it was made of."""
        known = self._made.get(name)
        if known is None:
            known = self._made[name] = self.reads.within(make)
        else:
            self.reads.names |= known[1]
        return known[0]  # type: ignore[return-value]

    @cached_property
    def organisation_names(self) -> dict[str, str]:
        """Full name of an organisation by id, name or short name."""
        return {
            word: organisation.name
            for organisation in self.site.assembly.organisations.values()
            for word in (organisation.id, organisation.name, *organisation.short)
        }

    @cached_property
    def is_english(self) -> bool:
        """Whether the site's pages speak English (`site.language` of the theme's words)."""
        return self.t("site.language").lower().startswith("en")

    def word(self, record: Named) -> str:
        """The name of a record of the vocabulary in the site's language."""
        return (self.is_english and record.en) or record.label

    def term(self, group: str, term_id: str) -> str:
        """The name of a term in the site's language; the id itself where the list does not hold it."""
        term = term_list(group).find(term_id) if term_id else None
        return self.word(term) if term else term_id

    def day(self, day: str) -> str:
        """An ISO day as the site's language writes it; `""` for none."""
        return day if self.is_english or not day else chinese_date(day)

    def column_name(self, column: Column) -> str:
        """The name of a column in the site's language."""
        return (self.is_english and column.en) or column.name

    def column_description(self, column: Column) -> str:
        """What a column holds, in the site's language."""
        return (self.is_english and column.description_en) or column.description

    def domain_name(self, domain: str, label: str) -> str:
        """The name of a domain in the site's language. label: as the catalog has it."""
        known = domains().get(domain) if self.is_english else None
        return (known and known.term.en) or label

    @cached_property
    def request_link(self) -> LinkView:
        """Link to the application (申请表) that is filled in in the browser."""
        return LinkView(self.t("request.title"), REQUEST)

    @cached_property
    def site_view(self) -> SiteView:
        """What every page knows of the site."""
        identity = self.settings.site
        columns = self.site.columns
        tops = [column for column in columns.values() if not column.parent]
        footer = [
            LinkView(self.t("view.sitemap"), SITEMAP),
            LinkView(self.t("view.browse"), BROWSE),
            LinkView(self.t("statistics.title"), STATISTICS),
        ]
        for name, target in self.site.footer:
            known = target in self.site.documents
            footer.append(LinkView(name, self.document_link(target).path if known else target))
        return SiteView(
            name=identity.name,
            tier=identity.tier,
            domain=identity.domain,
            id_code=identity.id_code,
            sponsor=identity.sponsor,
            operator=identity.operator,
            icp=identity.icp,
            police=identity.police,
            address=identity.address,
            phone=identity.phone,
            email=identity.email,
            portal=identity.portal,
            data_date=self.site.assembly.as_of,
            nav=tuple((column.id, self.column_link(column)) for column in tops),
            statutory=self.statutory,
            footer=tuple(footer),
            assets=dict(self.assets),
            home=HOME,
            search=SEARCH,
            sitemap=SITEMAP,
            language=self.t("site.language"),
            version=__version__,
        )

    @cached_property
    def statutory(self) -> tuple[LinkView, ...]:
        """The statutory columns below the topmost one, in order."""
        return tuple(
            LinkView(self.column_name(column), column_path(column.id), self.column_description(column))
            for column in self.site.columns.values()
            if column.statutory and column.parent
        )

    def organisation(self, word: str) -> str:
        """Full name of the organisation that `word` means; the word itself where none is known."""
        return self.organisation_names.get(word, word)

    def publisher(self, document: Document | Outline) -> str:
        """Who publishes a document; the site's own publisher where it names none."""
        return self.organisation(document.publisher or self.settings.site.publisher)

    def issuers(self, document: Document) -> tuple[str, ...]:
        """Who issued a document: its issuers, else its publisher."""
        written: tuple[str, ...] = getattr(document.details, "issuer", ())
        return tuple(self.organisation(word) for word in written) or (self.publisher(document),)

    def column_link(self, column: Column) -> LinkView:
        """Link to a column."""
        return LinkView(self.column_name(column), column_path(column.id))

    def domain_link(self, domain: str) -> LinkView:
        """Link to the catalog table of a domain."""
        label = next((item.label for item in self.site.assembly.domains if item.id == domain), domain)
        return LinkView(self.domain_name(domain, label), catalog_path(domain))

    def document_link(self, key: str, note: str = "") -> LinkView:
        """Link to a document."""
        document = self.site.documents[key]
        return LinkView(document.title, document_path(document.kind, document.id), note)

    def interpretation_links(self, key: str) -> tuple[LinkView, ...]:
        """Links to the interpretations of a policy, forms as note."""
        links = [
            self.document_link(source, self.forms_of(self.site.documents[source]))
            for source in self.site.graph.sources(INTERPRETS, key)
        ]
        return (*links, *self._abroad(key, is_target=True))

    def interpretation_paths(self, key: str) -> list[str]:
        """Addresses of the interpretations of a policy, without looking at them."""
        here = [key_path(source) for source in self.site.graph.sources(INTERPRETS, key)]
        return here + [link.path for link in self._abroad(key, is_target=True)]

    def _abroad(self, key: str, *, is_target: bool) -> list[LinkView]:
        """Interpretations of a policy, or policies of an interpretation, in other sites."""
        found = self.site.abroad.get(key, ())
        return [
            LinkView(link.title, link.address, link.site)
            for link in found
            if link.relation == INTERPRETS and link.is_target is is_target
        ]

    def forms_of(self, document: Document) -> str:
        """Words for the forms of an interpretation."""
        forms: tuple[str, ...] = getattr(document.details, "forms", ())
        return self.t("page.comma").join(self.term("interpretation_form", form) for form in forms)

    def entry(self, key: str) -> EntryView:
        """A document as it stands in lists; made once."""
        return self.once(("entry", key), lambda: self._entry(self.site.documents[key]))

    def entries(self, keys: tuple[str, ...]) -> tuple[EntryView, ...]:
        """Documents as they stand in lists."""
        return tuple(self.entry(key) for key in keys)

    def _entry(self, document: Document) -> EntryView:
        validity = self.site.validity.get(document.key, "")
        term = term_list("validity").find(validity) if validity else None
        details = document.details
        tags = [self.forms_of(document), getattr(details, "village", ""), getattr(details, "period", "")]
        if isinstance(details, RecordDetails):
            tags = self._facet_words(document)
        targets = self.site.graph.targets(INTERPRETS, document.key)
        originals = (
            *(self.document_link(key) for key in targets),
            *self._abroad(document.key, is_target=False),
        )
        return EntryView(
            title=document.title,
            path=document_path(document.kind, document.id),
            kind=document.kind,
            kind_label=self.word(kinds()[document.kind]),
            date=document.published[:10],
            doc_no=getattr(details, "doc_no", ""),
            index_no=document.index_no,
            issuer=self.t("page.comma").join(self.issuers(document)),
            validity=validity,
            validity_label=self.word(term) if term else "",
            in_force=term.has("in_force") if term else True,
            summary=self.summary(document),
            interpretations=self.interpretation_links(document.key) if document.kind == "policy" else (),
            originals=originals,
            tags=tuple(tag for tag in tags if tag),
        )

    def _facet_words(self, document: Document) -> list[str]:
        """Words by which visitors tell records of a kind apart: its facets."""
        words = []
        for name in kinds()[document.kind].facets:
            key = keys_of(document.kind).by_word[name]
            value = value_of(document.details, name)
            members = value if isinstance(value, tuple) else (value,)
            found = [str(member) for member in members if member]
            words += [self.term(key.argument, word) if key.argument else word for word in found]
        return words

    def summary(self, document: Document) -> str:
        """The written summary, else the first sentences; nothing once the display period is over."""
        if document.key in self.site.assembly.expired:
            return ""
        return document.summary or document.body.summary or document.title
