"""Usage counters (使用统计): how many pages and queries a day, nothing about who or what."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from govsite.edition.folder import replace_file

HEAD = ("date", "pages", "queries", "empty_queries")
EVENTS = ("page", "query", "empty")


class Counters:
    """Counts by day, kept as one CSV a year in the terminal's folder. A count that cannot be written is not worth a failure."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._days: dict[str, list[int]] = {}
        self._changed: set[str] = set()

    def count(self, event: str, day: str) -> None:
        """One more page, query or empty query on an ISO day."""
        row = self._row(day)
        row[EVENTS.index(event)] += 1
        self._changed.add(day[:4])

    def of_day(self, day: str) -> dict[str, int]:
        """Counts of one day."""
        return dict(zip(EVENTS, self._row(day), strict=True))

    def of_year(self, year: str) -> dict[str, int]:
        """Counts of a year."""
        self._load(year)
        rows = [row for day, row in self._days.items() if day.startswith(year)]
        return {event: sum(row[at] for row in rows) for at, event in enumerate(EVENTS)}

    def save(self) -> None:
        """Write the years that changed."""
        for year in sorted(self._changed):
            text = io.StringIO()
            writer = csv.writer(text, lineterminator="\n")
            writer.writerow(HEAD)
            writer.writerows((day, *self._days[day]) for day in sorted(self._days) if day.startswith(year))
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
                replace_file(self._folder / f"{year}.csv", b"\xef\xbb\xbf" + text.getvalue().encode())
            except OSError:
                return
        self._changed.clear()

    def _row(self, day: str) -> list[int]:
        if day not in self._days:
            self._load(day[:4])
        return self._days.setdefault(day, [0, 0, 0])

    def _load(self, year: str) -> None:
        if any(day.startswith(year) for day in self._days):
            return
        try:
            text = (self._folder / f"{year}.csv").read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            return
        for row in csv.reader(io.StringIO(text)):
            if len(row) == len(HEAD) and row[0].startswith(year) and all(cell.isdigit() for cell in row[1:]):
                self._days[row[0]] = [int(cell) for cell in row[1:]]
