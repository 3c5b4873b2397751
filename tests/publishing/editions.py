"""Two editions of one small site that differ in everything a publication can meet."""

from __future__ import annotations

import hashlib
import http.client
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from govsite.model.addresses import MANIFEST
from govsite.pipeline.build import Request, build_site
from running import CONFIG, policy, write_site

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LINK = re.compile(r'(?:href|src)="([^"#?]+)')


def build_editions(folder: Path) -> tuple[Path, Path]:
    """Folders of the old and of the new edition: another theme, documents added, changed and gone, a file replaced."""
    old = {f"content/policies/2024/zc{n:02d}.md": _policy(n, "原文") for n in range(6)}
    new = {
        f"content/policies/2024/zc{n:02d}.md": _policy(n, "新文" if n % 3 else "原文") for n in range(2, 9)
    }
    for files, letter in ((old, "a"), (new, "b")):
        files["content/policies/2024/table.csv"] = f"名称,数量\n{letter},{1 if letter == 'a' else 22}\n"
        files["content/policies/2024/zc-biao.md"] = policy(
            "正文见附件。\n",
            标题="关于印发表格的通知",
            附件="[{文件: table.csv, 名称: 表格}]",
            发文字号="试镇政发〔2024〕90号",
        )
    sites = write_site(folder / "old site", old), write_site(folder / "new site", new)
    theme = sites[1] / "themes" / "other" / "static"
    theme.mkdir(parents=True)
    (sites[1] / "config.yaml").write_text(CONFIG + "主题: other\n", encoding="utf-8")
    (theme / "site.css").write_text("body { color: #123; }\n", encoding="utf-8")
    outs = folder / "old", folder / "new"
    for site, out in zip(sites, outs, strict=True):
        outcome = build_site(Request(site, out))
        assert outcome.written, [finding.problem for finding in outcome.findings]
    return outs


def make_editions(folder: Path) -> tuple[Path, Path]:
    """Two editions as `build_editions` gives them, but made by hand and small: for very many publications."""
    return _make(folder / "old", range(12), "a"), _make(folder / "new", range(4, 17), "b")


def _make(folder: Path, numbers: range, letter: str) -> Path:
    head = f'<link rel="stylesheet" href="{{up}}assets/site.{letter * 10}.css"><script src="{{up}}assets/site.{letter}1.js"></script>'
    files = {f"assets/site.{letter * 10}.css": f"/* {letter} */", f"assets/site.{letter}1.js": f"'{letter}'"}
    files |= {
        "assets/mark.0000000000.svg": "<svg/>",
        "files/table.csv": f"{letter}," * 99,
        "search/manifest.js": letter,
    }
    for number in numbers:
        others = "".join(f'<a href="{other}.html">{other}</a>' for other in numbers)
        word = letter if number % 3 else "same"
        files[f"policies/{number}.html"] = (
            head.format(up="../")
            + f'{word * 2000}<a href="../files/table.csv">t</a><a href="../index.html">h</a>{others}'
        )
    listed = "".join(f'<a href="{{up}}policies/{number}.html">{number}</a>' for number in numbers)
    for path in ("columns/a/index.html", "lists/year/2024/index.html", "index.html"):
        up = "../" * path.count("/")
        files[path] = (
            head.format(up=up) + f'<img src="{up}assets/mark.0000000000.svg">' + listed.format(up=up)
        )
    files["columns/a/list.json"] = json.dumps([f"policies/{number}.html" for number in numbers])
    entries = []
    for path, text in sorted(files.items()):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
        entries.append([path, hashlib.sha256(text.encode()).hexdigest(), len(text.encode())])
    manifest = {
        "version": 1,
        "generator": "govsite",
        "data_date": "2024-03-01",
        "files": len(files),
        "entries": entries,
    }
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def _policy(number: int, word: str) -> str:
    return policy(
        f"{word}第 {number} 份。\n\n" * 5,
        标题=f"关于第 {number} 件事的通知",
        发文字号=f"试镇政发〔2024〕{number + 1}号",
        发布日期=f"2024-03-{number + 1:02d}",
    )


