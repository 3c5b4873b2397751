"""Posting lists (倒排表): which documents contain each gram, over numpy arrays.

A gram is two neighbouring characters of folded text; three where both pairs inside are common; one where a line ends,
or everywhere for a character whose pairs fill too many parts. A posting is a slot and a class: 3 title, 2 keywords,
1 several times, 0 once.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from govsite.index.codes import round_scale
from govsite.index.corpus import CLASS_BITS
from govsite.index.extract import WHOLE_END
from govsite.index.packing import encode_lists
from govsite.index.thresholds import is_common, is_everywhere

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from govsite.index.corpus import Corpus, Ranks

    Ints: TypeAlias = NDArray[np.int64]
    Keys: TypeAlias = NDArray[np.uint64]

__all__ = ["Entries", "GramLists", "list_grams", "walk_pairs"]

_SWEEP: Final = 700_000
_MOST_SWEEPS: Final = 20
"""Characters sorted at a time, which bounds the memory of the sort; each sweep looks over the whole text."""


@dataclass(frozen=True, slots=True)
class Entries:
    """Grams in code-point order with their written lists.

    code_points: three columns, 0 where a gram is shorter. starts, sizes: where each list stands in `blob`, which keeps
    the order in which lists were made.
    """

    code_points: Ints
    starts: Ints
    sizes: Ints
    blob: bytes

    def grams(self) -> list[str]:
        """Return the grams."""
        found: list[str] = self.code_points.astype("<u4").view("<U3").ravel().tolist()
        return found

    def lists(self) -> list[str]:
        """Return the lists, in the order of the grams."""
        blob = self.blob.decode("ascii")
        ends = (self.starts + self.sizes).tolist()
        return [blob[begin:end] for begin, end in zip(self.starts.tolist(), ends, strict=True)]

    def costs(self) -> list[int]:
        """Return what each gram with its list counts for where parts are cut."""
        counted: list[int] = (self.sizes + 3 * (self.code_points > 0).sum(axis=1)).tolist()
        return counted


@dataclass(frozen=True, slots=True)
class GramLists:
    """main: lists of slots below the border; newest: of the others, counted from the border and written with
    a scale of their own. common: common pairs, among all documents; everywhere: characters with a full list; seen: how
    often each character occurs.
    """

    main: Entries
    newest: Entries
    common: tuple[str, ...]
    everywhere: str
    seen: Counter[str]


def list_grams(corpus: Corpus, slots: Sequence[int], slot_count: int, border: int) -> GramLists:
    """Return all lists. slots: of the documents in the order they were added; border: see `slots.find_border`."""
    return _Sweep(corpus, slots, slot_count).run(border)


def walk_pairs(
    corpus: Corpus, numbers: Sequence[int]
) -> tuple[str, Iterator[tuple[str, list[int], list[int]]]]:
    """Return (characters with a list of their own, (gram, documents, classes) in code-point order, no triples).

    numbers: of the documents in the order they were added; what the lists name them by.
    """
    sweep = _Sweep(corpus, numbers, max(numbers, default=0) + 1)
    return sweep.everywhere(), sweep.walk()


@dataclass(slots=True)
class _Lists:
    """Lists of one sweep: gram keys ascending, lengths of the lists in characters, the lists."""

    keys: Keys
    sizes: Ints
    blob: bytes


@dataclass(slots=True)
class _Sorted:
    """Postings of one sweep: gram keys ascending, where each gram's postings begin, slots and classes of all."""

    keys: Keys
    firsts: Ints
    slots: Ints
    classes: NDArray[np.uint8]

    def counts(self) -> Ints:
        """Return how many postings each gram has."""
        return np.diff(self.firsts, append=len(self.slots))

    def split(self, border: int) -> tuple[_Sorted, _Sorted]:
        """Return (postings below the border, the others), each without the grams that have none left."""
        new = np.flatnonzero(self.slots >= border)
        owners = np.searchsorted(self.firsts, new, side="right") - 1
        counts = np.bincount(owners, minlength=len(self.keys))
        kept = np.ones(len(self.slots), dtype=np.bool_)
        kept[new] = False
        return self._only(kept, self.counts() - counts), self._only(new, counts)

    def _only(self, kept: NDArray[np.bool_] | Ints, counts: Ints) -> _Sorted:
        some = np.flatnonzero(counts)
        ends = np.cumsum(counts[some])
        return _Sorted(self.keys[some], ends - counts[some], self.slots[kept], self.classes[kept])


