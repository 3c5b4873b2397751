"""What must hold on every finished page, whatever theme made it."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Mapping
from functools import cache
from html import unescape
from urllib.parse import unquote

from govsite.check.tags import TagReader, Tags
from govsite.model.addresses import NOT_FOUND
from govsite.problems.problem import Problem
from govsite.vocab.records import read_data

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
    prefix: the site's path on its host, which links of the 404 page begin with; language: tag of the site's own;
    marks: what the foot of every page has to say (主办单位, 标识码 …), by name.
    """

    def __init__(
        self,
        paths: Collection[str],
        optional: Collection[str] = (),
        prefix: str = "/",
        language: str = "zh",
        marks: Mapping[str, str] | None = None,
    ) -> None:
        self._paths = paths
        self._prefix = prefix
        self._language = language.lower().partition("-")[0]
        self._reader = TagReader()
        self._known: dict[str, set[str]] = {}  # folder to links that were found good there
        self._optional = frozenset(optional)
        self._marks = {name: text for name, text in (marks or {}).items() if text}
        self._feet: dict[str, tuple[str, ...]] = {}  # foot zones already read, with what they lack

    def check(self, path: str, html: str, groups: Collection[str]) -> list[Problem]:
        """Problems of one page. groups: the 47号 tag groups that its kind must carry (`site`, `column`, `content`).

        WEB101 meta tag · WEB102 landmark, language, heading, title · WEB103 remote part · WEB104 inline script or
        style · WEB105 id twice · WEB106 link to no file · WEB107 anchor that is not there · WEB108 mark of the foot.
        """
        problems: list[Problem] = []
        page = _Page(path, html, self._reader.read(html))
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
        problems += [Problem.at("WEB108", None, page=path, what=what) for what in self._unmarked(html)]
        return problems

    def _unmarked(self, html: str) -> tuple[str, ...]:
        """Names of the marks that the page's foot lacks. Many pages share one foot."""
        start = html.rfind("<footer")
        foot = html[start:] if start >= 0 else ""
        if foot not in self._feet:
            said = " ".join(unescape(foot).split())
            self._feet[foot] = tuple(name for name, text in self._marks.items() if text not in said)
        return self._feet[foot]

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
        return not path.startswith("/") and _resolve(folder, path) in self._paths


class _Page:
    """What a page's tags say."""

    def __init__(self, path: str, html: str, tags: Tags) -> None:
        self.path = path
        self.meta = tags.meta
        self.ids = set(tags.ids)
        self.twice = _repeated(tags.ids) if len(self.ids) < len(tags.ids) else []
        self.remote = tags.remote
        self.inline = tags.inline
        self.targets = tags.targets
        self._counts = tags.counts
        self._language = tags.language
        self._has_title = "<title>" in html and "<title></title>" not in html

    def missing(self, language: str) -> list[str]:
        """What the frame of the page lacks."""
        found = [] if self._language.lower().startswith(language) else ["lang"]
        found += [] if self._has_title else ["title"]
        found += [] if self._counts.get("h1", 0) == 1 else ["h1"]
        return found + [name for name in _LANDMARKS if name not in self._counts]


def _repeated(names: list[str]) -> list[str]:
    """Each occurrence of a name after its first."""
    seen: set[str] = set()
    found = []
    for name in names:
        if name in seen:
            found.append(name)
        seen.add(name)
    return found


def _resolve(folder: str, path: str) -> str:
    """What `path` means in `folder`, as `posixpath.normpath` has it."""
    above, rest = folder, path
    while above and rest.startswith("../"):
        above, rest = above.rpartition("/")[0], rest[3:]
    if not rest or rest[0] == "/" or "./" in rest or "//" in rest or rest[-1] in "./":
        return posixpath.normpath(posixpath.join(folder, path))
    return f"{above}/{rest}" if above else rest
