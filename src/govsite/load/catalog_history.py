"""git asked how the files of the catalog stood, day by day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import NamedTuple

from govsite.files.revision import GitError, run_git

CATALOG = "content/catalog"
_CHINA = timezone(timedelta(hours=8))
_MARK = "\x01"


class FileVersion(NamedTuple):
    """A file of the catalog after a commit. content: None where the commit took it away."""

    path: str
    content: bytes | None


class Commit(NamedTuple):
    """What one commit did to the catalog. day: ISO, China's time."""

    day: str
    files: tuple[FileVersion, ...]


def last_commit(site: Path) -> str:
    """The last commit of the main line that touched the catalog, `""` for none. Raises GitError."""
    return run_git(site, "rev-list", "-1", "--first-parent", "HEAD", "--", CATALOG).decode().strip()


def is_cut(site: Path) -> bool:
    """Whether the repository was cloned without its beginning. Raises GitError."""
    return run_git(site, "rev-parse", "--is-shallow-repository").decode().strip() == "true"


def read_commits(site: Path) -> list[Commit]:
    """Commits of the main line that touched the catalog, oldest first: a merge counts as one. Raises GitError."""
    log = run_git(
        site, "log", "--first-parent", "-m", "--reverse", "--relative", "--name-status", "--no-renames", "--no-ext-diff",
        "--no-textconv", f"--format={_MARK}%H %ct", "HEAD", "--", CATALOG,
    ).decode("utf-8", "replace")  # fmt: skip
    found: list[tuple[str, list[tuple[str, str, str]]]] = []
    commit = ""
    for line in log.split("\n"):
        if line.startswith(_MARK):
            commit, _, seconds = line[1:].partition(" ")
            found.append((_day(seconds), []))
        status, _, path = line.partition("\t")
        if path.endswith((".yaml", ".yml")) and found:
            found[-1][1].append((status, commit, path))
    names = [f"{commit}:./{path}" for _, files in found for status, commit, path in files if status != "D"]
    contents = _contents(site, names)
    return [
        Commit(
            day,
            tuple(FileVersion(path, None if status == "D" else next(contents)) for status, _, path in files),
        )
        for day, files in found
        if files
    ]


def _contents(site: Path, names: list[str]) -> Iterator[bytes]:
    """Contents of objects in order, read from one process."""
    output = run_git(site, "cat-file", "--batch", feed="".join(f"{name}\n" for name in names).encode())
    at = 0
    for name in names:
        head, _, _ = output[at : at + 200 + len(name) * 4].partition(b"\n")
        words = head.split(b" ")
        if len(words) != 3 or words[1] != b"blob" or not words[2].isdigit():
            raise GitError(name)
        begin = at + len(head) + 1
        at = begin + int(words[2]) + 1
        yield output[begin : at - 1]


def _day(seconds: str) -> str:
    return datetime.fromtimestamp(int(seconds), UTC).astimezone(_CHINA).date().isoformat()
