"""Differences of Chinese text, character by character; numbers and Latin words stay whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from govsite.model.changes import ParagraphChange, Segment

_TOKEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9][0-9,.]*[0-9%]|[A-Za-z0-9]+|.", re.DOTALL)
_ALIKE = 0.35
_LONGEST = 6000


def redline(old: str, new: str) -> tuple[Segment, ...]:
    """The way from `old` to `new`; put together again, `same` and `gone` give the old text, `same` and `new` the new."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(before) + len(after) > _LONGEST * 2:
        return tuple(part for part in (Segment("gone", old), Segment("new", new)) if part.text)
    found: list[Segment] = []
    for op, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if op == "equal":
            found.append(Segment("same", "".join(before[a:b])))
        else:
            found += [
                part
                for part in (Segment("gone", "".join(before[a:b])), Segment("new", "".join(after[c:d])))
                if part.text
            ]
    return tuple(_joined(found))


def _joined(segments: Sequence[Segment]) -> Iterator[Segment]:
    """A single character that happens to be equal between two changes is no reading help: it joins them."""
    gone = new = ""
    for index, segment in enumerate(segments):
        short = (
            segment.op == "same" and len(segment.text) == 1 and (gone or new) and index + 1 < len(segments)
        )
        if segment.op == "gone":
            gone += segment.text
        elif segment.op == "new":
            new += segment.text
        elif short:
            gone, new = gone + segment.text, new + segment.text
        else:
            yield from (part for part in (Segment("gone", gone), Segment("new", new)) if part.text)
            gone = new = ""
            yield segment
    yield from (part for part in (Segment("gone", gone), Segment("new", new)) if part.text)


def compare_text(old: Sequence[str], new: Sequence[str]) -> tuple[ParagraphChange, ...]:
    """Paragraphs that changed. One that was edited is one change; one with little in common is one gone and one new."""
    found: list[ParagraphChange] = []
    for op, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op != "equal":
            found += _paired(old[a:b], new[c:d], a, c)
    return tuple(found)


def _paired(old: Sequence[str], new: Sequence[str], a: int, c: int) -> Iterator[ParagraphChange]:
    taken = 0
    for number, text in enumerate(old):
        partner = next((index for index in range(taken, len(new)) if _is_like(text, new[index])), None)
        if partner is None:
            yield ParagraphChange("gone", a + number + 1, (Segment("gone", text),))
            continue
        for index in range(taken, partner):
            yield ParagraphChange("new", c + index + 1, (Segment("new", new[index]),))
        yield ParagraphChange("changed", c + partner + 1, redline(text, new[partner]))
        taken = partner + 1
    for index in range(taken, len(new)):
        yield ParagraphChange("new", c + index + 1, (Segment("new", new[index]),))


def _is_like(old: str, new: str) -> bool:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return (
        matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE
    )
