"""Inventories that are kept: what a site is to others, known again by the digest of all that it was made of.

Whoever builds some sites of a workspace needs the inventories of all. By these files machines that share out the work spare each
other the reading of the sources; one that is damaged, foreign or old is made again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from govsite.cache.linked import dump
from govsite.cache.tool import tool_digest
from govsite.files.digest import digest_of
from govsite.files.swap import replace_content
from govsite.files.typed_json import decoder, encoder
from govsite.link.neighbourhood import plain_inventory
from govsite.model.inventory import Inventory
from govsite.model.sources import Scanned
from govsite.pipeline.request import Request
from govsite.settings.settings import Settings

INVENTORIES = "build/inventories"


class Known(NamedTuple):
    """An inventory with the key of each document by its source (what a change of a file may touch), and how many there are."""

    inventory: Inventory
    keys: Mapping[str, str]
    documents: int


def known_key(
    place: str, settings: Settings, request: Request, scanned: Scanned, digests: Mapping[str, str]
) -> str:
    """Digest of all that an inventory is made of. digests: of the bytes of sources by path."""
    files = sorted(scanned.files.items())
    flags = [place, encoder(Settings)(replace(settings, digest="")), request.as_of, request.drafts]
    return digest_of(tool_digest().encode(), dump([flags, files, sorted(digests.items())]))


def digests_of(site: Path, scanned: Scanned) -> dict[str, str]:
    """Digests of all sources. Raises OSError."""
    return {file.path: digest_of((site / file.path).read_bytes()) for file in scanned.sources}


def read_known(folder: Path, place: str, key: str) -> Known | None:
    """What was kept under `key`, None where nothing is or it is not whole."""
    try:
        kept, _, rest = (folder / f"{place}.known").read_bytes().partition(b"\n")
        if kept != _mark(key, rest):
            return None
        known: Known = decoder(Known)(json.loads(rest))
        return known
    except (OSError, ValueError, TypeError, KeyError, IndexError):
        return None


def keep_known(folder: Path, place: str, key: str, known: Known) -> None:
    """Keep an inventory, and beside it the same as JSON for people and other tools. Raises OSError."""
    rest = dump(encoder(Known)(known))
    content = _mark(key, rest) + b"\n" + rest
    folder.mkdir(parents=True, exist_ok=True)
    replace_content(folder / f"{place}.known", content)
    replace_content(
        folder / f"{place}.json", plain_inventory(known.inventory).encode("utf-8", "surrogatepass")
    )


def _mark(key: str, rest: bytes) -> bytes:
    return f"{key} {digest_of(rest)}".encode("ascii")
