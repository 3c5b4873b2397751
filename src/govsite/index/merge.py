"""The reduce: chunks in any order and size → the parts of the index, one at a time.

Incremental equals clean: every part is a function of the set of records and the labels. Texts wait in a temporary
file; what stays in memory is two bytes a character of folded text, the lists, and some fields of each document.
"""

from __future__ import annotations

from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Final
from weakref import finalize

from govsite.hanzi.fold import fold, simplified_pairs
from govsite.hanzi.pinyin import default_reading, syllables
from govsite.index.cards import CardTable
from govsite.index.codes import encode_list, round_scale
from govsite.index.corpus import Corpus
from govsite.index.extract import read_chunk
from govsite.index.grams import MAIN, NEWEST, cut_pages, cut_parts, write_gram_part, write_page
from govsite.index.parts import make_part
from govsite.index.postings import list_grams
from govsite.index.rank import ANSWER_KIND
from govsite.index.slots import assign_slots, find_border

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govsite.index.extract import Extract
    from govsite.index.labels import IndexLabels
    from govsite.index.postings import GramLists

__all__ = ["Merged", "merge", "name_text_part"]

_IN_MEMORY: Final = 32_000_000
"""Bytes of text kept in memory before they go to a temporary file."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A search index ready to be written.

    documents: how many. unsearchable: keys of records in which nothing can be found, sorted: a problem to report.
    parts: (path under `search/`, content) in a fixed order, the manifest last; can be walked once.
    """

    documents: int
    unsearchable: tuple[str, ...]
    parts: Iterator[tuple[str, bytes]]


def merge(chunks: Iterable[bytes], labels: IndexLabels) -> Merged:
    """Read all chunks of `extract` and return the index. `labels` must be those given to `extract`.

    Raises ValueError for a key that comes twice.
    """
    reduction = _Reduction(labels)
    for chunk in chunks:
        reduction.read(chunk)
    return Merged(len(reduction.documents), tuple(sorted(reduction.unsearchable)), reduction.write())


def name_text_part(slot: int) -> str:
    """Return the name of the part with the text of a slot; two slots share a part, 256 parts a folder."""
    number = slot // 2
    return f"t/{number // 256}/{number % 256}"


@dataclass(frozen=True, slots=True)
class _Document:
    key: str
    published: str
    in_force: bool
    kind: str
    facets: tuple[str, ...]
    at: int
    sizes: tuple[int, ...]


class _Reduction:
    def __init__(self, labels: IndexLabels) -> None:
        self._labels = labels
        self._corpus = Corpus()
        self._spool = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (closed with the last part)
        finalize(self, self._spool.close)  # or when nobody walks the parts
        self._spooled = 0
        self._read: set[str] = set()
        self._strings: dict[str, str] = {}
        self.documents: list[_Document] = []
        self.unsearchable: list[str] = []

    def read(self, chunk: bytes) -> None:
        extracts = list(read_chunk(chunk))
        self._corpus.add((one.folded, one.lengths) for one in extracts)
        for one in extracts:
            self.documents.append(self._keep(one))
            self._read.update(one.named)
            if not one.has_terms:
                self.unsearchable.append(one.key)

    def _keep(self, one: Extract) -> _Document:
        texts = [one.entry, *one.pieces]
        at = self._spooled
        self._spooled += self._spool.write(b"".join(texts))
        facets = tuple(self._strings.setdefault(facet, facet) for facet in one.facets)
        return _Document(one.key, one.published, one.in_force, facets[0], facets, at, tuple(map(len, texts)))

    def write(self) -> Iterator[tuple[str, bytes]]:
        dated = [(one.key, one.published) for one in self.documents]
        slots, slot_count, years = assign_slots(dated)
        border = find_border(dated, slots)
        by_slot = dict(sorted(zip(slots, self.documents, strict=True), key=lambda pair: pair[0]))
        lists = list_grams(self._corpus, slots, slot_count, min(border, slot_count))
        pages: list[str] = []
        firsts: list[str] = []
        newest: list[str] = []
        for family, entries, names in ((MAIN, lists.main, firsts), (NEWEST, lists.newest, newest)):
            grams, written = entries.grams(), entries.lists()
            for part in cut_parts(grams, entries.costs(), family):
                names.append(grams[part.start])
                yield write_gram_part(grams[part], written[part], family)
        for page in cut_pages(firsts):
            pages.append(page[0])
            yield write_page(page)
        with self._spool:
            yield from self._write_texts(by_slot)
        cards = CardTable({slot: one.facets for slot, one in by_slot.items()})
        yield from cards.write_parts()
        yield make_part("pinyin", [" ".join(syllables()), self._write_readings()])
        yield make_part("simplified", list(simplified_pairs()))
        described = self._describe(by_slot, round_scale(slot_count), lists, cards)
        described["years"] = years
        described["pages"] = " ".join(pages)
        described["newest"] = [border, lists.newest_scale, " ".join(newest)]
        yield make_part("manifest", described)

    def _write_texts(self, by_slot: dict[int, _Document]) -> Iterator[tuple[str, bytes]]:
        name = ""
        held: list[bytes] = []
        for slot, one in by_slot.items():
            if name_text_part(slot) != name:
                if held:
                    yield make_part(name, b"[%s]" % b",".join(held))
                name, held = name_text_part(slot), []
            self._spool.seek(one.at)
            held.append(b"%d,%s" % (slot, self._spool.read(one.sizes[0])))
            for number, size in enumerate(one.sizes[1:]):
                yield make_part(f"x/{slot}-{number}", self._spool.read(size))
        if held:
            yield make_part(name, b"[%s]" % b",".join(held))

    def _write_readings(self) -> str:
        """Write the commonest syllable of every character of titles and keywords: `an安案 ban办 …`."""
        groups: dict[str, str] = {}
        for char in sorted(self._read):
            if syllable := default_reading(char):
                groups[syllable] = groups.get(syllable, "") + char
        return " ".join(syllable + groups[syllable] for syllable in sorted(groups))

    def _describe(
        self,
        by_slot: dict[int, _Document],
        scale: int,
        lists: GramLists,
        cards: CardTable,
    ) -> dict[str, object]:
        withdrawn = [(slot, 0) for slot, one in by_slot.items() if not one.in_force]
        answers = [(slot, 0) for slot, one in by_slot.items() if one.kind == ANSWER_KIND]
        groups = ([fold(word) for word in group] for group in self._labels.synonyms)
        return {
            "documents": len(by_slot),
            "scale": scale,
            "common": " ".join(lists.common),
            "everywhere": lists.everywhere,
            "withdrawn": encode_list(withdrawn, scale),
            "answers": encode_list(answers, scale),
            "facets": cards.describe(self._labels),
            "synonyms": [group for group in groups if all(group) and len(group) > 1],
        }
