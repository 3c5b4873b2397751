"""What a site says about its duties (检查: 阈值, 工作日历, 无此项, 错敏词, 领导名单)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from govsite.frozen import dataclass
from govsite.source.span import Span
from govsite.vocab.calendar import WorkYear


@dataclass(frozen=True, slots=True)
class WordRule:
    """A wording of the site's own list. instead: what to write, `""` where the words must simply not stand there."""

    words: str
    instead: str
    reason: str
    span: Span


@dataclass(frozen=True, slots=True)
class Leader:
    """A leader (领导) in the order of the list. posts: as they may stand before the name; start, end: term, ISO days."""

    name: str
    posts: tuple[str, ...]
    start: str
    end: str
    span: Span


@dataclass(frozen=True, slots=True)
class DutySettings:
    """enabled: whether duties are judged at all; only: codes or families to judge, empty for all; limits: the site's own values by id; calendar: own years.

    not_applicable: reason by column id or catalog item id (`无此项`), for what this body has no function in; history_since: ISO day from which 发布日期 is held against git.
    """

    enabled: bool = True
    only: tuple[str, ...] = ()
    limits: Mapping[str, int] = field(default_factory=dict)
    calendar: Mapping[int, WorkYear] = field(default_factory=dict)
    not_applicable: Mapping[str, str] = field(default_factory=dict)
    history_since: str = ""
    wording: tuple[WordRule, ...] = ()
    leaders: tuple[Leader, ...] = ()
