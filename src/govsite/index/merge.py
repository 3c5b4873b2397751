"""The reduce: chunks in any order and size → the parts of the index, one at a time.

Incremental equals clean: every part is a function of the set of records and the labels. Texts wait in a temporary
file; what stays in memory is two bytes a character of folded text, the lists, and some fields of each document.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Final
from weakref import finalize

from govsite.frozen import dataclass
from govsite.index.corpus import Corpus
from govsite.index.extract import read_chunk
from govsite.index.front import write_front
from govsite.index.grams import MAIN, NEWEST, cut_parts, write_gram_part
from govsite.index.memory import Held, Memory, write_memory
from govsite.index.parts import make_part, name_piece, name_text_part, write_text_part
from govsite.index.postings import list_grams
from govsite.index.slots import assign_slots, find_border

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from govsite.index.extract import Extract
    from govsite.index.labels import IndexLabels

__all__ = ["Merged", "merge"]

_IN_MEMORY: Final = 32_000_000
"""Bytes of text kept in memory before they go to a temporary file."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A search index ready to be written.

    documents: how many. unsearchable: keys of records in which nothing can be found, sorted: a problem to report.
    parts: (path under `search/`, content) in a fixed order, the manifest last; can be walked once. memory: returns what
    `revise` needs to change this index, once all parts have been walked.
    """

    documents: int
    unsearchable: tuple[str, ...]
    parts: Iterator[tuple[str, bytes]]
    memory: Callable[[], bytes]


def merge(chunks: Iterable[bytes], labels: IndexLabels) -> Merged:
    """Read all chunks of `extract` and return the index. `labels` must be those given to `extract`.

    Raises ValueError for a key that comes twice.
    """
    reduction = _Reduction()
    for chunk in chunks:
        reduction.read(chunk)
    memory = reduction.place()
    return Merged(
        len(memory.documents),
        tuple(sorted(memory.silent)),
        reduction.write(memory, labels),
        partial(write_memory, memory, labels),
    )


class _Reduction:
    def __init__(self) -> None:
        self._corpus = Corpus()
        self._spool = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (closed with the last part)
        finalize(self, self._spool.close)  # or when nobody walks the parts
        self._spooled = 0
        self._named: Counter[str] = Counter()
        self._strings: dict[str, str] = {}
        self._silent: list[str] = []
        self._documents: list[Held] = []
        self._texts: list[tuple[int, list[int]]] = []
        self._slots: list[int] = []

    def read(self, chunk: bytes) -> None:
        extracts = list(read_chunk(chunk))
        self._corpus.add((one.folded, one.lengths) for one in extracts)
        for one in extracts:
            self._keep(one)
            self._named.update(one.named)
            if not one.has_terms:
                self._silent.append(one.key)

    def _keep(self, one: Extract) -> None:
        facets = tuple([self._strings.setdefault(facet, facet) for facet in one.facets])
        self._documents.append(Held(one.key, one.published, one.in_force, facets, len(one.pieces)))
        sizes = [self._spool.write(text) for text in (one.entry, *one.pieces)]
        self._texts.append((self._spooled, sizes))
        self._spooled += sum(sizes)

    def place(self) -> Memory:
        """Give every document its slot."""
        dated = [(one.key, one.published) for one in self._documents]
        self._slots, slot_count, years = assign_slots(dated)
        border = find_border(dated, self._slots)
        by_slot = dict(sorted(zip(self._slots, self._documents, strict=True)))
        return Memory(by_slot, slot_count, border, years, named=self._named, silent=self._silent)

    def write(self, memory: Memory, labels: IndexLabels) -> Iterator[tuple[str, bytes]]:
        lists = list_grams(
            self._corpus, self._slots, memory.slot_count, min(memory.border, memory.slot_count)
        )
        memory.common, memory.everywhere, memory.seen = lists.common, lists.everywhere, lists.seen
        for family, entries, names in (
            (MAIN, lists.main, memory.main),
            (NEWEST, lists.newest, memory.newest),
        ):
            grams, written = entries.grams(), entries.lists()
            for part in cut_parts(grams, entries.costs(), family):
                names.append(grams[part.start])
                yield write_gram_part(grams[part], written[part], family)
        with self._spool:
            yield from self._write_texts()
        yield from write_front(memory, labels)

    def _write_texts(self) -> Iterator[tuple[str, bytes]]:
        name = ""
        held: list[tuple[int, bytes]] = []
        for slot, (at, sizes) in sorted(zip(self._slots, self._texts, strict=True)):
            if name_text_part(slot) != name:
                if held:
                    yield write_text_part(held)
                name, held = name_text_part(slot), []
            self._spool.seek(at)
            held.append((slot, self._spool.read(sizes[0])))
            for number, size in enumerate(sizes[1:]):
                yield make_part(name_piece(slot, number), self._spool.read(size))
        if held:
            yield write_text_part(held)
