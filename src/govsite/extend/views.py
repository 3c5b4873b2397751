"""What a theme receives: one frozen view per page kind. Every field here is a promise to theme authors.

A template gets exactly `view`, `site`, `t(key, **facts)` and `url(path)`. Paths in views are relative to the site
root; `url()` turns them into addresses relative to the page. Dates are ISO text. HTML stands only in `html` fields
and is safe to print; everything else is plain text that the template escapes.
"""

from __future__ import annotations

from govsite.frozen import dataclass


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link: text shown; path from the site root, may carry an #anchor; note: short text shown behind it."""

    text: str
    path: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class NavView:
    """An entry of a navigation. current: the page itself; open: on the way to the page; depth: 0 for the top."""

    link: LinkView
    current: bool = False
    open: bool = False
    depth: int = 0
    count: int = 0


@dataclass(frozen=True, slots=True)
class EntryView:
    """A document in a list (列表项).

    kind: document kind id; kind_label: its name; date: ISO day; validity: state id and validity_label its word,
    `""` where the kind has none; interpretations: links shown right behind a policy (政策 → 解读); originals: the
    policies an interpretation explains; tags: short words such as interpretation forms or a village's period.
    """

    title: str
    path: str
    kind: str
    kind_label: str
    date: str
    doc_no: str = ""
    index_no: str = ""
    issuer: str = ""
    validity: str = ""
    validity_label: str = ""
    in_force: bool = True
    summary: str = ""
    interpretations: tuple[LinkView, ...] = ()
    originals: tuple[LinkView, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PagerView:
    """Paging. number and total count from the newest page; pages: links to show with None for a gap.

    A link's note is the page's number as shown, its text what a screen reader says.
    """

    number: int
    total: int
    entries: int
    previous: LinkView | None
    next: LinkView | None
    pages: tuple[LinkView | None, ...]


@dataclass(frozen=True, slots=True)
class FileView:
    """A file to download. type: upper-case suffix; size: as shown (`24 KB`)."""

    name: str
    path: str
    type: str
    size: str


@dataclass(frozen=True, slots=True)
class FactView:
    """A labelled value in a table of elements. links replace the text where there are any."""

    label: str
    text: str = ""
    links: tuple[LinkView, ...] = ()
    items: tuple[str, ...] = ()
    wide: bool = False


@dataclass(frozen=True, slots=True)
class HeadingView:
    """A heading of the body for the table of contents. depth: 0 for the highest level present."""

    text: str
    anchor: str
    depth: int


@dataclass(frozen=True, slots=True)
class RelationView:
    """A group of links that belong together. id: relation id; label: as shown (`修改本文件的文件`)."""

    id: str
    label: str
    links: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True)
class BannerView:
    """A banner over a document. id: `repealed` `void` `amended` `partly_void` `not_yet` `expired_notice`; links: why."""

    id: str
    text: str
    links: tuple[LinkView, ...] = ()


@dataclass(frozen=True, slots=True)
class TimelineView:
    """A step in a policy's life (文件沿革). date: ISO day; link: the document that did it; coming: still ahead.

    id: `consulted` `written` `published` `effective` `amended` `repealed` `expires`.
    """

    id: str
    label: str
    date: str
    link: LinkView | None = None
    coming: bool = False


@dataclass(frozen=True, slots=True)
class MaterialView:
    """A row of the material list of a service guide (办理材料). needed_by: of 一件事, the items that ask for it."""

    name: str
    copies: str
    form: str
    blank: FileView | None
    sample: FileView | None
    needed_by: tuple[LinkView, ...] = ()


@dataclass(frozen=True, slots=True)
class OpinionView:
    """An opinion of a consultation and what became of it. state: `adopted` `partly` `rejected`."""

    opinion: str
    state: str
    state_label: str
    reason: str


@dataclass(frozen=True, slots=True)
class TableView:
    """A table of numbers or texts. caption; head: one tuple a header row; rows: first cell is the row header.

    In a header row an empty cell belongs to the cell on its left, in a second row to the cell above it.
    """

    caption: str
    head: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class FigureView:
    """A number that stands for much (数据卡). value: as shown, without unit; note: what to compare it with."""

    label: str
    value: str
    unit: str = ""
    note: str = ""
    link: LinkView | None = None


