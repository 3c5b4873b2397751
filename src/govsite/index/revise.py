"""The index after some documents changed, from the parts there are: what `merge` would make, at the cost of the change.

Only the lists in which a changed document stands are read and written again, and only the parts that hold them. Where
more than lists would change — a pair becomes common, the newest documents begin elsewhere, many slots move — the answer
is None, and `merge` makes the whole index.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from govsite.frozen import dataclass
from govsite.index.cards import BLOCK
from govsite.index.codes import count_postings, decode_list, encode_list, round_scale
from govsite.index.extract import WHOLE_END, Extract, extract, read_chunk
from govsite.index.front import write_front
from govsite.index.grams import MAIN, NEWEST, cut_pages, cut_parts, find_list, parse_grams, write_gram_part
from govsite.index.memory import Held, Memory, read_memory, write_memory
from govsite.index.occurrences import count_characters, list_classes
from govsite.index.parts import (
    dump_json,
    make_part,
    name_gram,
    name_piece,
    name_text_part,
    read_part,
    write_text_part,
)
from govsite.index.rank import ENTRY_FIELDS
from govsite.index.slots import assign_slots, find_border
from govsite.index.thresholds import is_common, is_everywhere, round_documents
from govsite.model.search import AttachmentText, SearchRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from govsite.index.grams import Family
    from govsite.index.labels import IndexLabels

__all__ = ["Revised", "revise"]

_MOST_MOVED: Final = 64
"""Documents; when more change or move, `merge` is as quick."""


_FEW_PARTS: Final = 100
_PARTS_PER_DOCUMENT: Final = 0.1
"""To write one part again costs about what `merge` takes for ten documents."""

_PLAIN: Final = (
    "url",
    "title",
    "doc_no",
    "index_no",
    "kind",
    "column",
    "topic",
    "domain",
    "issuer",
    "published",
    "validity",
    "summary",
)


@dataclass(frozen=True, slots=True)
class Revised:
    """A changed index. documents, unsearchable, memory: as in `Merged`.

    written: content of every part that is new or differs, by path under `search/`, the manifest last; gone: paths of
    parts that are no longer there, sorted.
    """

    documents: int
    unsearchable: tuple[str, ...]
    written: dict[str, bytes]
    gone: tuple[str, ...]
    memory: bytes


def revise(
    memory: bytes,
    came: Iterable[bytes],
    gone: Iterable[str],
    labels: IndexLabels,
    read: Callable[[str], bytes],
) -> Revised | None:
    """Return the index after a change, or None where it has to be merged anew.

    memory: of the index there is, as `Merged` or `Revised` gave it. came: chunks of documents that are new or changed;
    unchanged ones among them do no harm. gone: keys of documents that are no longer there. read: returns the content of
    a part by its path under `search/`, exactly as it was written; what it raises for a missing one is passed on, but for
    OSError, KeyError and ValueError, which mean None.
    """
    try:
        known = read_memory(memory, labels)
        if known is None:
            return None
        return _Revision(known, labels, read).run(
            [one for chunk in came for one in read_chunk(chunk)], set(gone)
        )
    except (OSError, KeyError, ValueError, IndexError):
        return None


class _TooMuchError(ValueError):
    """More than lists would change."""


Changes = dict[str, dict[int, int | None]]
"""By gram, the class of each slot whose posting changes, None where it goes."""


class _Revision:
    def __init__(self, before: Memory, labels: IndexLabels, read: Callable[[str], bytes]) -> None:
        self._before = before
        self._after = before.copy()
        self._labels = labels
        self._read = read
        self._written: dict[str, bytes] = {}
        self._gone: set[str] = set()
        self._made: set[str] = set()

    def run(self, came: list[Extract], gone: set[str]) -> Revised:
        slot_of = {held.key: slot for slot, held in self._before.documents.items()}
        if not gone <= slot_of.keys():
            raise _TooMuchError
        new = {one.key: one for one in came if one.key not in slot_of or self._differs(slot_of[one.key], one)}
        gone -= new.keys()
        changed = {slot_of[key] for key in (gone | new.keys()) if key in slot_of}
        placed = self._place(slot_of, new, gone)
        moved = {slot for key, slot in slot_of.items() if placed.get(key, slot) != slot}
        if len(changed | moved) + len(new) > _MOST_MOVED:
            raise _TooMuchError
        old = {slot: self._former(slot) for slot in sorted(changed | moved)}
        now = {placed[key]: one for key, one in new.items()}
        now |= {placed[old[slot].key]: old[slot] for slot in moved - changed}
        self._replace_documents(old, now)
        self._revise_lists(old, now)
        self._revise_texts(old, now)
        self._revise_front()
        return Revised(
            len(self._after.documents),
            tuple(sorted(self._after.silent)),
            self._written,
            tuple(sorted(self._gone - self._made)),
            write_memory(self._after, self._labels),
        )

    def load(self, name: str) -> Any:
        """Return the payload of a part of the index there is."""
        return read_part(self._read(f"{name}.js"))[2]

    def emit(self, part: tuple[str, bytes], *, existed: bool) -> None:
        """Keep a part that is new or differs."""
        path, content = part
        self._made.add(path)
        if not existed or self._read(path) != content:
            self._written[path] = content

    def forget(self, paths: Iterable[str]) -> None:
        """Let parts go, unless they are made again."""
        self._gone.update(paths)

    def _entries(self, slot: int) -> dict[int, bytes]:
        """Return the entries of the part with a slot."""
        payload = self.load(name_text_part(slot))
        return {at: dump_json(entry) for at, entry in zip(payload[::2], payload[1::2], strict=True)}

    def _pieces(self, slot: int) -> tuple[bytes, ...]:
        pieces = range(self._before.documents[slot].pieces)
        return tuple(dump_json(self.load(name_piece(slot, number))) for number in pieces)

    def _differs(self, slot: int, one: Extract) -> bool:
        same = len(one.pieces) == self._before.documents[slot].pieces
        return not same or self._entries(slot)[slot] != one.entry or self._pieces(slot) != one.pieces

    def _former(self, slot: int) -> Extract:
        """Return what a document brought, from its text: the entry keeps all of a record that can be found."""
        entry, pieces = self._entries(slot)[slot], self._pieces(slot)
        made = next(read_chunk(extract([_read_record(entry, pieces)], self._labels)))
        return replace(made, entry=entry, pieces=pieces)

    def _place(self, slot_of: dict[str, int], new: dict[str, Extract], gone: set[str]) -> dict[str, int]:
        """Return the slot of every document, which moves few others or stops."""
        before, after = self._before, self._after
        dates = {held.key: held.published for held in before.documents.values() if held.key not in gone}
        dated = dates | {key: one.published for key, one in new.items()}
        if dated == dates and not gone:
            return slot_of
        slots, after.slot_count, after.years = assign_slots(dated.items())
        after.border = find_border(dated.items(), slots)
        had, has = (
            max(all_slots, default=-1) >= border
            for all_slots, border in ((before.documents, before.border), (slots, after.border))
        )
        same = (
            round_scale(before.slot_count) == round_scale(after.slot_count),
            round_documents(len(before.documents)) == round_documents(len(slots)),
            had == has,
            not had or before.border == after.border,
            not had or self._newest_scale(before) == self._newest_scale(after),
        )
        if not all(same):
            raise _TooMuchError
        return dict(zip(dated, slots, strict=True))

    def _newest_scale(self, memory: Memory) -> int:
        return round_scale(memory.slot_count - memory.border)

    def _replace_documents(self, old: dict[int, Extract], now: dict[int, Extract]) -> None:
        after = self._after
        for one in old.values():
            after.seen.subtract(count_characters(one))
            after.named.subtract(one.named)
        silent = set(after.silent) - {one.key for one in old.values()}
        for one in now.values():
            after.seen.update(count_characters(one))
            after.named.update(one.named)
            silent |= set() if one.has_terms else {one.key}
        after.named = +after.named
        after.silent = sorted(silent)
        documents = {slot: held for slot, held in after.documents.items() if slot not in old}
        for slot, one in now.items():
            documents[slot] = Held(one.key, one.published, one.in_force, one.facets, len(one.pieces))
        after.documents = dict(sorted(documents.items()))
        for char in set().union(*(one.folded.decode() for one in (*old.values(), *now.values()))):
            may = char >= "\x80" and char != WHOLE_END and is_everywhere(after.seen[char], len(documents))
            if may != (char in after.everywhere):
                raise _TooMuchError

    def _revise_lists(self, old: dict[int, Extract], now: dict[int, Extract]) -> None:
        changes: tuple[Changes, Changes] = (defaultdict(dict), defaultdict(dict))
        balance: Counter[str] = Counter()
        border = (
            self._before.border if self._before.newest else self._before.slot_count + self._after.slot_count
        )
        common = frozenset(self._before.common)
        for slot in sorted(old.keys() | now.keys()):
            was = list_classes(old[slot], common, self._before.everywhere) if slot in old else {}
            becomes = list_classes(now[slot], common, self._before.everywhere) if slot in now else {}
            is_new = slot >= border
            for gram in was.keys() | becomes.keys():
                if was.get(gram) != becomes.get(gram):
                    changes[is_new][gram][slot] = becomes.get(gram)
                    balance[gram] += (gram in becomes) - (gram in was)
        before = self._before
        most = int(len(before.documents) * _PARTS_PER_DOCUMENT)
        lists = (
            _Lists(self, MAIN, before.main, 0, round_scale(before.slot_count), most),
            _Lists(self, NEWEST, before.newest, before.border, self._newest_scale(before), most),
        )
        lists[0].expect_few(changes[0])
        for gram, more in balance.items():
            may_change = len(gram) == 2 and more and (more > 0) != (gram in common)
            if may_change:
                found = more + sum(one.count(gram) for one in lists)
                if is_common(found, len(self._after.documents)) != (gram in common):
                    raise _TooMuchError
        self._after.main = lists[0].revise(changes[0])
        self._after.newest = lists[1].revise(changes[1])

    def _revise_texts(self, old: dict[int, Extract], now: dict[int, Extract]) -> None:
        for slot in sorted(old):
            self._gone |= {f"{name_piece(slot, number)}.js" for number in range(len(old[slot].pieces))}
        for first in sorted({slot // 2 * 2 for slot in old.keys() | now.keys()}):
            existed = first in self._before.documents or first + 1 in self._before.documents
            entries = self._entries(first) if existed else {}
            entries = {slot: entry for slot, entry in entries.items() if slot not in old}
            entries |= {slot: now[slot].entry for slot in (first, first + 1) if slot in now}
            if entries:
                self.emit(write_text_part(sorted(entries.items())), existed=existed)
            else:
                self._gone.add(f"{name_text_part(first)}.js")
        for slot in sorted(now):
            held = self._before.documents.get(slot)
            for number, piece in enumerate(now[slot].pieces):
                existed = held is not None and number < held.pieces
                self.emit(make_part(name_piece(slot, number), piece), existed=existed)

    def _revise_front(self) -> None:
        blocks = max(self._before.documents, default=0) // BLOCK + 1
        pages = {f"d/{name_gram(page[0])}.js" for page in cut_pages(self._before.main)}
        cards = {f"{folder}/{block}.js" for folder in "ci" for block in range(blocks)}
        self._gone |= pages | cards
        existing = pages | cards | {"i/values.js", "pinyin.js", "simplified.js", "manifest.js"}
        for part in write_front(self._after, self._labels):
            self.emit(part, existed=part[0] in existing)


class _Lists:
    """The parts of one family."""

    def __init__(
        self, revision: _Revision, family: Family, firsts: list[str], border: int, scale: int, most: int
    ) -> None:
        self._revision = revision
        self._family = family
        self._firsts = firsts
        self._border = border
        self._scale = scale
        self._most = most
        self._payloads: dict[int, str] = {}

    def _path(self, at: int) -> str:
        return f"{self._family.folder}/{name_gram(self._firsts[at])}"

    def _place(self, gram: str) -> int:
        return max(0, bisect_right(self._firsts, gram) - 1)

    def _payload(self, at: int) -> str:
        if at not in self._payloads:
            self._payloads[at] = self._revision.load(self._path(at)) if self._firsts else ""
        return self._payloads[at]

    def expect_few(self, changes: Changes) -> None:
        """Stop where merging would be quicker."""
        if len({self._place(gram) for gram in changes}) > max(_FEW_PARTS, self._most):
            raise _TooMuchError

    def count(self, gram: str) -> int:
        """Return how many documents the list of a gram has."""
        written = find_list(self._payload(self._place(gram)), gram)
        return count_postings(written) if written else 0

    def revise(self, changes: Changes) -> list[str]:
        """Write the parts that changes touch and those behind them up to the next cut that stays; return all firsts."""
        touched: dict[int, list[str]] = {at: [] for at in sorted(map(self._place, changes))}
        for gram in changes:
            touched[self._place(gram)].append(gram)
        firsts: list[str] = []
        at = 0
        while at < max(len(self._firsts), bool(touched)):
            if at in touched:
                at = self._recut(at, touched, changes, firsts)
            else:
                firsts.append(self._firsts[at])
                at += 1
        return firsts

    def _recut(self, at: int, touched: dict[int, list[str]], changes: Changes, firsts: list[str]) -> int:
        """Write parts from a touched one on until a cut falls where one was; return the place of the next part."""
        entries: list[tuple[str, str]] = []
        begin = at
        while True:
            part = dict(parse_grams(self._payload(at)))
            for gram in touched.get(at, ()):
                self._change(part, gram, changes[gram])
            entries += sorted(part.items())
            at += 1
            is_last = at >= len(self._firsts)
            if at in touched:
                continue
            ahead = [] if is_last else parse_grams(self._payload(at))[:1]
            grams = [gram for gram, _ in entries + ahead]
            sizes = [3 * len(gram) + len(written) for gram, written in entries + ahead]
            cuts = list(cut_parts(grams, sizes, self._family))
            if is_last or cuts[-1].start == len(entries):
                break
        old = {f"{self._path(number)}.js" for number in range(begin, at) if self._firsts}
        self._revision.forget(old)
        for cut in cuts if is_last else cuts[:-1]:
            path, content = write_gram_part(
                grams[cut], [written for _, written in entries[cut]], self._family
            )
            firsts.append(grams[cut.start])
            self._revision.emit((path, content), existed=path in old)
        return at

    def _change(self, part: dict[str, str], gram: str, slots: dict[int, int | None]) -> None:
        postings = dict(decode_list(part[gram], self._scale)) if gram in part else {}
        for slot, kind in slots.items():
            if kind is None:
                del postings[slot - self._border]
            else:
                postings[slot - self._border] = kind
        if postings:
            part[gram] = encode_list(sorted(postings.items()), self._scale)
        else:
            del part[gram]


def _read_record(entry: bytes, pieces: Iterable[bytes]) -> SearchRecord:
    """Return a record whose extract has the grams of the one that the entry was made of."""
    raw: dict[str, Any] = dict(zip(ENTRY_FIELDS, json.loads(entry), strict=True))
    texts = [raw["text"], *(text for _, _, text in raw["attachments"])]
    for piece in pieces:
        for number, text in json.loads(piece):
            texts[number + 1] += f"\n{text}"
    files = zip(raw["attachments"], texts[1:], strict=True)
    return SearchRecord(
        key=raw["key"] if isinstance(raw["key"], str) else raw["url"][: raw["key"]],
        in_force=bool(raw["in_force"]),
        keywords=tuple(raw["keywords"]),
        elements=tuple(raw["elements"]),
        blocks=(texts[0],),
        attachments=tuple(AttachmentText(name, url, text) for (name, url, _), text in files),
        **{name: raw[name] for name in _PLAIN},
    )
