"""EXT101-EXT103: the rules that packs bring, over public documents."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from govsite.model.document import Document
from govsite.model.site import Site
from govsite.problems.problem import Problem, Severity
from govsite.settings.packs import PackRule
from govsite.source.span import Span
from govsite.vocab.keys import keys_of

_CODES = {Severity.ERROR: "EXT101", Severity.WARNING: "EXT102", Severity.NOTICE: "EXT103"}
_LIST_MARK = "、"
Lines = Callable[[str], Sequence[str]]


def check_packs(site: Site, rules: Sequence[PackRule], lines: Lines) -> Iterator[Problem]:
    """What the rules find. lines: of a source by its file, asked for only where a rule looks at text."""
    if not rules:
        return
    for doc in site.documents.values():
        for rule in rules:
            if doc.published[:10] >= rule.since and (not rule.kinds or doc.kind in rule.kinds):
                yield from _judge(doc, rule, lines)


def _judge(doc: Document, rule: PackRule, lines: Lines) -> Iterator[Problem]:
    missing = [keys_of(doc.kind).by_word[key].label for key in rule.keys if not _has(doc, key)]
    if missing:
        yield _problem(rule, doc.span_of("title"), _LIST_MARK.join(missing))
    if rule.needed and not any(re.search(rule.needed, line) for line in lines(doc.file)):
        yield _problem(rule, doc.span_of("title"))
    if rule.forbidden:
        for number, line in enumerate(lines(doc.file), 1):
            for match in re.finditer(rule.forbidden, line):
                if match[0]:
                    span = Span.of_line(doc.file, number, match.start() + 1, len(match[0]))
                    yield _problem(rule, span, match[0])


def _has(doc: Document, key: str) -> bool:
    """Whether a key was written; a key that this kind does not have is not asked for."""
    if key not in keys_of(doc.kind).by_word:
        return True
    name = f"{key}_" if hasattr(doc.details, f"{key}_") else key
    return bool(getattr(doc, name, None) or getattr(doc.details, name, None))


def _problem(rule: PackRule, span: Span, found: str = "") -> Problem:
    message = f"{rule.message}“{found}”" if found else rule.message
    return Problem.at(
        _CODES[rule.severity], span, rule=rule.id, pack=rule.pack, message=message, why=rule.why, fix=rule.fix,
        basis=rule.basis,
    )  # fmt: skip
