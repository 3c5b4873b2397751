"""Due days as an iCalendar file (RFC 5545), to be subscribed to by a calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from govsite.frozen import dataclass

_LIMIT = 75


@dataclass(frozen=True, slots=True)
class Due:
    """An all-day entry. id: stable, so that a calendar knows it again; day: ISO."""

    id: str
    day: str
    title: str
    details: str


def render_calendar(name: str, entries: Iterable[Due], stamp: str) -> str:
    """The file, lines ending in CR LF. stamp: ISO day that stands as the time of making, so that bytes repeat."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//govsite//obligations//ZH",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    for entry in entries:
        following = date.fromisoformat(entry.day) + timedelta(days=1)
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_text(entry.id)}@govsite",
            f"DTSTAMP:{stamp.replace('-', '')}T000000Z",
            f"DTSTART;VALUE=DATE:{entry.day.replace('-', '')}",
            f"DTEND;VALUE=DATE:{following:%Y%m%d}",
            f"SUMMARY:{_text(entry.title)}",
            f"DESCRIPTION:{_text(entry.details)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in _folded(line))


def _text(text: str) -> str:
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(plain, escaped)
    return text


def _folded(line: str) -> list[str]:
    """A line in pieces of 75 octets at most, never cut inside a character; the later ones begin with a space."""
    pieces, current = [], ""
    for character in line:
        if len((current + character).encode()) > _LIMIT:
            pieces.append(current)
            current = " "
        current += character
    return [*pieces, current]
