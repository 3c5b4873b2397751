"""Text whose table was lost (copied from a page, taken from a PDF) to sections.

Where the header and the marks are enough, cells are put back into their columns; what that leaves open becomes a
doubt of the row, and what is no table at all is reported as unread, never made up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from govsite.hanzi.fold import simplified, without_pinyin
from govsite.intake.catalog.align import NUMBER, best_columns, is_channels, ticks_last
from govsite.intake.catalog.cards import card_row
from govsite.intake.catalog.rows import Found, Row, Section, Tick
from govsite.intake.catalog.tokens import Token, join_words, tokens_of
from govsite.intake.notes import Note
from govsite.vocab.catalog_table import TICK_GROUPS, CatalogTable, catalog_table, fold_label
from govsite.vocab.terms import term_list

_NATIONAL = (
    "no",
    "level1",
    "level2",
    "content",
    "basis",
    "deadline",
    "subject",
    "channels",
    "audience",
    "mode",
    "tier",
)
_STANDARD_TICKS = tuple((group, at) for group in TICK_GROUPS for at in (0, 1))
"""The six tick columns of the national table: the first two terms of every group."""
_SEVERAL_LINES = frozenset({"content", "basis", "subject", "channels"})
_OPEN_BRACKET = re.compile(r"[《〈（(][^》〉）)]*$")
_CARVED = re.compile(
    r"^(.*?)(《[^》]+》(?:[、，]?《[^》]+》)*(?:等?[^，。《]{0,14}?规定)?)([^《]{0,40}?\d+个?(?:工作)?日内)(.{2,30}?(?:部门|局|政府|办事处))(.+)$"
)
_LONGEST_NAME = 30
_MOST_TOKENS = 20_000


@dataclass(slots=True)
class _Header:
    """columns in the order of the table; ticks: sub-columns in order; first: index of the first token behind it."""

    columns: list[str]
    ticks: list[tuple[str, str]]
    first: int
    is_whole: bool


@dataclass(slots=True)
class _Part:
    title: str
    place: str
    tokens: list[Token] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def loose_sections(text: str) -> list[Section]:
    """Sections of a text. Rows that cannot be told apart become notes `unread` of the section."""
    layout, tokens = tokens_of(text)
    tokens = [one for token in tokens[:_MOST_TOKENS] for one in _split_titles(token)]
    if layout == "lines":
        carved = [one for token in tokens for one in carve(token)]
        layout = "carved" if len(carved) > len(tokens) else layout
        tokens = carved
    sections = []
    header = _Header([], [], 0, is_whole=False)
    for part in _parts(tokens):
        card = card_row(part.tokens)
        if card:
            row, columns = card
            sections.append(Section(part.title, columns, (row,), (), part.place, is_exact=False))
            continue
        found = _header_of(part.tokens)
        header = found if found.columns else replace(header, first=0)
        body = _without_labels(part.tokens[found.first :])
        rows, notes = _rows(body, header, layout)
        if not rows and not notes and body:
            notes.append(
                Note.of("unread", body[0].place, "lost", text=" ".join(one.text for one in body)[:200])
            )
        columns = frozenset({*(header.columns or _NATIONAL), *(group for group, _ in header.ticks)})
        sections.append(
            Section(part.title, columns, tuple(rows), (*part.notes, *notes), part.place, is_exact=False)
        )
    return [section for section in sections if section.rows or section.notes]


def _parts(tokens: Sequence[Token]) -> list[_Part]:
    """The text cut at titles (`（一）重大建设项目领域基层政务公开标准目录`)."""
    table = catalog_table()
    parts = [_Part("", "")]
    for token in tokens:
        word = plain_words(token.text)
        if len(word) <= 60 and table.title.search(word) and not is_channels(word) and not _is_label(token):
            if any(_is_content(one) for one in parts[-1].tokens):
                parts.append(_Part(word, token.place))
            else:
                parts[-1].title, parts[-1].place = word, token.place
        elif len(word) < 200 and table.legend.match(word):
            parts[-1].notes.append(Note.of("legend", token.place, "lost", text=word[:200]))
        elif len(word) > 40 or not table.furniture.search(word):
            parts[-1].tokens.append(token)
    return parts


def _without_labels(tokens: Sequence[Token]) -> list[Token]:
    """Tokens without heads that are repeated: labels stand side by side there; one alone was written into a cell."""
    filled = [index for index, token in enumerate(tokens) if token.text.strip()]
    labels = {index for index in filled if _is_label(tokens[index])}
    beside = {
        index
        for at, index in enumerate(filled)
        if {*filled[max(0, at - 1) : at], *filled[at + 1 : at + 2]} & labels
    }
    return [token for index, token in enumerate(tokens) if index not in labels & beside]


def _split_titles(token: Token) -> list[Token]:
    """A cell into which the lines before the table ran, line by line."""
    lines = token.text.split("\n")
    if len(lines) < 2 or not catalog_table().title.search(plain_words(lines[0])) or is_channels(token.text):
        return [token]
    return [Token(line, token.line + at) for at, line in enumerate(lines) if line.strip()]


def _is_content(token: Token) -> bool:
    return bool(token.text.strip()) and not _is_label(token)


def _is_label(token: Token) -> bool:
    table = catalog_table()
    return bool(table.label_of(token.text)) or table.tick_of(token.text) is not None


def _header_of(tokens: Sequence[Token]) -> _Header:
    """Labels that stand before the first row. Blank cells between them count for nothing."""
    table = catalog_table()
    columns: list[str] = []
    ticks: list[tuple[str, str]] = []
    levels: list[str] = []
    first = 0
    taken = -1
    for index, token in enumerate(tokens):
        if index == taken:
            first = index + 1
            continue
        label, tick = table.label_of(token.text), table.tick_of(token.text)
        if label.startswith("level"):
            levels.append(label)
        elif label and label not in {"group", "domain", "ignored"}:
            columns.append(label)
        elif tick:
            ticks.append(tick)
        elif token.text.strip() and label not in {"group", "domain", "ignored"}:
            split = _run_together(token.text, table)
            if not split and index + 1 < len(tokens):  # a label that a line end broke
                split = _run_together(token.text + tokens[index + 1].text, table)
                taken = index + 1 if split else -1
            if not split:
                break
            columns += [one for one in split[0] if one not in columns]
            levels += split[1]
            ticks += split[2]
        first = index + 1
    columns = list(dict.fromkeys(columns))
    if len(columns) < 2:
        return _Header([], [], first if columns or levels else 0, is_whole=False)
    at = 1 if columns[0] == "no" else 0
    columns[at:at] = list(dict.fromkeys(levels)) or ["level1", "level2"]
    whole = [name for name in _NATIONAL if name not in columns]
    is_whole = "channels" in columns and not {"content", "basis", "deadline", "subject"} & set(whole)
    if not is_whole:  # a header that lost columns says too little about the order
        extras = [name for name in columns if name not in _NATIONAL]
        columns = [*(name for name in _NATIONAL if name in columns or name not in TICK_GROUPS), *extras]
    if columns[0] != "no":
        columns.insert(0, "no")
    return _Header(columns, ticks, first, is_whole)


def _run_together(
    text: str, table: CatalogTable
) -> tuple[list[str], list[str], list[tuple[str, str]]] | None:
    """Labels of a header whose cells run together: `序号公开事项公开内容（要素）公开依据…`."""
    folded = fold_label(text)
    if len(folded) < 6:
        return None
    words = sorted({*table.labels, *table.ticks}, key=len, reverse=True)
    columns: list[str] = []
    levels: list[str] = []
    ticks: list[tuple[str, str]] = []
    while folded:
        word = next((word for word in words if folded.startswith(word)), None)
        if word is None:
            return None
        label = table.labels.get(word, "")
        if label.startswith("level"):
            levels.append(label)
        elif label and label not in {"group", "domain", "ignored"}:
            columns.append(label)
        elif word in table.ticks:
            ticks.append(table.ticks[word])
        folded = folded[len(word) :]
    return columns, levels, ticks


def _rows(tokens: Sequence[Token], header: _Header, layout: str) -> tuple[list[Row], list[Note]]:
    columns = ticks_last(header.columns or _NATIONAL)
    ticks = header.ticks
    kept = _kept(tokens)
    if not kept:
        return [], []
    places = best_columns(kept, columns, 2.0 if layout in {"bars", "blocks", "columns"} else 0.3)
    grouped: dict[int, list[tuple[Token, str]]] = {}
    for token, (row, column) in zip(kept, places, strict=True):
        grouped.setdefault(row, []).append((token, columns[column]))
    rows: list[Row] = []
    notes: list[Note] = []
    for cells in _whole_rows(grouped):
        names = {name for _, name in cells if name != "ticks"}
        if not _is_row(names, cells):
            text = " ".join(join_words(token.text) for token, _ in cells if token.text.strip())
            notes.append(Note.of("unread", cells[0][0].place, "lost", text=text[:200]))
            continue
        found = _row(cells, ticks, header, layout)
        rows.append(_settled(found, rows[-1] if rows else None))
    return rows, notes


def _settled(row: Row, above: Row | None) -> Row:
    """A row whose first level is missing: nothing can have been merged from above in the first row, or behind a gap."""
    levels = [level for level in ("level1", "level2", "level3") if level in row.found]
    if ("level1" in levels and len(levels) > 1) or not levels:
        return row
    cell = row.found[levels[0]]
    before = above.found["no"].text if above and "no" in above.found else ""
    number = row.found["no"].text if "no" in row.found else ""
    is_next = not number or (before.isdecimal() and number.isdecimal() and int(number) == int(before) + 1)
    others = {name: one for name, one in row.found.items() if name != levels[0]}
    if above and is_next:
        return replace(row, found={"level2": cell, **others}) if levels == ["level1"] else row
    content = row.found.get("content")
    first, _, rest = content.text.partition("\n") if content else ("", "", "")
    others["level1"] = cell
    if content and content.doubt and len(first) <= _LONGEST_NAME:
        others["level2"] = Found(first, content.place, "level_lost")
        del others["content"]
        if rest:
            others["content"] = replace(content, text=rest)
    return replace(row, found=others)


def _kept(tokens: Sequence[Token]) -> list[Token]:
    """Tokens without empty cells, except those that stand among the ticks behind the channels."""
    table = catalog_table()
    kept: list[Token] = []
    is_behind = False
    for index, token in enumerate(tokens):
        word = join_words(token.text)
        if word:
            if is_behind and len(word) <= 12 and not NUMBER.match(word) and _ticks_follow(tokens, index):
                kept.append(replace(token, is_tick=True))
                continue
            is_behind = is_channels(word) or word in table.tick
            kept.append(token)
        elif is_behind:
            kept.append(token)
    return kept


def _ticks_follow(tokens: Sequence[Token], index: int) -> bool:
    """Whether a cell that is no channel stands before a tick: what a clerk wrote into a tick column."""
    after = next((join_words(one.text) for one in tokens[index + 1 :] if one.text.strip()), "")
    return after in catalog_table().tick and not is_channels(tokens[index].text)


def _whole_rows(grouped: dict[int, list[tuple[Token, str]]]) -> list[list[tuple[Token, str]]]:
    """Rows in order; one that holds nothing but channels or ticks goes on with the row above, or begins the first one."""
    rows: list[list[tuple[Token, str]]] = []
    waiting: list[tuple[Token, str]] = []
    for _, cells in sorted(grouped.items()):
        names = {name for token, name in cells if token.text.strip()}
        if names <= {"channels", "ticks"} and names != set():
            if rows:
                rows[-1] += cells
            else:
                waiting += [cell for cell in cells if cell[0].text.strip()]
        elif cells and names:
            if (
                rows
                and {name for _, name in rows[-1]} == {"level1"}
                and cells[0][1] == "no"
                and "level1" not in names
            ):
                waiting = [*rows.pop(), *waiting]  # a first level that stands before the number
            rows.append([*waiting, *cells])
            waiting = []
    return rows


def _is_row(names: set[str], cells: list[tuple[Token, str]]) -> bool:
    """Whether there is enough to call it a row: a name, and not one cell that holds everything."""
    longest = max(len(join_words(token.text)) for token, _ in cells)
    levels = names & {"level1", "level2", "level3"}
    is_alone = (
        names == levels and len(levels) == 1
    )  # neither number nor anything else: nobody knows what it is
    return bool(levels) and not is_alone and not (longest > 120 and len(cells) <= 4)


def plain_words(text: str) -> str:
    """A cell's words without what scraping put into them."""
    return join_words(simplified(without_pinyin(text)))


