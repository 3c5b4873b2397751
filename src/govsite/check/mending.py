"""Safe mends of a source: what can be put right without knowing anything but the format. Proposed, then written.

A mend never changes what is meant: brackets and width of a 发文字号, the form of a date, a colon, the name of a key that
can only be one. Whatever needs a decision is left to people.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from govsite.frozen import dataclass
from govsite.hanzi.dates import parse_date
from govsite.hanzi.doc_number import find_doc_numbers, parse_doc_number
from govsite.hanzi.nearest import nearest
from govsite.source.span import Span
from govsite.source.yaml import Mapping, Node, Scalar, parse_yaml
from govsite.source.yaml import Sequence as Nodes
from govsite.vocab.keys import Key, KeySet, keys_of, record_keys

_WIDE_COLON = re.compile(r"^(\s*(?:- )?)([\u3400-\u9fff]{2,12})\s*：\s*(.*)$")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_LINK = re.compile(r"\]\([^)]*\)|`[^`]*`|<[^>]*>")
_BRACKETED = re.compile(r"[〔［\[（(【〖﹝<＜{｛„]\s*([12１２][0-9０-９]{3})\s*[〕］\]）)】〗﹞>＞}｝‟]")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_NARROW = frozenset({"index_no", "doc_no", "phone", "fax", "postcode", "item_code"})
_SURE = 0.8
"""How alike a key must be to the one known key it is taken for."""


@dataclass(frozen=True, slots=True)
class Mend:
    """A proposal. kind: `colon` · `key` · `date` · `number` · `width`; line: 1-based; before, after: the words."""

    kind: str
    line: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class _Edit:
    span: Span
    text: str
    mend: Mend


def mend_source(text: str, kind: str) -> tuple[str, list[Mend]]:
    """`text` mended, and what was done, in order. kind: of the document, `catalog` or `organisations`.

    Line ends and everything else stay as they are. A text that cannot be parsed even so is only mended in its colons.
    """
    lines = text.split("\n")
    head, body_line = _head(lines)
    lines, mends = _mend_colons(lines, head, _labels(kind), is_catalog=kind == "catalog")
    node = parse_yaml("\n".join(lines[slice(*head)]), "", head[0])
    edits = list(_edits(node, _keys(kind), lines)) if isinstance(node, Mapping) else []
    edits += _body_edits(lines, body_line)
    for edit in sorted(edits, key=lambda one: (-one.span.line, -one.span.column)):
        line = lines[edit.span.line - 1]
        lines[edit.span.line - 1] = (
            line[: edit.span.column - 1] + edit.text + line[edit.span.end_column - 1 :]
        )
    mends += [edit.mend for edit in edits]
    return "\n".join(lines), sorted(mends, key=lambda mend: mend.line)


def _head(lines: Sequence[str]) -> tuple[tuple[int, int], int]:
    """Lines of the YAML (0-based, end excluded) and how many lines precede the Markdown body."""
    if not lines or lines[0].rstrip() != "---":
        return (0, len(lines)), len(lines)
    end = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() in {"---", "..."}), len(lines))
    return (1, end), min(end + 1, len(lines))


def _keys(kind: str) -> KeySet:
    if kind in {"catalog", "organisations"}:
        return record_keys("catalog" if kind == "catalog" else "organisation")
    return keys_of(kind)


def _labels(kind: str) -> frozenset[str]:
    sets = [_keys(kind)]
    if kind == "catalog":
        sets.append(record_keys("catalog_item"))
    return frozenset(key.label for keys in sets for key in keys.keys)


def _mend_colons(
    lines: list[str], head: tuple[int, int], labels: frozenset[str], *, is_catalog: bool
) -> tuple[list[str], list[Mend]]:
    """`标题：…` as `标题: …`: to YAML a wide colon is no colon at all."""
    mends = []
    first = record_keys("catalog_item").by_word["id"].label
    for at in range(*head):
        match = _WIDE_COLON.match(lines[at])
        # Deeper lines of a document are text as a rule; in a catalog they are keys of items, behind a dash only the id.
        if (
            match
            and match[2] in labels
            and (not match[1] or (is_catalog and ("-" not in match[1] or match[2] == first)))
        ):
            mends.append(Mend("colon", at + 1, f"{match[2]}：", f"{match[2]}: "))
            lines[at] = f"{match[1]}{match[2]}: {match[3]}".rstrip()
    return lines, mends


def _edits(mapping: Mapping, keys: KeySet, lines: Sequence[str]) -> Iterator[_Edit]:
    written = {keys.by_word[word.text].id for word, _ in mapping if word.text in keys.by_word}
    for word, value in mapping:
        key = keys.by_word.get(word.text)
        if key is None:
            key = _meant(word.text, keys, written)
            if key is None:
                continue
            yield from _edit("key", word, key.label, lines)
        if key.id == "items" and isinstance(value, Nodes):
            for item in value.items:
                if isinstance(item, Mapping):
                    yield from _edits(item, record_keys("catalog_item"), lines)
            continue
        yield from _value_edits(key, value, lines)


def _meant(word: str, keys: KeySet, written: set[str]) -> Key | None:
    """The one key that a misspelt word can be; None where there are two, or the key stands there already."""
    near = nearest(word, [key.label for key in keys.keys], _SURE) or nearest(
        word, [key.id for key in keys.keys], _SURE
    )
    key = keys.by_word.get(near)
    return key if key and key.id not in written else None


def _value_edits(key: Key, node: Node, lines: Sequence[str]) -> Iterator[_Edit]:
    if isinstance(node, Nodes):
        for item in node.items:
            yield from _value_edits(key, item, lines)
    if not isinstance(node, Scalar):
        return
    name = key.type.partition(":")[0]
    if name in {"day", "moment"}:
        date = parse_date(node.text)
        if date and not date.exact:
            yield from _edit("date", node, date.iso if name == "moment" else date.iso[:10], lines)
    elif name in {"doc_no", "references"}:
        number = parse_doc_number(node.text)
        if number and node.text != str(number):
            yield from _edit("number", node, str(number), lines)
    elif key.id in _NARROW:
        narrow = unicodedata.normalize("NFKC", node.text)
        if narrow != node.text and narrow.isascii():
            yield from _edit("width", node, narrow, lines)


def _edit(kind: str, scalar: Scalar, text: str, lines: Sequence[str]) -> Iterator[_Edit]:
    """An edit of a scalar on one line; quotes around it stay."""
    span = scalar.span
    if span.line != span.end_line or span.line > len(lines):
        return
    raw = lines[span.line - 1][span.column - 1 : span.end_column - 1]
    if raw[:1] in {"'", '"'}:
        span = Span(span.file, span.line, span.column + 1, span.end_line, span.end_column - 1)
        raw = raw[1:-1]
    if raw == scalar.text and raw != text:
        yield _Edit(span, text, Mend(kind, span.line, raw, text))


def _body_edits(lines: Sequence[str], body_line: int) -> list[_Edit]:
    """发文字号 in running text with the brackets of the standard. Code, links and tags stay as they are."""
    edits = []
    is_code = False
    for at in range(body_line, len(lines)):
        if _FENCE.match(lines[at]):
            is_code = not is_code
        if is_code:
            continue
        closed = [match.span() for match in _LINK.finditer(lines[at])]
        for found in find_doc_numbers(lines[at]):
            right = _BRACKETED.sub(lambda match: f"〔{match[1].translate(_DIGITS)}〕", found.text, count=1)
            if (
                found.text == right
                or not found.value.year
                or any(a < found.end and found.start < b for a, b in closed)
            ):
                continue
            span = Span.of_line("", at + 1, found.start + 1, found.end - found.start)
            edits.append(_Edit(span, right, Mend("number", at + 1, found.text, right)))
    return edits
