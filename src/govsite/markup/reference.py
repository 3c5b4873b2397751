"""The reference: markdown-it-py, for every text and every inline that is not plain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from govsite.markup.merged import merge_cells
from govsite.markup.signature import article_anchor, sign
from govsite.markup.words import OpenPlace, Rendered, State, show_words, split_places

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)  # what people write into table cells
_HTML_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>")


class _Renderer(RendererHTML):
    """Renders as markdown-it does, but leaves marks where the site must decide."""

    def text(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        content, state = tokens[idx].content, env["state"]
        if "<" in content:
            tags = (match[0] for match in _HTML_TAG.finditer(content))
            state.tags.extend((tag, state.line) for tag in tags if not _BREAK.fullmatch(tag))
            if _BREAK.search(content):
                return "<br>\n".join(show_words(piece, state) for piece in _BREAK.split(content))
        return show_words(content, state)

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
        tokens[idx].attrs["scope"] = "colgroup" if "colspan" in tokens[idx].attrs else "col"
        return self.td_open(tokens, idx, options, env)

    def td_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        style = str(tokens[idx].attrs.pop("style", ""))
        if style:  # the policy of the pages refuses style attributes
            tokens[idx].attrs["class"] = style.partition(":")[2]
        return self.renderToken(tokens, idx, options, env)

    def table_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</table></div>\n"


@cache
def _engine() -> MarkdownIt:
    engine = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).enable(
        ["table", "strikethrough"]
    )
    engine.validateLink = lambda url: True  # type: ignore[method-assign] # judged with its place, later
    return engine


def parse_blocks(text: str) -> list[Token]:
    """The tokens of `text`, each with the lines it stands on."""
    return _engine().parse(text, {})


def render_reference(text: str) -> Rendered:
    """What `text` becomes when markdown-it-py reads all of it."""
    state = State()
    engine = _engine()
    env: dict[str, Any] = {"state": state}
    tokens = engine.parse(text, env)
    tokens = merge_cells(tokens)
    headings, anchors = _anchor(tokens)
    html = _render_blocks(engine, tokens, state, env)
    return Rendered(split_places(html, state), headings, anchors, *_blocks(tokens), tuple(state.tags))


def render_inline(content: str, state: State) -> tuple[str, str]:
    """HTML and plain text of one block's content."""
    engine = _engine()
    renderer: Any = engine.renderer
    env: dict[str, Any] = {"state": state}
    token = engine.parseInline(content, env)[0]
    html = renderer.renderInline(token.children or [], engine.options, env)
    return _close_links(html, state), _plain(token)


def _render_blocks(engine: MarkdownIt, tokens: list[Token], state: State, env: dict[str, Any]) -> str:
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


def _close_links(html: str, state: State) -> str:
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
            anchor = article_anchor(tokens[index + 1].content)
            if anchor and anchor not in anchors:
                token.attrs["id"] = anchor
                anchors.append(anchor)
    _sign(tokens)
    return tuple(headings), tuple(anchors)


def _sign(tokens: list[Token]) -> None:
    """Give the paragraphs of the signature their classes."""
    places = [
        index for index, token in enumerate(tokens) if token.type == "paragraph_open" and token.level == 0
    ]
    written = [
        (tokens[index + 1].content, bool(position) and places[position - 1] == index - 3)
        for position, index in enumerate(places)
    ]
    for position, name in sign(written).items():
        tokens[places[position]].attrs["class"] = name


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
