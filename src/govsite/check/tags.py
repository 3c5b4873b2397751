"""The tags of a finished page, line by line: most lines of a page stand on thousands of others."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

_TAG = re.compile(r"<([a-zA-Z][\w-]*)([^<>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^<>\"']*)*)>")
_ATTRIBUTE = re.compile(r"([^\s\"'=<>/]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+)))?")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LOADS = frozenset({("img", "src"), ("script", "src"), ("link", "href"), ("audio", "src"), ("video", "src"),
                    ("source", "src"), ("track", "src"), ("iframe", "src"), ("object", "data"), ("embed", "src")})  # fmt: skip
_LINK_RELATIONS_THAT_LOAD = frozenset(
    {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "manifest"}
)
_OUTSIDE = re.compile(r"(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?//|[a-zA-Z][a-zA-Z0-9+.-]*:")
_ADDRESSES = frozenset({"href", "src", "data", "action", "poster"})
_ALWAYS_READ = frozenset({"style", "script", "html"})
_DATA = frozenset({"application/json", "application/ld+json"})
_COUNTED = frozenset({"h1", "header", "main", "footer", "nav"})
# A line with none of the counted tags and no attribute but classes: running text.
_PLAIN = re.compile(
    r"[^<]*+(?:<(?:/|(?!(?:h1|header|main|footer|nav|style|script|html)\b))[a-zA-Z][a-zA-Z0-9]*+"
    r"(?: class=\"[a-z0-9 -]*+\")?+>[^<]*+)*+"
)
# What most lines that no other page has look like.
_META_LINE = re.compile(r"<meta name=\"([^\"]+)\" content=\"([^\"]*)\">")
_HEADING_LINE = re.compile(r"<h[2-6] id=\"([^\"]+)\">[^<]*+</h[2-6]>")
_LINK_LINE = re.compile(r"<li(?: class=\"[a-z0-9 -]*+\")?+><a href=\"([^\"]*+)\">[^<]*+</a></li>")
_TAG_START = re.compile(r"<[a-zA-Z]")
_KEPT = 20_000
_SEEN = 200_000
_SHORT = 40  # characters of a line that other pages are likely to have


@dataclass(slots=True)
class Tags:
    """What the tags of a page, or of a line of it, say. counts: of the tags that make the frame of a page."""

    meta: dict[str, str] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)
    remote: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    targets: dict[str, None] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    language: str = ""

    def read(self, html: str) -> Tags:
        """Read every tag of `html`."""
        return self.take(_TAG.findall(html))

    def read_page(self, html: str) -> Tags:
        """Read a page in one go: what a reader that knows its lines must find as well."""
        return self.read(_COMMENT.sub("", html))

    def take(self, tags: Iterable[tuple[str, str]]) -> Tags:
        """Read tags: their names and what stands behind the names."""
        for tag, text in tags:
            if tag in _COUNTED:
                self.counts[tag] = self.counts.get(tag, 0) + 1
            if "=" in text or tag in _ALWAYS_READ:
                self._read(tag.lower(), text)
        return self

    def add(self, more: Tags) -> None:
        """Add what stands further down."""
        if more.targets:
            self.targets |= more.targets
        if more.ids:
            self.ids += more.ids
        if more.meta:
            self.meta |= more.meta
        if more.counts:
            for tag, count in more.counts.items():
                self.counts[tag] = self.counts.get(tag, 0) + count
        self.remote += more.remote
        self.inline += more.inline
        self.language = self.language or more.language

    def _read(self, tag: str, text: str) -> None:
        attributes = {
            name.lower(): double or single or bare for name, double, single, bare in _ATTRIBUTE.findall(text)
        }
        if tag == "html":
            self.language = self.language or attributes.get("lang", "")
        elif tag == "meta" and attributes.get("name"):
            self.meta[attributes["name"]] = attributes.get("content", "")
        elif tag == "style" or (
            tag == "script" and "src" not in attributes and attributes.get("type") not in _DATA
        ):
            self.inline.append(f"<{tag}>")
        for name, value in attributes.items():
            if name in _ADDRESSES:
                self._target(tag, name, value.replace("&amp;", "&"), attributes)
            elif name == "id":
                if value:
                    self.ids.append(value)
            elif name == "style" or (name.startswith("on") and len(name) > 2):
                self.inline.append(f"{name}=")

    def _target(self, tag: str, name: str, value: str, attributes: dict[str, str]) -> None:
        if _OUTSIDE.match(value):
            loads = (tag, name) in _LOADS
            if tag == "link":
                loads = bool(_LINK_RELATIONS_THAT_LOAD & set(attributes.get("rel", "").split()))
            if loads and not value.startswith("data:"):
                self.remote.append(value)
        elif name != "data" or tag == "object":
            self.targets[value] = None


class TagReader:
    """Reads the pages of one site; what many of them share, it reads once."""

    def __init__(self) -> None:
        # Stretches already read: nothing to know, the target of the only link, or all that was found.
        self._known: dict[str, str | Tags | None] = {}
        self._seen: set[int] = set()

    def read(self, html: str) -> Tags:
        """The tags of a page: what `Tags().read_page` says of it."""
        if "<!--" in html:
            html = _COMMENT.sub("", html)
        page = Tags()
        known, targets = self._known, page.targets
        for stretch in _stretches(html):
            try:
                found = known[stretch]
            except KeyError:
                if not self._take(stretch, page):
                    return Tags().read(html)
                continue
            if found is None:
                continue
            if found.__class__ is str:
                targets[found] = None
            else:
                page.add(found)  # type: ignore[arg-type]
        return page

    def _take(self, stretch: str, page: Tags) -> bool:
        """Read a stretch that is not known; False where it cannot be read without its neighbours."""
        if _PLAIN.fullmatch(stretch):
            if len(stretch) < _SHORT:
                self._known[stretch] = None
            return True
        if meta := _META_LINE.fullmatch(stretch):
            page.meta[meta[1]] = meta[2]
            return True
        if heading := _HEADING_LINE.fullmatch(stretch):
            page.ids.append(heading[1])
            return True
        if link := _LINK_LINE.fullmatch(stretch):
            self._take_link(stretch, link[1].replace("&amp;", "&"), page)
            return True
        tags = _TAG.findall(stretch)
        if not _ends_its_tags(stretch, tags):
            return False
        if self._is_new(stretch):
            page.take(tags)
        else:
            found = Tags().take(tags)
            self._keep(stretch, found)
            page.add(found)
        return True

    def _is_new(self, stretch: str) -> bool:
        """Whether a stretch comes for the first time: most that no pattern knows come once and are not worth keeping."""
        mark = hash(stretch)
        if mark in self._seen:
            return False
        if len(self._seen) >= _SEEN:
            self._seen.clear()
        self._seen.add(mark)
        return True

    def _take_link(self, stretch: str, target: str, page: Tags) -> None:
        """Add an ordinary link; links inside the page are of no use to others."""
        outside = _OUTSIDE.match(target)
        if not outside:
            page.targets[target] = None
        if not target.startswith("#"):
            self._remember(stretch, None if outside else target)

    def _remember(self, stretch: str, found: str | Tags | None) -> None:
        if len(self._known) >= _KEPT:  # what every page has will be back soon
            self._known.clear()
        self._known[stretch] = found

    def _keep(self, stretch: str, read: Tags) -> None:
        found: str | Tags | None = read
        if not (read.meta or read.ids or read.remote or read.inline or read.counts or read.language):
            if len(read.targets) == 1:
                found = next(iter(read.targets))
            elif not read.targets:
                found = None
        self._remember(stretch, found)


def _stretches(html: str) -> list[str]:
    """The page cut into its first header, its last footer, and lines around them."""
    head = html.find("<header")
    body = html.find("</header>", head)
    foot = html.rfind("<footer", body)
    end = html.find("</footer>", foot)
    if not -1 < head < body < foot < end:
        return html.split("\n")
    return [
        *html[:head].split("\n"),
        html[head:body],
        *html[body:foot].split("\n"),
        html[foot:end],
        *html[end:].split("\n"),
    ]


def _ends_its_tags(stretch: str, tags: list[tuple[str, str]]) -> bool:
    """Whether every tag that begins here ends here, so that the stretch can be read without its neighbours."""
    return len(_TAG_START.findall(stretch)) == len(tags) or not _TAG_START.search(_TAG.sub("", stretch))
