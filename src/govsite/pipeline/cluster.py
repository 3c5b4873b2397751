"""The same chunks on other machines: the one door to Dask, through its executor interface.

Workers see the site, its cache and the output under the paths that this machine uses: shared storage. What they are sent is
small: names of sources and of outputs; what they find lies in packs, as on one machine.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import uuid4

from govsite.cache.tool import tool_digest
from govsite.files.digest import digest_of
from govsite.pipeline import parallel
from govsite.pipeline.meter import METER, Costs

WAIT = 10  # seconds for a scheduler to answer
SCHEME = "dask://"

# A worker's state, and the digest of what it was made of. One chunk at a time: makers are not for several threads.
_made: list[tuple[str, Any]] = []
_turn = Lock()


class ClusterError(Exception):
    """The cluster cannot be used. reason: `missing` (not installed), `unreachable`, `empty`, `foreign` (another govsite there),
    `storage` (a worker does not see the site), `lost` (workers died on the way).
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


class Cluster:
    """Workers of one Dask scheduler."""

    def __init__(self, client: Any) -> None:
        self._client = client

    @property
    def workers(self) -> int:
        """How many there are now."""
        return len(self._client.scheduler_info(n_workers=-1)["workers"])

    def run(
        self, make_state: Callable[[Any], Any], argument: Any, call: Callable[[Any, Any], Any], chunks: Sequence[Any]
    ) -> Iterator[Any]:  # fmt: skip
        """As `parallel.map_chunks`. Raises `ClusterError` where workers die."""
        from distributed import CancelledError as Dropped
        from distributed import KilledWorker

        content = pickle.dumps((make_state, argument), protocol=pickle.HIGHEST_PROTOCOL)
        sent = self._client.scatter(content, broadcast=True, hash=False)
        executor = self._client.get_executor()
        name = digest_of(content)
        futures = [executor.submit(_run, name, sent, call, chunk) for chunk in chunks]
        try:
            for future in futures:
                try:
                    result, costs = future.result()
                except (KilledWorker, Dropped, CancelledError) as error:
                    raise ClusterError("lost", type(error).__name__) from error
                METER.add(costs)
                yield result
        finally:
            for future in futures:
                future.cancel()

    def examine(self, site: Path) -> None:
        """Raises `ClusterError` where a worker runs another govsite, or does not see the site as this machine does."""
        if not self.workers:
            raise ClusterError("empty")
        probe = site / "build" / f".probe-{uuid4().hex}"
        probe.parent.mkdir(parents=True, exist_ok=True)
        probe.write_text("", encoding="ascii")
        try:
            found = self._client.run(_look, str(probe), on_error="return")
        finally:
            probe.unlink()
        own = tool_digest()
        for worker, answer in sorted(found.items()):
            if isinstance(answer, BaseException) or answer[0] != own:
                raise ClusterError("foreign", str(worker))
            if not answer[1]:
                raise ClusterError("storage", str(worker))


@contextmanager
def on_cluster(address: str, site: Path) -> Iterator[int]:
    """Chunks of work go to the scheduler at `address` (`dask://host:port`) while the context is open; how many workers it has.

    Raises `ClusterError`.
    """
    try:
        distributed: Any = import_module("distributed")
    except ImportError as error:
        raise ClusterError("missing") from error
    try:
        client = distributed.Client(
            f"tcp://{address.removeprefix(SCHEME)}", timeout=WAIT, set_as_default=False
        )
    except (OSError, TimeoutError, ValueError) as error:
        raise ClusterError("unreachable", address) from error
    try:
        cluster = Cluster(client)
        cluster.examine(site)
        parallel.use_cluster(cluster.run)
        yield cluster.workers
    finally:
        parallel.use_cluster(None)
        client.close()


def _run(name: str, content: bytes, call: Callable[[Any, Any], Any], chunk: Any) -> tuple[Any, Costs]:
    """On a worker: do one chunk, with the state that the build asks for."""
    with _turn:
        if not _made or _made[0][0] != name:
            make_state, argument = pickle.loads(content)  # noqa: S301 - from the scheduler, which is trusted as a shell is
            METER.take()
            _made[:] = [(name, make_state(argument))]
        return call(_made[0][1], chunk), METER.take()


def _look(probe: str) -> tuple[str, bool]:
    """On a worker: which govsite it runs, and whether it sees a file of the site."""
    return tool_digest(), Path(probe).is_file()
