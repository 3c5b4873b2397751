"""Organisations (机构)."""

from __future__ import annotations

from govsite.frozen import dataclass
from govsite.source.span import Span


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation. external: another body's (a superior organ): may issue, is not listed among our own."""

    id: str
    name: str
    short: tuple[str, ...] = ()
    tier: str = ""
    credit_code: str = ""
    duties: tuple[str, ...] = ()
    address: str = ""
    hours: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""
    head: str = ""
    parent: str = ""
    external: bool = False
    span: Span = Span("")
