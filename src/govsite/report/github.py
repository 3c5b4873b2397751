"""Findings as GitHub workflow commands, which become annotations of a pull request."""

from __future__ import annotations

from collections.abc import Sequence

from govsite.problems.problem import Finding, Severity
from govsite.problems.rules import fill, rule_of
from govsite.report.summary import Summary, message_of

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "notice"}


def render(findings: Sequence[Finding], summary: Summary, lang: str) -> str:
    """A line for each finding; nothing where there is none."""
    return "".join(_line(finding, lang) for finding in findings)


def _line(finding: Finding, lang: str) -> str:
    problem, rule = finding.problem, rule_of(finding.problem.code)
    span = problem.span
    values = {"title": f"{problem.code} {rule.title.in_language(lang)}" if rule else problem.code}
    if span and span.file:
        values["file"] = span.file
        if span.line:
            values |= {"line": str(span.line), "col": str(max(span.column, 1))}
            if span.end_line == span.line and span.end_column > span.column:
                values |= {"endLine": str(span.end_line), "endColumn": str(span.end_column)}
            elif span.end_line > span.line:
                values["endLine"] = str(span.end_line)
    text = message_of(problem, lang)
    if rule:
        text += "\n" + fill(rule.fix.in_language(lang), problem)
    shown = ",".join(f"{name}={_value(value)}" for name, value in values.items())
    return f"::{_COMMANDS[finding.severity]} {shown}::{_data(text)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _value(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
