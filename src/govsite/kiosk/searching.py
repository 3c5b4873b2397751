"""Searches beside the pages: in processes of their own, the same question asked once, and never a long queue.

Pages are sent by the server's one thread; a search there, or in a thread beside it, would keep them waiting.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Final, TypeVar

from govsite.index.expression import Expression, parse_expression
from govsite.index.query import LONGEST_QUERY
from govsite.kiosk.asking import Answered, Question, ask, start

T = TypeVar("T")

PATIENCE: Final = 2.0
"""Seconds that a visitor may have to wait for other people's searches; who would wait longer is asked to come again."""

_MOST_BYTES: Final = 8 << 20
"""Of answers that are kept."""

_OVERHEAD: Final = 400
"""Bytes that an answer takes beside its text, about."""

_FIRST_GUESS: Final = 0.05
"""Seconds that a search takes, before one has been seen."""


class BusyError(Exception):
    """Too many are searching; in a moment it will do."""


def process_count() -> int:
    """Search processes: one core stays for the pages and the browser, and two are enough for any hall."""
    return max(1, min(2, (os.cpu_count() or 1) - 1))


class Answers:
    """The answers that were asked for last, as many as fit into `most` bytes."""

    def __init__(self, most: int = _MOST_BYTES) -> None:
        self._most = most
        self._kept: OrderedDict[object, Answered] = OrderedDict()
        self.size = 0

    def get(self, key: object) -> Answered | None:
        """An answer that was kept; asking for it keeps it longer."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def keep(self, key: object, answered: Answered) -> None:
        """Keep an answer; those not asked for the longest go."""
        if key in self._kept:
            return
        self._kept[key] = answered
        self.size += len(answered.body) + _OVERHEAD
        while self.size > self._most:
            _, gone = self._kept.popitem(last=False)
            self.size -= len(gone.body) + _OVERHEAD


@dataclass
class Searching:
    """Searches in the index of one edition. folder, digest: of the index; processes: how many may search at once."""

    folder: Path
    digest: str
    processes: int = field(default_factory=process_count)
    answers: Answers = field(default_factory=Answers)

    def __post_init__(self) -> None:
        self._asked: dict[object, asyncio.Task[Answered]] = {}
        self._turns = asyncio.Semaphore(self.processes)
        self._usual = _FIRST_GUESS
        self._pool = self._make_pool()
        self._started: asyncio.Future[None] | None = None

    async def search(self, question: Question) -> Answered:
        """Answer, from memory where it was asked before. Raises BusyError."""
        key = _key(question)
        kept = self.answers.get(key)
        if kept is not None:
            return kept
        asked = self._asked.get(key)
        if asked is None:
            if len(self._asked) * self._usual / self.processes > PATIENCE:
                raise BusyError
            asked = self._asked[key] = asyncio.ensure_future(self._ask(key, question))
        return await asyncio.shield(asked)

    def warm(self) -> asyncio.Future[None]:
        """Start a process before anybody asks; done once it has opened the index."""
        if self._started is None:
            self._started = asyncio.ensure_future(self._start())
        return self._started

    def close(self) -> None:
        """End the processes once they have answered what they are at."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    async def _start(self) -> None:
        with suppress(BusyError):
            await self._run(os.getpid)

    async def _ask(self, key: object, question: Question) -> Answered:
        try:
            await asyncio.shield(self.warm())
            came = time.monotonic()
            async with self._turns:
                if time.monotonic() - came > PATIENCE:
                    raise BusyError
                answered = await self._run(partial(ask, question))
            self._usual += (answered.seconds - self._usual) / 16
            self.answers.keep(key, answered)
            return answered
        finally:
            del self._asked[key]

    async def _run(self, call: Callable[[], T]) -> T:
        pool = self._pool
        try:
            return await asyncio.get_running_loop().run_in_executor(pool, call)
        except BrokenProcessPool as error:  # killed from outside: the next one finds new processes
            if self._pool is pool:
                self._pool, self._started = self._make_pool(), None
            raise BusyError from error
        except RuntimeError as error:  # closed: a new edition is shown from now on
            raise BusyError from error

    def _make_pool(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self.processes, get_context("spawn"), initializer=start, initargs=(self.folder, self.digest)
        )


def _key(question: Question) -> tuple[object, ...]:
    """What two questions with the same answer share: spelling, spaces and the order of filters are not part of it."""
    meaning: Expression | str | None = (
        "" if len(question.query) > LONGEST_QUERY else parse_expression(question.query)
    )
    return meaning, question.limit, question.sort, tuple(sorted(question.filters)), question.without
