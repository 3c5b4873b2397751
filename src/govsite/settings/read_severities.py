"""`级别`: severities that a site or a rule pack gives to codes."""

from __future__ import annotations

from govsite.expect.fields import Field
from govsite.hanzi.nearest import nearest
from govsite.problems.problem import Problem, Severity
from govsite.problems.rules import rule_of, rule_table
from govsite.source.yaml import Mapping, Scalar


def expect_severities(field: Field | None, problems: list[Problem]) -> dict[str, Severity]:
    """Severity by code. CFG107 unknown severity, CFG108 unknown code, CFG109 what may not be made lighter."""
    if field is None:
        return {}
    if not isinstance(field.value, Mapping):
        problems.append(Problem.at("CFG103", field.value.span, key=field.key.label, expected="mapping"))
        return {}
    chosen: dict[str, Severity] = {}
    for code, value in field.value:
        word = value.text.strip() if isinstance(value, Scalar) else ""
        rule = rule_of(code.text)
        if rule is None:
            problems.append(
                Problem.at("CFG108", code.span, rule=code.text, nearest=nearest(code.text, rule_table()))
            )
        elif word not in {"error", "warning", "notice"}:
            problems.append(Problem.at("CFG107", value.span, found=word, allowed="error、warning、notice"))
        elif not rule.silenceable and Severity.of(word) < rule.severity:
            problems.append(Problem.at("CFG109", code.span, rule=code.text))
        else:
            chosen[code.text] = Severity.of(word)
    return chosen
