"""How the program ends: its exit code, everything printed, everything registered for the end; no thread or file keeps it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from running import document, write_site

LEAVE = """
import atexit, sys
from govsite.__main__ import _leave
atexit.register(print, "registered")
sys.stdout.write("printed ")
_leave({code})
"""


@pytest.mark.parametrize("code", [0, 3])
def test_nothing_printed_or_registered_is_lost(code: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LEAVE.format(code=code)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.strip(), done.stderr) == (code, "printed registered", "")


def test_a_report_into_a_file_is_whole(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", {"content/disclosures/1.md": document(公开属性="主动的")})
    report = tmp_path / "report.json"
    with report.open("wb") as out:
        done = subprocess.run(
            [sys.executable, "-m", "govsite", "check", "--site", str(site), "--format", "json"],
            stdout=out, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, b"")
    assert report.read_bytes().rstrip().endswith(b"}")


@pytest.mark.skipif(sys.platform == "win32" or not os.path.exists("/dev/full"), reason="needs /dev/full")  # noqa: PTH110
def test_output_that_cannot_be_written_is_no_success(tmp_path: Path) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = subprocess.run(
            [sys.executable, "-m", "govsite", "--version"],
            stdout=full,
            stderr=subprocess.DEVNULL,
            check=False,
        )
    assert done.returncode != 0
