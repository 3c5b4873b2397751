"""Which problems the code can report, and with which facts, read from its syntax trees."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import govsite
from govsite.problems.rules import FAMILIES

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCES = Path(govsite.__file__).parent
CODE = re.compile(rf"(?:{'|'.join(FAMILIES)})\d{{3}}")


@dataclass(frozen=True, slots=True)
class Call:
    """One `Problem.at(…)`. code: `""` where it is computed; facts: names of the facts."""

    code: str
    facts: frozenset[str]
    file: str
    line: int


@cache
def calls() -> tuple[Call, ...]:
    """Every `Problem.at(…)` of the package."""
    return tuple(call for file, tree in _trees() for call in _calls(file, tree))


@cache
def mentions() -> dict[str, set[str]]:
    """Codes that stand in the package otherwise than as the first word of a `Problem.at(…)`, and the files."""
    found: dict[str, set[str]] = {}
    for file, tree in _trees():
        literal = {
            id(node.args[0]) for node in ast.walk(tree) if isinstance(node, ast.Call) and _is_report(node)
        }
        for node in ast.walk(tree):
            value = node.value if isinstance(node, ast.Constant) else None
            if isinstance(value, str) and CODE.fullmatch(value) and id(node) not in literal:
                found.setdefault(value, set()).add(file)
    return found


def _trees() -> Iterator[tuple[str, ast.Module]]:
    for file in sorted(SOURCES.rglob("*.py")):
        yield file.relative_to(SOURCES).as_posix(), ast.parse(file.read_text(encoding="utf-8"))


def _is_report(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call) or not node.args:
        return False
    called = node.func
    return (
        isinstance(called, ast.Attribute)
        and called.attr == "at"
        and isinstance(called.value, ast.Name)
        and called.value.id == "Problem"
    )


def _calls(file: str, tree: ast.Module) -> Iterator[Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _is_report(node):
            first = node.args[0]
            code = first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""
            facts = frozenset(word.arg for word in node.keywords if word.arg and word.arg != "related")
            yield Call(code, facts, file, node.lineno)