@dataclass(frozen=True, slots=True)
class BarView:
    """A row of a bar chart. values: as shown, one a series; shares: length of each bar, 0 to 100 of the longest one."""

    label: str
    values: tuple[str, ...]
    shares: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ChartView:
    """A bar chart that is a table for those who cannot see it. head: of the row labels; series: names, one a bar."""

    caption: str
    unit: str
    head: str
    series: tuple[str, ...]
    bars: tuple[BarView, ...]


@dataclass(frozen=True, slots=True)
class AnswerView:
    """A question with its answer (问答). answer: paragraphs."""

    question: str
    answer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OptionView:
    """What may be chosen in a field of a form."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field of a form. type: `text` `tel` `email` `area` `choice` (one of the options) `choices` (any of them).

    of: id of the choice that it is for, `""` for all; purpose: token of HTML's autocomplete, `""` for none; pair: stands
    beside the field before it on paper; wide: takes the whole width.
    """

    id: str
    label: str
    type: str
    required: bool
    of: str
    hint: str
    purpose: str
    pair: bool
    wide: bool
    options: tuple[OptionView, ...]


@dataclass(frozen=True, slots=True)
class FormPartView:
    """Fields of a form that stand together."""

    id: str
    label: str
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class FlowView:
    """A flow chart (流程图). html: an SVG drawing with its own title and description; table: the same steps as text."""

    caption: str
    html: str
    table: TableView


@dataclass(frozen=True, slots=True)
class SheetView:
    """A section of a document made from one key of its kind: a text, a list, a table or a flow chart.

    id: anchor; texts: paragraphs; items: a list; total: label and sum under the table, `("", "")` for none; files: named
    by the rows of the table.
    """

    id: str
    title: str
    texts: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    table: TableView | None = None
    total: tuple[str, str] = ("", "")
    files: tuple[FileView, ...] = ()
    flow: FlowView | None = None


@dataclass(frozen=True, slots=True)
class FacetOptionView:
    """A value that may be chosen, with the number of rows that have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class FacetView:
    """A question by which a register is narrowed (筛选): 权力类型, 享受对象 …"""

    id: str
    label: str
    options: tuple[FacetOptionView, ...]


@dataclass(frozen=True, slots=True)
class RegisterRowView:
    """A document in a register. cells: in the order of the register's heads, after the title; values: for each facet the
    option values it fits, `*` for all; ended: no longer in force or over; closes: ISO day after which it is over, `""` for none.
    """

    link: LinkView
    cells: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]
    ended: bool = False
    closes: str = ""


@dataclass(frozen=True, slots=True)
class RegisterView:
    """The documents of one kind as a table (台账). heads: of the columns after the title; left: how many more there are.

    data: the same as CSV and Excel.
    """

    kind: str
    label: str
    unit: str
    heads: tuple[str, ...]
    facets: tuple[FacetView, ...]
    rows: tuple[RegisterRowView, ...]
    left: int = 0
    data: tuple[LinkView, ...] = ()


@dataclass(frozen=True, slots=True)
class CalendarRowView:
    """A category of a village's disclosure: for each period the document, or None where there is none.

    missing: whether a period is past and has none, counted from the first one that the village ever published.
    """

    label: str
    cells: tuple[LinkView | None, ...]
    missing: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class CalendarView:
    """What a village published in one year (公开日历). periods: quarters, or months where one is monthly; over: whether each is past."""

    year: str
    periods: tuple[str, ...]
    over: tuple[bool, ...]
    rows: tuple[CalendarRowView, ...]


@dataclass(frozen=True, slots=True)
class MediaView:
    """Media of an interpretation. kind: `audio` `video` `image` `other`; transcript: paragraphs of text."""

    kind: str
    file: FileView
    captions: FileView | None
    transcript: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageHead:
    """What every page carries in its head and frame.

    path: of this page; title: for the browser's tab, without the site's name; page_kind: id of the view;
    meta: 47号 meta tags in order, (name, content); canonical: absolute address or `""`; breadcrumb: from the home
    page, this page last; section: id of the top-level column the page belongs to; feeds: (title, path) of Atom feeds.
    """

    path: str
    title: str
    page_kind: str
    meta: tuple[tuple[str, str], ...] = ()
    canonical: str = ""
    breadcrumb: tuple[LinkView, ...] = ()
    section: str = ""
    feeds: tuple[LinkView, ...] = ()


@dataclass(frozen=True, slots=True)
class BlockView:
    """A column's newest entries as shown on another page. link: the column; total: documents in all."""

    link: LinkView
    id: str
    type: str
    description: str
    entries: tuple[EntryView, ...]
    total: int = 0


