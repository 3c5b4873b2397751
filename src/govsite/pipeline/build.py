"""A build, from sources to the swap; or a check, which walks the same road and writes nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from govsite.files.damage import DamagedCacheError
from govsite.files.lock import FileLock, LockedError
from govsite.files.trees import is_untouched
from govsite.frozen import dataclass
from govsite.pipeline.memory import open_memory
from govsite.pipeline.origins import with_origins
from govsite.pipeline.outcome import Outcome, judge_problems, keep_outcome, known_outcome
from govsite.pipeline.parallel import collecting_seldom
from govsite.pipeline.querying import has_query_index
from govsite.pipeline.request import Progress, Request
from govsite.pipeline.standing import SECTION, standing_section, tool_key
from govsite.pipeline.walk import Walk
from govsite.problems.problem import Problem, Severity
from govsite.problems.rules import severities
from govsite.write.staging import Staging, check_output, write_problem

if TYPE_CHECKING:
    from govsite.pipeline.outputs import Outputs
    from govsite.pipeline.walked import Walked

_OUTPUT_CODES = frozenset({"OUT101", "OUT104"})


def build_site(request: Request) -> Outcome:
    """Walk the whole road, or as little of it as the changes since the last build ask for.

    Never raises for anything a user can cause; `out` changes only when all is well. A memory that fails on the way is
    forgotten, and the road walked anew.
    """
    try:
        return _build(request)
    except DamagedCacheError:
        return replace(_build(replace(request, clean=True, content=None)), memory="damaged")


def _build(request: Request) -> Outcome:
    problems: list[Problem] = []
    try:
        key = tool_key(request.memory)
        with collecting_seldom(), begun_build(request, key, problems) as begun:
            begun.walk.look()
            return begun.finish()
    except DamagedCacheError:
        raise
    except OSError as error:
        outcome = failed_build(error, problems)
        return replace(outcome, told=request.tell(outcome)) if request.tell else outcome


@dataclass(frozen=True, slots=True)
class Begun:
    """A build that has begun. state: of its memory (`open_memory`)."""

    walk: Walk
    state: str

    def finish(self) -> Outcome:
        """Go on from the first look to the end. Raises `DamagedCacheError`, OSError."""
        walk = self.walk
        outcome = _known(walk) or _walk(walk)
        return replace(outcome, memory=self.state, timings=tuple(walk.timings))


@contextmanager
def begun_build(request: Request, key: str, problems: list[Problem]) -> Iterator[Begun]:
    """A build before its first look; its memory is locked while the context is open. key: of the tool; problems: gather here."""
    with open_memory(request.site, request.memory, key, clean=request.clean) as (memory, state):
        walk = Walk(request, memory)
        walk.problems = problems
        try:
            yield Begun(walk, state)
        finally:
            walk.close()


def failed_build(error: OSError, problems: list[Problem]) -> Outcome:
    """What to say of a build without room for temporary files, or of whose sources one went away while it was read."""
    problems.append(write_problem(error, Path(error.filename or tempfile.gettempdir()).name))
    return Outcome(judge_problems(problems, severities()), 0, 0, False, Severity.ERROR)


def _known(walk: Walk) -> Outcome | None:
    """What the last build gave, where it began with the same and its site lies there untouched."""
    request = walk.request
    if not walk.is_unchanged:
        return None
    outcome = known_outcome(walk.memory, strict=request.strict)
    if outcome is None or (request.out and not _is_in_place(walk, request.out)):
        return None
    walk.lap("same")
    outcome = _told(walk, outcome)
    before = walk.memory.section(SECTION) or b""
    standing = standing_section(walk, outcome, before)
    if standing and standing != before:
        walk.memory.renew({SECTION: standing})
    return outcome


def _told(walk: Walk, outcome: Outcome) -> Outcome:
    """The outcome with what it needs to be told: origins, words."""
    request = walk.request
    outcome = replace(outcome, findings=with_origins(outcome.findings, request.site))
    return replace(outcome, told=request.tell(outcome)) if request.tell else outcome


def _is_in_place(walk: Walk, out: Path) -> bool:
    tree = walk.memory.trees().current
    return bool(tree) and is_untouched(out, tree) and has_query_index(walk, out)


def _walk(walk: Walk) -> Outcome:
    # Read here: an unchanged site needs none of it.
    from govsite.pipeline.outputs import Outputs
    from govsite.pipeline.roads import walk_road

    request = walk.request
    walked = walk_road(walk)
    if request.strict:
        strict = min(walked.settings.fail_on, Severity.WARNING)
        walked = replace(walked, settings=replace(walked.settings, fail_on=strict))
    grades = severities(walked.settings.severities)
    staging = _staging(walk, grades, walked.settings.fail_on)
    outputs = Outputs(walk, walked, staging)
    written = _make(walk, outputs, staging, grades, walked.settings.fail_on)
    walk.lap("swap")
    outcome = _told(walk, _outcome(walk, walked, outputs, grades, written=written is True))
    if written is not None:
        keep_outcome(walk.memory, outcome, strict=request.strict)
        walk.memory.keep({SECTION: standing_section(walk, outcome)})
        walk.memory.commit(walk.packs)
        walk.lap("remember")
    return outcome


def _make(
    walk: Walk, outputs: Outputs, staging: Staging | None, grades: Mapping[str, Severity], fail_on: Severity
) -> bool | None:
    """Whether the site was written; None where its files could not be made or written at all."""
    request = walk.request
    try:
        if staging is None:
            outputs.make()
            return request.out is None
        with FileLock(staging.lock):
            staging.open()
            outputs.make()
            if not request.preview and _blocks(walk.problems, grades, fail_on):
                staging.abandon()
                return False
            outputs.build_query_index()
            outputs.commit()
            return True
    except LockedError:
        walk.problems.append(Problem.at("OUT105", None, path=request.out.name if request.out else ""))
    except OSError as error:
        walk.problems.append(write_problem(error, Path(error.filename or "").name))
        if staging:
            staging.abandon()
    return None


def _outcome(
    walk: Walk, walked: Walked, outputs: Outputs, grades: Mapping[str, Severity], *, written: bool
) -> Outcome:
    if _blocks((found for found in walk.problems if found.code.startswith("CFG")), grades, Severity.ERROR):
        # Every page would repeat what the settings lack.
        walk.problems = [found for found in walk.problems if not found.code.startswith("WEB")]
    return Outcome(
        judge_problems(walk.problems, grades),
        len(walked.site.documents),
        outputs.pages,
        written and walk.request.out is not None,
        walked.settings.fail_on,
        site=walked.settings.site.name,
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
    return Staging(request.out, walk.memory.trees())


def _blocks(problems: Iterable[Problem], grades: Mapping[str, Severity], fail_on: Severity) -> bool:
    return any(grades.get(problem.code, Severity.ERROR) >= fail_on for problem in problems)


__all__ = ["Outcome", "Progress", "Request", "build_site"]
