"""Work in processes, or in this one. Results come in the order of the work, whoever did it."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from govsite.pipeline.meter import METER, Costs

# New objects between two collections: what bulk work makes lives to the end or dies by its count of references
# (`render/templates.py` takes care of the one ring that every page would leave).
_COLLECT_AFTER = 2_000_000

T = TypeVar("T")
R = TypeVar("R")

# State of this process's worker, set once by its initializer.
_state: dict[str, Any] = {}

# Who else does the work, in place of processes of this machine: see `pipeline/cluster.py`.
_elsewhere: list[Callable[..., Iterator[Any]]] = []


def use_cluster(run: Callable[..., Iterator[Any]] | None) -> None:
    """Have `run(make_state, argument, call, chunks)` do what would go to several processes; None for processes again."""
    _elsewhere[:] = [run] if run else []


def default_jobs() -> int:
    """Processes that may run at once: the cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def chunked(items: Sequence[T], size: int) -> list[Sequence[T]]:
    """`items` cut into runs of at most `size`."""
    return [items[start : start + size] for start in range(0, len(items), size)]


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Bulk work: what lives already is not searched for rings again, and new objects only now and then."""
    before = gc.get_threshold()
    gc.set_threshold(_COLLECT_AFTER, 20, 100)
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


def _initialize(make_state: Callable[[Any], Any], argument: Any) -> None:
    from govsite.files.parent import end_with_parent

    end_with_parent()
    gc.set_threshold(_COLLECT_AFTER, 20, 100)
    gc.freeze()
    METER.take()  # a forked process begins with what its parent had gathered
    _state["worker"] = make_state(argument)


def _run(call: Callable[[Any, Any], Any], chunk: Any) -> tuple[Any, Costs]:
    return call(_state["worker"], chunk), METER.take()


def map_chunks(
    make_state: Callable[[Any], Any],
    argument: Any,
    call: Callable[[Any, T], R],
    chunks: Sequence[T],
    jobs: int,
) -> Iterator[R]:
    """`call(state, chunk)` for every chunk, in order. `make_state(argument)` runs once in each process.

    make_state and call must be functions of a module, so that they can be sent to a process anywhere.
    """
    if jobs <= 1 or len(chunks) <= 1:
        state = make_state(argument)
        for chunk in chunks:
            yield call(state, chunk)
        return
    if _elsewhere:
        yield from _elsewhere[0](make_state, argument, call, chunks)
        return
    # Read here: who works alone needs none of it.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # A forked process finds `argument` in its memory; where there is no fork it is sent once to each process.
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    with ProcessPoolExecutor(
        min(jobs, len(chunks)), multiprocessing.get_context(method), _initialize, (make_state, argument)
    ) as pool:
        futures = [pool.submit(_run, call, chunk) for chunk in chunks]
        try:
            for future in futures:
                result, costs = future.result()
                METER.add(costs)
                yield result
        finally:
            for future in futures:
                future.cancel()
