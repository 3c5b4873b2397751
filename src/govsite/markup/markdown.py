"""Markdown to HTML parts: the only door to markdown-it-py.

CommonMark with tables and strike-through; raw HTML stays text. Links, images and citations are left open as marks in
the HTML, because only the finished site knows where they lead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from govsite.hanzi.doc_number import find_doc_numbers
from govsite.hanzi.numerals import read_numeral

_MARK = re.compile("\ue000(\\d+)\ue001")
_PRIVATE = str.maketrans("", "", "\ue000\ue001")
_TITLE = re.compile(r"《([^《》]{2,120}(?:《[^《》]{1,80}》[^《》]{0,80})?)》")
_ARTICLE = re.compile(r"第([〇零一二两三四五六七八九十百千]{1,9}|\d{1,4})条(?![款例约件])")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)  # what people write into table cells
_DAY = re.compile(
    r"\d{4}年\d{1,2}月\d{1,2}日|[〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
)
_SIGNER = re.compile(r"[\u3400-\u9fff（）()、\s]{2,60}")
_SIGNED = re.compile(rf"{_SIGNER.pattern}\s*(?:{_DAY.pattern})")
_RELEASE = re.compile(r"[（(]此件[^（()）]{2,16}[)）]")
_HTML_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>")


@dataclass(frozen=True, slots=True)
class OpenPlace:
    """Something in the text that leads elsewhere.

    kind: `link` `image` `number` `title` `table`; target: as written; inner: HTML; extra: title or alt text; line:
    1-based line of the Markdown text where its block begins.
    """

    kind: str
    target: str
    inner: str
    extra: str
    line: int


@dataclass(frozen=True, slots=True)
class Rendered:
    """What Markdown became.

    parts: HTML and open places in turn; headings: (level 2-6, text, anchor); anchors: every id, articles included;
    blocks: plain text; paragraphs: those of the blocks that are running text; raw_tags: (tag, line) of HTML that was left as text.
    """

    parts: tuple[str | OpenPlace, ...]
    headings: tuple[tuple[int, str, str], ...]
    anchors: tuple[str, ...]
    blocks: tuple[str, ...]
    paragraphs: tuple[str, ...]
    raw_tags: tuple[tuple[str, int], ...]


@dataclass(slots=True)
class _State:
    """What one rendering collects; lives in markdown-it's `env`."""

    places: list[OpenPlace] = field(default_factory=list)
    tags: list[tuple[str, int]] = field(default_factory=list)
    line: int = 1
    tables: int = 0
    links: list[tuple[str, str, int]] = field(default_factory=list)
    inside_link: bool = False

    def mark(self, place: OpenPlace) -> str:
        self.places.append(place)
        return f"\ue000{len(self.places) - 1}\ue001"


