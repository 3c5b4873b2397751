"""What must hold on every finished page, whatever theme made it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import unquote

from govsite.model.addresses import NOT_FOUND
from govsite.problems.problem import Problem
from govsite.vocab.records import read_data

_TAG = re.compile(r"<([a-zA-Z][\w-]*)([^<>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^<>\"']*)*)>")
_ATTRIBUTE = re.compile(r"([^\s\"'=<>/]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+)))?")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LOADS = frozenset({("img", "src"), ("script", "src"), ("link", "href"), ("audio", "src"), ("video", "src"),
                    ("source", "src"), ("track", "src"), ("iframe", "src"), ("object", "data"), ("embed", "src")})  # fmt: skip
_LINK_RELATIONS_THAT_LOAD = frozenset(
    {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "manifest"}
)
_OUTSIDE = re.compile(r"(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?//|[a-zA-Z][a-zA-Z0-9+.-]*:")
_LANDMARKS = ("header", "main", "footer", "nav")


@cache
def _required_meta() -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for record in read_data("meta_tags"):
        if record["need"] == "always":
            groups.setdefault(record["group"], []).append(record["name"])
    return {group: tuple(names) for group, names in groups.items()}


class PageCheck:
    """Checks pages of one site. paths: every file of the output; optional: meta tags the settings leave empty;
    prefix: the site's path on its host, which links of the 404 page begin with; language: tag of the site's own.
    """

    def __init__(
        self, paths: Collection[str], optional: Collection[str] = (), prefix: str = "/", language: str = "zh"
    ) -> None:
        self._paths = paths
        self._prefix = prefix
        self._language = language.lower().partition("-")[0]
        self._zones: dict[str, _Stretch] = {}  # head and foot zones already read
        self._known: dict[str, set[str]] = {}  # folder to links that were found good there
        self._optional = frozenset(optional)

    def check(self, path: str, html: str, groups: Collection[str]) -> list[Problem]:
        """Problems of one page. groups: the 47号 tag groups that its kind must carry (`site`, `column`, `content`).

        WEB101 meta tag · WEB102 landmark, language, heading, title · WEB103 remote part · WEB104 inline script or
        style · WEB105 id twice · WEB106 link to no file · WEB107 anchor that is not there.
        """
        problems: list[Problem] = []
        page = _Page(path, html, self._zones)
        for group in groups:
            for name in _required_meta()[group]:
                if not page.meta.get(name) and name not in self._optional:
                    problems.append(Problem.at("WEB101", None, page=path, name=name))
        problems += [
            Problem.at("WEB102", None, page=path, what=what) for what in page.missing(self._language)
        ]
        problems += [Problem.at("WEB103", None, page=path, target=target) for target in page.remote]
        problems += [Problem.at("WEB104", None, page=path, what=what) for what in page.inline]
        problems += [Problem.at("WEB105", None, page=path, id=name) for name in page.twice]
        problems += self._links(page)
        return problems

    def _links(self, page: _Page) -> list[Problem]:
        problems = []
        folder = posixpath.dirname(page.path)
        known = self._known.setdefault(folder, set())
        for target in page.targets:
            if target in known:
                continue
            name, mark, anchor = target.partition("#")
            if not name:
                if mark and anchor and unquote(anchor) not in page.ids:
                    problems.append(Problem.at("WEB107", None, page=page.path, target=target))
            elif self._exists(page.path, folder, name.partition("?")[0]):
                known.add(target)
            else:
                problems.append(Problem.at("WEB106", None, page=page.path, target=target))
        return problems

    def _exists(self, page: str, folder: str, name: str) -> bool:
        """Whether the site has the file that `name` means on a page in `folder`."""
        path = unquote(name)
        if page == NOT_FOUND:  # served at any address: its links start at the site's configured path
            return path.removeprefix(self._prefix) in self._paths
        return not path.startswith("/") and posixpath.normpath(posixpath.join(folder, path)) in self._paths


@dataclass(slots=True)
class _Stretch:
    """What the tags of a stretch of a page say."""

    meta: dict[str, str] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)
    remote: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    targets: dict[str, None] = field(default_factory=dict)
    tags: dict[str, int] = field(default_factory=dict)
    language: str = ""

    def read(self, html: str) -> _Stretch:
        """Read every tag of `html`."""
        for match in _TAG.finditer(html):
            tag, text = match[1], match[2]
            self.tags[tag] = self.tags.get(tag, 0) + 1
            if tag in _ALWAYS_READ or (text and _INTERESTING.search(text)):
                self._read(tag.lower(), text)
        return self

    def _read(self, tag: str, text: str) -> None:
        attributes = {
            name.lower(): double or single or bare for name, double, single, bare in _ATTRIBUTE.findall(text)
        }
        if tag == "html":
            self.language = attributes.get("lang", "")
        elif tag == "meta" and attributes.get("name"):
            self.meta[attributes["name"]] = attributes.get("content", "")
        elif tag == "style" or (
            tag == "script" and "src" not in attributes and attributes.get("type") not in _DATA
        ):
            self.inline.append(f"<{tag}>")
        if attributes.get("id"):
            self.ids.append(attributes["id"])
        for name, value in attributes.items():
            if name == "style" or (name.startswith("on") and len(name) > 2):
                self.inline.append(f"{name}=")
            elif name in _ADDRESSES:
                self._target(tag, name, value.replace("&amp;", "&"), attributes)

    def _target(self, tag: str, name: str, value: str, attributes: dict[str, str]) -> None:
        loads = (tag, name) in _LOADS
        if tag == "link":
            loads = bool(_LINK_RELATIONS_THAT_LOAD & set(attributes.get("rel", "").split()))
        if _OUTSIDE.match(value):
            if loads and not value.startswith("data:"):
                self.remote.append(value)
            return
        if name != "data" or tag == "object":
            self.targets[value] = None


class _Page:
    """What a page's tags say. Head and foot zones, which many pages share, are read once."""

    def __init__(self, path: str, html: str, known: dict[str, _Stretch]) -> None:
        self.path = path
        self.meta: dict[str, str] = {}
        self.ids: set[str] = set()
        self.twice: list[str] = []
        self.remote: list[str] = []
        self.inline: list[str] = []
        self.targets: dict[str, None] = {}
        self._tags: dict[str, int] = {}
        self._language = ""
        self._has_title = "<title>" in html and "<title></title>" not in html
        for position, part in enumerate(_ZONES.split(_COMMENT.sub("", html) if "<!--" in html else html)):
            if position % 2:
                stretch = known.get(part)
                if stretch is None:
                    stretch = _Stretch().read(part)
                    if len(known) < _ZONES_KEPT:
                        known[part] = stretch
            else:
                stretch = _Stretch().read(part)
            self._add(stretch)

    def _add(self, stretch: _Stretch) -> None:
        self.meta |= stretch.meta
        for name in stretch.ids:
            if name in self.ids:
                self.twice.append(name)
            self.ids.add(name)
        self.remote += stretch.remote
        self.inline += stretch.inline
        self.targets |= stretch.targets
        for tag, count in stretch.tags.items():
            self._tags[tag] = self._tags.get(tag, 0) + count
        self._language = self._language or stretch.language

    def missing(self, language: str) -> list[str]:
        """What the frame of the page lacks."""
        found = [] if self._language.lower().startswith(language) else ["lang"]
        found += [] if self._has_title else ["title"]
        found += [] if self._tags.get("h1", 0) == 1 else ["h1"]
        return found + [name for name in _LANDMARKS if name not in self._tags]


_ADDRESSES = frozenset({"href", "src", "data", "action", "poster"})
_INTERESTING = re.compile(r"\b(?:id|name|href|src|data|action|poster|style|lang|on[a-z]+)\s*=", re.IGNORECASE)
_ZONES_KEPT = 200  # a theme may have zones of this kind that differ on every page
# Zones that many pages share word for word.
_ZONES = re.compile(r"(<header\b.*?</header>|<footer\b.*?</footer>)", re.DOTALL)
_ALWAYS_READ = frozenset({"style", "script", "html"})
_DATA = frozenset({"application/json", "application/ld+json"})
