"""git asked which commit the sources stand at."""

from __future__ import annotations

from pathlib import Path

_SECONDS = 120


class GitError(Exception):
    """git is not there, refused, or took too long."""


def is_in_git(site: Path) -> bool:
    """Whether a folder lies in a repository, as far as names tell."""
    folder = site.resolve()
    return any((each / ".git").exists() for each in (folder, *folder.parents))


def history_mark(site: Path) -> str:
    """What the history depends on: the commit, and whether all of it is there; `""` outside git."""
    if not is_in_git(site):
        return ""
    try:
        return ask_git(site, "rev-parse", "--is-shallow-repository", "--show-prefix", "HEAD")
    except GitError:
        return "failed"


def ask_git(site: Path, *words: str) -> str:
    """What git says. Raises `GitError`."""
    import subprocess

    try:
        done = subprocess.run(  # noqa: S603 - fixed words; paths come from git itself
            ["git", "--no-pager", "-C", str(site), *words],  # noqa: S607 - the user's own git
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise GitError from error
    if done.returncode:
        raise GitError
    return done.stdout.decode("utf-8", "replace")