@dataclass(frozen=True, slots=True)
class OngoingView:
    """What goes on for some days: a consultation, a notice period, a policy to come. id: `consultation` `notice` `coming`.

    label: what it is; until: ISO day it ends, as `date` says in words.
    """

    id: str
    label: str
    link: LinkView
    date: str
    until: str


@dataclass(frozen=True, slots=True)
class HomeView:
    """The home page. statutory: the statutory columns; blocks: columns with their newest entries.

    tiles: the large doors of a terminal (大字入口); quick: ways that many want, below the search; ongoing: what goes on now, first to end first.
    """

    head: PageHead
    statutory: tuple[LinkView, ...]
    blocks: tuple[BlockView, ...]
    domains: tuple[LinkView, ...]
    tiles: tuple[LinkView, ...] = ()
    quick: tuple[LinkView, ...] = ()
    ongoing: tuple[OngoingView, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentBodyView:
    """The text of a document: html is safe; toc: its headings."""

    html: str
    toc: tuple[HeadingView, ...]


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """An organisation with the facts it publishes (条例 art. 20-二). anchor: id in the page."""

    name: str
    anchor: str
    facts: tuple[FactView, ...]


@dataclass(frozen=True, slots=True)
class VillageView:
    """A village with what it published. name: 村居; entries: newest first; board: the sheet for the notice board."""

    name: str
    anchor: str
    entries: tuple[EntryView, ...]
    calendars: tuple[CalendarView, ...] = ()
    board: LinkView | None = None


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A column (栏目), any page of it.

    layout: `list` `standing` `overview` `catalog` `domains` `villages` `organisations` `register`; basis: legal basis as text;
    side: navigation among its siblings; blocks: children with their newest entries (overview); standing: the
    newest document in full and its link (standing); domains: blocks of catalog domains; files: open data; form: the
    application that is filled in here (依申请公开); history: what changed in the catalog, on columns that show it.
    """

    head: PageHead
    id: str
    name: str
    type: str
    layout: str
    description: str
    basis: str
    statutory: bool
    side: tuple[NavView, ...]
    entries: tuple[EntryView, ...]
    pager: PagerView | None
    blocks: tuple[BlockView, ...]
    standing: DocumentBodyView | None
    standing_link: LinkView | None
    standing_files: tuple[FileView, ...]
    domains: tuple[NavView, ...]
    villages: tuple[VillageView, ...]
    organisations: tuple[OrganisationView, ...]
    data: tuple[LinkView, ...]
    years: tuple[LinkView, ...]
    registers: tuple[RegisterView, ...] = ()
    form: LinkView | None = None
    history: LinkView | None = None


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document's page, any kind.

    kind: document kind id; facts: the statutory header table (文件要素) in order; banner: validity or expiry;
    interpretations: entries right under the title of a policy; originals: the policies an interpretation explains;
    relations: all other links both ways; guide_facts, materials, steps: of a service guide; opinions: of a
    consultation; tables: of an annual report; sections: titled texts (年度报告), (title, paragraphs);
    source_line: (label, text) pairs shown under the title (来源, 发布日期 …); timeline: steps of a policy's life by
    date; citation: how to name the document in writing (引用本文), without its address; form: the application that is
    filled in here (依申请公开); sheets: sections from the keys of its kind; opinions_note: how many opinions were adopted;
    downloads: the document itself as Word or PDF in the layout of official documents.
    """

    head: PageHead
    id: str
    kind: str
    kind_label: str
    title: str
    date: str
    doc_no: str
    facts: tuple[FactView, ...]
    source_line: tuple[tuple[str, str], ...]
    validity: str
    validity_label: str
    in_force: bool
    expires: str
    shown_until: str
    banners: tuple[BannerView, ...]
    interpretations: tuple[EntryView, ...]
    originals: tuple[EntryView, ...]
    relations: tuple[RelationView, ...]
    body: DocumentBodyView
    attachments: tuple[FileView, ...]
    media: MediaView | None
    guide_facts: tuple[FactView, ...]
    materials: tuple[MaterialView, ...]
    steps: tuple[str, ...]
    opinions: tuple[OpinionView, ...]
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    tables: tuple[TableView, ...]
    side: tuple[NavView, ...]
    timeline: tuple[TimelineView, ...] = ()
    citation: str = ""
    sheets: tuple[SheetView, ...] = ()
    opinions_note: str = ""
    form: LinkView | None = None
    downloads: tuple[LinkView, ...] = ()


@dataclass(frozen=True, slots=True)
class BoardPartView:
    """One notice on a village's board: title, date, its sheets and text."""

    title: str
    date: str
    facts: tuple[FactView, ...]
    sheets: tuple[SheetView, ...]
    body: DocumentBodyView


@dataclass(frozen=True, slots=True)
class BoardView:
    """What a village's notice board shows (公示栏): the newest of each category in full, to be printed large."""

    head: PageHead
    village: str
    column: LinkView
    parts: tuple[BoardPartView, ...]


@dataclass(frozen=True, slots=True)
class CatalogCellView:
    """A merged cell of the level columns. span: rows it covers; 0 where a cell above covers it."""

    text: str
    span: int


@dataclass(frozen=True, slots=True)
class CatalogRowView:
    """One row of the standard table. channels: (label, chosen) for the thirteen boxes and the site's own.

    levels: one merged cell for each level column of the table. audience, mode, tier: chosen flags in the order of
    the table's sub-columns. content: (text, required).
    """

    id: str
    no: str
    name: str
    path: str
    levels: tuple[CatalogCellView, ...]
    content: tuple[tuple[str, bool], ...]
    basis: tuple[str, ...]
    deadline: str
    subject: tuple[str, ...]
    channels: tuple[tuple[str, bool], ...]
    audience: tuple[bool, ...]
    mode: tuple[bool, ...]
    tier: tuple[bool, ...]
    fulfilled: int


@dataclass(frozen=True, slots=True)
class CatalogView:
    """The standard catalog of one domain: the table with its two header rows.

    level_labels: one to three of 一级事项 二级事项 三级事项; audience_labels, mode_labels, tier_labels: sub-columns;
    entries: newest documents of the domain's column; side: all domains; history: what changed in the catalog.
    """

    head: PageHead
    domain: str
    title: str
    basis_document: str
    guide: str
    level_labels: tuple[str, ...]
    audience_labels: tuple[str, ...]
    mode_labels: tuple[str, ...]
    tier_labels: tuple[str, ...]
    rows: tuple[CatalogRowView, ...]
    entries: tuple[EntryView, ...]
    entries_link: LinkView | None
    side: tuple[NavView, ...]
    data: tuple[LinkView, ...]
    history: LinkView | None = None


@dataclass(frozen=True, slots=True)
class CatalogChangeView:
    """A change of the catalog. op: `new` `changed` `gone` and its word; link: to the item or the domain where it is still there;
    name: of the item, or of a whole domain with how many items; elements: (label, before, after), `""` for nothing.
    """

    op: str
    op_label: str
    domain: str
    name: str
    link: LinkView | None
    elements: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class CatalogDayView:
    """What changed in the catalog on one day. day: ISO; label: as people write it; counts: in words."""

    day: str
    label: str
    counts: str
    changes: tuple[CatalogChangeView, ...]


@dataclass(frozen=True, slots=True)
class CatalogHistoryView:
    """What was added, changed and removed in the catalog (动态调整). begins: from when on this is known, in words; days: newest
    first; more: where only the newest are shown; side: all domains.
    """

    head: PageHead
    title: str
    lead: str
    begins: str
    days: tuple[CatalogDayView, ...]
    more: str
    side: tuple[NavView, ...]
    data: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True)
