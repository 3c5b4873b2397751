"""The rule table, the code that reports problems, and the samples agree."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from problem_calls import calls, mentions

from govsite.problems.rules import FAMILIES, Rule, rule_table

SAMPLES = Path(__file__).parents[1] / "invalid"
RULES = list(rule_table().values())
_OPTIONAL = re.compile(r"\[\[.*?\]\]")
_PLACE = re.compile(r"\{(\w*)\}")
_HAN = re.compile(r"[\u4e00-\u9fff]")

# Rules whose fault cannot be written into the files of a site, and what shows them instead.
WITHOUT_SAMPLE: dict[str, str] = {
    "CFG101": "the command line asks for config.yaml first; left is a file that may not be read, which root always may",
    "IDX101": "cannot happen unless the index is at fault; the search vectors show that everything is found",
    "OUT102": "needs a full disk or a folder that may not be written",
    "OUT104": "needs --out",
    "OUT105": "needs another build at the same time",
    **dict.fromkeys(
        (f"KSK{number}" for number in range(101, 123)),
        "is about an edition or a terminal, no site: tests/unit/edition has an edition for each",
    ),
    "PUB301": "needs `publish --from`; tests/publishing shows it",
    "PUB302": "as above, with a file altered after the build",
    "PUB303": "needs another publication at the same time",
    "PUB304": "needs a target on the command line",
    "PUB305": "needs a target that fails",
    "PUB306": "needs a target that loses bytes",
    "PUB307": "needs --rollback",
    "PUB308": "needs a machine without OpenSSH or boto3",
    "PUB309": "needs a target without links",
    "PUB310": "needs a full disk",
    "PUB311": "needs a web server that gives something else",
    "PUB312": "needs a ledger that somebody changed; tests/publishing shows it",
    "PUB313": "as above, a proof",
    "PUB314": "needs `ledger prove`",
    **dict.fromkeys(
        (*(f"CFG{number}" for number in range(151, 156)), *(f"LNK{number}" for number in range(211, 217))),
        "needs a workspace of several sites; tests/workspace has one for each",
    ),
    "BUG001": "cannot happen unless govsite is at fault",
}
# Rules that stand in the table before the code reports them.
PLANNED: set[str] = set()


def _by_code(rule: Rule) -> str:
    return rule.code


def _texts(rule: Rule) -> dict[str, str]:
    names = ("title", "message", "why", "fix")
    return {f"{name}.{lang}": getattr(getattr(rule, name), lang) for name in names for lang in ("zh", "en")}


def test_every_code_that_the_package_names_has_a_rule() -> None:
    used = {call.code for call in calls() if call.code} | mentions().keys()
    assert sorted(used - rule_table().keys()) == []


def test_every_rule_is_reported_somewhere_or_planned() -> None:
    used = {call.code for call in calls()} | mentions().keys()
    assert sorted(rule_table().keys() - used - PLANNED) == []


@pytest.mark.parametrize("rule", RULES, ids=_by_code)
def test_a_rule_belongs_to_a_family_and_says_when_it_came(rule: Rule) -> None:
    assert rule.code[:-3] in FAMILIES
    assert re.fullmatch(r"\d+\.\d+\.\d+", rule.since)
    assert rule.status in {"stable", "retired"}


@pytest.mark.parametrize("rule", RULES, ids=_by_code)
def test_a_rule_has_every_text_in_both_languages(rule: Rule) -> None:
    for name, text in _texts(rule).items():
        assert text, name
        assert _HAN.search(text) or name.endswith("en"), f"{name}: no Chinese"
        assert re.search(r"[A-Za-z]{2}", text) or name.endswith("zh"), f"{name}: no English"


@pytest.mark.parametrize("rule", RULES, ids=_by_code)
def test_titles_and_messages_are_phrases_the_other_texts_are_sentences(rule: Rule) -> None:
    for name, text in _texts(rule).items():
        bare = _OPTIONAL.sub("", text)
        if name.startswith(("title", "message")):
            assert not bare.endswith(("。", ".")), name
            assert bare == text, f"{name}: parts that may be dropped belong into fix"
        else:
            assert bare.endswith(("。", "？", "）", ".", "?", ")")) or text.endswith("]]"), name


def test_names_are_unique_and_in_kebab_case() -> None:
    names = [rule.name for rule in RULES]
    assert sorted(name for name in names if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)) == []
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_titles_are_unique() -> None:
    titles = [rule.title.zh for rule in RULES] + [rule.title.en for rule in RULES]
    assert sorted({title for title in titles if titles.count(title) > 1}) == []


@pytest.mark.parametrize("rule", RULES, ids=_by_code)
def test_a_basis_names_a_rule_or_a_number(rule: Rule) -> None:
    for basis in rule.basis:
        assert basis.title or basis.number
        assert not basis.title.startswith("《"), "the brackets are added where it is shown"


@pytest.mark.parametrize("rule", RULES, ids=_by_code)
def test_every_place_holder_is_a_fact_that_the_code_gives(rule: Rule) -> None:
    """A text must be able to fill its places wherever the problem comes from; what may be dropped, somewhere."""
    always = {fact for text in _texts(rule).values() for fact in _PLACE.findall(_OPTIONAL.sub("", text))}
    sometimes = {fact for text in _texts(rule).values() for fact in _PLACE.findall(text)}
    literal = [call for call in calls() if call.code == rule.code]
    for call in literal:
        assert always <= call.facts, f"{call.file}:{call.line}"
    if literal:
        assert sometimes <= frozenset().union(*(call.facts for call in literal))
    computed = [call for call in calls() if not call.code]
    near = [call for call in computed if call.file in mentions().get(rule.code, ())]
    if near or not (literal or rule.code in PLANNED):
        assert any(sometimes <= call.facts for call in computed)


@pytest.mark.parametrize("rule", RULES, ids=_by_code)
def test_a_rule_has_a_sample_or_a_reason_why_not(rule: Rule) -> None:
    has_sample = (SAMPLES / rule.code / "site").is_dir()
    assert has_sample or rule.code in WITHOUT_SAMPLE or rule.code in PLANNED
    assert not (has_sample and rule.code in WITHOUT_SAMPLE)


def test_every_sample_is_of_a_rule() -> None:
    folders = {folder.name for folder in SAMPLES.iterdir() if (folder / "site").is_dir()}
    assert sorted(folders - rule_table().keys()) == []
