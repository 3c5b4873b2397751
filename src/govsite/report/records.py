"""Findings for programs: the JSON of problems, version 1."""

from __future__ import annotations

import json
from collections.abc import Sequence

from govsite.problems.problem import Finding, Severity
from govsite.problems.rules import fill, rule_of
from govsite.source.span import Span


def finding_record(finding: Finding, lang: str) -> dict[str, object]:
    """One finding as the command line's contract has it. Lines and columns are 1-based, 0 where unknown."""
    problem = finding.problem
    rule = rule_of(problem.code)
    span = problem.span or Span("")
    texts = {
        name: fill(getattr(rule, name).in_language(lang), problem) if rule else ""
        for name in ("message", "why", "fix")
    }
    return {
        "code": problem.code,
        "severity": finding.severity.word,
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "message": texts["message"],
        "why": texts["why"],
        "fix": texts["fix"],
        "basis": "；".join(str(basis) for basis in rule.basis) if rule else "",
        "origin": finding.origin,
        "related": [
            {"file": other.file, "line": other.line, "column": other.column} for other in problem.related
        ],
    }


def findings_json(findings: Sequence[Finding], documents: int, pages: int, lang: str) -> str:
    """All findings in report order, with the summary."""
    counts = {severity: sum(finding.severity == severity for finding in findings) for severity in Severity}
    data = {
        "version": 1,
        "problems": [finding_record(finding, lang) for finding in findings],
        "summary": {
            "errors": counts[Severity.ERROR],
            "warnings": counts[Severity.WARNING],
            "notices": counts[Severity.NOTICE],
            "documents": documents,
            "pages": pages,
        },
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
