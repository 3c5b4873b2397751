"""YAML of one line a key, which is what front matter nearly always is, read without libyaml.

What it reads, it reads as libyaml does, positions included; everything else it leaves to libyaml.
"""

from __future__ import annotations

import re

from govsite.source.nodes import Mapping, Node, Scalar, Sequence
from govsite.source.span import Span

# Characters that are text to YAML and nothing else: no breaks, controls, marks of byte order, nothing beyond the BMP.
_TEXT = re.compile("[\n -~\u00a1-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]*")
_KEY = re.compile(r"[A-Za-z_\u3400-\u9fff][A-Za-z0-9_\u3400-\u9fff]{0,60}")
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`")
_QUOTED = re.compile(r"\"([^\"\\]*)\"|'([^']*)'")
_ITEM = re.compile(
    r" *(?:\"([^\"\\]*)\"|'([^']*)'|((?![-?:,\[\]{}#&*!|>'\"%@` ])[^,\[\]{}:#]*[^,\[\]{}:# ]))( *)(,|\Z)"
)


def read_plain_yaml(text: str, file: str, first_line: int = 0) -> Mapping | None:
    """The mapping in `text`, None where it holds anything but keys at the line's start with values of one line."""
    if not text.endswith("\n") or not _TEXT.fullmatch(text):
        return None
    lines = text[:-1].split("\n")
    entries: list[tuple[Scalar, Node]] = []
    for row, line in enumerate(lines, first_line + 1):
        key, colon, rest = line.partition(":")
        if not colon or not _KEY.fullmatch(key):
            return None
        value = rest.strip(" ")
        if value:
            start = line.index(value, len(key) + 1)
            node = _value(value, Span(file, row, start + 1, row, start + 1 + len(value)))
            if node is None or rest[0] != " ":
                return None
        else:
            end = len(key) + 2
            node = Scalar("", Span(file, row, end, row, end))
        entries.append((Scalar(key, Span(file, row, 1, row, len(key) + 1)), node))
    if not entries:
        return None
    return Mapping(tuple(entries), Span(file, first_line + 1, 1, first_line + len(lines) + 1, 1))


def _value(value: str, span: Span) -> Node | None:
    """The node of a value; None where it is not as simple as that."""
    first = value[0]
    if first in "\"'":
        quoted = _QUOTED.fullmatch(value)
        return Scalar(quoted[1] if first == '"' else quoted[2], span, plain=False) if quoted else None
    if first == "[":
        return _sequence(value, span) if value.endswith("]") else None
    if first in _INDICATORS or ": " in value or " #" in value or value[-1] == ":":
        return None
    return Scalar(value, span)


def _sequence(value: str, span: Span) -> Sequence | None:
    inner = value[1:-1]
    items: list[Node] = []
    position = 0
    before = span.column + 1
    while inner.strip(" ") and position <= len(inner):
        match = _ITEM.match(inner, position)
        if match is None:
            return None
        double, single, plain, _, comma = match.groups()
        text = next(each for each in (double, single, plain) if each is not None)
        is_plain = plain is not None
        start = match.start(3) if is_plain else match.start(1 if double is not None else 2) - 1
        end = start + len(text) + (0 if is_plain else 2)
        place = Span(span.file, span.line, before + start, span.line, before + end)
        items.append(Scalar(text, place, is_plain))
        if not comma:
            break
        position = match.end()
        if not inner[position:].strip(" "):
            return None
    return Sequence(tuple(items), span)
