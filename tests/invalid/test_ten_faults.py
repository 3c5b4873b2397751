"""One run reports everything that is wrong, each at its place, and leaves the last good site alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from samples import HERE, govsite, lay_over, tree

if TYPE_CHECKING:
    from pathlib import Path

# In report order: by file, then line.
FAULTS = [
    ("CFG105", "error", "config.yaml", 4, 8),
    ("CAT105", "error", "content/catalog/shjz.yaml", 15, 11),
    ("SRC101", "error", "content/disclosures/bianma.md", 2, 1),
    ("FM101", "error", "content/disclosures/fangxun.md", 5, 1),
    ("SRC105", "error", "content/disclosures/maohao.md", 2, 7),
    ("FM105", "error", "content/disclosures/riqi.md", 3, 7),
    ("DOC101", "error", "content/disclosures/shuxing.md", 1, 1),
    ("LNK105", "error", "content/pages/zhinan.md", 9, 10),
    ("DOC104", "warning", "content/policies/2024/7.md", 5, 7),
    ("LNK101", "error", "content/questions/dibao.md", 5, 7),
]
PROBLEM_KEYS = {
    "code", "severity", "file", "line", "column", "end_line", "end_column", "message", "why", "fix", "basis", "related",
}  # fmt: skip
SUMMARY_KEYS = {"errors", "warnings", "notices", "documents", "pages"}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site that was built when it was good, and has ten faults since."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "site"
    folder.mkdir()
    lay_over(HERE / "ten_faults" / "good", folder)
    exit_code, output = govsite("build", "--site", "site")
    assert exit_code == 0, output
    lay_over(HERE / "ten_faults" / "faulty", folder)
    return folder


def _report(*words: str) -> dict[str, Any]:
    exit_code, output = govsite("build", "--site", "site", "--format", "json", *words)
    assert exit_code == 1
    report: dict[str, Any] = json.loads(output)
    return report


def test_ten_faults_give_ten_problems_at_their_places_in_one_run(site: Path) -> None:
    problems = _report()["problems"]
    found = [
        (item["code"], item["severity"], item["file"], item["line"], item["column"]) for item in problems
    ]
    assert found == FAULTS


def test_the_report_does_not_depend_on_the_number_of_processes(site: Path) -> None:
    assert _report("--jobs", "2") == _report("--jobs", "1")


def test_the_report_has_the_documented_shape(site: Path) -> None:
    report = _report()
    assert set(report) == {"version", "problems", "summary"}
    assert report["version"] == 1
    for problem in report["problems"]:
        assert set(problem) >= PROBLEM_KEYS
        assert all(
            isinstance(problem[key], str) for key in ("code", "severity", "file", "message", "why", "fix")
        )
        assert all(isinstance(problem[key], int) for key in ("line", "column", "end_line", "end_column"))
        start, end = (problem["line"], problem["column"]), (problem["end_line"], problem["end_column"])
        assert end >= start or end == (0, 0), "0 where the end is not known"
        assert isinstance(problem["related"], list)
    assert set(report["summary"]) >= SUMMARY_KEYS
    counts = [report["summary"][key] for key in ("errors", "warnings", "notices")]
    assert counts == [9, 1, 0]


def test_the_report_as_text_names_every_place(site: Path) -> None:
    exit_code, output = govsite("build", "--site", "site")
    assert exit_code == 1
    for code, _, file, line, column in FAULTS:
        assert f"[{code}]" in output
        assert f"  --> {file}:{line}:{column}\n" in output


def test_the_last_good_site_stays_byte_for_byte(site: Path) -> None:
    before = tree(site / "build" / "site")
    for words in ((), ("--format", "json"), ("--clean",), ("--strict",)):
        exit_code, _ = govsite("build", "--site", "site", *words)
        assert exit_code == 1
    assert before
    assert tree(site / "build" / "site") == before


def test_nothing_is_left_behind_beside_the_last_good_site(site: Path) -> None:
    govsite("build", "--site", "site")
    assert not (site / "build" / "site.staging").exists()
