"""Findings as JUnit XML: a test case for each file that has some, or one that passes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from govsite.messages.catalogue import translator
from govsite.problems.problem import Finding, Severity
from govsite.problems.rules import fill, rule_of
from govsite.report.summary import Summary, basis_of, message_of
from govsite.report.terminal import place

# What XML 1.0 cannot hold.
_FORBIDDEN = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(findings: Sequence[Finding], summary: Summary, lang: str) -> str:
    """One suite. Errors and warnings are failures of their case, notices its output."""
    t = translator(lang)
    groups = [(file, list(group)) for file, group in groupby(findings, key=_file)]
    failures = sum(finding.severity >= Severity.WARNING for finding in findings)
    cases = len(findings) or 1
    head = f'name="govsite" tests="{cases}" failures="{failures}" errors="0" skipped="0"'
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<testsuites {head}>", f"<testsuite {head}>"]
    if not findings:
        name = t("duty.report.nothing", documents=summary.documents, pages=summary.pages)
        lines.append(f'<testcase classname="govsite" name={_quoted(name)} time="0"/>')
    for file, group in groups:
        lines += [_case(file, finding, lang) for finding in group]
    return "\n".join([*lines, "</testsuite>", "</testsuites>"]) + "\n"


def _file(finding: Finding) -> str:
    return finding.problem.span.file if finding.problem.span else ""


def _quoted(text: str) -> str:
    return quoteattr(_FORBIDDEN.sub("\ufffd", text))


def _case(file: str, finding: Finding, lang: str) -> str:
    problem = finding.problem
    message = message_of(problem, lang)
    span = problem.span
    where = place(span) if span else ""
    name = " ".join(part for part in (f"[{problem.code}]", message, where) if part)
    text = escape(_FORBIDDEN.sub("\ufffd", _body(finding, where, lang)))
    inside = (
        f"<failure message={_quoted(message)} type={_quoted(problem.code)}>{text}</failure>"
        if finding.severity >= Severity.WARNING
        else f"<system-out>{text}</system-out>"
    )
    line = f' line="{span.line}"' if span and span.line else ""
    at = f" file={_quoted(file)}{line}" if file else ""
    return f'<testcase classname={_quoted(file or "govsite")} name={_quoted(name)}{at} time="0">{inside}</testcase>'


def _body(finding: Finding, where: str, lang: str) -> str:
    rule = rule_of(finding.problem.code)
    t = translator(lang)
    lines = [where]
    if rule:
        lines += [
            f"{t(key)}: {fill(words.in_language(lang), finding.problem)}"
            for key, words in (("report.why", rule.why), ("report.fix", rule.fix))
        ]
        lines += [f"{t('report.basis')}: {basis_of(rule)}"] if rule.basis else []
    return "\n".join(line for line in lines if line)
