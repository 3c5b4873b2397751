"""A rule of a pack (规则包): what a province, a county or a site looks for beside the built-in rules."""

from __future__ import annotations

from govsite.frozen import dataclass
from govsite.problems.problem import Severity


@dataclass(frozen=True, slots=True)
class PackRule:
    """One rule, in the pack's own words. kinds: kind ids, empty for all; since: ISO day; keys: ids of keys that must be
    written; forbidden, needed: regular expressions over the lines of a source, `""` where not used.
    """

    id: str
    pack: str
    message: str
    fix: str
    why: str
    basis: str
    severity: Severity
    kinds: tuple[str, ...] = ()
    since: str = ""
    keys: tuple[str, ...] = ()
    forbidden: str = ""
    needed: str = ""
