"""Where something stands in a source file."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of a file. Lines and columns are 1-based and count code points; the end is exclusive.

    file: path relative to the site, `/`-separated. Line 0 means the file as a whole.
    """

    file: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0

    @classmethod
    def of_file(cls, file: str) -> Span:
        """The span of a whole file."""
        return cls(file)

    @classmethod
    def of_line(cls, file: str, line: int, column: int = 1, length: int = 0) -> Span:
        """A span inside one line."""
        return cls(file, line, column, line, column + length)
