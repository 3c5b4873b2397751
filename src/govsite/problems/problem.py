"""A problem (问题) as data: code, place, facts. Words and severity are added at the door."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntEnum

from govsite.frozen import dataclass
from govsite.source.span import Span


class Severity(IntEnum):
    """How heavy a finding is; a larger number is heavier."""

    NOTICE = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """The word used in JSON and settings: `error`, `warning`, `notice`."""
        return self.name.lower()

    @classmethod
    def of(cls, word: str) -> Severity:
        """The severity called `word`; raises KeyError for anything else."""
        return cls[word.upper()]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong, as facts.

    span: where; a span with line 0 is a whole file, None the site as a whole. facts: names and values that the
    rule's texts use. related: other places that belong to it. Personal data never stands whole in a fact.
    """

    code: str
    span: Span | None = None
    facts: tuple[tuple[str, str], ...] = ()
    related: tuple[Span, ...] = ()

    @classmethod
    def at(cls, code: str, span: Span | None, related: Iterable[Span] = (), **facts: object) -> Problem:
        """A problem of rule `code` at `span`; facts in the order given."""
        return cls(code, span, tuple((name, str(value)) for name, value in facts.items()), tuple(related))


_NOWHERE = Span("\U0010ffff")


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem together with the severity that the rule and the site's settings give it.

    origin: where the text came from, in the file that was imported (`附件2.xlsx › 清单!D17`), `""` for none.
    """

    problem: Problem
    severity: Severity
    origin: str = ""

    @property
    def sort_key(self) -> tuple[str, int, int, int, str, tuple[tuple[str, str], ...]]:
        """File, line, column, heaviest first, code, facts: the one order of every report; what has no place comes last."""
        span = self.problem.span or _NOWHERE
        return (span.file, span.line, span.column, -self.severity, self.problem.code, self.problem.facts)


def grade(problems: Iterable[Problem], severities: Mapping[str, Severity]) -> tuple[Finding, ...]:
    """Findings in report order, each once. A code that `severities` does not know is an error."""
    findings = {Finding(problem, severities.get(problem.code, Severity.ERROR)) for problem in problems}
    return tuple(sorted(findings, key=lambda finding: finding.sort_key))
