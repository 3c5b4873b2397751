"""What a report says besides its findings."""

from __future__ import annotations

from collections.abc import Sequence

from govsite.frozen import dataclass
from govsite.problems.problem import Finding, Problem, Severity
from govsite.problems.rules import Rule, fill, rule_of, rule_table


@dataclass(frozen=True, slots=True)
class Summary:
    """documents, pages: how many were looked at; site: its name; day: ISO day judged by; version: of govsite."""

    documents: int = 0
    pages: int = 0
    site: str = ""
    day: str = ""
    version: str = ""


def counts_of(findings: Sequence[Finding]) -> dict[Severity, int]:
    """How many findings of each severity, heaviest first."""
    return {
        severity: sum(finding.severity == severity for finding in findings)
        for severity in sorted(Severity, reverse=True)
    }


def message_of(problem: Problem, lang: str) -> str:
    """The message of a problem; its facts where no rule knows the code."""
    rule = rule_of(problem.code)
    if rule is None:
        return " ".join(f"{name}={value}" for name, value in problem.facts)
    return fill(rule.message.in_language(lang), problem)


def rules_of(findings: Sequence[Finding]) -> list[Rule]:
    """The rules that the findings are of, in the order of the rule table."""
    codes = {finding.problem.code for finding in findings}
    return [rule for rule in rule_table().values() if rule.code in codes]


def basis_of(rule: Rule) -> str:
    """The legal bases of a rule in one line."""
    return "；".join(str(basis) for basis in rule.basis)
