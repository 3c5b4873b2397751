"""What is wrong with a text that is being edited: the same checks as a build makes over one file, by field."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import NamedTuple

from govsite.check.privacy.document import check_document_privacy
from govsite.check.privacy.leak import PrivacyContext
from govsite.check.secrecy.document import check_document_secrecy
from govsite.edit.source import BODY, take_apart
from govsite.load.read import read_source
from govsite.model.sources import SourceFile
from govsite.problems.problem import Problem
from govsite.problems.rules import fill, rule_table
from govsite.validate.context import Context
from govsite.validate.document import check_document


class Remark(NamedTuple):
    """A problem as the form shows it. field: key id, body, or `""` for the whole; level: `error`, `warning`, `notice`;
    line: 1-based, within the body, 0 for any other field.
    """

    field: str
    level: str
    code: str
    message: str
    fix: str
    line: int = 0


class Judged(NamedTuple):
    """remarks in the order of the file; html: the text as the page will show it."""

    remarks: list[Remark]
    html: str


def judge(path: str, kind: str, text: str, files: dict[str, int], lang: str) -> Judged:
    """Every problem that a file shows by itself. Links to other documents are judged by a build."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, path)
        file.parent.mkdir(parents=True)
        file.write_text(text, encoding="utf-8", newline="\n")
        source, problems, _ = read_source(Path(folder), SourceFile(path, kind, len(text)))
    html = ""
    if source is not None:
        checked = check_document(source, Context(files))
        problems = [*problems, *checked.problems]
        html = "".join(
            part if isinstance(part, str) else part.inner or escape(part.target)
            for part in checked.body.parts
        )
        if checked.document is not None:
            lines = text.split("\n")
            problems += check_document_privacy(checked.document, lines, PrivacyContext())
            problems += check_document_secrecy(checked.document, lines, source.body_line or len(lines))
    place = _places(text, kind)
    return Judged([_remark(problem, place, lang) for problem in problems], html)


def _places(text: str, kind: str) -> Callable[[int], tuple[str, int]]:
    """Field of a line of the file, and the line within the body where it is the body's."""
    draft = take_apart(text, kind)
    above = text.rstrip("\n").count("\n") - draft.body.rstrip("\n").count("\n")
    spans = [(part.first, part.first + len(part.lines), part.key) for part in draft.order]
    last = max((end for _, end, _ in spans), default=0)

    def field(line: int) -> tuple[str, int]:
        if line > last:
            return BODY, max(1, line - above)
        return next((key for start, end, key in spans if start <= line < end), ""), 0

    return field


def _remark(problem: Problem, place: Callable[[int], tuple[str, int]], lang: str) -> Remark:
    rule = rule_table()[problem.code]
    facts = dict(problem.facts)
    field, line = place(problem.span.line) if problem.span else ("", 0)
    if problem.code in {"FM103", "DOC101"}:
        field, line = facts.get("alias", "disclosure"), 0
    message = fill(rule.message.in_language(lang), problem)
    fix = fill(rule.fix.in_language(lang), problem)
    return Remark(field, rule.severity.word, problem.code, message, fix, line)
