"""govsite explain: what a code means, why, how to mend, on which basis."""

from __future__ import annotations

import re

import click

from govsite.cli.common import Session, UsageProblem, common_options
from govsite.cli.words import SpeakingCommand
from govsite.hanzi.nearest import nearest
from govsite.problems.rules import rule_table

_OPTIONAL = re.compile(r"\[\[.*?\]\]", re.DOTALL)
_PLACE = re.compile(r"\{\w+\}")


def _example(text: str) -> str:
    """A rule's text without its facts."""
    return _PLACE.sub("…", _OPTIONAL.sub("", text))


@click.command("explain", cls=SpeakingCommand, help="cli.explain")
@click.argument("code")
@common_options
def explain(session: Session, code: str) -> int:
    """Explain one code."""
    table = rule_table()
    rule = table.get(code.upper())
    t, lang = session.t, session.lang
    if rule is None:
        near = nearest(code.upper(), table)
        hint = t("cli.did_you_mean", nearest=near) if near else ""
        raise UsageProblem(f"{t('cli.unknown_code', code=code)} {hint}".strip())
    click.echo(f"{rule.code}  {rule.title.in_language(lang)}  ({rule.name})\n")
    for key, text in (("report.why", rule.why), ("report.fix", rule.fix)):
        click.echo(f"{t(key)}: {_example(text.in_language(lang))}")
    if rule.basis:
        click.echo(f"{t('report.basis')}: {'；'.join(str(basis) for basis in rule.basis)}")
    click.echo(f"{t('cli.explain.severity')}: {t('severity.' + rule.severity.word)}")
    silence = t("cli.explain.yes", code=rule.code) if rule.silenceable else t("cli.explain.no")
    click.echo(f"{t('cli.explain.silence')}: {silence}")
    click.echo(f"{t('cli.explain.since')}: {rule.since}")
    return 0
