"""Findings as SARIF 2.1.0 (OASIS standard), which code hosts show beside the lines."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from urllib.parse import quote

from govsite.files.digest import digest_of
from govsite.problems.problem import Finding, Severity
from govsite.problems.rules import Rule
from govsite.report.summary import Summary, basis_of, message_of, rules_of
from govsite.source.span import Span

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}
_PLACE = re.compile(r"\{\w+\}|\[\[|\]\]")
_ROOT = "SITE"


def render(findings: Sequence[Finding], summary: Summary, lang: str) -> str:
    """One run. Columns count code points, as ours do; a finding without a place stands at config.yaml."""
    rules = rules_of(findings)
    places = {rule.code: index for index, rule in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "govsite",
                "semanticVersion": summary.version or "0.0.0",
                "rules": [_rule(rule, lang) for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "language": "en" if lang == "en" else "zh-CN",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "the site's folder"}}},
        "results": [_result(finding, places, lang) for finding in findings],
        "properties": {"documents": summary.documents, "pages": summary.pages, "day": summary.day},
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _bare(text: str) -> str:
    """A rule's text without its facts."""
    return _PLACE.sub(lambda match: "…" if match[0].startswith("{") else "", text)


def _rule(rule: Rule, lang: str) -> dict[str, object]:
    why, fix = (_bare(words.in_language(lang)) for words in (rule.why, rule.fix))
    basis = basis_of(rule)
    help_text = "\n\n".join(part for part in (why, fix, basis) if part)
    return {
        "id": rule.code,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": rule.title.in_language(lang)},
        "fullDescription": {"text": why},
        "help": {"text": help_text, "markdown": help_text},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.code.rstrip("0123456789")], "basis": basis},
    }


def _result(finding: Finding, places: dict[str, int], lang: str) -> dict[str, object]:
    problem = finding.problem
    message = message_of(problem, lang)
    result: dict[str, object] = {
        "ruleId": problem.code,
        "level": _LEVELS[finding.severity],
        "message": {"text": message or problem.code},
        "locations": [{"physicalLocation": _location(problem.span or Span("config.yaml"))}],
        "partialFingerprints": {"govsite/v1": fingerprint(finding)},
    }
    if problem.code in places:
        result["ruleIndex"] = places[problem.code]
    if problem.related:
        result["relatedLocations"] = [{"physicalLocation": _location(span)} for span in problem.related]
    return result


def _location(span: Span) -> dict[str, object]:
    place: dict[str, object] = {
        "artifactLocation": {"uri": quote(span.file or "config.yaml"), "uriBaseId": _ROOT}
    }
    if span.line:
        region = {"startLine": span.line, "startColumn": max(span.column, 1)}
        if span.end_line:
            region |= {"endLine": span.end_line, "endColumn": max(span.end_column, 1)}
        place["region"] = region
    return place


def fingerprint(finding: Finding) -> str:
    """What a finding is, wherever its line has moved to: code, file, facts."""
    problem = finding.problem
    parts = [problem.code, problem.span.file if problem.span else "", *(f"{a}={b}" for a, b in problem.facts)]
    return digest_of("\n".join(parts).encode())
