"""The only place that writes the site: a staging folder beside it, then the swap."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from govsite.files.swap import recover, remove_folder, replace_folder
from govsite.model.addresses import MANIFEST
from govsite.problems.problem import Problem
from govsite.source.span import Span

_STAGING = ".staging"
_PREVIOUS = ".previous"


def check_output(out: Path, site: Path) -> list[Problem]:
    """Whether `out` may be replaced: OUT101 where it holds what govsite did not write, OUT104 where it holds sources."""
    real_out, real_site = Path(os.path.realpath(out)), Path(os.path.realpath(site))
    content = real_site / "content"
    if real_out in {real_site, content, *real_site.parents} or content in real_out.parents:
        return [Problem.at("OUT104", None, path=out.name)]
    if out.is_file() or (out.is_dir() and any(out.iterdir()) and not (out / MANIFEST).is_file()):
        return [Problem.at("OUT101", None, path=out.name)]
    return []


class Staging:
    """A folder beside `out` that becomes `out` when everything is in it.

    A build that dies leaves the old site as it was; the next one clears away what it left.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        self.folder = out.with_name(out.name + _STAGING)
        self._previous = out.with_name(out.name + _PREVIOUS)
        self.lock = out.with_name(f".{out.name}.lock")

    def open(self) -> None:
        """Start with an empty staging folder. Raises OSError."""
        self.out.parent.mkdir(parents=True, exist_ok=True)
        recover(self.out, self._previous)
        remove_folder(self.folder)
        self.folder.mkdir()

    def commit(self) -> None:
        """The staging folder becomes the site; the site it replaces is kept as `<out>.previous`. Raises OSError."""
        replace_folder(self.folder, self.out, self._previous)

    def abandon(self) -> None:
        """Forget what was staged."""
        remove_folder(self.folder)


class Writer:
    """Writes files into a staging folder; several may work on one folder at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: set[str] = set()

    def write(self, path: str, content: bytes) -> None:
        """Write one file. path: relative, `/`-separated. Raises OSError."""
        with open(self._target(path), "wb") as file:  # noqa: PTH123 - twice as fast as Path.open, ten thousand times
            file.write(content)

    def copy(self, source: Path, path: str) -> None:
        """Copy a file's bytes, nothing else of it. Raises OSError."""
        shutil.copyfile(source, self._target(path))

    def _target(self, path: str) -> str:
        parent = path.rpartition("/")[0]
        if parent not in self._made:
            os.makedirs(os.path.join(self._folder, parent), exist_ok=True)  # noqa: PTH103, PTH118
            self._made.add(parent)
        return os.path.join(self._folder, path)  # noqa: PTH118


def write_problem(error: OSError, path: str) -> Problem:
    """OUT102 for an error of the file system."""
    return Problem.at("OUT102", Span.of_file(path), path=path, reason=error.strerror or type(error).__name__)
