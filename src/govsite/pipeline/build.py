"""A build, from sources to the swap; or a check, which walks the same road and writes nothing."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from govsite.check.privacy.hiding import hide
from govsite.check.privacy.leak import PrivacyContext
from govsite.files.lock import FileLock, LockedError
from govsite.pipeline.outputs import Outputs
from govsite.pipeline.parallel import collecting_seldom
from govsite.pipeline.walk import Progress, Request, Walk, Walked
from govsite.problems.problem import Finding, Problem, Severity, grade
from govsite.problems.rules import severities
from govsite.write.staging import Staging, check_output, write_problem

_DIGITS = re.compile(r"\d(?:[\s-]?\d){9}")  # shorter runs of digits are nobody's number
_OUTPUT_CODES = frozenset({"OUT101", "OUT104"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build gave. findings in report order; written: whether `out` now holds the new site.

    fail_on: severity from which on the build counts as failed; timings: (stage, seconds) in order; site: its name.
    """

    findings: tuple[Finding, ...]
    documents: int
    pages: int
    written: bool
    fail_on: Severity
    timings: tuple[tuple[str, float], ...] = ()
    site: str = ""

    @property
    def failed(self) -> bool:
        """Whether anything reaches `fail_on`."""
        return any(finding.severity >= self.fail_on for finding in self.findings)

    @property
    def exit_code(self) -> int:
        """0 clean · 1 problems at or above `fail_on` · 2 where only settings (CFG) are wrong."""
        heavy = {finding.problem.code[:3] for finding in self.findings if finding.severity >= self.fail_on}
        return 2 if heavy == {"CFG"} else int(bool(heavy))


def build_site(request: Request) -> Outcome:
    """Walk the whole road. Never raises for anything a user can cause; `out` changes only when all is well."""
    walk = Walk(request)
    try:
        with (
            collecting_seldom(),
            tempfile.TemporaryDirectory(prefix="govsite-", ignore_cleanup_errors=True) as store,
        ):
            walked = walk.walk(Path(store))
            if request.strict:
                strict = min(walked.settings.fail_on, Severity.WARNING)
                walked = replace(walked, settings=replace(walked.settings, fail_on=strict))
            return _finish(walk, walked)
    except OSError as error:  # no room for temporary files, or a source that went away while it was read
        walk.problems.append(write_problem(error, Path(error.filename or tempfile.gettempdir()).name))
        return Outcome(grade(walk.problems, severities()), 0, 0, False, Severity.ERROR, tuple(walk.timings))


def _finish(walk: Walk, walked: Walked) -> Outcome:
    request, settings = walk.request, walked.settings
    grades = severities(settings.severities)
    staging = _staging(walk, grades, settings.fail_on)
    outputs = Outputs(walk, walked, staging)
    written = False
    try:
        if staging is None:
            outputs.make()
        else:
            with FileLock(staging.lock):
                staging.open()
                outputs.make()
                if not request.preview and _blocks(walk.problems, grades, settings.fail_on):
                    staging.abandon()
                else:
                    outputs.build_query_index()
                    staging.commit()
                    written = True
    except LockedError:
        walk.problems.append(Problem.at("OUT105", None, path=request.out.name if request.out else ""))
    except OSError as error:
        walk.problems.append(write_problem(error, Path(error.filename or "").name))
        if staging:
            staging.abandon()
    walk.lap("swap")
    if _blocks((found for found in walk.problems if found.code.startswith("CFG")), grades, Severity.ERROR):
        # Every page would repeat what the settings lack.
        walk.problems = [found for found in walk.problems if not found.code.startswith("WEB")]
    findings = grade(map(_masked, walk.problems), grades)
    documents = len(walked.site.documents)
    return Outcome(
        findings, documents, outputs.pages, written, settings.fail_on, tuple(walk.timings), settings.site.name
    )


def _staging(walk: Walk, grades: Mapping[str, Severity], fail_on: Severity) -> Staging | None:
    """Where to write; None where nothing is to be written, and the pages are only tried so that the report is whole."""
    request = walk.request
    if request.out is None:
        return None
    walk.problems += check_output(request.out, request.site)
    if any(problem.code in _OUTPUT_CODES for problem in walk.problems):
        return None
    if not request.preview and _blocks(walk.problems, grades, fail_on):
        return None
    return Staging(request.out)


def _masked(problem: Problem) -> Problem:
    """The problem with every sign of personal data in its facts covered: reports are shown and kept."""
    if not any(_DIGITS.search(value) for _, value in problem.facts):
        return problem
    nobody = PrivacyContext()
    return replace(problem, facts=tuple((name, hide(value, nobody)) for name, value in problem.facts))


def _blocks(problems: Iterable[Problem], grades: Mapping[str, Severity], fail_on: Severity) -> bool:
    return any(grades.get(problem.code, Severity.ERROR) >= fail_on for problem in problems)


__all__ = ["Outcome", "Progress", "Request", "build_site"]
