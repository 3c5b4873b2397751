"""Text of a document on its way to HTML: what stays open until the whole site is known."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape

from govsite.hanzi.doc_number import find_doc_numbers

_MARK = re.compile("\ue000(\\d+)\ue001")
_OWN = ("\ue000", "\ue001", "\ue002", "\ue003")
_TITLE = re.compile(r"《([^《》]{2,120}(?:《[^《》]{1,80}》[^《》]{0,80})?)》")


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
class State:
    """What one rendering collects; lives in markdown-it's `env`."""

    places: list[OpenPlace] = field(default_factory=list)
    tags: list[tuple[str, int]] = field(default_factory=list)
    line: int = 1
    tables: int = 0
    links: list[tuple[str, str, int]] = field(default_factory=list)
    inside_link: bool = False

    def mark(self, place: OpenPlace) -> str:
        """The sign in the HTML that stands for `place`."""
        self.places.append(place)
        return f"\ue000{len(self.places) - 1}\ue001"


def without_marks(text: str) -> str:
    """`text` without the characters of private use that stand for open places here."""
    for mark in _OWN:
        if mark in text:
            text = text.replace(mark, "")
    return text


def show_words(content: str, state: State) -> str:
    """Escaped text, in which document numbers and 《titles》 are open places."""
    if state.inside_link or not ("《" in content or "号" in content or "號" in content):
        return escape(content)
    return _cite(content, state)


def _cite(content: str, state: State) -> str:
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


def _shown(place: OpenPlace) -> str:
    return escape(place.extra) if place.kind == "image" else place.inner


def split_places(html: str, state: State) -> tuple[str | OpenPlace, ...]:
    """HTML and open places in turn."""
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
