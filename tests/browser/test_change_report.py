"""Two revisions of the sample site, compared; the report opened from a folder, as an approver gets it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from running import govsite

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
AXE = ROOT / "build" / "tools" / "node_modules" / "axe-core" / "axe.min.js"
NEW = """\
---
标题: 关于调整便民服务中心冬季办公时间的通知
发布日期: 2026-11-20 10:00
公开属性: 主动公开
栏目: tzgg
---

自2026年12月1日起，便民服务中心下午办公时间调整为13:30至17:00。
"""
# Counted by hand: three documents changed in five places, one new, one gone.
EDITS = (
    ("content/consultations/2027-minsheng-shishi.md", "截止日期: 2026-12-10", "截止日期: 2026-12-20"),
    ("content/policies/2025/mf-18.md", "不低于5万元的标准预拨备用金", "不低于8万元的标准预拨备用金"),
    ("content/policies/2025/zzf-06.md", "每亩80元", "每亩95元"),
    ("content/policies/2025/zzf-06.md", "每亩300元，首年一次性", "每亩320元，首年一次性"),
)
GONE = "content/questions/jiangbu-liandian.md"


def _git(site: Path, *words: str) -> None:
    who = ["-c", "user.name=a", "-c", "user.email=a@example.gov.cn", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(site), *who, *words], check=True, capture_output=True)


@pytest.fixture(scope="module")
def revisions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with two revisions of the sample, tagged `old` and `new`."""
    if shutil.which("git") is None:
        pytest.skip("no git on this machine")
    site = tmp_path_factory.mktemp("revisions") / "示例 镇"
    site.mkdir()
    for name in ("content", "themes"):
        shutil.copytree(ROOT / name, site / name)
    for name in ("config.yaml", "addresses.yaml"):
        if (ROOT / name).is_file():
            shutil.copy(ROOT / name, site / name)
    _git(site, "init", "-q")
    _git(site, "add", "-A")
    _git(site, "commit", "-qm", "old")
    _git(site, "tag", "old")
    for path, before, after in EDITS:
        text = (site / path).read_text(encoding="utf-8")
        assert text.count(before) == 1, path
        (site / path).write_text(text.replace(before, after), encoding="utf-8")
    (site / GONE).unlink()
    (site / "content" / "disclosures" / "tzgg" / "20261120-donji-shijian.md").write_text(
        NEW, encoding="utf-8"
    )
    _git(site, "add", "-A")
    _git(site, "commit", "-qm", "new")
    _git(site, "tag", "new")
    return site


@pytest.fixture(scope="module")
def reports(revisions: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, object]]:
    folder = tmp_path_factory.mktemp("report")
    found = []
    for form in ("html", "json"):
        file = folder / f"改动 报告.{form}"
        code, said = govsite("diff", "old", "new", "--site", revisions, "--format", form, "--output", file)
        assert code == 0, said
        found.append(file)
    return found[0], json.loads(found[1].read_text(encoding="utf-8"))


def test_the_figures_equal_a_count_by_hand(reports: tuple[Path, dict[str, object]]) -> None:
    data = reports[1]
    assert data["counts"] == {"gone": 1, "changed": 3, "new": 1}
    changed = {change["file"]: change for change in data["documents"] if change["op"] == "changed"}
    assert sorted(changed) == sorted({path for path, _, _ in EDITS})
    consultation = changed["content/consultations/2027-minsheng-shishi.md"]
    assert [(field["label"], field["old"], field["new"]) for field in consultation["fields"]] == [
        ("截止日期", "2026-12-10", "2026-12-20")
    ]
    assert consultation["marks"] == ["deadline"]
    fund = changed["content/policies/2025/mf-18.md"]
    assert (fund["marks"], fund["added"], fund["removed"]) == (["amount"], 1, 1)
    grain = changed["content/policies/2025/zzf-06.md"]
    assert (grain["marks"], grain["added"], grain["removed"]) == (["amount"], 5, 5)
    assert {change["file"] for change in data["documents"] if change["op"] == "gone"} == {GONE}


def test_the_report_opens_from_a_folder_and_asks_for_nothing(
    reports: tuple[Path, dict[str, object]], browser: Browser
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=2)
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    address = reports[0].as_uri()
    page.goto(address)
    assert asked == [address]
    assert said == []
    shown = {
        item.get_attribute("data-count"): int(item.locator("strong").inner_text())
        for item in page.locator("[data-count]").all()
    }
    assert (shown["diff.count.gone"], shown["diff.count.changed"], shown["diff.count.new"]) == (1, 3, 1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator("del", has_text="5").count() >= 1
    assert float(page.evaluate("getComputedStyle(document.body).fontSize").removesuffix("px")) >= 16
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_report_is_accessible_on_phone_and_desk(
    width: int, reports: tuple[Path, dict[str, object]], browser: Browser
) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: run `python3 dev/test.py`")
    # The page's own policy lets no script in: the checker is put in past it.
    context = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
    page = context.new_page()
    page.goto(reports[0].as_uri())
    page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    result = page.evaluate("axe.run()")
    assert [(each["id"], each["nodes"][0]["html"]) for each in result["violations"]] == []
    context.close()
