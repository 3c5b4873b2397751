"""Findings as one self-contained page: opens offline, needs no script, prints well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from importlib import resources
from itertools import groupby
from string import Template
from typing import Any

from govsite.hanzi.dates import chinese_date
from govsite.messages.catalogue import Translate, translator
from govsite.problems.problem import Finding
from govsite.problems.rules import fill, rule_of
from govsite.report.scorecard import Line, scorecard
from govsite.report.summary import Summary, basis_of, counts_of, message_of
from govsite.report.terminal import place
from govsite.report.trend import Trend, compare
from govsite.vocab.indicators import indicators

Cells = Sequence[str]


@cache
def _template() -> Template:
    text = resources.files("govsite.report").joinpath("data", "report.html").read_text(encoding="utf-8")
    return Template(text)


def render(
    findings: Sequence[Finding], summary: Summary, lang: str, previous: Mapping[str, Any] | None = None
) -> str:
    """The page. previous: the JSON of an earlier check (`check --format json`), read."""
    t = translator(lang)
    lines = scorecard(findings)
    parts = [
        ("veto", _veto(lines, t)),
        ("score", _score(lines, t)),
        ("own", _own(lines, t)),
        ("findings", _findings(findings, t, lang)),
    ]
    if previous is not None:
        parts.insert(0, ("trend", _trend(compare(findings, previous, lang), t)))
    title = t("duty.report.title", site=summary.site or "govsite")
    day = (summary.day if lang == "en" else chinese_date(summary.day)) if summary.day else "—"
    return _template().substitute(
        lang="en" if lang == "en" else "zh-CN",
        title=escape(title),
        about=escape(t("duty.report.about", day=day, documents=summary.documents, pages=summary.pages)),
        counts=_counts(findings, t),
        contents=escape(t("duty.report.contents")),
        links="\n".join(
            f'<li><a href="#{name}">{escape(t(f"duty.report.{name}"))}</a></li>' for name, _ in parts
        ),
        sections="\n".join(
            f'<section id="{name}" aria-labelledby="{name}-head"><h2 id="{name}-head">'
            f"{escape(t(f'duty.report.{name}'))}</h2>\n{content}\n</section>"
            for name, content in parts
        ),
        foot=escape(t("duty.report.foot", version=summary.version)),
    )


def _counts(findings: Sequence[Finding], t: Translate) -> str:
    items = (
        f'<li class="{severity.word}"><strong>{number}</strong>{escape(t("severity." + severity.word))}</li>'
        for severity, number in counts_of(findings).items()
    )
    return f'<ul class="counts">{"".join(items)}</ul>'


def _table(
    caption: str, heads: Cells, rows: Sequence[Cells], foot: Cells = (), numbers: Sequence[int] = ()
) -> str:
    """A table of ready HTML cells; the first of a row is its heading. numbers: columns set to the right."""

    def cell(tag: str, index: int, content: str, scope: str = "") -> str:
        mark = ' class="number"' if index in numbers else ""
        return f"<{tag}{scope}{mark}>{content}</{tag}>"

    head = "".join(cell("th", index, escape(text), ' scope="col"') for index, text in enumerate(heads))
    body = "\n".join(
        "<tr>"
        + "".join(
            cell("td" if index else "th", index, text, "" if index else ' scope="row"')
            for index, text in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    end = ""
    if foot:
        cells = (
            cell("td" if index else "th", index, text, "" if index else ' scope="row"')
            for index, text in enumerate(foot)
        )
        end = f"<tfoot><tr>{''.join(cells)}</tr></tfoot>"
    return (
        f'<div class="table" tabindex="0" role="region" aria-label="{escape(caption)}"><table><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody>{end}</table></div>"
    )


def _veto(lines: Sequence[Line], t: Translate) -> str:
    rows = []
    for line in lines:
        if line.indicator.part != "veto":
            continue
        state = "unseen" if not line.is_seen else "triggered" if line.vetoes else "clear"
        tone = {"triggered": "bad", "clear": "good", "unseen": ""}[state]
        word = escape(t(f"duty.report.veto_{state}"))
        shown = f'<span class="{tone}">{word}</span>' if tone else word
        rows.append((escape(line.indicator.label), shown, str(line.findings), escape(_note(line, t))))
    heads = [t(f"duty.report.head_{name}") for name in ("indicator", "state", "findings", "note")]
    return _table(t("duty.report.veto_caption", basis=indicators().basis), heads, rows, numbers=(2,))


def _note(line: Line, t: Translate) -> str:
    mark = "" if line.indicator.verified else t("duty.report.unverified")
    return "；".join(part for part in (line.indicator.note, mark) if part)


def _score(lines: Sequence[Line], t: Translate) -> str:
    scored = [line for line in lines if line.indicator.part == "scored"]
    blocks = indicators().blocks
    rows = [
        (
            escape(line.indicator.label), escape(blocks[line.indicator.block]), str(line.findings),
            str(line.indicator.points), str(-line.lost), escape(_note(line, t)),
        )
        for line in scored
    ]  # fmt: skip
    worth, lost = sum(line.indicator.points for line in scored), sum(line.lost for line in scored)
    foot = (escape(t("duty.report.sum")), "", "", str(worth), str(-lost), "")
    heads = [
        t(f"duty.report.head_{name}") for name in ("indicator", "block", "findings", "points", "lost", "note")
    ]
    table = _table(t("duty.report.score_caption"), heads, rows, foot, numbers=(2, 3, 4))
    return f"<p>{escape(t('duty.report.score_note', lost=lost, worth=worth))}</p>\n{table}"


def _own(lines: Sequence[Line], t: Translate) -> str:
    rows = [
        (
            escape(line.indicator.label),
            f'<span class="{"bad" if line.findings else "good"}">{line.findings}</span>',
        )
        for line in lines
        if line.indicator.part == "own"
    ]
    heads = [t("duty.report.head_indicator"), t("duty.report.head_findings")]
    return _table(t("duty.report.own_caption"), heads, rows, numbers=(1,))


def _trend(trend: Trend, t: Translate) -> str:
    rows = [
        (
            escape(t("severity." + severity.word)),
            str(before),
            str(now),
            f"{now - before:+d}" if now != before else "0",
        )
        for severity, (before, now) in trend.counts.items()
    ]
    heads = [t(f"duty.report.head_{name}") for name in ("severity", "before", "now", "change")]
    parts = [_table(t("duty.report.trend_caption"), heads, rows, numbers=(1, 2, 3))]
    for name, texts in (("new", trend.new), ("mended", trend.mended)):
        parts.append(f"<p>{escape(t(f'duty.report.{name}', count=len(texts)))}</p>")
        if texts:
            parts.append("<ul>" + "".join(f"<li>{escape(text)}</li>" for text in texts) + "</ul>")
    return "\n".join(parts)


def _findings(findings: Sequence[Finding], t: Translate, lang: str) -> str:
    if not findings:
        return f'<p class="good">{escape(t("cli.clean"))}</p>'
    parts = []
    for file, group in groupby(
        findings, key=lambda finding: finding.problem.span.file if finding.problem.span else ""
    ):
        parts.append(f"<h3>{escape(file or t('duty.report.whole_site'))}</h3>")
        parts += [_finding(finding, t, lang) for finding in group]
    return "\n".join(parts)


def _finding(finding: Finding, t: Translate, lang: str) -> str:
    problem, rule = finding.problem, rule_of(finding.problem.code)
    word = finding.severity.word
    facts: list[tuple[str, str]] = []
    if problem.span and problem.span.line:
        facts.append((t("duty.report.place"), place(problem.span)))
    if rule:
        facts += [(t("report.why"), fill(rule.why.in_language(lang), problem))]
        facts += [(t("report.fix"), fill(rule.fix.in_language(lang), problem))]
        facts += [(t("report.basis"), basis_of(rule))]
    facts += [(t("report.related"), place(span)) for span in problem.related]
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts if value)
    return (
        f'<article class="{word}"><h4><span class="word-{word}">{escape(t("severity." + word))}</span> '
        f"<code>{problem.code}</code> {escape(message_of(problem, lang))}</h4>\n<dl>{rows}</dl></article>"
    )