@dataclass(frozen=True)
class Expected:
    """What an edition holds: path to SHA-256."""

    files: Mapping[str, str]

    @classmethod
    def of(cls, folder: Path) -> Expected:
        manifest = (folder / MANIFEST).read_bytes()
        files = {path: digest for path, digest, _ in json.loads(manifest)["entries"]}
        return cls({**files, MANIFEST: hashlib.sha256(manifest).hexdigest()})


class Reader:
    """A visitor who asks for pages and knows the two editions that there may be."""

    def __init__(self, address: str, *editions: Expected) -> None:
        parts = urlsplit(address)
        self._host, self._base = parts.netloc, parts.path.rstrip("/") + "/"
        self._connection = http.client.HTTPConnection(self._host, timeout=10)
        self._editions = editions
        self.faults: list[str] = []

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def get(self, path: str) -> tuple[int, bytes]:
        try:
            return self._get(path)
        except (http.client.HTTPException, OSError):  # the server ended an idle connection
            self._connection.close()
            return self._get(path)

    def _get(self, path: str) -> tuple[int, bytes]:
        self._connection.request("GET", self._base + path)
        answer = self._connection.getresponse()
        return answer.status, answer.read()

    def paths(self) -> list[str]:
        return sorted({path for edition in self._editions for path in edition.files})

    def look(self, paths: Iterable[str], *, follow: bool) -> dict[str, str]:
        """Digests of the files that are there. Notes every file that is of no edition and, with `follow`, dead links."""
        found: dict[str, str] = {}
        for path in paths:
            status, body = self.get(path)
            if status != 200:
                if status != 404:
                    self.faults.append(f"{path}: {status}")
                continue
            found[path] = hashlib.sha256(body).hexdigest()
            if found[path] not in {edition.files.get(path) for edition in self._editions}:
                self.faults.append(f"{path}: {len(body)} bytes of no edition")
            elif follow and path.endswith(".html") and path != "404.html":
                self.faults += [
                    f"{path} → {link}" for link in self._own(path, body) if self._is_dead(path, body, link)
                ]
        return found

    def survey(self) -> dict[str, str]:
        """`look` at everything while nothing changes."""
        found: dict[str, str] = {}
        pages: dict[str, bytes] = {}
        for path in self.paths():
            status, body = self.get(path)
            if status == 200:
                found[path] = hashlib.sha256(body).hexdigest()
                pages[path] = body
                if found[path] not in {edition.files.get(path) for edition in self._editions}:
                    self.faults.append(f"{path}: {len(body)} bytes of no edition")
            elif status != 404:
                self.faults.append(f"{path}: {status}")
        self._crawl(pages)
        return found

    def _crawl(self, pages: Mapping[str, bytes]) -> None:
        """Follow links from the home page: what can be reached is whole. A page that nothing links to yet may wait."""
        reached, todo = {"index.html"}, ["index.html"] if pages else []
        while todo:
            path = todo.pop()
            for link in links(path, pages[path]) if path.endswith(".html") and path != "404.html" else ():
                if link not in pages:
                    self.faults.append(f"{path} → {link}")
                elif link not in reached:
                    reached.add(link)
                    todo.append(link)
        for path, body in pages.items():
            if path.endswith(".html") and path not in reached and path != "404.html":
                self.faults += [f"{path} → {link}" for link in self._own(path, body) if link not in pages]

    def _own(self, path: str, body: bytes) -> list[str]:
        """Links that must be alive whoever asks: all of a page that both editions have, what else a page loads."""
        lasting = all(path in edition.files for edition in self._editions)
        return [link for link in links(path, body) if lasting or link.startswith(("assets/", "files/"))]

    def _is_dead(self, path: str, body: bytes, link: str) -> bool:
        """Whether a link leads nowhere while the page that holds it is what readers get."""
        if self.get(link)[0] == 200:
            return False
        return self.get(path)[1] == body and self.get(link)[0] != 200


@cache
def links(path: str, body: bytes) -> tuple[str, ...]:
    """Files of the site that a page links to or loads."""
    found = set()
    for link in _LINK.findall(body.decode()):
        if not link.startswith(("http:", "https:", "mailto:", "tel:", "data:", "javascript:")):
            target = urljoin(f"http://x/{path}", link)
            found.add(urlsplit(target).path.lstrip("/"))
    return tuple(sorted(link for link in found if PurePosixPath(link).suffix))
