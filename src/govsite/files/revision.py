"""The only door to git: what a folder's revision is, and what lay in it at another."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tarfile
from pathlib import Path


class GitError(Exception):
    """git is missing, or said no. The text is its last line."""


def run_git(folder: Path, *words: str, feed: bytes = b"") -> bytes:
    """Output of `git WORDS…` in `folder`, with `feed` to read. Raises GitError."""
    git = shutil.which("git")
    if git is None:
        raise GitError("git")
    done = subprocess.run(  # noqa: S603
        [git, "-C", str(folder), "-c", "core.quotePath=false", *words],
        input=feed,
        capture_output=True,
        check=False,
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


def commit_of(folder: Path, word: str) -> str:
    """The full name of revision `word`; a day (`2026-11-20`) is the last revision of that day, in China's time. Raises
    GitError.
    """
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", word):
        found = run_git(folder, "rev-list", "-1", f"--before={word}T23:59:59+08:00", "HEAD").decode().strip()
        if not found:
            raise GitError(word)
        return found
    return run_git(folder, "rev-parse", "--verify", "--end-of-options", f"{word}^{{commit}}").decode().strip()


def unpack_revision(folder: Path, commit: str, target: Path) -> None:
    """What lay below `folder` at a revision, into `target`. Raises GitError, OSError."""
    archive = run_git(folder, "archive", "--format=tar", commit, ".")
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(target, filter="data")
