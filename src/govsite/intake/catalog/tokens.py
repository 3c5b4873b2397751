"""Text of a table whose cells were lost, cut into cells again: at bars, empty lines, line ends, gaps or columns of type."""

from __future__ import annotations

import re

from govsite.attachments.places import place_of
from govsite.frozen import dataclass

_GAP = re.compile(r"[ \u3000\u00a0]{2,}")
_SPACE = re.compile(r"[ \t\u3000\u00a0]+")
_NUMBERED = re.compile(r"^(\d{1,3})(?:\s{2,}|\s+(?=\D{2,}$))(?=\S)")
_DEADLINE = re.compile(r"^(?:自|制定|获取|信息|公开|政府|该|本级).{2,50}?(?:日内|日内公开|予以公开)$")
_DEADLINE_BEGINS = re.compile(r"^(?:自|制定|获取|信息|公开|政府|该信|本级)")
_OPEN_TITLE = re.compile(r"《[^》]*$")
_ONLY_HANZI = re.compile(r"^[\u3400-\u9fff]+$")
_RULE = re.compile(r"^[-:| ]+$")
_GLUED = re.compile(r"^(\d{1,3})(?=[\u3400-\u9fff])(?![年月日个号项条次件种家户人])")
_INNER_SPACE = re.compile(r"(?<=[\u3400-\u9fff《〈]) +(?=[\u3400-\u9fff》〉])")


@dataclass(frozen=True, slots=True)
class Token:
    """A cell of lost shape. text: its lines joined with line ends; line: 1-based, where it begins.

    is_tick: stands among the tick columns by its neighbours, whatever it says.
    """

    text: str
    line: int
    is_tick: bool = False

    @property
    def place(self) -> str:
        """In words."""
        return place_of("line", number=self.line)


def tokens_of(text: str) -> tuple[str, list[Token]]:
    """Name of the layout and its cells in order: `bars` · `blocks` · `lines` · `spaces` · `columns`."""
    lines = text.split("\n")
    filled = [line for line in lines if line.strip()]
    if not filled:
        return "lines", []
    if sum("|" in line for line in filled) * 3 >= len(filled) or text.count("|") >= 12:
        return "bars", _bars(lines)
    spaced = [line for line in filled if len(_SPACE.findall(line.strip())) >= 5]
    indented = [line for line in filled if len(line) - len(line.lstrip(" ")) >= 8]
    if len(indented) * 2 >= len(filled):
        return "columns", _columns(lines)
    if len(spaced) >= 2 and sum(map(len, spaced)) * 2 > sum(map(len, filled)):
        return "spaces", _spaces(lines)
    blank = len(lines) - len(filled)
    if blank * 3 >= len(filled):
        return "blocks", _blocks(lines)
    return "lines", mend_lines(
        [token for number, line in enumerate(lines, 1) for token in _parts(line, number)]
    )


def mend_lines(tokens: list[Token]) -> list[Token]:
    """Lines that only the width of a column parted, as far as the words show it."""
    mended: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        size = _deadline_size(tokens[index : index + 8])
        if size > 1:
            token = Token("".join(one.text for one in tokens[index : index + size]), token.line)
        before = mended[-1] if mended else None
        if before and _goes_on(before.text, token.text):
            mended[-1] = Token(before.text + token.text, before.line)
        else:
            mended.append(token)
        index += max(1, size)
    return mended


def _deadline_size(tokens: list[Token]) -> int:
    """How many lines a deadline that begins at the first of them takes; 0 for none."""
    text = ""
    for size, token in enumerate(tokens, 1):
        text += token.text.strip()
        if _DEADLINE.match(text):
            return size
        if not _DEADLINE_BEGINS.match(text[:2]):
            return 0
    return 0


def _goes_on(before: str, text: str) -> bool:
    if _OPEN_TITLE.search(before):
        return True
    if text.isdecimal() or not _ONLY_HANZI.match(text):
        return False
    return len(text) == 1 or (len(text) == 2 and len(before) >= 6 and bool(_ONLY_HANZI.match(before)))


def _bars(lines: list[str]) -> list[Token]:
    """Cells between bars. Empty ones are kept: under the tick columns they mean something."""
    tokens: list[Token] = []
    cell: list[str] = []
    start = 1
    for number, line in enumerate(lines, 1):
        if _RULE.match(line) and "-" in line:
            continue
        pieces = line.split("|")
        for index, piece in enumerate(pieces):
            if index:
                tokens.append(Token(_joined(cell), start))
                cell, start = [], number
            if piece.strip():
                start = start if cell else number
                cell.append(piece)
    if cell:
        tokens.append(Token(_joined(cell), start))
    return tokens


def _joined(cell: list[str]) -> str:
    return "\n".join(part.strip(" \t\u3000\u00a0") for part in cell)


def _blocks(lines: list[str]) -> list[Token]:
    tokens: list[Token] = []
    block: list[str] = []
    start = 1
    for number, line in enumerate([*lines, ""], 1):
        if line.strip():
            start = start if block else number
            block.append(line.strip())
        elif block:
            tokens.append(Token("\n".join(block), start))
            block = []
    return tokens


def _parts(line: str, number: int) -> list[Token]:
    """A line; a number before it is a cell of its own."""
    text = line.strip()
    match = _NUMBERED.match(text) or (
        _GLUED.match(text) if not text.endswith(("；", ";", "。", "：", ":")) else None
    )
    if match:
        return [Token(match[1], number), Token(text[match.end() :], number)]
    return [Token(text, number)] if text else []


def _spaces(lines: list[str]) -> list[Token]:
    return [
        Token(part, number)
        for number, line in enumerate(lines, 1)
        for part in _SPACE.split(line.strip())
        if part
    ]


def _columns(lines: list[str]) -> list[Token]:
    """Columns of type: stretches of text that stand under each other belong together, however many lines they take."""
    stretches: list[tuple[int, int, int, str]] = []
    tokens: list[Token] = []
    for number, line in enumerate(lines, 1):
        if not line.startswith(" ") and line.strip():
            tokens.append(Token(line.strip(), number))
            continue
        for part in re.finditer(r"\S+(?: \S+)*", line):
            begin = part.start()
            stretches.append((begin, begin + len(part[0]), number, part[0]))
    columns: list[list[tuple[int, int, int, str]]] = []
    for stretch in sorted(stretches):
        home = next((column for column in columns if _overlaps(column, stretch)), None)
        if home is None:
            columns.append([stretch])
        else:
            home.append(stretch)
    columns.sort(key=lambda column: min(part[0] for part in column))
    for column in columns:
        column.sort(key=lambda part: (part[2], part[0]))
        tokens.append(Token("\n".join(part[3] for part in column), column[0][2]))
    return tokens


def _overlaps(column: list[tuple[int, int, int, str]], stretch: tuple[int, int, int, str]) -> bool:
    left, right = min(part[0] for part in column), max(part[1] for part in column)
    shared = min(right, stretch[1]) - max(left, stretch[0])
    return shared * 2 > min(right - left, stretch[1] - stretch[0])


def join_words(text: str) -> str:
    """A cell's text with words that were broken by spaces or line ends made whole."""
    return _INNER_SPACE.sub("", text.replace("\n", "")).strip()