class CatalogItemView:
    """One catalog item with every element and what fulfils it. domain_link: the table it stands in."""

    head: PageHead
    id: str
    name: str
    domain_link: LinkView
    facts: tuple[FactView, ...]
    channels: tuple[tuple[str, bool], ...]
    entries: tuple[EntryView, ...]
    pager: PagerView | None
    side: tuple[NavView, ...]


@dataclass(frozen=True, slots=True)
class ListingView:
    """Documents by year, topic or issuer. axis: `year` `topic` `issuer`; side: the other values of the axis."""

    head: PageHead
    axis: str
    axis_label: str
    value: str
    entries: tuple[EntryView, ...]
    pager: PagerView | None
    side: tuple[NavView, ...]
    data: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True)
class BrowseView:
    """All values of the axes with their counts: the way to every document without search or script."""

    head: PageHead
    groups: tuple[tuple[str, tuple[NavView, ...]], ...]


@dataclass(frozen=True, slots=True)
class SitemapView:
    """The site map page (网站地图): the tree of columns, domains and standing pages."""

    head: PageHead
    columns: tuple[NavView, ...]
    domains: tuple[NavView, ...]
    groups: tuple[tuple[str, tuple[LinkView, ...]], ...]


@dataclass(frozen=True, slots=True)
class StatisticsView:
    """Figures of what is published (公开统计). lead: as of which day; charts: each is its own table."""

    head: PageHead
    lead: str
    figures: tuple[FigureView, ...]
    charts: tuple[ChartView, ...]
    data: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True)
