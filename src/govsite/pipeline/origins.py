"""Findings told where their text was imported from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from govsite.intake.origin import FOLDER, Origins
from govsite.problems.problem import Finding


def with_origins(findings: Sequence[Finding], site: Path) -> tuple[Finding, ...]:
    """`findings` in the same order, those in imported sources with the place in the imported file."""
    if not (site / FOLDER).is_dir():
        return tuple(findings)
    origins = Origins(site)
    return tuple(replace(finding, origin=origins.of(finding.problem.span)) for finding in findings)
