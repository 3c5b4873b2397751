"""What a site demands of reviews (检查: 审核)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from govsite.frozen import dataclass


@dataclass(frozen=True, slots=True)
class ReviewSettings:
    """required: stages every document needs; since: ISO day, documents published earlier are let be; keys: public key
    (PEM) by person: what such a person approves must be signed.
    """

    required: tuple[str, ...] = ()
    since: str = ""
    keys: Mapping[str, bytes] = field(default_factory=dict)
