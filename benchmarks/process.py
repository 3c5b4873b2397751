"""One whole process, measured from outside. Linux and macOS."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

HISTORY = Path(__file__).parent / "out" / "history.jsonl"
_KIB = 1024 if sys.platform == "linux" else 1024 * 1024

# An installed program runs compiled, whatever the shell of who measures says.
_HINDERS = frozenset({"PYTHONDONTWRITEBYTECODE"})


class Run(NamedTuple):
    """wall: seconds by the clock; cpu: seconds of all its processes; peak: MiB of the largest of them."""

    wall: float
    cpu: float
    peak: float


class FailedError(Exception):
    """The process did not end well."""


def run(
    command: Sequence[str | Path],
    folder: Path,
    environment: Mapping[str, str] | None = None,
    allowed: Sequence[int] = (0,),
) -> Run:
    """Run `command` in `folder` to its end. Raises `FailedError` with what it said last."""
    inherited = {name: value for name, value in os.environ.items() if name not in _HINDERS}
    log = folder / ".measured.log"
    with log.open("wb") as out:
        started = time.perf_counter()
        process = subprocess.Popen(
            [str(word) for word in command], cwd=folder, env={**inherited, **(environment or {})},
            stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in allowed:
        said = log.read_text(encoding="utf-8", errors="replace")[-2000:]
        raise FailedError(f"{command[0]} ended with {process.returncode}:\n{said}")
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / _KIB)


def keep(record: Mapping[str, object], history: Path = HISTORY) -> None:
    """Add a line to the history file."""
    history.parent.mkdir(parents=True, exist_ok=True)
    when = time.strftime("%Y-%m-%dT%H:%M:%S")
    with history.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"when": when, **record}, ensure_ascii=False) + "\n")
