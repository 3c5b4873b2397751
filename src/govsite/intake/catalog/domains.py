"""A file to domains: which sections there are, what each is about, and the items in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from govsite.hanzi.fold import simplified, without_pinyin
from govsite.intake.catalog.cards import card_row
from govsite.intake.catalog.grids import sections_of
from govsite.intake.catalog.items import Item, items_of
from govsite.intake.catalog.loose import loose_sections
from govsite.intake.catalog.rows import Section
from govsite.intake.catalog.tokens import Token
from govsite.intake.material import Grid, Material, Paragraph
from govsite.intake.notes import Note
from govsite.vocab.catalog_table import catalog_table
from govsite.vocab.terms import domains

_NUMBERED = re.compile(r"^[（(][一二三四五六七八九十]+[）)]|^附件\s*\d*[:：]?|^\d+[、.．]\s*")
_AREA = re.compile(r"([\u3400-\u9fff]{2,20})领域")


@dataclass(slots=True)
class Domain:
    """A domain that was found. id: of the vocabulary, `""` for a domain it does not know; title: as printed."""

    id: str
    label: str
    title: str
    items: list[Item] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def domains_of(material: Material, *, clean: bool = False, domain: str = "") -> list[Domain]:
    """Domains of a file in order; sections about the same one are put together.

    domain: what it is about, where the file does not say so.
    """
    found: dict[str, Domain] = {}
    for section in _sections(material):
        identity, label = _domain_of(section.title, domain or material.name)
        items, notes = items_of(section, clean=clean)
        home = found.setdefault(identity or label, Domain(identity, label, _title(section.title)))
        home.items += items
        home.notes += notes
    return [one for one in found.values() if one.items or one.notes]


def _sections(material: Material) -> list[Section]:
    sections: list[Section] = []
    title = ""
    loose: list[str] = []
    grids = [block for block in material.blocks if isinstance(block, Grid)]
    for block in material.blocks:
        if isinstance(block, Paragraph):
            text = "".join(block.text.split())
            if len(text) <= 80 and catalog_table().title.search(simplified(without_pinyin(text))):
                title = text
            loose.append(block.text)
        elif isinstance(block, Grid):
            own = sections_of(block, title or _sheet_title(block.name))
            sections += own or _cards(block, title or block.name)
    if grids:
        return sections
    text = material.text or "\n".join(loose)
    return loose_sections(text)


def _sheet_title(name: str) -> str:
    return name if _domain_of(name, "")[0] else ""


def _cards(grid: Grid, title: str) -> list[Section]:
    """A grid without a header row may be a card."""
    tokens = [Token(cell.text, cell.row) for row in grid.rows() for cell in row]
    card = card_row(tokens)
    if card is None:
        return []
    row, columns = card
    return [Section(title, columns, (row,), (), grid.place, is_exact=False)]


def _title(title: str) -> str:
    return _NUMBERED.sub("", "".join(title.split()))


def _domain_of(title: str, other: str) -> tuple[str, str]:
    """Id and label of the domain that a title, else a file's name, speaks of; `("", words)` for one nobody knows."""
    for text in (title, other):
        words = simplified(without_pinyin("".join(text.split())))
        known = [
            (len(word), record.term)
            for record in domains().values()
            for word in (record.term.label, *record.term.aliases)
            if word in words
        ]
        if known:
            term = max(known, key=lambda pair: pair[0])[1]
            return term.id, term.label
    match = _AREA.search(simplified(without_pinyin("".join(title.split()))))
    return "", match[1] if match else ""


def drop_repeated(items: Sequence[Item]) -> list[Item]:
    """Items without those that stand twice with the same levels and number (a table printed page by page)."""
    seen: set[tuple[str, ...]] = set()
    kept = []
    for item in items:
        key = (*item.names, item.text("no"), item.text("deadline"))
        if key not in seen or not any(item.names):
            seen.add(key)
            kept.append(item)
    return kept
