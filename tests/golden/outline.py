"""A page as text: what a visitor reads and where each link leads, one block a line. Class names and digests left out."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_DIGEST = re.compile(r"(assets/[\w./-]+?)\.[0-9a-f]{10}(\.\w+)")
_BLOCKS = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "tr",
        "caption",
        "dt",
        "dd",
        "div",
        "section",
        "article",
        "header",
        "footer",
        "nav",
        "main",
        "aside",
        "table",
        "ul",
        "ol",
        "dl",
        "details",
        "summary",
        "figure",
        "form",
        "fieldset",
        "legend",
        "label",
        "button",
        "pre",
        "blockquote",
        "title",
    ]
)
_CELLS = frozenset({"td", "th"})
_VOID = frozenset(["meta", "link", "img", "br", "hr", "input", "source", "track", "wbr", "area", "col"])
_SILENT = frozenset({"script", "style", "svg", "template"})


class _Outline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._line = ""
        self._open: list[str] = []
        self._targets: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in _SILENT:
            self._silent += 1
        if tag in _BLOCKS:
            self._end_line()
        if tag in _CELLS:
            self._line += " | "
        if re.fullmatch(r"h[1-6]", tag):
            self._line += "#" * int(tag[1]) + " "
        if tag == "meta" and values.get("name"):
            self.lines.append(f"meta {values['name']}: {values.get('content', '')}")
        if tag == "link" and values.get("rel") in {"canonical", "alternate"}:
            self.lines.append(f"link {values['rel']}: {values.get('href', '')}")
        if tag == "img":
            self._line += f"![{values.get('alt', '')}]({values.get('src', '')})"
        if tag == "a":
            self._line += "["
            self._targets.append(values.get("href", ""))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent -= 1
        if tag == "a" and self._targets:
            self._line = f"{self._line.rstrip()}]({self._targets.pop()})"
        if tag in _BLOCKS:
            self._end_line()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._line += re.sub(r"\s+", " ", data)

    def _end_line(self) -> None:
        text = re.sub(r" {2,}", " ", self._line).strip(" |")
        if text:
            self.lines.append(text)
        self._line = ""


def outline(html: str) -> str:
    """The text of a page, ending with a line end."""
    reader = _Outline()
    reader.feed(html)
    reader.close()
    return without_digests("\n".join(reader.lines)) + "\n"


def without_digests(text: str) -> str:
    """Names of static files without the digest of their content."""
    return _DIGEST.sub(r"\1.DIGEST\2", text)


def main_part(html: str) -> str:
    """The head's title and meta tags and the main part of a page, frame left out."""
    head = html[: html.index("</head>")]
    return head + html[html.index("<main") : html.index("</main>")]
