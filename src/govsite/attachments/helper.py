"""The helper process: reads files with other people's parsers, within bounds, until its parent closes the pipe.

Time is bounded twice. Here a timer interrupts the main thread, so that what was found until then is handed over; where
that fails (a loop in C), the parent kills. Memory is bounded where the system can bound a process's address space.
"""

from __future__ import annotations

import _thread
import contextlib
import json
import os
import signal
import sys
import threading
from typing import IO, Any

from govsite.attachments.extract import read_all, read_content
from govsite.attachments.frames import read_frame, write_frame
from govsite.attachments.gather import Gatherer, StopReadingError
from govsite.attachments.limits import ExtractLimits
from govsite.attachments.stored import extracted_to_bytes
from govsite.model.extracted import Extracted, Fault


class _Alarm:
    """Raises StopReadingError in the main thread once the time is spent, on Windows too, where there is no SIGALRM."""

    def __init__(self) -> None:
        self._is_armed = False
        signal.signal(signal.SIGINT, self._ring)

    def set(self, seconds: float) -> threading.Timer:
        self._is_armed = True
        timer = threading.Timer(seconds, _thread.interrupt_main)
        timer.daemon = True
        timer.start()
        return timer

    def stop(self) -> None:
        self._is_armed = False

    def _ring(self, *_signal: object) -> None:
        if self._is_armed:
            self._is_armed = False
            raise StopReadingError("too_slow", "seconds")


def _bound_memory(size: int) -> None:
    if sys.platform != "win32":
        import resource

        # A system that bounds less than we ask still bounds by time.
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (size, size))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(request: dict[str, Any], data: bytes, alarm: _Alarm) -> Extracted:
    limits = ExtractLimits(**request["limits"])
    gatherer = Gatherer(limits, read_content, depth=request["depth"], isolated=True)
    timer = alarm.set(limits.seconds)
    try:
        return read_all(data, request["name"], gatherer)
    except StopReadingError as stop:  # the alarm rang between two readers
        return Extracted("unknown", tuple(gatherer.pieces), (*gatherer.faults, stop.found))
    finally:
        alarm.stop()
        timer.cancel()


def _serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    alarm = _Alarm()
    while (header := read_frame(requests)) is not None and (data := read_frame(requests)) is not None:
        extracted = _answer(json.loads(header), data, alarm)
        write_frame(answers, extracted_to_bytes(extracted))
        if Fault("too_large", "", "memory") in extracted.faults:
            return  # the next file gets a heap without holes


def main() -> None:
    """Serve standard input until it ends."""
    _bound_memory(int(sys.argv[1]))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # no library may print into the answers
    _serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
