"""索引号: by the site's rule, in no branch twice."""

from __future__ import annotations

import subprocess
from pathlib import Path

from govsite.intake.index_numbers import allocate, used_numbers


def _git(site: Path, *words: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.cn", "-C", str(site), *words],
        check=True,
        capture_output=True,
    )


def _document(site: Path, name: str, number: str) -> None:
    file = site / "content" / "policies" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"---\n标题: 甲\n索引号: {number}\n---\n", encoding="utf-8")


def test_the_rule_of_the_site_is_followed(tmp_path: Path) -> None:
    assert allocate(tmp_path, "", "6108020000", "2026-05-06", "a.md").startswith("6108020000/2026-")
    number = allocate(tmp_path, "{id_code}-{年月}-{序号:7}", "6108020000", "2026-05-06", "a.md")
    assert number.startswith("6108020000-202605-")
    assert len(number.rpartition("-")[2]) == 7
    assert allocate(tmp_path, "", "", "2026-05-06", "a.md") == ""


def test_a_number_of_another_branch_is_not_given_again(tmp_path: Path) -> None:
    first = allocate(tmp_path, "", "6108020000", "2026-05-06", "a.md")
    _git(tmp_path, "init", "-q", "-b", "main")
    _document(tmp_path, "x.md", "6108020000/2026-00001")
    _git(tmp_path, "add", ".")
    _git(tmp_path, "commit", "-qm", "1")
    _git(tmp_path, "checkout", "-qb", "other")
    _document(tmp_path, "y.md", first)
    _git(tmp_path, "add", ".")
    _git(tmp_path, "commit", "-qm", "2")
    _git(tmp_path, "checkout", "-q", "main")
    assert not (tmp_path / "content" / "policies" / "y.md").exists()
    assert used_numbers(tmp_path) == {"6108020000/2026-00001", first}
    second = allocate(tmp_path, "", "6108020000", "2026-05-06", "a.md")
    assert second not in {first, ""}


def test_two_branches_that_know_nothing_of_each_other_do_not_collide(tmp_path: Path) -> None:
    numbers = {
        allocate(tmp_path, "", "6108020000", "2026-05-06", f"policies/2026/文件{n}.md") for n in range(30)
    }
    assert len(numbers) == 30
