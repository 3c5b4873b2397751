"""Who works for another process ends with it; who works for none goes on."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time

import pytest

from govsite.files.parent import end_with_parent

PARENT = """
import multiprocessing, os, sys, time
from govsite.files.parent import end_with_parent

def work():
    end_with_parent()
    print(os.getpid(), flush=True)
    time.sleep(60)

if __name__ == "__main__":
    multiprocessing.get_context("fork").Process(target=work).start()
    time.sleep(60)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does")
def test_a_child_ends_when_its_parent_is_killed() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    assert int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    started = time.monotonic()
    assert parent.stdout.read() == ""  # ends when the last writer, the child, has ended
    assert time.monotonic() - started < 30
    parent.wait()
    parent.stdout.close()


def test_nothing_happens_in_a_process_of_its_own() -> None:
    before = threading.active_count()
    end_with_parent()
    assert threading.active_count() == before
