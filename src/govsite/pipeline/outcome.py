"""What a build gave, and the memory of it for the next one that would give the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from govsite.cache.linked import dump
from govsite.check.privacy.hiding import hide
from govsite.check.privacy.leak import PrivacyContext
from govsite.files.typed_json import decoder, encoder
from govsite.frozen import dataclass
from govsite.pipeline.memory import Memory
from govsite.problems.problem import Finding, Problem, Severity, grade

_DIGITS = re.compile(r"\d(?:[\s-]?\d){9}")  # shorter runs of digits are nobody's number
_SOUGHT = frozenset({"LNK101", "LNK110", "DOC109"})
_PROBLEMS = tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build gave. findings in report order; written: whether `out` now holds the new site.

    fail_on: severity from which on the build counts as failed; timings: (stage, seconds) in order; site: its name;
    memory: `""`, or why nothing of an earlier build could be used: `new`, `foreign`, `damaged`, `busy`;
    told: the findings in words, where the request asks for them.
    """

    findings: tuple[Finding, ...]
    documents: int
    pages: int
    written: bool
    fail_on: Severity
    timings: tuple[tuple[str, float], ...] = ()
    site: str = ""
    memory: str = ""
    told: str = ""

    @property
    def failed(self) -> bool:
        """Whether anything reaches `fail_on`."""
        return any(finding.severity >= self.fail_on for finding in self.findings)

    @property
    def exit_code(self) -> int:
        """0 clean · 1 problems at or above `fail_on` · 2 where only settings (CFG) are wrong."""
        heavy = {finding.problem.code[:3] for finding in self.findings if finding.severity >= self.fail_on}
        return 2 if heavy == {"CFG"} else int(bool(heavy))

    @property
    def seeks_neighbours(self) -> bool:
        """Whether anything was not found that another site of a workspace may hold."""
        return any(finding.problem.code in _SOUGHT for finding in self.findings)

    @property
    def files(self) -> set[str]:
        """Paths of the files that findings point into."""
        problems = (finding.problem for finding in self.findings)
        return {span.file for problem in problems for span in (problem.span, *problem.related) if span}


def judge_problems(problems: list[Problem], grades: Mapping[str, Severity]) -> tuple[Finding, ...]:
    """Findings in report order, every sign of personal data covered: reports are shown and kept."""
    return grade(map(_masked, problems), grades)


def _masked(problem: Problem) -> Problem:
    if not any(_DIGITS.search(value) for _, value in problem.facts):
        return problem
    nobody = PrivacyContext()
    return replace(problem, facts=tuple((name, hide(value, nobody)) for name, value in problem.facts))


def keep_outcome(memory: Memory, outcome: Outcome, *, strict: bool) -> None:
    """Have the outcome for a build of the same input; one that wrote nothing is not remembered."""
    encode = encoder(_PROBLEMS)
    facts = {
        "strict": strict,
        "problems": encode(tuple(finding.problem for finding in outcome.findings)),
        "severities": [int(finding.severity) for finding in outcome.findings],
        "numbers": [outcome.documents, outcome.pages, int(outcome.fail_on)],
        "site": outcome.site,
    }
    memory.keep({"outcome": dump(facts) if outcome.written else b""})


def known_outcome(memory: Memory, *, strict: bool) -> Outcome | None:
    """The outcome of the last build, where it wrote its site."""
    facts: dict[str, Any] = memory.facts("outcome")
    if not facts or facts["strict"] != strict:
        return None
    decode = decoder(_PROBLEMS)
    found = zip(decode(facts["problems"]), facts["severities"], strict=True)
    findings = tuple(Finding(problem, Severity(severity)) for problem, severity in found)
    documents, pages, fail_on = facts["numbers"]
    return Outcome(findings, documents, pages, True, Severity(fail_on), site=facts["site"])
