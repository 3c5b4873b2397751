"""The parts that hold no lists and no texts: directory, cards, readings, the manifest. A function of the memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govsite.hanzi.fold import fold, simplified_pairs
from govsite.hanzi.pinyin import default_reading, syllables
from govsite.index.cards import CardTable
from govsite.index.codes import encode_list, round_scale
from govsite.index.grams import cut_pages, write_page
from govsite.index.parts import make_part
from govsite.index.rank import ANSWER_KIND

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govsite.index.labels import IndexLabels
    from govsite.index.memory import Memory

__all__ = ["write_front"]


def write_front(memory: Memory, labels: IndexLabels) -> Iterator[tuple[str, bytes]]:
    """Yield (path, content), the manifest last."""
    pages: list[str] = []
    for page in cut_pages(memory.main):
        pages.append(page[0])
        yield write_page(page)
    cards = CardTable({slot: held.facets for slot, held in memory.documents.items()})
    yield from cards.write_parts()
    yield make_part("pinyin", [" ".join(syllables()), _write_readings(memory.named)])
    yield make_part("simplified", list(simplified_pairs()))
    yield make_part("manifest", _describe(memory, labels, cards, pages))


def _write_readings(named: Iterable[str]) -> str:
    """Write the commonest syllable of every character of titles and keywords: `an安案 ban办 …`."""
    groups: dict[str, str] = {}
    for char in sorted(named):
        if syllable := default_reading(char):
            groups[syllable] = groups.get(syllable, "") + char
    return " ".join(syllable + groups[syllable] for syllable in sorted(groups))


def _describe(memory: Memory, labels: IndexLabels, cards: CardTable, pages: list[str]) -> dict[str, object]:
    scale = round_scale(memory.slot_count)
    documents = memory.documents.items()
    withdrawn = [(slot, 0) for slot, held in documents if not held.in_force]
    answers = [(slot, 0) for slot, held in documents if held.facets[0] == ANSWER_KIND]
    groups = ([fold(word) for word in group] for group in labels.synonyms)
    return {
        "documents": len(memory.documents),
        "scale": scale,
        "common": " ".join(memory.common),
        "everywhere": memory.everywhere,
        "withdrawn": encode_list(withdrawn, scale),
        "answers": encode_list(answers, scale),
        "facets": cards.describe(labels),
        "synonyms": [group for group in groups if all(group) and len(group) > 1],
        "years": memory.years,
        "pages": " ".join(pages),
        "newest": [
            memory.border,
            round_scale(memory.slot_count - min(memory.border, memory.slot_count)),
            " ".join(memory.newest),
        ],
    }
