"""What the commands about editions share: refusals in words, keys, the terminal's clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from govsite.cli.common import Session, UsageProblem, print_findings
from govsite.problems.problem import Problem, grade
from govsite.problems.rules import severities


def print_refusal(session: Session, problems: Sequence[Problem]) -> int:
    """Say why; the exit code."""
    print_findings(session, grade(problems, severities()))
    return 1


def read_key(session: Session, key: Path | None) -> bytes | None:
    """A key file's content. Raises `UsageProblem` where it cannot be read."""
    if key is None:
        return None
    try:
        return key.read_bytes()
    except OSError as error:
        raise UsageProblem(session.t("pack.file", file=key.name, reason=error.strerror or "")) from error


def clock() -> datetime:
    """The terminal's own clock, with its offset."""
    return datetime.now().astimezone()
