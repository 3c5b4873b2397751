"""Sample sites to real folders, and govsite run over them in this process."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from click.testing import CliRunner

from govsite.cli.app import run

if TYPE_CHECKING:
    from collections.abc import Mapping

HERE = Path(__file__).parent
_ENCODED = re.compile(r"%([0-9A-F]{2})")
_TIMES = re.compile(r"^(\d+) × (.*)$", re.MULTILINE)


def lay_over(source: Path, site: Path) -> None:
    """Lay the files of a sample over `site`, by the conventions that `test_invalid.py` states.

    Raises OSError where this file system cannot hold what the sample is about.
    """
    for file in sorted(file for file in source.rglob("*") if file.is_file()):
        name = _ENCODED.sub(lambda match: chr(int(match[1], 16)), file.relative_to(source).as_posix())
        target = site / name
        target.parent.mkdir(parents=True, exist_ok=True)
        bare = target.with_suffix("")
        if target.suffix == ".hex":
            bare.write_bytes(bytes.fromhex(file.read_text(encoding="utf-8")))
        elif target.suffix == ".repeat":
            text = _TIMES.sub(lambda match: match[2] * int(match[1]), file.read_text(encoding="utf-8"))
            bare.write_text(text, encoding="utf-8", newline="\n")
        elif target.suffix == ".link":
            bare.symlink_to(file.read_text(encoding="utf-8").strip())
        elif target.suffix == ".gone":
            bare.unlink()
        else:
            shutil.copyfile(file, target)


def govsite(*words: str, environ: Mapping[str, str] | None = None) -> tuple[int, str]:
    """Exit code and everything printed of `govsite WORDS…`, in one process, whatever the caller's own environment.

    Duties are left out unless `environ` asks for some: the smallest site owes nearly everything.
    """
    given = dict.fromkeys((name for name in os.environ if name.startswith("GOVSITE_")), None)
    with CliRunner().isolation(
        env={**given, "GOVSITE_JOBS": "1", "GOVSITE_DUTIES": "no", **(environ or {})}
    ) as (_, _, output):
        exit_code = run(words)
        sys.stdout.flush()
        sys.stderr.flush()
        return exit_code, output.getvalue().decode()


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below `folder` with its bytes."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()
    }