class SearchView:
    """The search page. browse: ways on without script; joint: script that searches the other sites of the workspace (集约化平台) as
    well, `""` for a site on its own.
    """

    head: PageHead
    browse: tuple[LinkView, ...]
    joint: str = ""


@dataclass(frozen=True, slots=True)
class RequestView:
    """The application for government information (政府信息公开申请表), filled in and printed in the browser.

    to: who receives it; facts: where and when; parts: the form; steps: what follows; guide: the column
    that explains it; files: blank forms; online: address of a platform, `""` without; basis: legal basis.
    """

    head: PageHead
    to: str
    facts: tuple[FactView, ...]
    parts: tuple[FormPartView, ...]
    steps: tuple[str, ...]
    steps_basis: str
    guide: LinkView
    files: tuple[FileView, ...]
    online: str
    basis: str
    side: tuple[NavView, ...]


@dataclass(frozen=True, slots=True)
class NotFoundView:
    """The page for addresses that do not exist. links: ways on. Its addresses start at the site's configured path."""

    head: PageHead
    links: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True)
class NoticeView:
    """What is left at an address whose page moved or was withdrawn. target: where it is now, None where it was withdrawn;
    then reason, basis: why, as told to everybody; date: ISO day.
    """

    head: PageHead
    target: LinkView | None
    date: str
    reason: str
    basis: str


@dataclass(frozen=True, slots=True)
class StyleguideView:
    """The style guide (样式说明): every component of the theme, filled with samples. Made in previews only."""

    head: PageHead
    entries: tuple[EntryView, ...]
    banners: tuple[BannerView, ...]
    facts: tuple[FactView, ...]
    timeline: tuple[TimelineView, ...]
    files: tuple[FileView, ...]
    steps: tuple[str, ...]
    opinions: tuple[OpinionView, ...]
    tables: tuple[TableView, ...]
    figures: tuple[FigureView, ...]
    charts: tuple[ChartView, ...]
    answers: tuple[AnswerView, ...]
    side: tuple[NavView, ...]
    links: tuple[LinkView, ...]
    blocks: tuple[BlockView, ...]
    body: DocumentBodyView
    pager: PagerView | None


View = (
    HomeView
    | ColumnView
    | DocumentView
    | BoardView
    | CatalogView
    | CatalogItemView
    | CatalogHistoryView
    | ListingView
    | BrowseView
    | SitemapView
    | StatisticsView
    | SearchView
    | RequestView
    | NotFoundView
    | NoticeView
    | StyleguideView
)


@dataclass(frozen=True, slots=True)
class SiteView:
    """What every page knows of the site.

    name, domain, id_code, sponsor, operator, icp, police, address, phone, email, portal: from config.yaml;
    tier: profile id; data_date: newest publication, ISO day (数据截至); nav: top-level columns; statutory: the
    statutory columns in order; assets: paths of style sheets and scripts by plain name (`site.css`); footer: links
    of the foot (网站地图 …); home, search, sitemap: paths; version: of govsite.
    """

    name: str
    tier: str
    domain: str
    id_code: str
    sponsor: str
    operator: str
    icp: str
    police: str
    address: str
    phone: str
    email: str
    portal: str
    data_date: str
    nav: tuple[tuple[str, LinkView], ...]
    statutory: tuple[LinkView, ...]
    footer: tuple[LinkView, ...]
    assets: dict[str, str]
    home: str
    search: str
    sitemap: str
    language: str
    version: str


TEMPLATES: dict[type, str] = {
    HomeView: "home.html",
    ColumnView: "column.html",
    DocumentView: "document.html",
    BoardView: "board.html",
    CatalogView: "catalog.html",
    CatalogItemView: "catalog_item.html",
    ListingView: "listing.html",
    BrowseView: "browse.html",
    SitemapView: "sitemap.html",
    StatisticsView: "statistics.html",
    CatalogHistoryView: "catalog_history.html",
    SearchView: "search.html",
    RequestView: "request.html",
    NotFoundView: "not_found.html",
    NoticeView: "notice.html",
    StyleguideView: "styleguide.html",
}
