"""Findings for people at a terminal: excerpt with a caret that stands right under Chinese text, fix, basis."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from govsite.hanzi.width import display_width
from govsite.messages.catalogue import Translate
from govsite.problems.problem import Finding, Problem, Severity
from govsite.problems.rules import Rule, fill, rule_of
from govsite.source.span import Span

# Lines of a source by its path relative to the site; empty where it cannot be shown.
Lines = Callable[[str], Sequence[str]]
_MAX_EXCERPT = 120
TOLD_IN_FULL = 20  # findings of one code
_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTICE: "36"}


def render_findings(
    findings: Iterable[Finding], t: Translate, lang: str, lines: Lines, *, colour: bool = False
) -> Iterator[str]:
    """Findings in their order, each as a paragraph with a line end, or as two lines. Of a code that comes very often the first are told in full; of the others
    what and where, since why and how to mend it stands above.
    """
    told: Counter[str] = Counter()
    for finding in findings:
        code = finding.problem.code
        told[code] += 1
        if told[code] <= TOLD_IN_FULL:
            yield render_finding(finding, t, lang, lines, colour=colour)
            continue
        if told[code] == TOLD_IN_FULL + 1:
            yield t("report.brief", code=code, count=TOLD_IN_FULL)
        yield _brief(finding, t, lang, colour=colour)


def _brief(finding: Finding, t: Translate, lang: str, *, colour: bool) -> str:
    span = finding.problem.span
    return _headline(finding, t, lang, colour=colour) + (f"\n  --> {place(span)}" if span else "")


def render_finding(finding: Finding, t: Translate, lang: str, lines: Lines, *, colour: bool = False) -> str:
    """One finding as a paragraph of text, ending with a line end."""
    problem = finding.problem
    rule = rule_of(problem.code)
    out = [_headline(finding, t, lang, colour=colour)]
    if problem.span:
        out += _excerpt(problem.span, lines)
    if finding.origin:
        out.append(f"  = {t('report.origin')}: {finding.origin}")
    for span in problem.related:
        out.append(f"  = {t('report.related')}: {place(span)}")
    if rule:
        out += _advice(rule, problem, t, lang)
    return "\n".join(out) + "\n"


def _headline(finding: Finding, t: Translate, lang: str, *, colour: bool) -> str:
    problem = finding.problem
    rule = rule_of(problem.code)
    head = f"{t('severity.' + finding.severity.word)}[{problem.code}]"
    if colour:
        head = f"\x1b[1;{_COLOURS[finding.severity]}m{head}\x1b[0m"
    return f"{head} {fill(rule.message.in_language(lang), problem) if rule else _facts(problem)}"


def place(span: Span) -> str:
    """`file:line:column`, as far as known."""
    return f"{span.file}:{span.line}:{span.column}" if span.line else span.file


def _facts(problem: Problem) -> str:
    return " ".join(f"{name}={value}" for name, value in problem.facts)


def _advice(rule: Rule, problem: Problem, t: Translate, lang: str) -> list[str]:
    out = []
    for key, words in (("report.why", rule.why), ("report.fix", rule.fix)):
        text = fill(words.in_language(lang), problem)
        if text:
            out.append(f"  = {t(key)}: {text}")
    if rule.basis:
        out.append(f"  = {t('report.basis')}: {'；'.join(str(basis) for basis in rule.basis)}")
    out.append(f"  = {t('report.see')}: govsite explain {rule.code}")
    return out


def _excerpt(span: Span, lines: Lines) -> list[str]:
    out = [f"  --> {place(span)}"]
    if not span.line:
        return out
    source = lines(span.file)
    if span.line > len(source):
        return out
    text = source[span.line - 1].replace("\t", " ")
    start = max(span.column - 1, 0)
    length = span.end_column - span.column if span.end_line == span.line else len(text) - start
    length = max(1, min(length, len(text) - start, _MAX_EXCERPT))
    text, start = _window(text, start, length)
    margin = " " * len(str(span.line))
    pad = " " * display_width(text[:start])
    mark = "^" * max(1, display_width(text[start : start + length]))
    return [*out, f"{margin} |", f"{span.line} | {text}", f"{margin} | {pad}{mark}"]


def _window(text: str, start: int, length: int) -> tuple[str, int]:
    """A stretch of a long line around the place; the place's new start."""
    if len(text) <= _MAX_EXCERPT:
        return text, start
    left = max(0, min(start - 20, len(text) - _MAX_EXCERPT))
    shown = text[left : max(left + _MAX_EXCERPT, start + length)]
    return ("…" + shown, start - left + 1) if left else (shown + "…", start)


def render_summary(findings: Sequence[Finding], t: Translate) -> str:
    """One line that counts the findings by severity."""
    counts = {severity: sum(finding.severity == severity for finding in findings) for severity in Severity}
    return t(
        "report.summary",
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        notices=counts[Severity.NOTICE],
    )
