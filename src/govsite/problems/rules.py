"""The rule table: for each code its severity, words in both languages, legal basis and status."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

from govsite.frozen import dataclass
from govsite.problems.problem import Problem, Severity
from govsite.source.yaml import load_data
from govsite.vocab.records import Basis, basis_of

FAMILIES = (
    "CFG", "SRC", "FM", "DOC", "CAT", "COL", "INT", "LNK", "THM", "IDX", "WEB",
    "PRV", "SEC", "REV", "TIM", "OUT", "PUB", "KSK", "EXT", "BUG",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages; Chinese is the source."""

    zh: str
    en: str

    def in_language(self, lang: str) -> str:
        """The text in `lang` (`zh` or `en`)."""
        return self.en if lang == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. message, why, fix may hold `{fact}` place-holders.

    silenceable: whether a document's 忽略 may silence it. since: version that introduced the code; a code is
    never reused. status: `stable` or `retired`.
    """

    code: str
    name: str
    severity: Severity
    title: Words
    message: Words
    why: Words
    fix: Words
    basis: tuple[Basis, ...]
    since: str
    silenceable: bool
    status: str


_OPTIONAL = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_PLACE = re.compile(r"\{(\w+)\}")


def fill(text: str, problem: Problem) -> str:
    """`text` with the problem's facts in its place-holders.

    A part in double square brackets is dropped when a fact it uses is empty: `[[是不是“{nearest}”？]]`.
    """
    facts = dict(problem.facts)

    def value(match: re.Match[str]) -> str:
        return facts.get(match[1], "")

    def part(match: re.Match[str]) -> str:
        return match[1] if all(facts.get(name) for name in _PLACE.findall(match[1])) else ""

    return _PLACE.sub(value, _OPTIONAL.sub(part, text))


def _words(raw: Mapping[str, str]) -> Words:
    return Words(str(raw["zh"]).strip(), str(raw["en"]).strip())


def _rule(raw: Mapping[str, object]) -> Rule:
    texts = {name: _words(raw[name]) for name in ("title", "message", "why", "fix")}  # type: ignore[arg-type]
    bases = raw.get("basis") or ()
    return Rule(
        code=str(raw["code"]),
        name=str(raw["name"]),
        severity=Severity.of(str(raw["severity"])),
        basis=tuple(basis_of(item) for item in bases),  # type: ignore[attr-defined]
        since=str(raw.get("since", "0.1.0")),
        silenceable=bool(raw.get("silenceable", True)),
        status=str(raw.get("status", "stable")),
        **texts,
    )


def rule_of(code: str) -> Rule | None:
    """The rule of a code, None where there is none. Reads no other family than its own."""
    return _family(code.rstrip("0123456789")).get(code)


@cache
def rule_table() -> dict[str, Rule]:
    """Every rule by code, in the order of families and numbers."""
    return {code: rule for family in FAMILIES for code, rule in _family(family).items()}


@cache
def _family(name: str) -> dict[str, Rule]:
    file = resources.files("govsite.problems").joinpath("data", f"{name}.yaml")
    if name not in FAMILIES or not file.is_file():
        return {}
    rules = [_rule(raw) for raw in load_data(file.read_text(encoding="utf-8"))]
    return {rule.code: rule for rule in sorted(rules, key=lambda rule: rule.code)}


class _Grades(Mapping[str, Severity]):
    """Severities by code; a family's rules are read when one of them is asked for."""

    def __init__(self, overrides: Mapping[str, Severity]) -> None:
        self._known = dict(overrides)

    def __getitem__(self, code: str) -> Severity:
        severity = self._known.get(code)
        if severity is None:
            rule = rule_of(code)
            if rule is None:
                raise KeyError(code)
            severity = self._known[code] = rule.severity
        return severity

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys([*rule_table(), *self._known]))

    def __len__(self) -> int:
        return len(rule_table().keys() | self._known.keys())


def severities(overrides: Mapping[str, Severity] | None = None) -> Mapping[str, Severity]:
    """The severity of every code, with the site's own changes on top."""
    return _Grades(overrides or {})
