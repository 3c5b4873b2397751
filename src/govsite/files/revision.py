"""The only door to git: what a folder's revision is, and what lay in it at another."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path


class GitError(Exception):
    """git is missing, or said no. The text is its last line."""


def run_git(folder: Path, *words: str) -> bytes:
    """Output of `git WORDS…` in `folder`. Raises GitError."""
    git = shutil.which("git")
    if git is None:
        raise GitError("git")
    done = subprocess.run(  # noqa: S603
        [git, "-C", str(folder), "-c", "core.quotePath=false", *words], capture_output=True, check=False
    )
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise GitError(lines[-1] if lines else "git")
    return done.stdout


def head_of(folder: Path) -> tuple[str, bool]:
    """Revision of `folder` and whether nothing under it was changed since; `("", True)` outside git."""
    try:
        commit = run_git(folder, "rev-parse", "HEAD").decode().strip()
        return commit, not run_git(folder, "status", "--porcelain", "--", ".").strip()
    except GitError:
        return "", True
