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
    for number, line in enumerate(decode_plain(data).splitlines(), 1):
        gatherer.add(line, place_of("line", number=number))


def read_csv(data: bytes, gatherer: Gatherer) -> None:
    """One piece a cell; a file that the csv reader refuses is read as lines."""
    lines = decode_plain(data).replace("\x00", "").splitlines(keepends=True)
    table = gatherer.new_table()
    first = len(gatherer.pieces)
    delimiter = max(_DELIMITERS, key=lines[0].count) if lines else ","
    row = 0
    try:
        for row, cells in enumerate(csv.reader(lines, delimiter=delimiter), 1):
            for column, text in enumerate(cells, 1):
                gatherer.count_cell()
                place = place_of("line_cell", row=row, column=column)
                gatherer.add(text, place, row=row, column=column, table=table)
    except csv.Error:
        gatherer.fault("broken", place_of("line", number=row + 1), "csv")
        for number, line in enumerate(lines, 1):
            if number > row:
                gatherer.add(line, place_of("line", number=number))
    mark_headers(gatherer, first)
