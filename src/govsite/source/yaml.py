"""YAML with positions: the only door to PyYAML.

A scalar stays the text it was written as. What it means is decided by the type of the key that holds it, so the
traps of YAML 1.1 (`no`, `0123`, `12:30`, `1_0`) cannot bite.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from govsite.frozen import dataclass
from govsite.source.nodes import Mapping, Node, Scalar, Sequence
from govsite.source.plain_yaml import read_plain_yaml
from govsite.source.span import Span

_STRING, _LIST, _MERGE = (f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "merge"))
MAX_NODES = 400_000
MAX_DEPTH = 40

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_STANDARD_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "timestamp", "seq", "map", "merge", "value", "binary")
)
# What libyaml refuses or reads as the end of a line, with the exception of NEL.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f]")


@dataclass(frozen=True, slots=True)
class YamlFault:
    """Why a text is no YAML we accept.

    reason: `syntax` · `tag` · `key` · `size` · `depth` · `documents`; detail: libyaml's own words, English.
    """

    reason: str
    span: Span
    detail: str


class _RefusedError(Exception):
    def __init__(self, fault: YamlFault) -> None:
        super().__init__(fault.reason)
        self.fault = fault


class _Reader:
    """Turns PyYAML's nodes into ours. first_line: number of lines that precede the text in its file."""

    __slots__ = ("_count", "_file", "_first_line")

    def __init__(self, file: str, first_line: int) -> None:
        self._file = file
        self._first_line = first_line
        self._count = 0

    def read(self, node: Any, depth: int = 0) -> Node:
        self._count += 1
        span = self._span(node.start_mark, node.end_mark)
        if self._count > MAX_NODES:
            raise _RefusedError(YamlFault("size", span, f"more than {MAX_NODES} nodes"))
        if depth > MAX_DEPTH:
            raise _RefusedError(YamlFault("depth", span, f"nested deeper than {MAX_DEPTH}"))
        if node.tag not in _STANDARD_TAGS:
            raise _RefusedError(YamlFault("tag", span, str(node.tag)))
        if isinstance(node, yaml.ScalarNode):
            return Scalar(node.value, span, not node.style)
        if isinstance(node, yaml.SequenceNode):
            return Sequence(tuple(self.read(item, depth + 1) for item in node.value), span)
        return Mapping(tuple(self._entry(key, value, depth + 1) for key, value in node.value), span)

    def _entry(self, key: Any, value: Any, depth: int) -> tuple[Scalar, Node]:
        if not isinstance(key, yaml.ScalarNode):
            raise _RefusedError(YamlFault("key", self._span(key.start_mark, key.end_mark), "key is not text"))
        scalar = Scalar(key.value, self._span(key.start_mark, key.end_mark), not key.style)
        return scalar, self.read(value, depth)

    def _span(self, start: Any, end: Any) -> Span:
        first = self._first_line + 1
        return Span(self._file, start.line + first, start.column + 1, end.line + first, end.column + 1)


def parse_yaml(text: str, file: str, first_line: int = 0) -> Node | YamlFault | None:
    """The one document in `text`, with spans in `file`; None where it is empty.

    first_line: how many lines of the file precede `text`. Never raises for bad input.
    """
    plain = read_plain_yaml(text, file, first_line)
    return plain if plain is not None else compose_yaml(text, file, first_line)


def compose_yaml(text: str, file: str, first_line: int = 0) -> Node | YamlFault | None:
    """`parse_yaml` by libyaml alone."""
    if "\t" not in text and _CONTROL.search(text):
        fault = _control_character(text, file, first_line)
        if fault:
            return fault
    try:
        node = yaml.compose(text, Loader=_LOADER)
        return _Reader(file, first_line).read(node) if node is not None else None
    except _RefusedError as refused:
        return refused.fault
    except RecursionError:
        return YamlFault("depth", Span.of_line(file, first_line + 1), "nested too deeply")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        reason = "documents" if "single document" in str(error.context) else "syntax"
        span = Span.of_line(file, line + first_line + 1, column + 1, 1)
        return YamlFault(reason, span, str(error.problem or error.context or ""))
    except yaml.YAMLError as error:
        return YamlFault("syntax", Span.of_line(file, first_line + 1), str(error).splitlines()[0])


def _control_character(text: str, file: str, first_line: int) -> YamlFault | None:
    for number, line in enumerate(text.split("\n")):
        for column, character in enumerate(line):
            if character < " " or ("\x7f" <= character <= "\x9f" and character != "\x85"):
                span = Span.of_line(file, number + first_line + 1, column + 1, 1)
                return YamlFault("syntax", span, f"control character U+{ord(character):04X}")
    return None


def load_data(text: str) -> Any:
    """Plain Python values from YAML that ships with the package. A fault there is a bug and raises."""
    loader = _LOADER(text)
    try:
        node = loader.get_single_node()
        return _data(node, loader) if node is not None else None
    finally:
        loader.dispose()


def _data(node: Any, loader: Any) -> Any:
    """What the loader's constructor makes of a node, in a third of its time."""
    kind = node.id
    if kind == "scalar":
        return node.value if node.tag == _STRING else loader.construct_object(node)
    if kind == "sequence" and node.tag == _LIST:
        return [_data(item, loader) for item in node.value]
    if kind == "mapping" and all(key.id == "scalar" and key.tag != _MERGE for key, _ in node.value):
        return {_data(key, loader): _data(value, loader) for key, value in node.value}
    return loader.construct_object(node, deep=True)


__all__ = ["Mapping", "Node", "Scalar", "Sequence", "YamlFault", "compose_yaml", "load_data", "parse_yaml"]
