"""Texts of cells to lists: where a line ends an entry, and where only the width of the column broke it."""

from __future__ import annotations

import re

_INNER_SPACE = re.compile(
    r"(?<=[\u3400-\u9fff《〈“（(、，]) +(?=[\u3400-\u9fff》〉”）)、，0-9])|(?<=[0-9]) +(?=[\u3400-\u9fff])"
)
_BETWEEN = re.compile(r"(?<=》) +(?=《|[\u3400-\u9fff]{4})")
_OPEN = re.compile(r"[《〈（(“][^》〉）)”]*$")
_STARTS = re.compile(
    r"^\s*(?:[●〇○◯*★•▪]|\d{1,2}[.、．)）]|[（(]?[一二三四五六七八九十]{1,3}[）)、]|[①-⑳]|《)"
)
_SEPARATORS = re.compile(r"[；;]+(?=\S)")
_MARKS = re.compile(r"(?<=\S)\s*(?=●)")
_NUMBERS = re.compile(r"(?<=[；;。 ])\s*(?=\d{1,2}[.、．](?!\d))")
_SUBJECT_END = re.compile(
    r"(?:局|部门|政府|办事处|委员会|办公室|中心|单位|机构|街道|所|站|馆|院|厅|署|社|村|乡镇)(?:[（(][^（）()]*[)）])?$"
)
_APART = re.compile(r"[、，,；;](?![^（(]*[）)])")


def one_line(text: str) -> str:
    """A text whose line ends mean nothing: words that were broken are whole again."""
    joined = "".join(line.strip() if not line.isascii() else f" {line.strip()} " for line in text.split("\n"))
    return _INNER_SPACE.sub("", joined.replace("\u3000", " ").replace("\u00a0", " ")).strip()


def split_lines(text: str) -> list[str]:
    """Entries of a list cell, one a line; a line whose bracket is still open goes on in the next one."""
    lines: list[str] = []
    for line in _BETWEEN.sub("\n", text).split("\n"):
        part = one_line(line)
        if not part:
            continue
        if lines and _OPEN.search(lines[-1]):
            lines[-1] += part
        else:
            lines.append(part)
    if len(lines) == 1 and "\n" not in text:
        lines = [part.strip() for part in _SEPARATORS.split(lines[0]) if part.strip()]
    return lines


def split_elements(text: str) -> list[str]:
    """Elements of 公开内容: lines, or parts between semicolons, marks and numbers where it is one line."""
    lines = split_lines(text)
    if len(lines) == 1 and "\n" not in text:
        lines = [part.strip() for part in _NUMBERS.split(lines[0]) if part.strip()]
    lines = [part.strip() for line in lines for part in _MARKS.split(line) if part.strip()]
    if any(_STARTS.match(line) for line in lines):
        lines = _join_unmarked(lines)
    return [line.rstrip("；;") for line in lines]


def _join_unmarked(lines: list[str]) -> list[str]:
    """In a numbered or marked list a line without its number goes on with the line above."""
    joined: list[str] = []
    for line in lines:
        if joined and not _STARTS.match(line) and not joined[-1].endswith(("；", ";", "。", "：", ":", "》")):
            joined[-1] += line
        else:
            joined.append(line)
    return joined


def split_subjects(text: str) -> list[str]:
    """Bodies in a cell: apart by 、 or on lines of their own; a line that ends in the middle of a name goes on."""
    entries: list[str] = []
    for line in text.split("\n"):
        part = one_line(line)
        if not part:
            continue
        if entries and (not _SUBJECT_END.search(entries[-1]) or _OPEN.search(entries[-1])):
            entries[-1] += part
        else:
            entries.append(part)
    return [part.strip() for entry in entries for part in _APART.split(entry) if part.strip()]
