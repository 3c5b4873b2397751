"""Findings of every kind that a report must be able to show."""

from __future__ import annotations

from govsite.problems.problem import Finding, Problem, Severity
from govsite.report.summary import Summary
from govsite.source.span import Span

SUMMARY = Summary(3, 7, "试验镇<人民政府>", "2024-06-01", "0.1.0")


def finding(problem: Problem, severity: Severity = Severity.WARNING) -> Finding:
    """A graded problem."""
    return Finding(problem, severity)


FINDINGS = (
    finding(Problem.at("COL101", Span.of_file("config.yaml"), names="年报", ids="nianbao", count=1)),
    finding(
        Problem.at(
            "LNK101", Span("content/a b/<文>.md", 3, 5, 3, 9), found="a\"b'c&<script>:,%\n", nearest="",
        ),
        Severity.ERROR,
    ),
    finding(
        Problem.at("INT102", Span("content/policies/7.md", 2, 5, 4, 1), (Span("content/x.md", 1, 1, 1, 2),), title="办法", due="2024-03-06")
    ),
    finding(Problem.at("TIM108", None, year=2023, due="2024-01-31"), Severity.NOTICE),
    finding(Problem.at("XYZ999", Span.of_file("content/\x01.md"), what="unknown \x02 code"), Severity.NOTICE),
)  # fmt: skip
