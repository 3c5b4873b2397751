"""表述: the site's own list of words, and its leaders with their posts and order (19号 "严重表述错误")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from govsite.check.duties.inspection import Inspection
from govsite.model.document import Document
from govsite.problems.problem import Problem
from govsite.settings.duties import Leader, WordRule
from govsite.source.span import Span
from govsite.vocab.limits import words_of

_BETWEEN = r"(?:同志)?\s*[、，,和与]\s*"


def check_wording(inspection: Inspection) -> Iterator[Problem]:
    """COL111 a word of the list · COL112 a leader with another's post · COL113 leaders out of order.

    Reads sources line by line, so that a finding stands at its very place; nothing where both lists are empty.
    """
    rules, leaders = inspection.settings.duties.wording, inspection.settings.duties.leaders
    if not rules and not leaders:
        return
    for doc in inspection.site.documents.values():
        if not inspection.is_out(doc):
            continue
        lines = inspection.lines(doc.file)
        text = "\n".join(lines)
        named = [rule for rule in rules if rule.words in text]
        serving = [leader for leader in leaders if _serves(leader, doc.published[:10])]
        if not named and not any(leader.name in text for leader in serving):
            continue
        for number, line in enumerate(lines, 1):
            yield from _words(doc, number, line, named)
            if any(leader.name in line for leader in serving):
                yield from _posts(doc, number, line, serving)
                yield from _order(doc, number, line, serving)


def _serves(leader: Leader, day: str) -> bool:
    return leader.start <= day and (not leader.end or day <= leader.end)


def _words(doc: Document, number: int, line: str, rules: Sequence[WordRule]) -> Iterator[Problem]:
    for rule in rules:
        start = line.find(rule.words)
        while start >= 0:
            right = rule.instead.find(rule.words) if rule.instead else -1
            if right < 0 or not line.startswith(rule.instead, max(start - right, 0)):
                yield Problem.at(
                    "COL111", Span.of_line(doc.file, number, start + 1, len(rule.words)), (rule.span,),
                    found=rule.words, instead=rule.instead, reason=rule.reason,
                )  # fmt: skip
            start = line.find(rule.words, start + len(rule.words))


def _posts(doc: Document, number: int, line: str, leaders: Sequence[Leader]) -> Iterator[Problem]:
    """A post right before a name, be it one of the list or a deputy's of one, that is none of that leader's."""
    posts = sorted({post for leader in leaders for post in leader.posts}, key=len, reverse=True)
    deputies = "|".join(map(re.escape, words_of("deputy_marks")))
    for leader in leaders:
        pattern = f"((?:{deputies})?(?:{'|'.join(map(re.escape, posts))})){re.escape(leader.name)}"
        for match in re.finditer(pattern, line):
            if match[1] not in leader.posts:
                yield Problem.at(
                    "COL112",
                    Span.of_line(doc.file, number, match.start() + 1, len(match[0])),
                    (leader.span,),
                    name=leader.name,
                    found=match[1],
                    expected="、".join(leader.posts),
                )


def _order(doc: Document, number: int, line: str, leaders: Sequence[Leader]) -> Iterator[Problem]:
    """Names that follow each other in one enumeration, each with or without a post before it."""
    posts = "|".join(re.escape(post) for leader in leaders for post in leader.posts)
    for place, leader in enumerate(leaders):
        for higher in leaders[:place]:
            pattern = f"{re.escape(leader.name)}{_BETWEEN}(?:{posts})*{re.escape(higher.name)}"
            for match in re.finditer(pattern, line):
                yield Problem.at(
                    "COL113", Span.of_line(doc.file, number, match.start() + 1, len(match[0])), (higher.span,),
                    first=higher.name, second=leader.name,
                )  # fmt: skip
