"""Kills and full disks: at every moment one complete edition is shown, and the next install succeeds.

`TRIALS` sets how many kills (default 12).
"""

from __future__ import annotations

import errno
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from edition_files import Bench, shown_edition

from govsite.edition.refusal import RefusedError

TRIALS = int(os.environ.get("TRIALS", "12"))
_CHILD = """
import sys
from datetime import datetime
from pathlib import Path
from govsite.edition.install import Order, install
print("ready", flush=True)
sys.stdin.readline()
install(Order(Path(sys.argv[1]), datetime.now().astimezone(), None, Path(sys.argv[2])))
"""


@pytest.mark.skipif(os.name == "nt", reason="a process is ended otherwise on Windows")
def test_a_kill_at_any_moment_leaves_one_whole_edition(tmp_path: Path) -> None:
    bench = Bench.at(tmp_path)
    bench.install(bench.pack(1))
    chance = random.Random("kill")  # noqa: S311 - damage, no secret
    root = tmp_path / "terminal"
    shown = 1
    longest = 0.05
    killed = 0
    for trial in range(TRIALS):
        file = bench.pack(trial + 2, f"m{trial}")
        child = subprocess.Popen(
            [sys.executable, "-c", _CHILD, str(root), str(file)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdout.readline()
        started = time.perf_counter()
        child.stdin.write(b"\n")
        child.stdin.flush()
        if trial:  # the first one runs to its end, to know how long that takes
            time.sleep(chance.random() * longest)
            child.kill()
        child.stdin.close()
        child.wait()
        child.stdout.close()
        if not trial:
            longest = (time.perf_counter() - started) * 1.1
        killed += child.returncode == -9
        now = shown_edition(root, bench.keys.public)
        assert now in {shown, trial + 2}
        if now == shown:
            bench.install(file)
        assert shown_edition(root, bench.keys.public) == trial + 2
        shown = trial + 2
        file.unlink()
    assert killed > TRIALS // 3


class _FullDisk:
    """Writing fails once `room` calls are used up."""

    def __init__(self, room: int) -> None:
        self.room = room

    def __call__(self, real: Any) -> Any:
        def limited(*args: Any, **kwargs: Any) -> Any:
            self.room -= 1
            if self.room < 0:
                raise OSError(errno.ENOSPC, "No space left on device")
            return real(*args, **kwargs)

        return limited


@pytest.mark.parametrize("room", [0, 1, 2, 5, 9, 14, 15, 16, 17, 18, 19, 20, 21, 22])
def test_a_disk_that_fills_up_at_any_write_leaves_the_edition_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    bench = Bench.at(tmp_path)
    bench.install(bench.pack(1))
    file = bench.pack(2, "new")
    disk = _FullDisk(room)
    with monkeypatch.context() as patch:
        real_open = Path.open

        def limited_open(path: Path, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
            if "b" in mode and set(mode) & set("wxa"):
                return disk(real_open)(path, mode, *args, **kwargs)
            return real_open(path, mode, *args, **kwargs)

        patch.setattr(Path, "open", limited_open)
        try:
            bench.install(file)
        except RefusedError as error:
            assert [problem.code for problem in error.problems] == ["KSK111"]
    assert shown_edition(tmp_path / "terminal", bench.keys.public) in {1, 2}
    bench.install(file)
    assert shown_edition(tmp_path / "terminal", bench.keys.public) == 2


def test_an_edition_that_has_no_room_is_refused_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = Bench.at(tmp_path)
    bench.install(bench.pack(1))
    usage = os.statvfs(tmp_path) if hasattr(os, "statvfs") else None
    assert usage is None or usage.f_bavail > 0
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 1000})())
    with pytest.raises(RefusedError, match="KSK118"):
        bench.install(bench.pack(2, "new"))
    assert shown_edition(tmp_path / "terminal", bench.keys.public) == 1
