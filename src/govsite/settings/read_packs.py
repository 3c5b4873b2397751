"""Rule packs (`检查: 规则包`): files of limits, severities, words and rules, laid under what the site says itself."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from govsite.expect.fields import Field, expect_fields, report_missing
from govsite.expect.values import expect_day, expect_list, expect_text, expect_texts
from govsite.files.paths import resolve_inside
from govsite.problems.problem import Problem, Severity
from govsite.settings.packs import PackRule
from govsite.settings.read_duties import expect_limits, expect_records, expect_wording
from govsite.settings.read_severities import expect_severities
from govsite.settings.settings import Settings
from govsite.source.text import TextFault, decode_text
from govsite.source.yaml import Mapping, Node, Scalar, YamlFault, parse_yaml
from govsite.vocab.keys import config_keys, keys_of
from govsite.vocab.terms import kinds

_LONGEST_PATTERN = 1000


def with_packs(site: Path, field: Field | None, settings: Settings, problems: list[Problem]) -> Settings:
    """The settings with every pack beneath them, in the order named: a later one, and the site itself, has the last word.

    Reports CFG102-CFG109 for what a pack says wrongly, CFG142 for a file that cannot be read, CFG143 for a rule that
    cannot be used.
    """
    limits: dict[str, int] = {}
    severities: dict[str, Severity] = {}
    wording = []
    rules = []
    for item in expect_list(field, problems):
        fields = _pack(site, item, problems)
        name = expect_text(fields.get("name"), problems) or item.text
        limits |= expect_limits(fields.get("limits"), problems)
        severities |= expect_severities(fields.get("severity"), problems)
        wording += expect_wording(fields.get("wording"), problems)
        basis = expect_text(fields.get("basis"), problems)
        rules += _rules(fields.get("rules"), name, basis, problems)
    if not field:
        return settings
    duties = replace(
        settings.duties,
        limits={**limits, **settings.duties.limits},
        wording=(*wording, *settings.duties.wording),
    )
    return replace(
        settings, duties=duties, severities={**severities, **settings.severities}, rules=tuple(rules)
    )


def _pack(site: Path, item: Scalar, problems: list[Problem]) -> dict[str, Field]:
    path = item.text.strip()
    inside = resolve_inside(path, "")
    node: Node | YamlFault | None = None
    reason = "path"
    if inside is not None:
        try:
            text = decode_text((site / inside).read_bytes())
        except OSError as error:
            reason = error.strerror or type(error).__name__
        else:
            reason = "encoding" if isinstance(text, TextFault) else "syntax"
            node = parse_yaml(text, inside) if isinstance(text, str) else None
    if isinstance(node, YamlFault):
        problems.append(Problem.at("SRC105", node.span, reason=node.reason, detail=node.detail))
        return {}
    if not isinstance(node, Mapping):
        problems.append(Problem.at("CFG142", item.span, path=path, reason=reason))
        return {}
    keys = config_keys("pack")
    fields = expect_fields(node, keys, problems, "CFG102")
    report_missing(fields, keys, node.span, problems)
    return fields


def _rules(field: Field | None, pack: str, basis: str, problems: list[Problem]) -> list[PackRule]:
    found = []
    for node, fields in expect_records(field, config_keys("pack_rule"), problems):
        rule = _rule(node, fields, pack, basis, problems)
        if rule is not None:
            found.append(rule)
    return found


def _rule(
    node: Node, fields: dict[str, Field], pack: str, basis: str, problems: list[Problem]
) -> PackRule | None:
    names = ("id", "message", "fix", "why", "basis", "severity", "forbidden", "needed")
    text = {name: expect_text(fields.get(name), problems) for name in names}
    word = text["severity"] or "warning"
    wrong = "" if word in {"error", "warning", "notice"} else word
    chosen, unknown = _kinds(expect_texts(fields.get("kinds"), problems))
    keys, strange = _keys(chosen, expect_texts(fields.get("keys"), problems))
    wrong = wrong or unknown or strange or _bad_pattern(text["forbidden"]) or _bad_pattern(text["needed"])
    if not wrong and not (keys or text["forbidden"] or text["needed"]):
        wrong = "—"
    if wrong:
        problems.append(Problem.at("CFG143", node.span, rule=text["id"], found=wrong))
    if wrong or not (text["id"] and text["message"] and text["fix"]):
        return None
    return PackRule(
        id=text["id"],
        pack=pack,
        message=text["message"],
        fix=text["fix"],
        why=text["why"],
        basis=text["basis"] or basis,
        severity=Severity.of(word),
        kinds=chosen,
        since=expect_day(fields.get("since"), problems),
        keys=keys,
        forbidden=text["forbidden"],
        needed=text["needed"],
    )


def _kinds(words: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Kind ids, and the first word that names none."""
    known = {word: kind.id for kind in kinds().values() for word in (kind.id, kind.label)}
    unknown = next((word for word in words if word not in known), "")
    return tuple(known[word] for word in words if word in known), unknown


def _keys(chosen: tuple[str, ...], words: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Key ids, and the first word that is no key of any of the kinds."""
    known = {word: key.id for kind in chosen or tuple(kinds()) for word, key in keys_of(kind).by_word.items()}
    unknown = next((word for word in words if word not in known), "")
    return tuple(known[word] for word in words if word in known), unknown


def _bad_pattern(pattern: str) -> str:
    """The pattern where it cannot be used, else `""`."""
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError):
        return pattern
    return pattern[:40] if len(pattern) > _LONGEST_PATTERN else ""
