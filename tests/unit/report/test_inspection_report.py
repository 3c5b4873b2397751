"""The page that goes into the file: complete, self-contained, without a script, and safe."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest
from findings_to_show import FINDINGS, SUMMARY, finding

from govsite.problems.problem import Finding, Problem, Severity
from govsite.problems.rules import rule_table
from govsite.report.html import render
from govsite.report.records import findings_json
from govsite.report.scorecard import scorecard
from govsite.vocab.indicators import indicators


class Outline(HTMLParser):
    """Tags, ids, links and text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name in {"href", "src"}:
                self.links.append(value or "")

    def handle_data(self, data: str) -> None:
        self.text += data


def read(page: str) -> Outline:
    outline = Outline()
    outline.feed(page)
    return outline


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    page = render(FINDINGS, SUMMARY, "zh")
    outline = read(page)
    assert not {"script", "link", "img", "iframe", "form"} & set(outline.tags)
    assert all(link.startswith("#") and link[1:] in outline.ids for link in outline.links)
    assert "http" not in re.sub(r"[\u4e00-\u9fff]", "", page)
    assert not re.search(r"\son\w+=|url\(|@import", page)
    assert len(outline.ids) == len(set(outline.ids))


def test_everything_of_a_finding_is_on_the_page_and_nothing_of_it_is_markup() -> None:
    page = render(FINDINGS, SUMMARY, "zh")
    text = read(page).text
    rule = rule_table()["INT102"]
    for words in (
        "2024-03-06",
        "content/policies/7.md",
        str(rule.basis[0]),
        "content/x.md",
        "试验镇<人民政府>",
        "<script>",
    ):
        assert words in text, words
    assert page.count("<article") == len(FINDINGS)


def test_veto_items_come_first_then_points_then_findings() -> None:
    outline = read(render(FINDINGS, SUMMARY, "zh"))
    assert [name for name in outline.ids if not name.endswith("-head")] == [
        "veto",
        "score",
        "own",
        "findings",
    ]
    assert outline.tags.count("h1") == 1


def test_nothing_found_is_said() -> None:
    page = render((), SUMMARY, "zh")
    assert "没有发现问题" in page
    assert "触发</span>" in page
    assert '<span class="bad">触发</span>' not in page


def card(*found: Finding) -> dict[str, tuple[int, int, bool]]:
    return {line.indicator.id: (line.findings, line.lost, line.vetoes) for line in scorecard(found)}


def test_a_stale_homepage_fails_the_site_and_a_notice_never_counts() -> None:
    stale = Problem.at("TIM102", None, days=20, limit=14, newest="2024-01-01", title="x")
    assert card(finding(stale))["homepage"] == (1, 0, True)
    assert card(finding(stale, Severity.NOTICE))["homepage"] == (0, 0, False)


def test_an_indicator_loses_no_more_than_it_is_worth() -> None:
    many = [finding(Problem.at("TIM103", None, name=str(number))) for number in range(50)]
    news = next(one for one in indicators().indicators if one.id == "news")
    assert card(*many)["news"] == (50, news.points, False)


def test_a_veto_with_a_number_waits_for_it() -> None:
    guides = [finding(Problem.at("COL107", None, missing=str(number))) for number in range(5)]
    assert not card(*guides[:4])["useless"][2]
    assert card(*guides)["useless"][2]


def test_a_leak_is_a_veto_whatever_its_number() -> None:
    assert card(finding(Problem.at("PRV101", None), Severity.ERROR))["safety"][2]


def test_every_indicator_names_rules_that_exist_and_the_unseen_points_say_so() -> None:
    table = indicators()
    codes = {code for one in table.indicators for code in one.codes}
    assert sorted(codes - rule_table().keys()) == []
    assert all(not one.verified for one in table.of_part("scored"))
    assert sum(one.points for one in table.of_part("scored")) == 100
    assert sum(one.points for one in table.of_part("scored") if one.block == "service") == 25
    page = render((), SUMMARY, "zh")
    assert page.count("分值未核实") > len(table.of_part("scored"))


def test_the_trend_says_what_is_new_and_what_is_gone() -> None:
    previous = json.loads(findings_json(FINDINGS[1:], 1, 1, "zh"))
    text = read(render(FINDINGS[:3], SUMMARY, "zh", previous)).text
    assert "新增问题 1 个" in text
    assert "已经消除 2 个" in text


@pytest.mark.parametrize("previous", [{}, {"problems": None}, {"problems": [1, {"code": 3}]}])
def test_an_earlier_report_of_another_shape_does_no_harm(previous: dict[str, object]) -> None:
    assert "与上次相比" in render(FINDINGS, SUMMARY, "zh", previous)
