"""Rows of a catalog table to items: values by key, each sure or marked 待核, and a note for everything that was lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from govsite.hanzi.fold import simplified, without_pinyin
from govsite.hanzi.pending import pending
from govsite.intake.catalog.channels import read_channels, uses_marks
from govsite.intake.catalog.lists import one_line, split_elements, split_lines, split_subjects
from govsite.intake.catalog.rows import Found, Row, Section, Tick
from govsite.intake.notes import Note
from govsite.vocab.catalog_table import TICK_GROUPS, catalog_table
from govsite.vocab.keys import record_keys
from govsite.vocab.terms import term_list

_LEVELS = ("level1", "level2", "level3")
_TEXTS = ("id", "no", "level1", "level2", "level3", "deadline", "responsible_unit", "responsible_section", "disclosure",
          "disclosure_reason", "column", "category")  # fmt: skip
NATIONAL = ("content", "basis", "deadline", "subject", "channels", *TICK_GROUPS)


@dataclass(frozen=True, slots=True)
class Value:
    """What a key of an item says. texts: one for a text key; doubt: why it must be looked at, `""` for nothing; place."""

    texts: tuple[str, ...]
    place: str = ""
    doubt: str = ""
    is_list: bool = False


@dataclass(slots=True)
class Item:
    """An item to be written. place: of its row."""

    place: str
    values: dict[str, Value] = field(default_factory=dict)
    id: str = ""

    def text(self, key: str) -> str:
        """First text of a key, `""` for none."""
        value = self.values.get(key)
        return value.texts[0] if value and value.texts else ""

    @property
    def names(self) -> tuple[str, ...]:
        """Levels: what an item is known by in its domain."""
        return tuple(self.text(level) for level in _LEVELS)


def items_of(section: Section, *, clean: bool = False) -> tuple[list[Item], list[Note]]:
    """Items of a section in order, and what must be said about them.

    clean: take out what scraping put into words (pinyin, traditional characters of a mixed text).
    """
    notes = list(section.notes)
    marked = any(uses_marks(row.found["channels"].text) for row in section.rows if "channels" in row.found)
    missing = [key for key in NATIONAL if key not in section.columns]
    if missing:
        labels = "、".join(record_keys("catalog_item").by_word[key].label for key in missing)
        notes.append(Note.of("lost_columns", section.place, "lost", columns=labels))
    items: list[Item] = []
    before: Row | None = None
    for row in section.rows:
        item = Item(row.place)
        given = _mended(row) if clean else row
        _take_texts(item, given, section, items[-1] if items else None, notes)
        _take_lists(item, given, section, items[-1] if items else None, notes)
        _take_channels(item, given, notes, marked=marked)
        _take_ticks(item, given, section, notes)
        _note_gap(before, row, notes)
        items.append(item)
        before = row
    for item in items:
        _mark_masked(item)
        notes += _doubts(item)
    return items, notes


def _mark_masked(item: Item) -> None:
    """Names that somebody covered with stars are not names."""
    for key, value in item.values.items():
        if not value.doubt and any("**" in text for text in value.texts):
            item.values[key] = replace(value, doubt="masked")


def _mended(row: Row) -> Row:
    found = {
        name: Found(simplified(without_pinyin(cell.text)), cell.place, cell.doubt)
        for name, cell in row.found.items()
    }
    return Row(row.place, found, row.ticks, row.lost)


def _take_texts(item: Item, row: Row, section: Section, above: Item | None, notes: list[Note]) -> None:
    for key in _TEXTS:
        cell = row.found.get(key)
        text = one_line(cell.text) if cell else ""
        if text in catalog_table().nothing and key != "no":
            text = ""
        if cell and text and text not in catalog_table().same:
            item.values[key] = Value((text,), cell.place, cell.doubt)
        elif cell and text:
            _same_as_above(item, key, cell, above, notes)
        elif key == "level1" and above and key in section.columns:
            _inherit_level(item, section, above)
        elif key == "deadline" and key in section.columns and above:
            _inherit(item, key, section, above)
    if "level1" not in item.values and "level1" in section.columns:
        first = next((level for level in _LEVELS if level in item.values), "")
        if first and section.is_exact:
            item.values["level1"] = item.values.pop(first)
        else:
            item.values["level1"] = Value((), item.place, "lost")


def _inherit_level(item: Item, section: Section, above: Item) -> None:
    """The first level of the row above goes on, where this row has a level of its own below it."""
    value = above.values.get("level1")
    if value:
        item.values["level1"] = Value(
            value.texts, item.place, "" if section.is_exact and value.texts else "inherited"
        )


def _inherit(item: Item, key: str, section: Section, above: Item) -> None:
    value = above.values.get(key)
    if section.is_exact:  # an empty cell that is not merged is empty
        item.values[key] = Value((), item.place, "empty")
    elif value and value.texts:
        item.values[key] = Value(value.texts, item.place, "inherited", value.is_list)
    else:
        item.values[key] = Value((), item.place, "lost", key != "deadline")


def _same_as_above(item: Item, key: str, cell: Found, above: Item | None, notes: list[Note]) -> None:
    value = above.values.get(key) if above else None
    if value and value.texts:
        item.values[key] = Value(value.texts, cell.place, value.doubt, value.is_list)
        notes.append(Note.of("same_as_above", cell.place, "said", value="、".join(value.texts)[:60]))
    else:
        item.values[key] = Value((), cell.place, "same_as_nothing", key not in _TEXTS)


def _take_lists(item: Item, row: Row, section: Section, above: Item | None, notes: list[Note]) -> None:
    readers = {"content": split_elements, "basis": split_lines, "subject": split_subjects}
    for key, split in readers.items():
        cell = row.found.get(key)
        text = cell.text.strip() if cell else ""
        if cell and one_line(text) in catalog_table().same:
            _same_as_above(item, key, cell, above, notes)
        elif cell and text and one_line(text) not in catalog_table().nothing:
            item.values[key] = Value(tuple(split(cell.text)), cell.place, cell.doubt, is_list=True)
        elif key in section.columns and above and key != "content":
            _inherit(item, key, section, above)
        elif key in section.columns:
            item.values[key] = Value((), item.place, "empty" if section.is_exact else "lost", is_list=True)
    if "deadline" in section.columns and "deadline" not in item.values:
        item.values["deadline"] = Value((), item.place, "empty" if section.is_exact else "lost")


def _take_channels(item: Item, row: Row, notes: list[Note], *, marked: bool) -> None:
    cell = row.found.get("channels")
    if cell is None or not cell.text.strip():
        if marked or "channels" in row.found:
            item.values["channels"] = Value((), item.place, "lost", is_list=True)
        return
    read = read_channels(cell.text, marked=marked)
    if not read.chosen and not read.doubtful:
        item.values["channels"] = Value((), cell.place, "no_channel", is_list=True)
        return
    if read.slips:
        for written, meant in read.slips:
            notes.append(Note.of("channel_slip", cell.place, "check", found=written, meant=meant))
    if read.has_two_marks:
        notes.append(Note.of("two_marks", cell.place, "lost"))
    texts = (*read.chosen, *(pending(name) for name in read.doubtful))
    item.values["channels"] = Value(texts, cell.place, cell.doubt, is_list=True)
    if read.doubtful:
        notes.append(Note.of("channel_doubt", cell.place, "check", names="、".join(read.doubtful)))


def _take_ticks(item: Item, row: Row, section: Section, notes: list[Note]) -> None:
    for group in TICK_GROUPS:
        if group in row.lost:
            seen = row.lost[group]
            item.values[group] = Value((), item.place, "ticks_lost" if seen else "lost", is_list=True)
            continue
        ticks = [tick for tick in row.ticks if tick.group == group]
        cell = row.found.get(group)
        if not ticks and cell is not None:  # one column for the group, what holds is written into it
            item.values[group] = Value(tuple(split_subjects(cell.text)), cell.place, cell.doubt, is_list=True)
        elif ticks:
            texts = tuple(dict.fromkeys(filter(None, map(_ticked, ticks))))
            doubt = next((tick.cell.doubt for tick in ticks if tick.cell.doubt), "")
            place = next((tick.cell.place for tick in ticks if tick.cell.text), item.place)
            item.values[group] = Value(texts, place, doubt if texts else "no_tick", is_list=True)
        elif group in section.columns:
            item.values[group] = Value((), item.place, "lost", is_list=True)


def _ticked(tick: Tick) -> str:
    """What a cell under a tick column says, `""` for nothing: `全社会`, `特定群体：申请人`, `州级`."""
    text = one_line(tick.cell.text)
    if not text or text in catalog_table().open or text in catalog_table().nothing:
        return ""
    term = term_list(tick.group).find(tick.label)
    label = term.label if term else tick.label
    if text in catalog_table().tick:
        return label
    if tick.group == "audience":
        return f"{label}：{text}"
    own = term_list(tick.group).find(text)
    return own.label if own else text


def _note_gap(before: Row | None, row: Row, notes: list[Note]) -> None:
    """Numbers that jump: rows may be missing, or the catalog may be a part of another (both are allowed)."""
    texts = [one_line(one.found["no"].text) if one and "no" in one.found else "" for one in (before, row)]
    if all(text.isdecimal() for text in texts):
        first, second = map(int, texts)
        if second > first + 1:
            notes.append(Note.of("number_gap", row.place, "check", before=first, after=second))


def _doubts(item: Item) -> Iterable[Note]:
    labels: Mapping[str, str] = {key.id: key.label for key in record_keys("catalog_item").keys}
    for key, value in item.values.items():
        if value.doubt:
            text = "、".join(value.texts)[:60]
            yield Note.of(f"doubt_{value.doubt}", value.place, "check", key=labels[key], value=text)
