"""What the first half of the road gives."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from govsite.files.bodies import Stored
from govsite.frozen import dataclass
from govsite.model.site import Site
from govsite.model.sources import Scanned
from govsite.settings.settings import Settings


@dataclass(frozen=True, slots=True)
class Walked:
    """What the first half gives: the linked site, where bodies and texts of attachments lie among the packs.

    changed: names (`model/reads.py`) of documents, bodies and texts that are not what they were; None where nothing is known of
    before. is_same: whether the linked site is the remembered one.
    """

    settings: Settings
    site: Site
    scanned: Scanned
    packs: Path
    bodies: Mapping[str, Stored]
    texts: Mapping[str, Stored]
    changed: frozenset[str] | None = None
    is_same: bool = False
