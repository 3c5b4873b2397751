"""The command line of a full-screen browser for a terminal, as data."""

from __future__ import annotations

import shlex
import subprocess
from importlib import resources

from govsite.source.yaml import load_data

SYSTEMS = ("windows", "debian", "uos")


def browser_words(url: str, profile: str, system: str) -> list[str]:
    """Program and arguments. profile: folder for the browser's own files; system: one of `SYSTEMS`."""
    text = resources.files("govsite.kiosk").joinpath("data", "browser.yaml").read_text(encoding="utf-8")
    data = load_data(text)
    flags = [str(flag).replace("{url}", url).replace("{profile}", profile) for flag in data["flags"]]
    return [data["programs"][system], *flags]


def browser_command(url: str, profile: str, system: str) -> str:
    """The same as one line to paste."""
    words = browser_words(url, profile, system)
    return subprocess.list2cmdline(words) if system == "windows" else shlex.join(words)
