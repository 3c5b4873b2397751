"""Which problems the code can report, and with which facts, read from its syntax trees."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import govsite
from govsite.problems.rules import FAMILIES

SOURCES = Path(govsite.__file__).parent
CODE = re.compile(rf"(?:{'|'.join(FAMILIES)})\d{{3}}")


@dataclass(frozen=True, slots=True)
class Call:
    """One `Problem.at(…)`. code: `""` where it is computed; facts: names of the facts; where: file and line."""

    code: str
    facts: frozenset[str]
    where: str


@cache
def calls() -> tuple[Call, ...]:
    """Every `Problem.at(…)` of the package."""
    return tuple(call for file, tree in _trees() for call in _calls(file, tree))


@cache
def computed_codes() -> frozenset[str]:
    """Codes that stand in the package otherwise than as the first word of a `Problem.at(…)`."""
    found: set[str] = set()
    for _, tree in _trees():
        literal = {id(node.args[0]) for node in ast.walk(tree) if _is_report(node)}
        found |= {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and CODE.fullmatch(node.value)
            and id(node) not in literal
        }
    return frozenset(found)


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
            yield Call(code, facts, f"{file}:{node.lineno}")
