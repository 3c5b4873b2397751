"""A full-screen browser for a terminal: its command line, as data, and keeping it open."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
import threading
from importlib import resources
from pathlib import Path
from string import Template
from typing import Any

from govsite.source.yaml import load_data

SYSTEMS = ("windows", "debian", "uos")
_AGAIN_SECONDS = 3
_END_SECONDS = 10


class _Named(Template):
    """`${ProgramFiles(x86)}` is a name too."""

    idpattern = None  # type: ignore[assignment]
    braceidpattern = r"[A-Za-z()0-9]+"


def _data() -> dict[str, Any]:
    text = resources.files("govsite.kiosk").joinpath("data", "browser.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = load_data(text)
    return data


def browser_words(url: str, profile: str, system: str) -> list[str]:
    """Program and arguments. profile: folder for the browser's own files; system: one of `SYSTEMS`."""
    data = _data()
    *flags, address = [
        str(flag).replace("{url}", url).replace("{profile}", profile) for flag in data["flags"]
    ]
    return [data["programs"][system], *flags, *data["more"].get(system, ()), address]


def browser_command(url: str, profile: str, system: str) -> str:
    """The same as one line to paste. Windows finds Edge by `start` only, for it is not on the search path."""
    words = browser_words(url, profile, system)
    return f'start "" {subprocess.list2cmdline(words)}' if system == "windows" else shlex.join(words)


def find_program(system: str) -> str | None:
    """Where the browser of a system is on this machine; None where there is none."""
    data = _data()
    places = [_Named(place).safe_substitute(os.environ) for place in data["places"].get(system, ())]
    return next(filter(None, map(shutil.which, [data["programs"][system], *places])), None)


class Screen:
    """A browser that is started again whenever it ends, until told to stop. Its own files are new each time."""

    def __init__(self, program: str, url: str, system: str) -> None:
        self._program, self._url, self._system = program, url, system
        self._stopped = threading.Event()
        self._running: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        """Open the browser; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """Close it."""
        self._stopped.set()
        running = self._running
        if running is not None and running.poll() is None:
            running.terminate()
        self._thread.join(_END_SECONDS)

    def _keep(self) -> None:
        while not self._stopped.is_set():
            with tempfile.TemporaryDirectory(prefix="govsite-kiosk-", ignore_cleanup_errors=True) as profile:
                _, *flags = browser_words(self._url, Path(profile).as_posix(), self._system)
                try:
                    self._running = subprocess.Popen(  # noqa: S603 - program and words are data of ours
                        [self._program, *flags], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
                    )
                    self._running.wait()
                except OSError:
                    return
            self._stopped.wait(_AGAIN_SECONDS)