class _Sweep:
    """One pass over the corpus for pairs, one for triples, in stretches of first characters."""

    def __init__(self, corpus: Corpus, slots: Sequence[int], slot_count: int) -> None:
        self._corpus = corpus.number(slots)
        self._points, self._text = self._corpus.points, self._corpus.text
        self._count = len(slots)
        self._scale = round_scale(slot_count)
        self._slot_count = slot_count
        self._bits = len(self._points).bit_length()
        self._mark_bits = max(1, slot_count).bit_length() + CLASS_BITS
        self._silent = self._points == ord(WHOLE_END)
        self._everywhere = self._find_everywhere()

    def run(self, border: int) -> GramLists:
        newest_scale = round_scale(self._slot_count - border)
        main: list[_Lists] = []
        newest: list[_Lists] = []

        def write(found: _Sorted) -> None:
            if border >= self._slot_count:
                main.append(_write(found, 0, self._scale))
                return
            old, new = found.split(border)
            main.append(_write(old, 0, self._scale))
            newest.append(_write(new, border, newest_scale))

        common: list[Keys] = []
        for found in self._sweep_pairs():
            common.append(found.keys[self._are_common(found)])
            write(found)
        pairs = _join_keys(common)
        for found in self._sweep_triples(pairs):
            write(found)
        names = tuple("".join(map(chr, pair)) for pair in self._unpack(pairs)[:, :2].tolist())
        counted = zip(self._points.tolist(), self._corpus.counts.tolist(), strict=True)
        seen = Counter({chr(point): count for point, count in counted if count})
        return GramLists(self._order(main), self._order(newest), names, self.everywhere(), seen)

    def _order(self, lists: list[_Lists]) -> Entries:
        """Bring lists into code-point order."""
        keys = _join_keys([one.keys for one in lists])
        sizes = np.concatenate([np.zeros(0, dtype=np.int64), *(one.sizes for one in lists)])
        order = np.argsort(keys, kind="stable")
        starts = np.cumsum(sizes) - sizes
        blob = b"".join(one.blob for one in lists)
        return Entries(self._unpack(keys[order]), starts[order], sizes[order], blob)

    def walk(self) -> Iterator[tuple[str, list[int], list[int]]]:
        for found in self._sweep_pairs():
            points = self._unpack(found.keys).astype("<u4").view("<U3").ravel().tolist()
            slots, classes = found.slots.tolist(), found.classes.tolist()
            ends = [*found.firsts[1:].tolist(), len(slots)]
            for gram, begin, end in zip(points, found.firsts.tolist(), ends, strict=True):
                yield gram, slots[begin:end], classes[begin:end]

    def everywhere(self) -> str:
        """Return the characters that have a list of their own."""
        return "".join(chr(int(self._points[rank])) for rank in np.flatnonzero(self._everywhere))

    def _are_common(self, found: _Sorted) -> NDArray[np.bool_]:
        mask = (np.uint64(1) << np.uint64(self._bits)) - np.uint64(1)
        is_pair = (found.keys >> np.uint64(self._bits)) & mask > 0
        least = next(number for number in range(self._count + 25) if is_common(number, self._count))
        common: NDArray[np.bool_] = is_pair & (found.counts() >= least)
        return common

    def _find_everywhere(self) -> NDArray[np.bool_]:
        """Find characters that follow in so many pairs that a list of their own is shorter to load.

        Occurrences stand for postings: counted once, without a sort.
        """
        least = next(number for number in range(6 * self._count + 601) if is_everywhere(number, self._count))
        found: NDArray[np.bool_] = self._corpus.counts >= least
        found[0] = False
        found[self._silent] = False
        found[: int(np.searchsorted(self._points, 0x80))] = False
        return found

    def _stretches(self, mask: NDArray[np.bool_] | None = None) -> Iterator[Ints]:
        """Yield positions in the text, ordered, in stretches of first characters of bounded size."""
        counts = self._corpus.counts
        if mask is not None:
            counts = np.bincount(self._text[mask], minlength=len(self._points))
        totals = np.cumsum(counts[1:])
        sweep = max(_SWEEP, int(totals[-1]) // _MOST_SWEEPS) if len(totals) else _SWEEP
        first = 1
        while first < len(self._points):
            done = int(totals[first - 2]) if first > 1 else 0
            last = max(first + 1, int(np.searchsorted(totals, done + sweep)) + 1)
            inside = self._text >= first
            inside &= self._text < last
            if mask is not None:
                inside &= mask
            yield np.flatnonzero(inside)
            first = last

    def _sweep_pairs(self) -> Iterator[_Sorted]:
        closing = ~self._silent
        for positions in self._stretches():
            heads, tails = self._text[positions], self._text[positions + 1]
            marks = self._corpus.marks_at(positions)
            is_pair = tails > 0
            is_single = self._everywhere[heads]
            is_single |= ~is_pair & closing[heads]
            pairs = self._pack(heads[is_pair], tails[is_pair])
            singles = self._pack(heads[is_single])
            yield self._sort(
                np.concatenate([pairs, singles]), np.concatenate([marks[is_pair], marks[is_single]])
            )

    def _sweep_triples(self, common: Keys) -> Iterator[_Sorted]:
        """Positions where a common pair begins and the next place begins another."""
        if not len(common):
            return
        heads, tails = self._unpack_ranks(common)
        starts = self._common_starts(heads, tails)
        mask = starts.copy()
        mask[:-1] &= starts[1:]
        mask[-1] = False
        for positions in self._stretches(mask):
            parts = (self._text[positions + offset] for offset in range(3))
            yield self._sort(self._pack(*parts), self._corpus.marks_at(positions))

    def _common_starts(self, heads: Ints, tails: Ints) -> NDArray[np.bool_]:
        """Return where in the text a common pair begins, by a small table over the characters of common pairs."""
        members = np.unique(np.concatenate([heads, tails]))
        small = np.zeros(len(self._points), dtype=np.uint16)
        small[members] = np.arange(1, len(members) + 1)
        table = np.zeros((len(members) + 1, len(members) + 1), dtype=np.bool_)
        table[small[heads], small[tails]] = True
        starts = np.zeros(len(self._text), dtype=np.bool_)
        for begin in range(0, len(self._text) - 1, _SWEEP):
            ranks = small[self._text[begin : begin + _SWEEP + 1]]
            starts[begin : begin + len(ranks) - 1] = table[ranks[:-1], ranks[1:]]
        return starts

    def _pack(self, head: Ranks, tail: Ranks | None = None, third: Ranks | None = None) -> Keys:
        bits = np.uint64(self._bits)
        keys = head.astype(np.uint64)
        keys <<= bits
        if tail is not None:
            keys |= tail
        keys <<= bits
        if third is not None:
            keys |= third
        return keys

    def _unpack_ranks(self, keys: Keys) -> tuple[Ints, Ints]:
        mask = (1 << self._bits) - 1
        whole = keys.astype(np.int64)
        return whole >> 2 * self._bits, (whole >> self._bits) & mask

    def _unpack(self, keys: Keys) -> Ints:
        mask = (1 << self._bits) - 1
        whole = keys.astype(np.int64)
        return np.stack([self._points[(whole >> place * self._bits) & mask] for place in (2, 1, 0)], axis=1)

    def _sort(self, keys: Keys, marks: Keys) -> _Sorted:
        """Sort (gram, slot, class) and keep each gram and slot once, with its best class.

        Keys relative to the smallest leave room for slots: grams of one stretch span few first characters.
        """
        least = keys.min() if len(keys) else np.uint64(0)
        grams: Keys | None = None
        if len(keys) and int(keys.max() - least).bit_length() + self._mark_bits > 64:
            grams, places = np.unique(keys, return_inverse=True)
            keys = places.astype(np.uint64)
        else:
            keys -= least
        keys <<= np.uint64(self._mark_bits)
        keys |= marks
        keys.sort()
        ends = np.ones(len(keys), dtype=np.bool_)
        np.greater(keys[1:] ^ keys[:-1], np.uint64((1 << CLASS_BITS) - 1), out=ends[:-1])
        last = np.flatnonzero(ends)
        kept = keys[last]
        classes = kept.astype(np.uint8)
        classes &= (1 << CLASS_BITS) - 1
        again = last > 0
        again &= ~ends[last - 1]
        classes[again & (classes == 0)] = 1
        gram = kept >> np.uint64(self._mark_bits)
        is_first = np.ones(len(gram), dtype=np.bool_)
        np.not_equal(gram[1:], gram[:-1], out=is_first[1:])
        firsts = np.flatnonzero(is_first)
        names = gram[firsts] + least if grams is None else grams[gram[firsts].astype(np.int64)]
        kept >>= np.uint64(CLASS_BITS)
        kept &= np.uint64((1 << (self._mark_bits - CLASS_BITS)) - 1)
        return _Sorted(names, firsts, kept.view(np.int64), classes)


def _write(found: _Sorted, border: int, scale: int) -> _Lists:
    """Write lists of slots counted from the border."""
    blob, sizes = encode_lists(
        found.slots - border if border else found.slots, found.classes, found.firsts, scale
    )
    return _Lists(found.keys, sizes, blob)


def _join_keys(arrays: list[Keys]) -> Keys:
    return np.concatenate([*arrays, np.zeros(0, dtype=np.uint64)])
