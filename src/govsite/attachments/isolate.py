"""Runs readers that are not ours in a helper process that can be killed.

One helper serves its parent until it dies of a file; the next file gets a new one.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import subprocess
import sys
import threading
from dataclasses import asdict

from govsite.attachments.frames import read_frame, write_frame
from govsite.attachments.gather import Gatherer
from govsite.attachments.limits import ExtractLimits
from govsite.attachments.magic import content_of
from govsite.attachments.stored import extracted_from_bytes
from govsite.attachments.suffixes import suffix_of, type_in_container
from govsite.model.extracted import Extracted

_GRACE_SECONDS = 2.0
"""What the helper gets beyond its own bound to hand over what it has found."""

_START_SECONDS = 10.0


class _Helper:
    """A child process. memory_bytes: the bound it was started with; pid of the parent tells a fork apart."""

    def __init__(self, memory_bytes: int) -> None:
        self.memory_bytes = memory_bytes
        self.parent = os.getpid()
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        flags = 0
        if sys.platform == "win32":
            flags = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
        self.process = subprocess.Popen(  # noqa: S603 - our own module under our own interpreter
            [sys.executable, "-P", "-m", "govsite.attachments.helper", str(memory_bytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            creationflags=flags,
            start_new_session=sys.platform != "win32",  # Ctrl-C is the parent's business
        )

    def ask(self, request: bytes, data: bytes, seconds: float) -> bytes | str:
        """The helper's answer, or why there is none: `killed` · `reader died`."""
        timed_out = threading.Event()

        def kill() -> None:
            timed_out.set()
            self.process.kill()

        timer = threading.Timer(seconds, kill)
        timer.daemon = True
        timer.start()
        answer = None
        try:
            if self.process.stdin is not None and self.process.stdout is not None:
                write_frame(self.process.stdin, request)
                write_frame(self.process.stdin, data)
                answer = read_frame(self.process.stdout)
        except OSError:
            answer = None
        finally:
            timer.cancel()
        if answer is not None:
            return answer
        return "killed" if timed_out.is_set() else "reader died"

    def close(self) -> None:
        """End the process; it holds nothing worth waiting for."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # what was buffered for a dead reader
                    pipe.close()


_lock = threading.Lock()
_running: list[_Helper] = []


def read_isolated(data: bytes, name: str, gatherer: Gatherer) -> str:
    """Have `data` read in the helper and merge what it found; return the type."""
    limits = gatherer.remaining_limits()
    request = json.dumps({"name": name, "depth": gatherer.depth, "limits": asdict(limits)}).encode()
    with _lock:
        answer = _ask(request, data, limits)
    if isinstance(answer, str):
        gatherer.fault(*(("too_slow", "", "seconds") if answer == "killed" else ("broken", "", answer)))
        return _fallback_type(data, name)
    gatherer.merge(answer)
    return answer.type


def _ask(request: bytes, data: bytes, limits: ExtractLimits) -> Extracted | str:
    """The answer, or why there is none: `killed` · `reader died` · `no reader process`."""
    while True:
        helper, is_fresh = _helper(limits.memory_bytes)
        if helper is None:
            return "no reader process"
        seconds = limits.seconds + _GRACE_SECONDS + (_START_SECONDS if is_fresh else 0)
        answer = helper.ask(request, data, seconds)
        found = extracted_from_bytes(answer) if isinstance(answer, bytes) else None
        if found is not None:
            return found
        _drop(helper)
        # One that was running may have died of the file before; a fresh one died of this file.
        if is_fresh or answer == "killed":
            return answer if isinstance(answer, str) else "reader died"


def _helper(memory_bytes: int) -> tuple[_Helper | None, bool]:
    """The helper of this process, and whether it was just started."""
    if _running and _running[0].parent != os.getpid():
        _running.clear()  # a fork has its parent's helper in memory, but may not speak to it
    if _running and (_running[0].memory_bytes != memory_bytes or _running[0].process.poll() is not None):
        _drop(_running[0])
    if _running:
        return _running[0], False
    try:
        _running.append(_Helper(memory_bytes))
    except (OSError, ValueError):
        return None, True
    return _running[0], True


def _drop(helper: _Helper) -> None:
    _running.clear()
    helper.close()


def _fallback_type(data: bytes, name: str) -> str:
    content = content_of(data)
    return type_in_container("ole", suffix_of(name)) if content == "ole" else content


@atexit.register
def close_helper() -> None:
    """End the helper, if there is one."""
    if _running and _running[0].parent == os.getpid():
        _drop(_running[0])
