"""A publication that is killed, cut off or out of disk, again and again, against a real sshd and a real nginx.

`INTERRUPTIONS=200 pytest tests/publishing/test_interrupted.py -s` runs the whole count; the usual run takes a few.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections import Counter
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from editions import Expected, Reader, build_editions, make_editions
from machines import Sshd, need, running_nginx, running_sshd

from govsite.cli.app import run
from running import CONFIG

if TYPE_CHECKING:
    from collections.abc import Iterator

COUNT = int(os.environ.get("INTERRUPTIONS", "4"))
SEED = int(os.environ.get("INTERRUPTION_SEED", "1"))
CASES = (("ssh", "版本目录"), ("ssh", "直接替换"), ("sftp", "版本目录"), ("sftp", "直接替换"))
FAULTS = ("kill", "cut", "full")

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="servers as Linux has them")


@dataclass
class Place:
    """A target in one layout. holds: 0 the old edition, 1 the new one; took: seconds from the first sign of a publication
    at the target to its end, the last time it was whole.
    """

    site: Path
    root: Path
    reader: Reader
    releases: bool
    holds: int = 0
    took: float = 3.0
    tried: Counter[str] = field(default_factory=Counter)


def test_readers_get_whole_editions_whatever_interrupts_a_publication(tmp_path: Path) -> None:
    need("rsync")
    folders = make_editions(tmp_path) if COUNT > 4 else build_editions(tmp_path)
    editions = [Expected.of(folder) for folder in folders]
    chance = random.Random(SEED)
    with ExitStack() as stack:
        sshd = stack.enter_context(running_sshd(tmp_path / "ssh"))
        disk = stack.enter_context(small_disk(tmp_path / "disk"))
        places = [_place(stack, tmp_path, disk, sshd, editions, number) for number in range(len(CASES))]
        for place in places:
            stack.callback(place.reader.close)
            assert _publish(place, folders[0])[0] == 0
        print(file=sys.stderr)
        for number in range(COUNT):
            place = places[number % len(places)]
            fault = FAULTS[number // len(places) % len(FAULTS)] if COUNT > 4 else FAULTS[number % len(FAULTS)]
            fault = "kill" if fault == "full" and disk is None else fault
            _interrupt(place, folders, editions, sshd, disk, fault, chance)
            if number % 10 == 9:
                print(
                    number + 1, sum((each.tried for each in places), Counter()), file=sys.stderr, flush=True
                )
        total = sum((place.tried for place in places), Counter())
        print(f"{COUNT} interruptions: {dict(total)}", file=sys.stderr)


@contextmanager
def small_disk(folder: Path) -> Iterator[Path | None]:
    """A disk of few megabytes; None where this process may not mount one."""
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(words, capture_output=True, check=False).returncode:
        print("no disk may be mounted here: full disks are left out", file=sys.stderr)
        yield None
        return
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def _place(
    stack: ExitStack, base: Path, disk: Path | None, sshd: Sshd, editions: list[Expected], number: int
) -> Place:
    scheme, layout = CASES[number]
    root = (disk or base) / f"网站 {number}"
    site = base / f"site{number}"
    site.mkdir()
    address = f"{scheme}://target{root}"
    (site / "config.yaml").write_text(
        f"{CONFIG}发布:\n  - {{名称: t, 地址: '{address}', 方式: {layout}, SSH配置: '{sshd.config}'}}\n",
        encoding="utf-8",
    )
    served = root / "current" if layout == "版本目录" else root
    server = f'root "{served}"; location ~ /\\. {{ deny all; }}'
    address = stack.enter_context(running_nginx(base / f"nginx{number}", server))
    return Place(site, root, Reader(address, *editions), layout == "版本目录")


class Publisher:
    """A publication in a process of its own: a fork of this one, which has read govsite already."""

    def __init__(self, place: Place, folder: Path) -> None:
        self.code: int | None = None
        self._place = place
        self._output = place.site / "output.txt"
        self._pid = os.fork()
        if self._pid == 0:
            handle = os.open(self._output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(handle, 1)
            os.dup2(handle, 2)
            words = ["publish", "t", "--site", str(place.site), "--from", str(folder)]
            code = 99
            try:
                code = run(words)
                sys.stdout.flush()
            except BaseException:  # noqa: BLE001
                traceback.print_exc()
            finally:
                os._exit(code)

    def wait(self, seconds: float = 300) -> int | None:
        """Exit code, a negative signal, or None where it takes longer."""
        end = time.monotonic() + seconds
        while self.code is None and time.monotonic() < end:
            pid, status = os.waitpid(self._pid, os.WNOHANG)
            if pid:
                self.code = os.waitstatus_to_exitcode(status)
            else:
                time.sleep(0.002)
        return self.code

    def begun(self) -> None:
        """Wait until it shows at the target."""
        while self.wait(0.002) is None and not (self._place.root / ".govsite" / "lock").exists():
            pass

    def kill(self) -> None:
        os.kill(self._pid, signal.SIGKILL)

    @property
    def output(self) -> str:
        return self._output.read_text(encoding="utf-8")


def _publish(place: Place, folder: Path) -> tuple[int | None, str]:
    publisher = Publisher(place, folder)
    publisher.begun()
    started = time.monotonic()
    if publisher.wait() == 0:
        place.took = time.monotonic() - started
    return publisher.code, publisher.output


def _interrupt(
    place: Place,
    folders: tuple[Path, Path],
    editions: list[Expected],
    sshd: Sshd,
    disk: Path | None,
    fault: str,
    chance: random.Random,
) -> None:
    goal = 1 - place.holds
    ended = _fail(place, folders[goal], sshd, disk, fault, chance)
    place.tried[f"{fault}: {'too late' if ended == 0 else 'interrupted'}"] += 1
    found = place.reader.survey()
    assert place.reader.faults == [], fault
    if place.releases:
        assert any(_is_edition(found, edition) for edition in editions), f"{fault}: a mixture of editions"
    code, said = _publish(place, folders[goal])
    assert code == 0, said
    found = place.reader.survey()
    assert place.reader.faults == []
    assert _is_edition(found, editions[goal])
    place.holds = goal


def _is_edition(found: dict[str, str], edition: Expected) -> bool:
    """Whether what readers get is this edition, and else only assets of the other."""
    rest = {path for path in found if path not in edition.files}
    return all(found.get(path) == digest for path, digest in edition.files.items()) and all(
        path.startswith("assets/") for path in rest
    )


@contextmanager
def _visits(place: Place, chance: random.Random) -> Iterator[None]:
    """Visitors who look at pages and follow their links all the while."""
    over = threading.Event()
    paths = place.reader.paths()
    order = random.Random(chance.random())

    def visit() -> None:
        while not over.is_set():
            place.reader.look(order.sample(paths, 3), follow=True)
            time.sleep(0.02)

    visitor = threading.Thread(target=visit)
    visitor.start()
    try:
        yield
    finally:
        over.set()
        visitor.join()


def _fail(
    place: Place, folder: Path, sshd: Sshd, disk: Path | None, fault: str, chance: random.Random
) -> int | None:
    """Run a publication that is interrupted; its exit code."""
    filler = disk / "filler" if disk else None
    if fault == "full" and disk and filler:
        free = shutil.disk_usage(disk).free
        left = chance.randrange(4096, max(sum(path.stat().st_size for path in folder.rglob("*")), 8192))
        filler.write_bytes(bytes(max(free - left, 0)))
    publisher = Publisher(place, folder)
    with _visits(place, chance):
        if fault != "full":
            publisher.begun()
            if publisher.wait(chance.uniform(0, place.took)) is None:
                publisher.kill() if fault == "kill" else sshd.cut()
        code = publisher.wait()
    sshd.restore()
    if filler:
        filler.unlink(missing_ok=True)
    assert "Traceback" not in publisher.output, publisher.output
    assert code in {0, 1, -signal.SIGKILL}, publisher.output
    return code
