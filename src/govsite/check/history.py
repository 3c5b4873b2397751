"""TIM201-TIM204: 发布日期 against the git history (国办秘函〔2019〕19号 "伪造发稿日期") and against today."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from govsite.model.document import Document
from govsite.model.history import History
from govsite.model.site import Site
from govsite.problems.problem import Problem
from govsite.settings.settings import Settings
from govsite.source.span import Span
from govsite.vocab.limits import limits

FirstDates = Callable[[History, list[str]], History]


def check_history(
    site: Site, settings: Settings, history: History, first_dates: FirstDates, clock: str
) -> Iterator[Problem]:
    """TIM201 dated before it came in · TIM202 dated anew · TIM203 dated after today · TIM204 history not to be had.

    Not judged: what was published before the history begins (of the repository, or 历史起点 of the settings), and what came
    in with many others at once, as archives do. first_dates: reads old 发布日期 for some paths; clock: ISO day, `""` for none.
    """
    if clock:
        for doc in site.documents.values():
            if doc.published[:10] > clock:
                yield Problem.at(
                    "TIM203", doc.span_of("published"), published=doc.published[:10], today=clock
                )
    if history.state in {"shallow", "failed"}:
        yield Problem.at("TIM204", Span.of_file("content"))
    if history.state == "read":
        judged = list(_judged(site, settings, history))
        yield from _before(settings, history, judged)
        yield from _anew(settings, history, judged, first_dates)


def _limit(settings: Settings, name: str) -> int:
    return settings.duties.limits.get(name, limits()[name].value)


def _judged(site: Site, settings: Settings, history: History) -> Iterator[Document]:
    begins = max(history.begins, settings.duties.history_since)
    archive = _limit(settings, "archive_documents")
    for doc in site.documents.values():
        first = history.first.get(doc.file)
        if first and doc.published[:10] >= begins and first.day >= begins and first.together < archive:
            yield doc


def _before(settings: Settings, history: History, judged: list[Document]) -> Iterator[Problem]:
    days = _limit(settings, "backdate_days")
    for doc in judged:
        first, published = history.first[doc.file], doc.published[:10]
        if _later(published, days) < first.day:
            yield Problem.at(
                "TIM201", doc.span_of("published"), published=published, first=first.day, commit=first.commit[:10],
                days=(date.fromisoformat(first.day) - date.fromisoformat(published)).days, limit=days,
            )  # fmt: skip


def _anew(
    settings: Settings, history: History, judged: list[Document], first_dates: FirstDates
) -> Iterator[Problem]:
    """A document that was out and later got a younger date looks like news."""
    days = _limit(settings, "backdate_days")
    late = [doc for doc in judged if _later(history.first[doc.file].day, days) < doc.published[:10]]
    dated = first_dates(history, [doc.file for doc in late]) if late else history
    for doc in late:
        first = dated.first[doc.file]
        if first.published and _later(first.published, days) < doc.published[:10]:
            yield Problem.at(
                "TIM202", doc.span_of("published"), published=doc.published[:10], before=first.published,
                first=first.day, commit=first.commit[:10],
            )  # fmt: skip


def _later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
