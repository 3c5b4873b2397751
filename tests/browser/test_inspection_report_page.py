"""The inspection report in a real browser, opened from a folder: no barrier, no request, no message, on paper too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from govsite.check.duties.judge import check_duties
from govsite.pipeline.request import Request
from govsite.pipeline.survey import survey_site
from govsite.problems.problem import grade
from govsite.problems.rules import severities
from govsite.report.html import render
from govsite.report.records import findings_json
from govsite.report.summary import Summary

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser]
ROOT = Path(__file__).parents[2]
AXE = ROOT / "build" / "tools" / "node_modules" / "axe-core" / "axe.min.js"
DAY = "2027-11-22"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Address of the sample site's report a year later, with a trend."""
    with survey_site(Request(ROOT, None, as_of=DAY)) as survey:
        problems = check_duties(survey.site, survey.settings, DAY, body=survey.body, lines=survey.lines)
    findings = grade(problems, severities())
    previous = json.loads(findings_json(findings[3:], 1, 1, "zh"))
    file = tmp_path_factory.mktemp("report") / "report.html"
    file.write_text(render(findings, Summary(1, 1, "示例镇", DAY, "0.1.0"), "zh", previous), encoding="utf-8")
    return file.as_uri()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_report_opens_offline_without_a_barrier(browser: Browser, report: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, offline=True)
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(report)
    assert (asked, said) == ([report], [])
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if AXE.is_file():
        page.evaluate(AXE.read_text(encoding="utf-8"))
        violations = page.evaluate("axe.run().then(result => result.violations.map(rule => rule.id))")
        assert violations == []
    context.close()


def test_the_report_is_whole_without_scripts_and_on_paper(browser: Browser, report: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(report)
    assert page.locator("h2").all_inner_texts() == [
        "与上次相比",
        "单项否决指标",
        "扣分指标",
        "其他法定职责",
        "问题清单",
    ]
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    assert page.locator("article").first.is_visible()
    context.close()
