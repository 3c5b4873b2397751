"""A source file to its parts: front matter with positions, and the text behind it."""

from __future__ import annotations

import re
from pathlib import Path

from govsite.files.digest import digest_of
from govsite.model.sources import Source, SourceFile
from govsite.problems.problem import Problem
from govsite.source.span import Span
from govsite.source.text import TextFault, decode_text
from govsite.source.yaml import Mapping, Node, YamlFault, parse_yaml

_FENCE = "---"
_HEAD_BYTES = 8192
_NAME_LINE = re.compile(r"^(?:发文字号|doc_no|索引号|index_no|编号|id)\s*[:：]\s*(\S.*?)\s*$", re.MULTILINE)
_FAULTS = {"encoding": "SRC101", "nul": "SRC102", "size": "SRC103", "line": "SRC104"}


def read_source(site: Path, file: SourceFile) -> tuple[Source | None, list[Problem], list[str]]:
    """The parts of one source, or the problems (SRC1xx) that keep it from having any.

    In the second case also the names (id, path, numbers) it would have answered to, as far as they can be seen, so
    that references to it are not reported as well.
    """
    try:
        data = (site / file.path).read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return None, [Problem.at("SRC110", Span.of_file(file.path), reason=reason)], _names(b"", file)
    source, problems = source_of(data, file)
    return source, problems, [] if source else _names(data, file)


def _names(data: bytes, file: SourceFile) -> list[str]:
    """Names that stand in the head of a source that cannot be read."""
    path = file.path.removeprefix("content/")
    head = data[:_HEAD_BYTES].decode("utf-8", "replace")
    written = [match[1].strip("\"'") for match in _NAME_LINE.finditer(head)]
    return [path, path.partition("/")[2].rpartition(".")[0], *written]


def source_of(data: bytes, file: SourceFile) -> tuple[Source | None, list[Problem]]:
    """The parts of a source with those bytes, or the problems that keep it from having any."""
    text = decode_text(data)
    if isinstance(text, TextFault):
        span = Span.of_line(file.path, text.line, text.column) if text.line else Span.of_file(file.path)
        return None, [Problem.at(_FAULTS[text.reason], span, offset=text.offset)]
    digest = digest_of(data)
    if file.path.endswith((".yaml", ".yml")):
        return _yaml_source(file, digest, text)
    return _markdown_source(file, digest, text)


def _yaml_source(file: SourceFile, digest: str, text: str) -> tuple[Source | None, list[Problem]]:
    front, problems = _mapping(parse_yaml(text, file.path), file.path)
    return (Source(file.path, file.kind, digest, front, text=text) if front else None), problems


def _markdown_source(file: SourceFile, digest: str, text: str) -> tuple[Source | None, list[Problem]]:
    first, _, rest = text.partition("\n")
    if first.rstrip() != _FENCE:
        return None, [Problem.at("SRC107", Span.of_line(file.path, 1))]
    end = _closing_fence(rest)
    if end is None:
        return None, [Problem.at("SRC108", Span.of_line(file.path, 1, 1, len(first)))]
    header = rest[:end]
    body = rest[end:].partition("\n")[2]
    front, problems = _mapping(parse_yaml(header, file.path, 1), file.path)
    if front is None:
        return None, problems
    return Source(file.path, file.kind, digest, front, body, header.count("\n") + 2, text), problems


def _closing_fence(rest: str) -> int | None:
    """Where the line that closes the front matter begins in `rest`."""
    position = 0
    while position < len(rest):
        end = rest.find("\n", position)
        line = rest[position:] if end < 0 else rest[position:end]
        if line.rstrip() in {_FENCE, "..."}:
            return position
        if end < 0:
            return None
        position = end + 1
    return None


def _mapping(node: Node | YamlFault | None, path: str) -> tuple[Mapping | None, list[Problem]]:
    if isinstance(node, YamlFault):
        code = "SRC105" if node.reason == "syntax" else "SRC106"
        return None, [Problem.at(code, node.span, reason=node.reason, detail=node.detail)]
    if not isinstance(node, Mapping):
        return None, [Problem.at("SRC109", node.span if node else Span.of_line(path, 1))]
    return node, []
