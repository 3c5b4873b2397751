"""Reports for other programs: whole structures, and every awkward character."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from findings_to_show import FINDINGS, SUMMARY, finding

from govsite.problems.problem import Problem, Severity
from govsite.report import github, gitlab, html, junit, sarif
from govsite.report.summary import Summary
from govsite.source.span import Span

RENDERERS = [sarif.render, junit.render, github.render, gitlab.render, html.render]


@pytest.mark.parametrize("render", RENDERERS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_format_takes_everything_and_repeats_its_bytes(render: Callable[..., str], lang: str) -> None:
    text = render(FINDINGS, SUMMARY, lang)
    assert text == render(FINDINGS, SUMMARY, lang)
    assert all(found.problem.code in text for found in FINDINGS)
    text.encode()


def run_of(findings: Any, lang: str = "zh") -> dict[str, Any]:
    log = json.loads(sarif.render(findings, SUMMARY, lang))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    return dict(run)


def test_sarif_counts_columns_in_code_points_and_finds_its_rules() -> None:
    run = run_of(FINDINGS)
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["COL101", "INT102", "LNK101", "TIM108"]
    for result in run["results"]:
        if "ruleIndex" in result:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert all(rule["shortDescription"]["text"] and rule["help"]["text"] for rule in rules)
    assert all("{" not in rule["help"]["text"] and "[[" not in rule["help"]["text"] for rule in rules)


def test_sarif_places_are_files_and_regions() -> None:
    places = [result["locations"][0]["physicalLocation"] for result in run_of(FINDINGS)["results"]]
    assert "region" not in places[0]
    assert unquote(places[1]["artifactLocation"]["uri"]) == "content/a b/<文>.md"
    assert " " not in places[1]["artifactLocation"]["uri"]
    assert places[1]["region"] == {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 9}
    assert places[3]["artifactLocation"]["uri"] == "config.yaml"
    levels = [result["level"] for result in run_of(FINDINGS)["results"]]
    assert levels == ["warning", "error", "warning", "note", "note"]


def test_a_fingerprint_stays_when_lines_move() -> None:
    one, moved, other = (
        sarif.fingerprint(finding(Problem.at("INT105", Span("content/a.md", line, 5, line, 9), title=title)))
        for line, title in ((2, "甲"), (9, "甲"), (2, "乙"))
    )
    assert one == moved != other


def test_junit_fails_errors_and_warnings_and_lets_notices_pass() -> None:
    root = ET.fromstring(junit.render(FINDINGS, SUMMARY, "zh"))  # noqa: S314 - our own text
    (suite,) = root
    assert (suite.get("tests"), suite.get("failures")) == ("5", "3")
    assert len(suite.findall("testcase")) == 5
    assert len(suite.findall("testcase/failure")) == 3
    cases = {case.get("name", ""): case for case in suite}
    name = next(name for name in cases if "INT102" in name)
    assert cases[name].get("file") == "content/policies/7.md"
    assert "改法" in (cases[name].findtext("failure") or "")


def test_junit_has_a_case_that_passes_when_nothing_is_found() -> None:
    root = ET.fromstring(junit.render((), SUMMARY, "zh"))  # noqa: S314 - our own text
    (case,) = root.iter("testcase")
    assert list(case) == []
    assert "3" in (case.get("name") or "")


def test_github_commands_stay_on_one_line_each() -> None:
    lines = github.render(FINDINGS, SUMMARY, "zh").splitlines()
    assert len(lines) == len(FINDINGS)
    assert lines[1].startswith("::error title=LNK101 ")
    assert "line=3,col=5,endLine=3,endColumn=9" in lines[1]
    assert "%25" in lines[1]
    assert lines[3].startswith("::notice ")
    assert "file=" not in lines[3]
    assert github.render((), SUMMARY, "zh") == ""


def test_github_escapes_what_ends_a_property() -> None:
    odd = finding(Problem.at("INT105", Span("content/a:b,c%.md", 1, 1, 1, 2)))
    assert "file=content/a%3Ab%2Cc%25.md" in github.render([odd], SUMMARY, "zh")


def test_gitlab_fingerprints_are_unique_and_lines_begin_at_one() -> None:
    twice = [*FINDINGS, FINDINGS[2]]
    issues = json.loads(gitlab.render(twice, SUMMARY, "zh"))
    assert len({issue["fingerprint"] for issue in issues}) == len(twice)
    assert all(issue["location"]["lines"]["begin"] >= 1 for issue in issues)
    assert all(issue["location"]["path"] for issue in issues)
    assert issues[2]["location"]["lines"] == {"begin": 2, "end": 4}
    assert [issue["severity"] for issue in issues] == ["major", "critical", "major", "info", "info", "major"]
    assert json.loads(gitlab.render((), Summary(), "zh")) == []


def test_severity_names_of_every_format_cover_all() -> None:
    for severity in Severity:
        one = [finding(FINDINGS[0].problem, severity)]
        assert all(render(one, SUMMARY, "zh") for render in RENDERERS)
