"""Findings as a GitLab code-quality report (a subset of the Code Climate format)."""

from __future__ import annotations

import json
from collections.abc import Sequence

from govsite.problems.problem import Finding, Severity
from govsite.problems.rules import fill, rule_of
from govsite.report.sarif import fingerprint
from govsite.report.summary import Summary, message_of

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.NOTICE: "info"}


def render(findings: Sequence[Finding], summary: Summary, lang: str) -> str:
    """A JSON list. Fingerprints are unique: of two like findings in one file the second bears a number."""
    seen: dict[str, int] = {}
    issues = []
    for finding in findings:
        mark = fingerprint(finding)
        seen[mark] = seen.get(mark, 0) + 1
        issues.append(_issue(finding, mark if seen[mark] == 1 else f"{mark}-{seen[mark]}", lang))
    return json.dumps(issues, ensure_ascii=False, indent=1) + "\n"


def _issue(finding: Finding, mark: str, lang: str) -> dict[str, object]:
    problem, rule = finding.problem, rule_of(finding.problem.code)
    span = problem.span
    lines = {"begin": max(span.line, 1) if span else 1}
    if span and span.end_line > span.line:
        lines["end"] = span.end_line
    return {
        "description": f"[{problem.code}] {message_of(problem, lang)}",
        "check_name": problem.code,
        "fingerprint": mark,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": (span.file if span else "") or "config.yaml", "lines": lines},
        "content": {"body": fill(rule.fix.in_language(lang), problem) if rule else ""},
    }
