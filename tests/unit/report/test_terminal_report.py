"""Findings on a terminal: the caret stands right under Chinese text, long lines are cut, facts are filled in."""

from __future__ import annotations

import json

import pytest

from govsite.hanzi.width import display_width
from govsite.messages.catalogue import translator
from govsite.problems.problem import Finding, Problem, Severity, grade
from govsite.problems.rules import fill
from govsite.report.records import findings_json
from govsite.report.terminal import TOLD_IN_FULL, render_finding, render_findings, render_summary
from govsite.source.span import Span


def _lines(problem: Problem, source: list[str]) -> list[str]:
    text = render_finding(Finding(problem, Severity.WARNING), translator("zh"), "zh", lambda file: source)
    return text.splitlines()


@pytest.mark.parametrize(
    ("line", "column", "length"),
    [
        ("发文字号: 示政办发[2024]7号", 7, 13),
        ("a: b", 4, 1),
        ("标题：全角，标点", 4, 5),
        ("\t标题: x", 2, 2),
        ("e\u0301甲乙", 3, 2),
        ("甲", 1, 50),
        ("", 1, 1),
    ],
)
def test_the_caret_stands_under_the_place(line: str, column: int, length: int) -> None:
    problem = Problem.at("DOC104", Span.of_line("a.md", 3, column, length), found="x", standard="y")
    shown = _lines(problem, ["", "", line])
    source, caret = shown[3].partition("| ")[2], shown[4].partition("| ")[2]
    stretch = line.replace("\t", " ")[column - 1 : column - 1 + length]
    assert shown[1] == f"  --> a.md:3:{column}"
    assert source == line.replace("\t", " ")
    assert display_width(caret[: len(caret) - len(caret.lstrip(" "))]) == display_width(
        line.replace("\t", " ")[: column - 1]
    )
    assert caret.count("^") == max(1, display_width(stretch))


def test_a_long_line_is_cut_around_the_place() -> None:
    line = "前" * 500 + "错" + "后" * 500
    shown = _lines(Problem.at("DOC104", Span.of_line("a.md", 1, 501, 1), found="x", standard="y"), [line])
    source, caret = shown[3].partition("| ")[2], shown[4].partition("| ")[2]
    assert len(source) < 130
    before = caret.index("^")
    assert display_width(source.partition("错")[0]) == before


def test_a_place_that_is_not_in_the_file_any_more_costs_only_the_excerpt() -> None:
    shown = _lines(Problem.at("DOC104", Span.of_line("a.md", 9, 1), found="x", standard="y"), ["甲"])
    assert shown[1] == "  --> a.md:9:1"
    assert not any("|" in line for line in shown)


def test_an_unknown_code_shows_its_facts() -> None:
    assert "a=1 b=2" in _lines(Problem.at("XXX000", None, a=1, b=2), [])[0]


def test_parts_of_a_text_without_their_fact_are_left_out() -> None:
    text = "没有“{found}”[[，是不是“{nearest}”？]]"
    assert fill(text, Problem.at("X", None, found="甲", nearest="乙")) == "没有“甲”，是不是“乙”？"
    assert fill(text, Problem.at("X", None, found="甲", nearest="")) == "没有“甲”"
    assert fill(text, Problem.at("X", None, found="{nearest}", nearest="")) == "没有“{nearest}”"


def test_findings_stand_in_one_order_each_once() -> None:
    problems = [
        Problem.at("DOC104", Span.of_line("b.md", 1)), Problem.at("OUT105", None), Problem.at("FM101", Span.of_line("a.md", 2, 5)),
        Problem.at("FM101", Span.of_line("a.md", 2, 1)), Problem.at("FM106", Span.of_line("a.md", 2, 5)), Problem.at("FM101", Span.of_line("a.md", 2, 5)),
    ]  # fmt: skip
    grades = {"FM101": Severity.ERROR, "FM106": Severity.NOTICE, "DOC104": Severity.WARNING}
    expected = ["FM101", "FM101", "FM106", "DOC104", "OUT105"]
    for order in (problems, problems[::-1]):
        assert [finding.problem.code for finding in grade(order, grades)] == expected


def test_json_has_the_contracts_fields_also_where_there_is_no_place() -> None:
    data = json.loads(
        findings_json([Finding(Problem.at("OUT105", None, path="site"), Severity.ERROR)], 3, 4, "en")
    )
    (found,) = data["problems"]
    assert (found["file"], found["line"], found["column"], found["severity"]) == ("", 0, 0, "error")
    assert data["summary"] == {"errors": 1, "warnings": 0, "notices": 0, "documents": 3, "pages": 4}
    assert render_summary([], translator("zh"))


def test_of_a_code_that_comes_very_often_every_place_is_told_and_the_advice_a_few_times() -> None:
    found = [
        Finding(
            Problem.at(code, Span.of_line(f"{number}.md", 1, 1), found="x", standard="y"), Severity.WARNING
        )
        for number in range(TOLD_IN_FULL + 5)
        for code in ("DOC104", "DOC105")
    ]
    shown = list(render_findings(found, translator("zh"), "zh", lambda file: ["甲"]))
    text = "\n".join(shown)
    for number in range(TOLD_IN_FULL + 5):
        assert f"{text}\n".count(f"  --> {number}.md:1:1\n") == 2
    assert text.count("govsite explain DOC104") == text.count("govsite explain DOC105") == TOLD_IN_FULL
    assert text.count("同上") == 2
    assert len(shown[-1].splitlines()) == 2
    assert shown[: 2 * TOLD_IN_FULL] == [
        render_finding(one, translator("zh"), "zh", lambda file: ["甲"]) for one in found[: 2 * TOLD_IN_FULL]
    ]
