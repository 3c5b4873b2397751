"""What changed since an earlier report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from govsite.frozen import dataclass
from govsite.problems.problem import Finding, Severity
from govsite.report.records import finding_record
from govsite.report.summary import counts_of

Identity = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Trend:
    """counts: (before, now) by severity; new, mended: findings in one line each, in report order."""

    counts: Mapping[Severity, tuple[int, int]]
    new: tuple[str, ...]
    mended: tuple[str, ...]


def compare(findings: Sequence[Finding], previous: Mapping[str, Any], lang: str) -> Trend:
    """Compare with the JSON of problems, version 1, of an earlier check; what it lacks counts as nothing.

    A finding is the same where code, file and message are: lines move, and days that passed make a message new.
    """
    raw = previous.get("problems")
    earlier = (
        [_identity(record) for record in raw if isinstance(record, Mapping)] if isinstance(raw, list) else []
    )
    words = Counter(
        str(record.get("severity"))
        for record in (raw if isinstance(raw, list) else ())
        if isinstance(record, Mapping)
    )
    now = [_identity(finding_record(finding, lang)) for finding in findings]
    return Trend(
        {severity: (words[severity.word], number) for severity, number in counts_of(findings).items()},
        _left(now, earlier),
        _left(earlier, now),
    )


def _identity(record: Mapping[str, Any]) -> Identity:
    return str(record.get("code", "")), str(record.get("file", "")), str(record.get("message", ""))


def _left(these: Sequence[Identity], those: Sequence[Identity]) -> tuple[str, ...]:
    """The ones of `these` without a like one among `those`, as text."""
    others = Counter(those)
    left = []
    for one in these:
        if others[one]:
            others[one] -= 1
        else:
            code, file, message = one
            left.append(" ".join(part for part in (f"[{code}]", message, file) if part))
    return tuple(left)
