"""Findings held against 检查指标: veto items, then points lost, then duties outside the points."""

from __future__ import annotations

from collections.abc import Sequence

from govsite.frozen import dataclass
from govsite.problems.problem import Finding, Severity
from govsite.vocab.indicators import Indicator, indicators


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator and how it stands. lost: points taken away, never more than it is worth."""

    indicator: Indicator
    findings: int
    lost: int

    @property
    def vetoes(self) -> bool:
        """Whether it fails the whole site."""
        return self.indicator.part == "veto" and self.findings >= self.indicator.at

    @property
    def is_seen(self) -> bool:
        """Whether a build can look at it at all."""
        return bool(self.indicator.codes or self.indicator.families)


def scorecard(findings: Sequence[Finding]) -> tuple[Line, ...]:
    """A line for each indicator in the order of the table. Notices never count."""
    codes = [finding.problem.code for finding in findings if finding.severity >= Severity.WARNING]
    return tuple(_line(indicator, codes) for indicator in indicators().indicators)


def _line(indicator: Indicator, codes: Sequence[str]) -> Line:
    number = sum(indicator.counts(code) for code in codes)
    return Line(indicator, number, min(indicator.points, number * indicator.each))
