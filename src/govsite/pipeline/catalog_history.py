"""The record of the catalog (动态调整) for a site in git: read once a commit, kept in the cache, the same for the same commit."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from govsite import __version__
from govsite.check.privacy.hiding import hide
from govsite.check.privacy.leak import PrivacyContext
from govsite.compare.catalog import history_of
from govsite.files.digest import digest_of
from govsite.files.kept import KeptResults
from govsite.files.revision import GitError
from govsite.files.typed_json import decoder, encoder
from govsite.load.catalog_history import Commit, is_cut, last_commit, read_commits
from govsite.load.read import source_of
from govsite.model.catalog import CatalogDomain
from govsite.model.catalog_history import CatalogHistory, CatalogVersion
from govsite.model.sources import SourceFile
from govsite.validate.catalog import check_catalog

_FORMAT = 1
"""Of what is kept; another one is a miss."""


def read_catalog_history(site: Path, cache_folder: Path, mark: str) -> CatalogHistory:
    """The record of the catalog in git; an empty one outside git, in a clone without its beginning, or where git fails. Never raises for
    what stands there.

    mark: what is known of HEAD; `""` outside git. Versions that cannot be read are passed over.
    """
    if not mark:
        return CatalogHistory()
    kept = KeptResults(cache_folder)
    key = digest_of(f"{_FORMAT} {__version__} {mark}".encode())
    known = _from_bytes(kept.get(key))
    if known is not None:
        return known
    try:
        last = "" if is_cut(site) else last_commit(site)
        prefix = "".join(mark.split("\n")[1:2])
        by_last = digest_of(f"{_FORMAT} {__version__} {last} {prefix}".encode())
        history = _from_bytes(kept.get(by_last))
        if history is None:
            history = _history(read_commits(site)) if last else CatalogHistory()
    except GitError:
        return CatalogHistory()
    data = json.dumps(encoder(CatalogHistory)(history), ensure_ascii=False).encode()
    kept.put(by_last, data)
    kept.put(key, data)
    return history


def _history(commits: Iterable[Commit]) -> CatalogHistory:
    states: dict[str, CatalogDomain] = {}
    versions: list[CatalogVersion] = []
    for commit in commits:
        for path, content in commit.files:
            domain = _domain(path, content) if content is not None else None
            if content is None:
                states.pop(path, None)
            elif domain is not None:
                states[path] = domain
        version = CatalogVersion(commit.day, tuple(states[path] for path in sorted(states)))
        if versions and versions[-1].day == commit.day:
            versions.pop()
        versions.append(version)
    nobody = PrivacyContext()
    covered = cache(lambda text: hide(text, nobody))
    return history_of(versions, covered)


def _domain(path: str, content: bytes) -> CatalogDomain | None:
    source, _ = source_of(content, SourceFile(path, "catalog", len(content)))
    return check_catalog(source)[0] if source is not None else None


def _from_bytes(data: bytes | None) -> CatalogHistory | None:
    try:
        history: CatalogHistory = decoder(CatalogHistory)(json.loads(data)) if data else None  # type: ignore[assignment]
    except (ValueError, TypeError, KeyError, IndexError):
        return None
    return history
