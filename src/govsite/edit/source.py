"""A Markdown source as fields, and fields back into it. What nobody changed stays byte for byte as it was."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from govsite.frozen import dataclass
from govsite.source.yaml import Mapping as YamlMapping
from govsite.source.yaml import Scalar, Sequence, YamlFault, parse_yaml
from govsite.vocab.keys import Key, keys_of

_KEY_LINE = re.compile(r"([^\s#:\-\[{][^:]*?)\s*:(?:\s(.*)|$)")
_SIMPLE = frozenset(
    [
        "text",
        "organisation",
        "identifier",
        "column",
        "day",
        "moment",
        "flag",
        "number",
        "amount",
        "doc_no",
        "topic",
        "term",
        "person",
        "path",
        "prose",
    ]
)
_LISTS = frozenset(["list", "words", "organisations", "references", "catalog_items", "terms"])
_PLAIN = re.compile(r"[\w\u3400-\u9fff（《“〔][^\n#:'\"{}\[\]&*!|>%@`]*")
BODY = "__body__"


@dataclass(frozen=True, slots=True)
class Part:
    """A key of the front matter as it stands. lines: with the key's own; first: line in the file, 1-based; value: for the form."""

    key: str
    lines: tuple[str, ...]
    first: int
    value: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A source taken apart. parts by key id, in order; others: lines that belong to no known key; body: after the front matter."""

    parts: Mapping[str, Part]
    order: tuple[Part, ...]
    body: str


def widget_of(key: Key) -> str:
    """How a key is asked for: `line`, `area` (many lines), `choice`, `list` (one a line), `raw` (as written)."""
    if key.base == "term" or key.base == "flag":
        return "choice"
    if key.base == "prose":
        return "area"
    if key.base in _SIMPLE:
        return "line"
    return "list" if key.base in _LISTS else "raw"


def take_apart(text: str, kind: str) -> Draft:
    """The fields of a source. Text without front matter is all body."""
    lines = text.replace("\r\n", "\n").removeprefix("\ufeff").split("\n")
    if not lines or lines[0].strip() != "---" or "---" not in [line.strip() for line in lines[1:]]:
        return Draft({}, (), text)
    end = next(number for number, line in enumerate(lines[1:], 1) if line.strip() == "---")
    words = keys_of(kind).by_word
    order: list[Part] = []
    start = 1
    for number in range(2, end + 1):
        if number == end or _KEY_LINE.fullmatch(lines[number]):
            order.append(_part(tuple(lines[start:number]), start + 1, words))
            start = number
    parts = {part.key: part for part in order if part.key}
    return Draft(parts, tuple(order), "\n".join(lines[end + 1 :]).lstrip("\n"))


def _part(lines: tuple[str, ...], first: int, words: Mapping[str, Key]) -> Part:
    match = _KEY_LINE.fullmatch(lines[0])
    key = words.get(match[1].strip().strip("'\"")) if match else None
    if match is None or key is None:
        return Part("", lines, first, "")
    return Part(key.id, lines, first, _shown(key, match[2] or "", lines))


def _shown(key: Key, rest: str, lines: tuple[str, ...]) -> str:
    """The value as the form shows it; what a simple field cannot hold is shown as it is written."""
    is_block = key.base == "rows" and rest.strip() in {"|", "|-"}
    raw = "\n".join(
        [*([] if is_block else [rest.strip()]), *(line.removeprefix("  ") for line in lines[1:])]
    ).strip("\n")
    node = parse_yaml("\n".join(lines), "")
    if isinstance(node, YamlFault) or not isinstance(node, YamlMapping) or not node.entries:
        return raw
    value = node.entries[0][1]
    widget = widget_of(key)
    if widget == "raw":
        return raw
    if isinstance(value, Scalar):
        return "" if value.is_nothing else value.text.strip()
    if isinstance(value, Sequence) and all(isinstance(item, Scalar) for item in value.items):
        return "\n".join(item.text.strip() for item in value.items if isinstance(item, Scalar))
    return raw


def put_together(draft: Draft, kind: str, values: Mapping[str, str]) -> str:
    """The source with the values of a form: changed keys anew, the rest as it was, new ones in their standard order."""
    words = keys_of(kind).by_word
    out: list[str] = []
    for part in draft.order:
        if not part.key or part.key not in values or values[part.key].strip() == part.value.strip():
            out += part.lines
        elif values[part.key].strip():
            out += _written(words[part.key], values[part.key])
    for key in keys_of(kind).keys:
        if key.id not in draft.parts and values.get(key.id, "").strip():
            out += _written(key, values[key.id])
    body = values.get(BODY, draft.body).replace("\r\n", "\n").strip("\n")
    return "---\n" + "\n".join(out).rstrip("\n") + f"\n---\n\n{body}\n"


def _written(key: Key, value: str) -> list[str]:
    text = value.replace("\r\n", "\n").strip("\n").rstrip()
    widget = widget_of(key)
    lines = [line for line in text.split("\n") if line.strip()]
    if widget == "list" and len(lines) > 1:
        return [f"{key.label}:", *(f"  - {_scalar(line.strip())}" for line in lines)]
    if widget == "area" and len(lines) > 1:
        return [f"{key.label}: |", *(f"  {line}" for line in text.split("\n"))]
    if widget != "raw":
        return [f"{key.label}: {_scalar(' '.join(line.strip() for line in lines))}"]
    if len(lines) == 1 and lines[0] != "|":
        return [f"{key.label}: {lines[0].strip()}"]
    if lines[0].strip() == "|":
        return [f"{key.label}: |", *(f"  {line}" for line in lines[1:])]
    is_table = key.base == "rows" and not lines[0].lstrip().startswith(("-", "[", "{"))
    return [f"{key.label}:{' |' if is_table else ''}", *(f"  {line}" for line in lines)]


def _scalar(text: str) -> str:
    """A YAML scalar, in quotes where it needs them."""
    if _PLAIN.fullmatch(text) and text == text.strip():
        return text
    return json.dumps(text, ensure_ascii=False)
