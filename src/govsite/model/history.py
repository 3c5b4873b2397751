"""When sources first came into the git history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from govsite.frozen import dataclass


@dataclass(frozen=True, slots=True)
class FirstCommit:
    """The commit in which a source first stood. day: ISO, China's time; together: how many sources it brought in;
    published: 发布日期 as the source had it then, `""` where it was a draft, not public, or was not asked for.
    """

    day: str
    together: int
    commit: str
    path: str
    published: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """state: `read` · `none` (no repository here) · `shallow` (cut off) · `failed`. first: by path relative to the site;
    begins: ISO day of the oldest commit of the repository, `""` where nothing was read.
    """

    state: str = "none"
    begins: str = ""
    first: Mapping[str, FirstCommit] = field(default_factory=dict)
