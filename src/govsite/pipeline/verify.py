"""Build again and compare: the same input must give the same bytes."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from govsite.pipeline.build import Request, build_site


def compare_builds(request: Request) -> tuple[str, int]:
    """Path of the first file that differs between `request.out` and a build made anew (`""`: none), and their number."""
    if request.out is None:
        return "", 0
    with tempfile.TemporaryDirectory(prefix="govsite-verify-") as folder:
        again = Path(folder) / "site"
        build_site(replace(request, out=again))
        first, second = _files(request.out), _files(again)
        for path in sorted(first.keys() | second.keys()):
            if (
                path not in first
                or path not in second
                or first[path].read_bytes() != second[path].read_bytes()
            ):
                return path, len(first)
        return "", len(first)


def _files(folder: Path) -> dict[str, Path]:
    return {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
