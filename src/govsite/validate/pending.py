"""待核 left in a source: what an import could not be sure of and nobody has looked at since (DOC131)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govsite.model.sources import Source
from govsite.problems.problem import Problem
from govsite.source.span import Span
from govsite.source.yaml import Mapping, Node, Scalar

_VALUE = re.compile(r"^\s*待核\s*(?:[：:]\s*(.*))?$", re.DOTALL)
_IN_TEXT = re.compile(r"【待核(?:[：:]([^】]*))?】")


def with_pending(source: Source, problems: list[Problem]) -> list[Problem]:
    """`problems` and DOC131 for every 待核, without those that only say that the open value is wrong as it stands."""
    if "待核" not in source.text:
        return problems
    found = [*_in_values(source.front), *_in_body(source)]
    open_places = {(problem.span.line, problem.span.column) for problem in found if problem.span}
    kept = [
        problem for problem in problems
        if problem.span is None or (problem.span.line, problem.span.column) not in open_places or problem.code.startswith("PRV")
    ]  # fmt: skip
    return [*kept, *found]


def _in_values(node: Node) -> Iterator[Problem]:
    if isinstance(node, Scalar):
        match = _VALUE.match(node.text)
        if match:
            yield Problem.at("DOC131", node.span, found=node.text.strip())
        else:
            yield from _in_line(node.text, node.span.line, node.span)
    elif isinstance(node, Mapping):
        for _, value in node:
            yield from _in_values(value)
    else:
        for value in node.items:
            yield from _in_values(value)


def _in_line(text: str, line: int, span: Span) -> Iterator[Problem]:
    for match in _IN_TEXT.finditer(text):
        yield Problem.at("DOC131", span, found=match[0])


def _in_body(source: Source) -> Iterator[Problem]:
    for number, line in enumerate(source.body.split("\n"), 1):
        for match in _IN_TEXT.finditer(line):
            span = Span.of_line(source.path, source.body_line + number, match.start() + 1, len(match[0]))
            yield Problem.at("DOC131", span, found=match[0])