class _Renderer(RendererHTML):
    """Renders as markdown-it does, but leaves marks where the site must decide."""

    def text(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        content, state = tokens[idx].content, env["state"]
        if "<" in content:
            tags = (match[0] for match in _HTML_TAG.finditer(content))
            state.tags.extend((tag, state.line) for tag in tags if not _BREAK.fullmatch(tag))
            if _BREAK.search(content):
                return "<br>\n".join(self._words(piece, state) for piece in _BREAK.split(content))
        return self._words(content, state)

    def _words(self, content: str, state: _State) -> str:
        if state.inside_link or not ("《" in content or "号" in content or "號" in content):
            return escape(content)
        return _cite(content, state)

    def softbreak(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        # A line end inside a Chinese paragraph is no space.
        before = tokens[idx - 1].content[-1:] if idx else ""
        after = tokens[idx + 1].content[:1] if idx + 1 < len(tokens) else ""
        return "\n" if before.isascii() or after.isascii() else ""

    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        state = env["state"]
        token = tokens[idx]
        state.links.append((str(token.attrs.get("href", "")), str(token.attrs.get("title", "")), state.line))
        state.inside_link = True
        return "\ue002"

    def link_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        env["state"].inside_link = False
        return "\ue003"

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        token, state = tokens[idx], env["state"]
        alt = self.renderInlineAsText(token.children, options, env) if token.children else ""
        target = unquote(str(token.attrs.get("src", "")))
        return str(state.mark(OpenPlace("image", target, "", alt, state.line)))

    def table_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        state = env["state"]
        state.tables += 1
        return str(state.mark(OpenPlace("table", str(state.tables), "", "", state.line))) + "<table>\n"

    def th_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        tokens[idx].attrs["scope"] = "col"
        return self.td_open(tokens, idx, options, env)

    def td_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        style = str(tokens[idx].attrs.pop("style", ""))
        if style:  # the policy of the pages refuses style attributes
            tokens[idx].attrs["class"] = style.partition(":")[2]
        return self.renderToken(tokens, idx, options, env)

    def table_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</table></div>\n"


def _cite(content: str, state: _State) -> str:
    """Escaped text with marks for document numbers and 《titles》; a number inside a title belongs to the title."""
    found = [(match.start(), match.end(), "title", match[1]) for match in _TITLE.finditer(content)]
    titles = [(start, end) for start, end, _, _ in found]
    for number in find_doc_numbers(content):
        if not any(start < number.end and number.start < end for start, end in titles):
            found.append((number.start, number.end, "number", number.text))
    if not found:
        return escape(content)
    pieces, position = [], 0
    for start, end, kind, target in sorted(found):
        pieces.append(escape(content[position:start]))
        pieces.append(state.mark(OpenPlace(kind, target, escape(content[start:end]), "", state.line)))
        position = end
    pieces.append(escape(content[position:]))
    return "".join(pieces)


@cache
def _engine() -> MarkdownIt:
    engine = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).enable(
        ["table", "strikethrough"]
    )
    engine.validateLink = lambda url: True  # type: ignore[method-assign] # judged with its place, later
    return engine


def render_markdown(text: str) -> Rendered:
    """HTML parts of a document's body. Never raises for any text; no line of `text` should be of absurd length."""
    state = _State()
    engine = _engine()
    env: dict[str, Any] = {"state": state}
    tokens = engine.parse(text.translate(_PRIVATE).replace("\ue002", "").replace("\ue003", ""), env)
    headings, anchors = _anchor(tokens)
    html = _render_blocks(engine, tokens, state, env)
    return Rendered(_split(html, state), headings, anchors, *_blocks(tokens), tuple(state.tags))


def _render_blocks(engine: MarkdownIt, tokens: list[Token], state: _State, env: dict[str, Any]) -> str:
    """Render token by token, so that the line of the block in hand is known, then close links into places."""
    renderer: Any = engine.renderer
    options = engine.options
    rules = renderer.rules
    pieces: list[str] = []
    for index, token in enumerate(tokens):
        if token.map:
            state.line = token.map[0] + 1
        if token.type == "inline":
            pieces.append(_close_links(renderer.renderInline(token.children or [], options, env), state))
        elif token.type in rules:
            pieces.append(rules[token.type](tokens, index, options, env))
        else:
            pieces.append(renderer.renderToken(tokens, index, options, env))
    return "".join(pieces)


def _close_links(html: str, state: _State) -> str:
    """Turn what stands between U+E002 and U+E003 into one mark a link; links do not nest."""
    for href, title, line in state.links:
        start = html.find("\ue002")
        end = html.find("\ue003", start)
        inner = html[start + 1 : end]
        html = (
            html[:start] + state.mark(OpenPlace("link", unquote(href), inner, title, line)) + html[end + 1 :]
        )
    state.links.clear()
    return html


def _anchor(tokens: list[Token]) -> tuple[tuple[tuple[int, str, str], ...], tuple[str, ...]]:
    """Give headings levels from 2 without jumps and ids by number, paragraphs 第…条 ids by article."""
    raw_levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    base = min(raw_levels, default=1)
    headings: list[tuple[int, str, str]] = []
    anchors: list[str] = []
    counters = [0] * 7
    previous = 1
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            level = min(int(token.tag[1]) - base + 2, previous + 1, 6)
            previous = level
            counters[level] += 1
            counters[level + 1 :] = [0] * (6 - level)
            anchor = "s" + "-".join(str(count) for count in counters[2 : level + 1])
            token.tag = tokens[index + 2].tag = f"h{level}"
            token.attrs["id"] = anchor
            headings.append((level, _plain(tokens[index + 1]), anchor))
            anchors.append(anchor)
        elif token.type == "paragraph_open" and not token.hidden and token.level == 0:
            article = _ARTICLE.match(tokens[index + 1].content.lstrip("*_ \u3000"))
            anchor = f"tiao-{read_numeral(article[1])}" if article else ""
            if anchor and anchor not in anchors:
                token.attrs["id"] = anchor
                anchors.append(anchor)
    _sign(tokens)
    return tuple(headings), tuple(anchors)


def _sign(tokens: list[Token]) -> None:
    """Mark the signature of a document: the date on a line of its own, the body that signs above it, the release note.

    GB/T 9704-2012, 7.3.5: both stand at the right, the date below the name.
    """
    paragraphs = [
        index for index, token in enumerate(tokens) if token.type == "paragraph_open" and token.level == 0
    ]
    for position, index in enumerate(paragraphs):
        text = tokens[index + 1].content.strip()
        if _RELEASE.fullmatch(text):
            tokens[index].attrs["class"] = "release"
        elif _DAY.fullmatch(text):
            tokens[index].attrs["class"] = "signed-on"
            above = paragraphs[position - 1] if position else -1
            if above == index - 3 and _SIGNER.fullmatch(tokens[above + 1].content.strip()):
                tokens[above].attrs["class"] = "signed-by"
        elif _SIGNED.fullmatch(text):
            tokens[index].attrs["class"] = "signed-by"


def _plain(token: Token) -> str:
    """Plain text of an inline token."""
    pieces = []
    for child in token.children or []:
        if child.type == "text":
            pieces.append(_BREAK.sub(" ", child.content))
        elif child.type == "code_inline":
            pieces.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            pieces.append("\n" if child.type == "hardbreak" else "")
        elif child.type == "image":
            pieces.append(_plain(child))
    return "".join(pieces).strip()


def _blocks(tokens: list[Token]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Plain text by paragraph, heading or table row, and the paragraphs alone."""
    blocks: list[str] = []
    paragraphs: list[str] = []
    row: list[str] | None = None
    for index, token in enumerate(tokens):
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            blocks.append(" ".join(cell for cell in row if cell))
            row = None
        elif token.type == "inline":
            text = _plain(token)
            if row is not None:
                row.append(text)
                continue
            blocks.append(text)
            if tokens[index - 1].type == "paragraph_open":
                paragraphs.append(text)
        elif token.type in {"fence", "code_block"}:
            blocks.append(token.content.strip())
    return tuple(block for block in blocks if block), tuple(paragraphs)


def _shown(place: OpenPlace) -> str:
    return escape(place.extra) if place.kind == "image" else place.inner


def _split(html: str, state: _State) -> tuple[str | OpenPlace, ...]:
    parts: list[str | OpenPlace] = []
    for index, piece in enumerate(_MARK.split(html)):
        if index % 2:
            place = state.places[int(piece)]
            if "\ue000" in place.inner:  # an image or citation inside a link: keep what it shows
                shown = _MARK.sub(lambda match: _shown(state.places[int(match[1])]), place.inner)
                place = OpenPlace(
                    place.kind, place.target, shown or escape(place.target), place.extra, place.line
                )
            parts.append(place)
        elif piece:
            parts.append(piece)
    return tuple(parts)
