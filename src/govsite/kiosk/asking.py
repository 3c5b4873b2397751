"""What a search process does: it holds the index open and answers one query after the other. Nothing else runs in it."""

from __future__ import annotations

import signal
import time
from pathlib import Path

from govsite.files.parent import end_with_parent
from govsite.frozen import dataclass
from govsite.index.answer import answer, answer_json
from govsite.index.whoosh import OpenIndex

_open: list[OpenIndex] = []


@dataclass(frozen=True, slots=True)
class Question:
    """A query with what goes with it. filters: pairs of `index.answer.FILTERS` and values; without: keys of documents that are
    not to be found.
    """

    query: str
    limit: int
    sort: str
    filters: tuple[tuple[str, str], ...]
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """total: documents found; body: the answer as JSON; seconds: what it took."""

    total: int
    body: bytes
    seconds: float


def start(folder: Path, digest: str) -> None:
    """Open the index of a verified edition for this process; end with the process that started this one.
    Raises BrokenIndexError.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    _open.append(OpenIndex(folder, digest))


def ask(question: Question) -> Answered:
    """Answer from the open index."""
    began = time.perf_counter()
    found = answer(
        _open[0],
        question.query,
        limit=question.limit,
        sort=question.sort,
        filters=dict(question.filters),
        without=question.without,
    )
    body = answer_json(found).encode("utf-8", "replace")
    return Answered(found.total, body, time.perf_counter() - began)
