"""One publication at a time: a lock at the target that outlives no crash for long.

The lock names its holder's run, machine and process, and a moment at which it ends unless it is renewed. A run that
died on this machine is seen at once; one that died elsewhere blocks others until that moment.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from govsite.problems.problem import Problem
from govsite.publish.failure import PublishError, StoreError
from govsite.publish.state import LOCK
from govsite.publish.store import Store

LIFE = 20 * 60
_RENEW = 4 * 60


@dataclass
class TargetLock:
    """A context manager. Raises `PublishError` (PUB303) where another run holds the lock, StoreError otherwise.

    take_over: take the lock from whoever holds it. now: seconds since the epoch.
    """

    store: Store
    token: str
    take_over: bool = False
    now: Callable[[], float] = time.time

    def __enter__(self) -> Self:
        for _ in range(3):
            if self.store.create(LOCK, self._record()):
                self._renewed = self.now()
                return self
            held = self._read()
            if held and not self.take_over and not self._is_over(held):
                raise PublishError(
                    Problem.at(
                        "PUB303",
                        None,
                        until=time.strftime("%H:%M", time.localtime(float(held.get("until", 0)))),
                    )
                )
            self.store.remove([LOCK])
        raise PublishError(Problem.at("PUB303", None, until=""))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self._read().get("token") == self.token:
                self.store.remove([LOCK])
        except StoreError:
            if kind is None:
                raise

    def hold(self) -> None:
        """Make sure that the lock is still ours, and renew it. Raises `PublishError` (PUB303) where it was taken."""
        if self._read().get("token") != self.token:
            raise PublishError(Problem.at("PUB303", None, until=""))
        self.store.write(LOCK, self._record())
        self._renewed = self.now()

    def renew(self) -> None:
        """As `hold`, when it is time. Called while much is sent."""
        if self.now() - self._renewed > _RENEW:
            self.hold()

    def _record(self) -> bytes:
        record = {
            "token": self.token,
            "machine": _machine(),
            "process": os.getpid(),
            "until": self.now() + LIFE,
        }
        return json.dumps(record).encode()

    def _read(self) -> dict[str, Any]:
        try:
            held = json.loads(self.store.read(LOCK) or b"{}")
        except ValueError:
            return {}
        return held if isinstance(held, dict) else {}

    def _is_over(self, held: dict[str, Any]) -> bool:
        if float(held.get("until", 0)) < self.now():
            return True
        return held.get("machine") == _machine() and not _is_alive(int(held.get("process", 0)))


def _machine() -> str:
    """A digest of the machine's name and its start: the target learns no names."""
    try:
        with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as file:  # noqa: PTH123 - not a path of ours
            start = file.read().strip()
    except OSError:
        start = ""
    return hashlib.sha256(f"{platform.node()}\n{start}".encode()).hexdigest()[:16]


def _is_alive(process: int) -> bool:
    if process == os.getpid() or process <= 0 or sys.platform == "win32":
        return process == os.getpid() or sys.platform == "win32"
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