def carve(token: Token) -> list[Token]:
    """A line into which several cells ran, cut where a basis, a deadline and a subject show."""
    match = _CARVED.match(token.text) if len(token.text) > 60 else None
    if match is None:
        return [token]
    return [Token(part, token.line) for part in match.groups() if part]


def _row(cells: list[tuple[Token, str]], ticks: list[tuple[str, str]], header: _Header, layout: str) -> Row:
    found: dict[str, Found] = {}
    marks: list[Token] = []
    for token, name in cells:
        if name == "ticks":
            marks.append(token)
        elif token.text.strip():
            before = found.get(name)
            text = token.text if before is None else _continued(before.text, token.text, name)
            found[name] = Found(text, before.place if before else token.place)
    found = {name: _doubted(name, cell, found, header, layout) for name, cell in found.items()}
    read, lost = _read_ticks(marks, ticks, header)
    return Row(cells[0][0].place, found, read, lost)


def _continued(before: str, text: str, name: str) -> str:
    if name not in _SEVERAL_LINES or _OPEN_BRACKET.search(before):
        return before + text
    return f"{before}\n{text}"


def _doubted(name: str, cell: Found, found: dict[str, Found], header: _Header, layout: str) -> Found:
    """Cells whose column is only the likeliest one: neighbours that look alike and of which one is missing."""
    doubt = ""
    levels = [level for level in ("level1", "level2", "level3") if level in found]
    expected = [level for level in header.columns or _NATIONAL if level.startswith("level")]
    if name in levels and len(levels) < len(expected):
        doubt = "level_lost"
    elif name in {"content", "basis"} and ("content" in found) != ("basis" in found):
        doubt = "content_or_basis"
    elif name == "deadline" and cell.text.strip()[-1:].isdigit():
        doubt = "cut_short"
    elif (name in levels and layout == "lines") or (
        layout in {"spaces", "columns", "carved"} and name not in {"no", "channels", "deadline"}
    ):
        doubt = "order"
    return replace(cell, doubt=doubt)


def _read_ticks(
    marks: list[Token], ticks: list[tuple[str, str]], header: _Header
) -> tuple[tuple[Tick, ...], dict[str, str]]:
    """Ticks by their position, where as many cells are left as there are columns and every group has one."""
    table = catalog_table()
    groups = {group for group, _ in ticks} or ({*TICK_GROUPS} & set(header.columns or _NATIONAL))
    names = ticks or [
        (group, term_list(group).terms[at].label) for group, at in _STANDARD_TICKS if group in groups
    ]
    filled = " ".join(join_words(token.text) for token in marks if token.text.strip())
    seen = filled
    if not groups:
        return (), {}
    cells = marks[: len(names)]
    chosen = {names[at][0] for at, token in enumerate(cells) if join_words(token.text)}
    is_plausible = all(
        not join_words(token.text) or join_words(token.text) in table.tick or names[at][0] != "audience" or at
        for at, token in enumerate(cells)
    )
    if len(cells) < len(names) or chosen != groups or not is_plausible:
        return (), dict.fromkeys(sorted(groups), seen)
    doubt = "" if ticks else "tick_order"
    return tuple(
        Tick(group, label, Found(join_words(token.text), token.place, doubt))
        for (group, label), token in zip(names, cells, strict=True)
    ), {}
