"""Posting lists (倒排表): which documents contain each gram, over numpy arrays; the only door to numpy.

A gram is two neighbouring characters of folded text; three where both pairs inside are common; one where a line ends,
or everywhere for a character whose pairs fill too many parts. A posting is a slot and a class: 3 title, 2 keywords,
1 several times, 0 once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from govsite.index.codes import encode_lists, round_scale
from govsite.index.extract import WHOLE_END

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    Ints: TypeAlias = NDArray[np.int64]
    Keys: TypeAlias = NDArray[np.uint64]

__all__ = ["Corpus", "Entries", "GramLists", "is_common", "is_everywhere"]

_SWEEP: Final = 1_500_000
"""Characters sorted at a time: bounds the memory of the sort."""

_CLASS_BITS: Final = 2
_FIELD_CLASSES: Final = (3, 2, 0)


def is_common(found_in: int, documents: int) -> bool:
    """Tell whether a pair found in so many documents is common: triples are listed where both their pairs are."""
    return found_in >= max(24, _round(documents) // 5)


def is_everywhere(postings: int, documents: int) -> bool:
    """Tell whether a character whose pairs have so many postings together gets a list of its own."""
    return postings >= max(600, 6 * _round(documents))


def _round(documents: int) -> int:
    """Keep four significant bits: a document that comes moves no threshold as a rule."""
    return documents >> max(0, documents.bit_length() - 4) << max(0, documents.bit_length() - 4)


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

    def entries(self) -> Iterator[tuple[str, str]]:
        """Yield (gram, list) in code-point order."""
        grams: list[str] = self.code_points.astype("<u4").view("<U3").ravel().tolist()
        text = self.blob.decode("ascii")
        ends = (self.starts + self.sizes).tolist()
        for gram, begin, end in zip(grams, self.starts.tolist(), ends, strict=True):
            yield gram, text[begin:end]


@dataclass(frozen=True, slots=True)
class GramLists:
    """main: lists of slots below the border; newest: of the others, counted from the border and written with
    `newest_scale`. common: common pairs, among all documents; everywhere: characters with a full list.
    """

    main: Entries
    newest: Entries
    newest_scale: int
    common: tuple[str, ...]
    everywhere: str


class Corpus:
    """The folded text of all documents as one array of character numbers, two bytes a character as a rule."""

    def __init__(self) -> None:
        self._numbers = np.zeros(0x110000, dtype=np.uint32)
        self._code_points: list[int] = [0]
        self._texts: list[NDArray[np.unsignedinteger]] = []
        self._lengths: list[int] = []

    def add(self, documents: Iterable[tuple[str, tuple[int, int, int]]]) -> None:
        """Append (folded text, lengths of its three fields) of some documents, each field with a line end behind."""
        texts: list[str] = []
        for folded, lengths in documents:
            texts.append(folded)
            self._lengths += lengths
        points = np.frombuffer("".join(texts).encode("utf-32-le"), dtype=np.uint32)
        numbers = self._numbers[points]
        for point in np.unique(points[(numbers == 0) & (points != 10)]).tolist():
            self._numbers[point] = len(self._code_points)
            self._code_points.append(point)
        numbers = self._numbers[points]
        self._texts.append(numbers.astype(np.uint16 if len(self._code_points) <= 0xFFFF else np.uint32))

    def list_grams(self, slots: Sequence[int], slot_count: int, border: int) -> GramLists:
        """Return all lists. slots: of the documents in the order they were added; border: see `slots.find_border`."""
        return _Sweep(self, slots, slot_count).run(border)

    def walk_pairs(self, numbers: Sequence[int]) -> tuple[str, Iterator[tuple[str, list[int], list[int]]]]:
        """Return (characters with a list of their own, (gram, documents, classes) in code-point order, no triples).

        numbers: of the documents in the order they were added; what the lists name them by.
        """
        sweep = _Sweep(self, numbers, max(numbers, default=0) + 1)
        return sweep.everywhere(), sweep.walk()

    def ranked(self) -> tuple[Ints, NDArray[np.uint32]]:
        """Return (code point by rank, rank of every character of all texts), ranks in code-point order from 1."""
        points = np.array(sorted(self._code_points), dtype=np.int64)
        ranks = np.zeros(len(points), dtype=np.uint32)
        ranks[self._numbers[points[1:]]] = np.arange(1, len(points))
        texts = [ranks[text] for text in self._texts] or [np.zeros(0, dtype=np.uint32)]
        return points, np.concatenate([*texts, np.zeros(2, dtype=np.uint32)])

    def fields(self, slots: Sequence[int]) -> tuple[Ints, Keys]:
        """Return (where each field ends, slot and class of each field in one number)."""
        slot_of = np.repeat(np.asarray(slots, dtype=np.uint64), len(_FIELD_CLASSES))
        class_of = np.tile(np.array(_FIELD_CLASSES, dtype=np.uint64), len(slots))
        return np.cumsum(np.array(self._lengths, dtype=np.int64)), slot_of << np.uint64(
            _CLASS_BITS
        ) | class_of


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
    classes: Ints

    def only(self, kept: NDArray[np.bool_]) -> _Sorted:
        """Return some of the postings, without the grams that have none left."""
        owners = np.repeat(np.arange(len(self.firsts)), np.diff(self.firsts, append=len(self.slots)))[kept]
        firsts = np.flatnonzero(np.diff(owners, prepend=-1))
        return _Sorted(self.keys[owners[firsts]], firsts, self.slots[kept], self.classes[kept])


class _Sweep:
    """One pass over the corpus for pairs, one for triples, in stretches of first characters."""

    def __init__(self, corpus: Corpus, slots: Sequence[int], slot_count: int) -> None:
        self._points, self._text = corpus.ranked()
        self._ends, self._marks = corpus.fields(slots)
        self._count = len(slots)
        self._scale = round_scale(slot_count)
        self._slot_count = slot_count
        self._bits = len(self._points).bit_length()
        self._mark_bits = max(1, slot_count).bit_length() + _CLASS_BITS
        self._silent = self._points == ord(WHOLE_END)

    def run(self, border: int) -> GramLists:
        everywhere = self._find_everywhere()
        newest_scale = round_scale(self._slot_count - border)
        main: list[_Lists] = []
        newest: list[_Lists] = []

        def write(found: _Sorted) -> None:
            is_new = found.slots >= border
            main.append(_write(found.only(~is_new), 0, self._scale))
            newest.append(_write(found.only(is_new), border, newest_scale))

        common: list[Keys] = []
        for found in self._sweep_pairs(everywhere):
            common.append(found.keys[self._are_common(found)])
            write(found)
        pairs = _join_keys(common)
        for found in self._sweep_triples(pairs):
            write(found)
        names = tuple("".join(map(chr, pair)) for pair in self._unpack(pairs)[:, :2].tolist())
        return GramLists(self._order(main), self._order(newest), newest_scale, names, self.everywhere())

    def _order(self, lists: list[_Lists]) -> Entries:
        """Bring lists into code-point order."""
        keys = _join_keys([one.keys for one in lists])
        sizes = _join_ints([one.sizes for one in lists])
        order = np.argsort(keys, kind="stable")
        starts = np.cumsum(sizes) - sizes
        blob = b"".join(one.blob for one in lists)
        return Entries(self._unpack(keys[order]), starts[order], sizes[order], blob)

    def walk(self) -> Iterator[tuple[str, list[int], list[int]]]:
        for found in self._sweep_pairs(self._find_everywhere()):
            points = self._unpack(found.keys).astype("<u4").view("<U3").ravel().tolist()
            slots, classes = found.slots.tolist(), found.classes.tolist()
            ends = [*found.firsts[1:].tolist(), len(slots)]
            for gram, begin, end in zip(points, found.firsts.tolist(), ends, strict=True):
                yield gram, slots[begin:end], classes[begin:end]

    def everywhere(self) -> str:
        """Return the characters that have a list of their own."""
        return "".join(chr(int(self._points[rank])) for rank in np.flatnonzero(self._find_everywhere()))

    def _are_common(self, found: _Sorted) -> NDArray[np.bool_]:
        mask = (np.uint64(1) << np.uint64(self._bits)) - np.uint64(1)
        is_pair = (found.keys >> np.uint64(self._bits)) & mask > 0
        least = next(number for number in range(self._count + 25) if is_common(number, self._count))
        common: NDArray[np.bool_] = is_pair & (np.diff(found.firsts, append=len(found.slots)) >= least)
        return common

    def _find_everywhere(self) -> NDArray[np.bool_]:
        """Find characters that follow in so many pairs that a list of their own is shorter to load.

        Occurrences stand for postings: counted once, without a sort.
        """
        seen = np.bincount(self._text, minlength=len(self._points))
        least = next(number for number in range(6 * self._count + 601) if is_everywhere(number, self._count))
        found: NDArray[np.bool_] = seen >= least
        found[0] = False
        found[self._silent] = False
        found[: int(np.searchsorted(self._points, 0x80))] = False
        return found

    def _stretches(self, mask: NDArray[np.bool_] | None = None) -> Iterator[Ints]:
        """Yield positions in the text, ordered, in stretches of first characters of bounded size."""
        chosen = self._text if mask is None else self._text[mask]
        totals = np.cumsum(np.bincount(chosen, minlength=len(self._points))[1:])
        sweep = max(_SWEEP, int(totals[-1]) // 32) if len(totals) else _SWEEP
        first = 1
        while first < len(self._points):
            done = int(totals[first - 2]) if first > 1 else 0
            last = max(first + 1, int(np.searchsorted(totals, done + sweep)) + 1)
            inside = (self._text >= first) & (self._text < last)
            yield np.flatnonzero(inside if mask is None else inside & mask)
            first = last

    def _marks_at(self, positions: Ints) -> Keys:
        return self._marks[np.searchsorted(self._ends, positions, side="right")]

    def _sweep_pairs(self, everywhere: NDArray[np.bool_]) -> Iterator[_Sorted]:
        alone = ~self._silent
        for positions in self._stretches():
            head, tail = self._text[positions], self._text[positions + 1]
            single = everywhere[head] | ((tail == 0) & alone[head])
            keys = self._pack(head[tail > 0], tail[tail > 0], None)
            chosen = np.concatenate([positions[tail > 0], positions[single]])
            yield self._sort(np.concatenate([keys, self._pack(head[single], None, None)]), chosen)

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
            yield self._sort(self._pack(*parts), positions)

    def _common_starts(self, heads: Ints, tails: Ints) -> NDArray[np.bool_]:
        """Return where in the text a common pair begins, by a small table over the characters of common pairs."""
        members = np.unique(np.concatenate([heads, tails]))
        small = np.zeros(len(self._points), dtype=np.int32)
        small[members] = np.arange(1, len(members) + 1)
        table = np.zeros((len(members) + 1, len(members) + 1), dtype=np.bool_)
        table[small[heads], small[tails]] = True
        starts = np.zeros(len(self._text), dtype=np.bool_)
        for begin in range(0, len(self._text) - 1, _SWEEP):
            ranks = small[self._text[begin : begin + _SWEEP + 1]]
            starts[begin : begin + len(ranks) - 1] = table[ranks[:-1], ranks[1:]]
        return starts

    def _pack(
        self, head: NDArray[np.uint32], tail: NDArray[np.uint32] | None, third: NDArray[np.uint32] | None
    ) -> Keys:
        bits = np.uint64(self._bits)
        keys = head.astype(np.uint64) << bits
        keys = (keys | tail if tail is not None else keys) << bits
        return keys | third if third is not None else keys

    def _unpack_ranks(self, keys: Keys) -> tuple[Ints, Ints]:
        mask = (1 << self._bits) - 1
        whole = keys.astype(np.int64)
        return whole >> 2 * self._bits, (whole >> self._bits) & mask

    def _unpack(self, keys: Keys) -> Ints:
        mask = (1 << self._bits) - 1
        whole = keys.astype(np.int64)
        return np.stack([self._points[(whole >> place * self._bits) & mask] for place in (2, 1, 0)], axis=1)

    def _sort(self, keys: Keys, positions: Ints) -> _Sorted:
        """Sort (gram, slot, class) and keep each gram and slot once, with its best class.

        Keys relative to the smallest leave room for slots: grams of one stretch span few first characters.
        """
        least = keys.min() if len(keys) else np.uint64(0)
        span = keys - least
        grams: Keys | None = None
        if len(span) and int(span.max()).bit_length() + self._mark_bits > 64:
            grams, places = np.unique(keys, return_inverse=True)
            span = places.astype(np.uint64)
        span = span << np.uint64(self._mark_bits) | self._marks_at(positions)
        span.sort()
        last = np.flatnonzero(np.diff(span >> np.uint64(_CLASS_BITS), append=np.uint64(2**64 - 1)))
        times = np.diff(last, prepend=-1)
        kept = span[last]
        classes = (kept & np.uint64(3)).astype(np.int64)
        classes[(classes == 0) & (times > 1)] = 1
        slot_mask = np.uint64((1 << (self._mark_bits - _CLASS_BITS)) - 1)
        slots = (kept >> np.uint64(_CLASS_BITS) & slot_mask).astype(np.int64)
        gram = kept >> np.uint64(self._mark_bits)
        firsts = np.flatnonzero(np.diff(gram, prepend=np.uint64(2**64 - 1)))
        names = gram[firsts] + least if grams is None else grams[gram[firsts].astype(np.int64)]
        return _Sorted(names, firsts, slots, classes)


def _write(found: _Sorted, border: int, scale: int) -> _Lists:
    """Write lists of slots counted from the border."""
    gaps = np.diff(found.slots, prepend=-1) - 1
    gaps[found.firsts] = found.slots[found.firsts] - border
    blob, sizes = encode_lists(gaps, found.classes, found.firsts, scale)
    return _Lists(found.keys, sizes, blob)


def _join_keys(arrays: list[Keys]) -> Keys:
    return np.concatenate([*arrays, np.zeros(0, dtype=np.uint64)])


def _join_ints(arrays: list[Ints]) -> Ints:
    return np.concatenate([*arrays, np.zeros(0, dtype=np.int64)])
