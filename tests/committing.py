"""A git repository with commits of chosen moments, the same hashes wherever it is made."""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

WHO = {
    "GIT_AUTHOR_NAME": "clerk",
    "GIT_AUTHOR_EMAIL": "clerk@example.gov.cn",
    "GIT_COMMITTER_NAME": "clerk",
    "GIT_COMMITTER_EMAIL": "clerk@example.gov.cn",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}


def git(folder: Path, *words: str, moment: str = "") -> str:
    """Run git in `folder`; what it printed."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | WHO
    if moment:
        environ |= {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
    done = subprocess.run(
        ["git", *words], cwd=folder, env=environ, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    return done.stdout


@contextmanager
def repository(folder: Path) -> Iterator[Callable[[str], None]]:
    """A new repository in `folder`; what it gives commits everything there at a moment (`2024-03-18T09:00:00+08:00`)."""
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "config", "core.autocrlf", "false")

    def commit(moment: str) -> None:
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "--allow-empty", "--message", "content", moment=moment)

    yield commit
