"""Why a publication stopped, as a problem."""

from __future__ import annotations

from govsite.problems.problem import Problem


class PublishError(Exception):
    """Publishing cannot go on. problem: what a user is told (PUB3xx)."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class StoreError(Exception):
    """The target failed. doing: path or step; reason: what the other side said."""

    def __init__(self, doing: str, reason: str) -> None:
        super().__init__(f"{doing}: {reason}")
        self.doing = doing
        self.reason = reason
