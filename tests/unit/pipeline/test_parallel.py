"""Processes of a build end with it, however it ends."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

_BUILD = """
import os, time
from govsite.pipeline.parallel import map_chunks

def state(argument):
    return argument

def work(state, chunk):
    print(os.getpid(), flush=True)
    time.sleep(120)

if __name__ == "__main__":
    list(map_chunks(state, None, work, [1, 2], 2))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc who is alive")
def test_who_works_for_a_build_that_is_killed_ends_too(tmp_path: Path) -> None:
    script = tmp_path / "build.py"
    script.write_text(_BUILD, encoding="utf-8")
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as build:
        assert build.stdout
        workers = [int(build.stdout.readline()) for _ in range(2)]
        assert all(_lives(worker) for worker in workers)
        os.kill(build.pid, 9)
    ends = time.monotonic() + 20
    while any(_lives(worker) for worker in workers) and time.monotonic() < ends:
        time.sleep(0.05)
    assert not [worker for worker in workers if _lives(worker)]


def _lives(process: int) -> bool:
    try:
        status = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] not in {"Z", "X"}
