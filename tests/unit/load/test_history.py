"""When sources first came in, asked of real repositories."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from committing import git, repository
from govsite.load.history import read_history, with_first_dates
from running import CONFIG, document, govsite, write_site

MARCH, APRIL, MAY = (f"2024-0{month}-10T23:30:00+08:00" for month in (3, 4, 5))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path / "仓 库" / "站点", {"content/disclosures/甲 乙.md": document()})


def history(site: Path):  # type: ignore[no-untyped-def]
    return read_history(site, site / "build/cache/history")


def test_no_repository_means_nothing_to_say(site: Path) -> None:
    assert history(site).state == "none"


def test_the_first_commit_counts_over_renames_in_a_site_below_the_top(site: Path) -> None:
    with repository(site.parent) as commit:
        commit(MARCH)
        (site / "content/disclosures/甲 乙.md").rename(site / "content/disclosures/丙.md")
        (site / "content/disclosures/新.md").write_text(document(), encoding="utf-8")
        commit(APRIL)
        (site / "content/pages").mkdir()
        (site / "content/disclosures/丙.md").rename(site / "content/pages/丁.md")
        commit(MAY)
    found = history(site)
    assert (found.state, found.begins) == ("read", "2024-03-10")
    days = {path: (first.day, first.together) for path, first in found.first.items()}
    assert days == {"content/pages/丁.md": ("2024-03-10", 1), "content/disclosures/新.md": ("2024-04-10", 1)}
    dated = with_first_dates(site, found, ["content/pages/丁.md"])
    assert dated.first["content/pages/丁.md"].published == "2024-03-01"


@pytest.mark.parametrize("words", [{"草稿": "是"}, {"公开属性": "不予公开", "不公开理由": "条例第十六条"}])
def test_what_was_not_out_has_no_first_date(tmp_path: Path, words: dict[str, str]) -> None:
    site = write_site(tmp_path / "s", {"content/disclosures/a.md": document(**words)})
    with repository(site) as commit:
        commit(MARCH)
    dated = with_first_dates(site, history(site), ["content/disclosures/a.md"])
    assert dated.first["content/disclosures/a.md"].published == ""


def test_a_clone_that_is_cut_off_is_not_trusted(site: Path, tmp_path: Path) -> None:
    with repository(site) as commit:
        commit(MARCH)
        (site / "content/disclosures/新.md").write_text(document(), encoding="utf-8")
        commit(APRIL)
    git(tmp_path, "clone", "--quiet", "--depth=1", site.as_uri(), "clone")
    assert history(tmp_path / "clone").state == "shallow"
    output = govsite("build", "--site", tmp_path / "clone", environ={"GOVSITE_DUTIES": "TIM204"})[1]
    assert "[TIM204]" in output


def test_a_repository_without_a_commit_and_a_missing_git_are_said(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with repository(site):
        assert history(site).state == "failed"
    monkeypatch.setenv("PATH", os.devnull)
    assert history(site).state == "failed"


def test_the_log_is_read_once_a_commit(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with repository(site) as commit:
        commit(MARCH)
        first = history(site)
        asked: list[object] = []
        run = subprocess.run
        monkeypatch.setattr(
            subprocess, "run", lambda words, **more: (asked.append(words), run(words, **more))[1]
        )
        assert history(site) == first
        assert len(asked) == 1
        (site / "content/disclosures/新.md").write_text(document(), encoding="utf-8")
        commit(APRIL)
        assert len(history(site).first) == 2


def _finds(site: Path, more: str = "") -> str:
    text = CONFIG.replace("履职检查: 否", "履职检查: [TIM2]" + more)
    (site / "config.yaml").write_text(text, encoding="utf-8")
    return govsite("check", "--site", site)[1]


def test_archives_old_times_and_given_reasons_are_let_be(tmp_path: Path) -> None:
    files = {f"content/disclosures/{number}.md": document() for number in range(25)}
    files["content/disclosures/早.md"] = document(发布日期="2020-01-01")
    site = write_site(tmp_path / "s", {"content/pages/a.md": document()})
    with repository(site) as commit:
        commit("2024-02-01T09:00:00+08:00")
        write_site(site, files)
        commit(MAY)
        write_site(site, {"content/disclosures/z.md": document()})
        write_site(site, {"content/disclosures/y.md": document(忽略="{TIM201: 补录}")})
        commit(MAY)
    output = _finds(site)
    assert output.count("[TIM201]") == 1
    assert "disclosures/z.md" in output
    assert "[TIM201]" not in _finds(site, "\n  历史起点: 2024-06-01")


def test_a_day_that_has_not_come_is_said_by_the_clock_only(tmp_path: Path) -> None:
    site = write_site(tmp_path / "s", {"content/disclosures/a.md": document(发布日期="2999-01-01")})
    assert "[TIM203]" in _finds(site)
    assert "[TIM203]" not in govsite("check", "--site", site, "--as-of", "2024-01-01")[1]
