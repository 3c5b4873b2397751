"""Kills and full disks: at every moment one complete edition is shown, and the next install succeeds.

`TRIALS` sets how many kills (default 12).
"""

from __future__ import annotations

import errno
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from edition_files import Bench, shown_edition

from govsite.edition.install import install
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
    for trial in range(4 * TRIALS):
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
        if killed == TRIALS:
            break
    assert killed == TRIALS


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


@pytest.mark.skipif(sys.platform != "linux" or not shutil.which("mount"), reason="needs a tmpfs")
def test_a_disk_that_is_really_full_leaves_the_edition_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=640k", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no right to mount a tmpfs")
    try:
        bench = Bench.at(tmp_path)
        # The look at the free space beforehand would refuse: here the disk fills up afterwards.
        monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 1 << 40})())
        install(bench.order(bench.pack(1), to="disk/terminal"))
        file = bench.pack(2, "new")
        refused = 0
        ballast = disk / "ballast"
        for room in range(0, 200_000, 9_000):
            free = os.statvfs(disk)
            ballast.write_bytes(b"x" * max(0, free.f_bavail * free.f_frsize - room))
            try:
                install(bench.order(file, to="disk/terminal"))
            except RefusedError as error:
                refused += 1
                assert [problem.code for problem in error.problems] == ["KSK111"]
                assert shown_edition(disk / "terminal", bench.keys.public) == 1
            ballast.unlink()
            if shown_edition(disk / "terminal", bench.keys.public) == 2:
                break
        assert refused > 3
        ballast.unlink(missing_ok=True)
        if shown_edition(disk / "terminal", bench.keys.public) == 1:
            install(bench.order(file, to="disk/terminal"))
        assert shown_edition(disk / "terminal", bench.keys.public) == 2
    finally:
        subprocess.run(["umount", str(disk)], check=True)


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
