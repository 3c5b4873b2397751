"""Why an edition is refused, as problems: nothing of it has been switched to when one of these is raised."""

from __future__ import annotations

from govsite.problems.problem import Problem


class RefusedError(Exception):
    """An edition, a key or a folder is refused. problems: why, at least one."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__(", ".join(problem.code for problem in problems))
