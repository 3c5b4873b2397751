"""Plain text and csv in the encodings Chinese offices use."""

from __future__ import annotations

import csv

from govsite.attachments.gather import BrokenError, Gatherer
from govsite.attachments.headers import mark_headers
from govsite.attachments.magic import TEXT_ENCODINGS
from govsite.attachments.places import place_of

_DELIMITERS = ",\t;|"


def decode_plain(data: bytes) -> str:
    """Text of `data` in UTF-8, UTF-16 with its mark, or GB18030 (of which GBK and GB2312 are parts)."""
    for encoding in ("utf-16",) if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else TEXT_ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeError:
            continue
    raise BrokenError("encoding")


def read_text(data: bytes, gatherer: Gatherer) -> None:
    """One piece a line."""
    text = decode_plain(data)
    bound = 2 * gatherer.limits.characters
    for number, line in enumerate(text[:bound].splitlines(), 1):
        if line:
            gatherer.add(line, place_of("line", number=number))
    if len(text) > bound:
        raise gatherer.stop("too_large", "characters")


def read_csv(data: bytes, gatherer: Gatherer) -> None:
    """One piece a cell; what the csv reader refuses is read as lines."""
    text = decode_plain(data).replace("\x00", "")
    bound = 2 * gatherer.limits.characters
    lines = text[:bound].splitlines(keepends=True)
    table = gatherer.new_table()
    start = len(gatherer.pieces)
    delimiter = max(_DELIMITERS, key=lines[0].count) if lines else ","
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        for row, cells in enumerate(reader, 1):
            for column, cell in enumerate(cells, 1):
                gatherer.count_cell()
                if not cell:
                    continue
                place = place_of("line_cell", row=row, column=column)
                gatherer.add(cell, place, row=row, column=column, table=table)
    except csv.Error:
        gatherer.fault("broken", place_of("line", number=reader.line_num), "csv")
        for number, line in enumerate(lines[max(0, reader.line_num - 1) :], max(1, reader.line_num)):
            gatherer.add(line, place_of("line", number=number))
    mark_headers(gatherer, start)
    if len(text) > bound:
        raise gatherer.stop("too_large", "characters")
