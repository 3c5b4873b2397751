"""Markdown to HTML parts.

CommonMark with tables and strike-through; raw HTML stays text. Links, images and citations are left open, because only
the finished site knows where they lead. Plain text is rendered directly; everything else by markdown-it-py, whose
answer the direct way must equal.
"""

from __future__ import annotations

from govsite.markup.direct import render_plain
from govsite.markup.merged import ABOVE, LEFT
from govsite.markup.plain import read_plain
from govsite.markup.words import OpenPlace, Rendered, without_marks


def render_markdown(text: str) -> Rendered:
    """HTML parts of a document's body. Never raises for any text; no line of `text` should be of absurd length."""
    text = without_marks(text)
    blocks = None if ABOVE in text or LEFT in text else read_plain(text)
    if blocks is not None:
        return render_plain(blocks)
    from govsite.markup.reference import render_reference

    return render_reference(text)


__all__ = ["OpenPlace", "Rendered", "render_markdown"]
