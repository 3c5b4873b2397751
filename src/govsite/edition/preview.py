"""Attachments as the terminal shows them (附件预览): a kiosk has no Word, so their text and tables travel with the edition.

Only what a reader of the file sees is in it: nothing hidden, deleted or commented.
"""

from __future__ import annotations

import json

from govsite.model.extracted import Extracted, Piece

FOLDER = "preview/"
SUFFIXES = frozenset({"doc", "docx", "xls", "xlsx", "ppt", "pptx", "pdf", "csv", "tsv", "txt"})
_CHARACTERS = 150_000
_COLUMNS = 40
Block = str | list[list[str]]


def preview_path(file: str) -> str:
    """Where the preview of a file lies."""
    return f"{FOLDER}{file}.js"


def preview_blocks(extracted: Extracted) -> tuple[list[Block], bool]:
    """Paragraphs (text) and tables (rows of cells) in the order of the file; whether something was left out at the end."""
    blocks: list[Block] = []
    table: list[Piece] = []
    left = _CHARACTERS
    for piece in extracted.pieces:
        if piece.role not in {"text", "header"} or not piece.text.strip():
            continue
        left -= len(piece.text)
        if left < 0:
            break
        if table and (not piece.row or piece.table != table[0].table):
            blocks.append(_rows(table))
            table = []
        if piece.row and piece.column:
            table.append(piece)
        else:
            blocks.append(piece.text.strip())
    if table:
        blocks.append(_rows(table))
    return blocks, left < 0


def _rows(cells: list[Piece]) -> list[list[str]]:
    """Cells by their rows; empty rows and what lies far to the right are left out."""
    width = min(_COLUMNS, max(cell.column for cell in cells))
    rows: dict[int, list[str]] = {}
    for cell in cells:
        row = rows.setdefault(cell.row, [""] * width)
        if cell.column <= width:
            row[cell.column - 1] = " ".join(filter(None, (row[cell.column - 1], cell.text.strip())))
    return [rows[number] for number in sorted(rows)]


def preview_script(blocks: list[Block], *, cut: bool) -> bytes:
    """The preview as a script: `file:` pages can read nothing else."""
    return (
        f"govsitePreview({json.dumps([blocks, cut], ensure_ascii=False, separators=(',', ':'))});\n".encode()
    )
