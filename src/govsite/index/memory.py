"""What a build remembers of its search index, so that the next one may change it instead of making it anew.

Together with the parts themselves it is all that `revise` reads; a function of the records and labels like every part.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from govsite.hanzi.pinyin import syllables
from govsite.index.parts import FORMAT_VERSION

if TYPE_CHECKING:
    from govsite.index.labels import IndexLabels

__all__ = ["Held", "Memory", "read_memory", "write_memory"]

_VERSION: Final = 1


class Held(NamedTuple):
    """A document of the index. facets: ids in the order of `cards.FACETS`; pieces: how many a long text has."""

    key: str
    published: str
    in_force: bool
    facets: tuple[str, ...]
    pieces: int


@dataclass(slots=True)
class Memory:
    """An index without its lists and texts.

    documents: by slot, ascending. border, slot_count, years: see `slots`. main, newest: first grams of the parts of
    each family. common, everywhere: see `postings.GramLists`. seen: how often each character occurs; named: how many
    titles, keywords and columns have it. silent: keys of records in which nothing can be found.
    """

    documents: dict[int, Held]
    slot_count: int
    border: int
    years: list[tuple[int, int]]
    main: list[str] = field(default_factory=list)
    newest: list[str] = field(default_factory=list)
    common: tuple[str, ...] = ()
    everywhere: str = ""
    seen: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)
    silent: list[str] = field(default_factory=list)

    def copy(self) -> Memory:
        """Return a memory that can be changed alone."""
        return replace(
            self,
            documents=dict(self.documents),
            seen=Counter(self.seen),
            named=Counter(self.named),
            silent=list(self.silent),
        )


def _head(labels: IndexLabels) -> list[object]:
    names = {name: value if name == "synonyms" else dict(value) for name, value in asdict(labels).items()}
    written = json.dumps([names, syllables()], ensure_ascii=False, sort_keys=True)
    digest = blake2b(written.encode("utf-8", "replace"), digest_size=16).hexdigest()
    return [_VERSION, FORMAT_VERSION, digest]


def write_memory(memory: Memory, labels: IndexLabels) -> bytes:
    """Return JSON; the same for the same records and labels."""
    whole = [
        _head(labels),
        [[slot, *held] for slot, held in sorted(memory.documents.items())],
        memory.slot_count,
        memory.border,
        memory.years,
        memory.main,
        memory.newest,
        memory.common,
        memory.everywhere,
        sorted((char, count) for char, count in memory.seen.items() if count),
        sorted((char, count) for char, count in memory.named.items() if count),
        sorted(memory.silent),
    ]
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def read_memory(written: bytes, labels: IndexLabels) -> Memory | None:
    """Return a memory, None for one of other labels or of another version. Raises ValueError for what is none."""
    whole: list[Any] = json.loads(written)
    if whole[0] != _head(labels):
        return None
    _, documents, slot_count, border, years, main, newest, common, everywhere, seen, named, silent = whole
    held = {
        slot: Held(key, published, in_force, tuple(facets), pieces)
        for slot, key, published, in_force, facets, pieces in documents
    }
    return Memory(
        held,
        slot_count,
        border,
        [(year, first) for year, first in years],
        main,
        newest,
        tuple(common),
        everywhere,
        Counter(dict(seen)),
        Counter(dict(named)),
        silent,
    )
