"""govsite rollup: what a county adds up, ready to paste, in every format."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from running import govsite

SAMPLE = Path(__file__).parents[2] / "invalid" / "COL209"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    site = tmp_path / "县"
    shutil.copytree(SAMPLE / "site", site)
    shutil.copytree(SAMPLE / "mended", site, dirs_exist_ok=True)
    return site


def test_the_sums_can_be_pasted_into_the_countys_report(site: Path) -> None:
    exit_code, output = govsite("rollup", "2025", "--site", site)
    assert exit_code == 0, output
    report = (site / "content/reports/2025.yaml").read_text(encoding="utf-8")
    rows = [line for line in output.splitlines() if line.startswith("  ")]
    assert len(rows) == 6 + 25 + 3
    assert [row for row in rows if row not in report.splitlines()] == []


def test_the_sums_as_tables(site: Path, tmp_path: Path) -> None:
    rows = json.loads(govsite("rollup", "2025", "--format", "json", "--site", site)[1])["rows"]
    assert {row["row"]: row["sum"] for row in rows}["本年新收"] == "[16, 2, 0, 0, 2, 0, 20]"
    out = tmp_path / "汇总.xlsx"
    assert govsite("rollup", "2025", "--format", "xlsx", "--output", out, "--site", site)[0] == 0
    assert openpyxl.load_workbook(out).active.max_row == 1 + len(rows)


def test_a_member_that_does_not_add_up_is_named_first(site: Path) -> None:
    file = site / "members/2025/示例镇.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("[8, 1, 0, 0, 1, 0, 10]", "[8, 1, 0, 0, 1, 0, 11]"), encoding="utf-8")
    exit_code, output = govsite("rollup", "2025", "--site", site)
    assert exit_code == 0
    assert "[COL201]" in output
    assert "members/2025/示例镇.yaml" in output


def test_a_member_that_cannot_be_read_stops_it(site: Path) -> None:
    (site / "members/2025/坏.yaml").write_text("年度: [2025\n", encoding="utf-8")
    exit_code, output = govsite("rollup", "2025", "--site", site)
    assert (exit_code, "[SRC105]" in output) == (1, True)
    assert "本年新收" not in output


def test_a_year_without_reports_is_said(site: Path) -> None:
    exit_code, output = govsite("rollup", "2019", "--site", site)
    assert (exit_code, "members/2019/" in output) == (2, True)


def test_members_never_reach_the_output(site: Path) -> None:
    assert govsite("build", "--site", site, environ={"GOVSITE_DUTIES": "no"})[0] == 0
    for file in (site / "build/site").rglob("*"):
        assert "示例县政府办公室2025年".encode() not in (file.read_bytes() if file.is_file() else b"")
