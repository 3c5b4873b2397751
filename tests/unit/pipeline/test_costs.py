"""`--timings` and `--profile`: what is measured in workers arrives, and the profile can be read."""

from __future__ import annotations

import pstats
from pathlib import Path

from govsite.pipeline.meter import DOCUMENT, PAGE, TEMPLATE, Cost, Meter, slowest
from running import govsite, write_site

_SITE = {
    f"content/policies/2024/{number}.md": (
        f"---\n标题: 示例镇关于第{number}号工作的通知\n发文字号: 示镇政发〔2024〕{number}号\n发文机关: 示例镇人民政府\n"
        f"成文日期: 2024-01-02\n发布日期: 2024-01-03\n公开属性: 主动公开\n索引号: 9908020000/2024-{number:05d}\n"
        "主题分类: 综合政务\n免解读理由: 例子\n---\n\n正文一句话，说明事项办理的要求。\n"
    )
    for number in range(1, 121)  # more than one chunk, so that workers are started
}


def test_costs_add_up_by_name_and_only_the_slowest_are_kept() -> None:
    meter = Meter()
    meter.add({DOCUMENT: {f"{number:02d}": Cost(number / 10, 1) for number in range(30)}})
    meter.add({TEMPLATE: {f"{number}.html": Cost(1.0, 1) for number in range(30)}})
    meter.add({TEMPLATE: {"0.html": Cost(2.0, 5)}})
    taken = meter.take()
    assert list(taken[DOCUMENT]) == [f"{number:02d}" for number in range(29, 19, -1)]
    assert taken[TEMPLATE]["0.html"] == Cost(3.0, 6)
    assert slowest(taken[TEMPLATE])[0][0] == "0.html"
    assert meter.take() == {}


def test_timings_name_templates_pages_and_documents_of_all_workers(tmp_path: Path) -> None:
    site = write_site(tmp_path / "站 点", _SITE)
    code, printed = govsite("build", "--site", site, "--jobs", "2", "--timings", "--lang", "en")
    assert code == 0, printed
    rows = [line.split("  ")[-1] for line in printed.splitlines() if " s  " in line]
    assert "document.html (120 pages)" in rows
    assert any(row.startswith("policies/") for row in rows)
    assert any(row.startswith("content/policies/2024/") for row in rows)


def test_a_profile_is_what_pstats_reads(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", dict(list(_SITE.items())[:2]))
    code, printed = govsite("build", "--site", site, "--profile", tmp_path / "out" / "build.prof", "--quiet")
    assert code == 0, printed
    functions = pstats.Stats(str(tmp_path / "out" / "build.prof")).stats  # type: ignore[attr-defined]
    assert any(name == "render_markdown" for _, _, name in functions)


def test_pages_are_measured_by_their_address() -> None:
    meter = Meter()
    with meter.measured(PAGE, "index.html"):
        pass
    assert meter.take()[PAGE]["index.html"].times == 1
