"""What a terminal showed from when to when (展示记录), out of its log and the manifests it keeps."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

from govsite.edition.folder import TerminalFolder
from govsite.edition.manifest import Manifest, ManifestError, read_manifest
from govsite.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Period:
    """A time in which one edition was shown. since, until: ISO moments, until `""` while it lasts; manifest: None if lost."""

    edition: int
    data_date: str
    since: str
    until: str
    manifest: Manifest | None


def periods(root: Path) -> Iterator[Period]:
    """All periods of a terminal, oldest first."""
    folder = TerminalFolder(root)
    rows = list(folder.read_log())
    for number, (since, _, edition, data_date, digest, _) in enumerate(rows):
        until = rows[number + 1][0] if number + 1 < len(rows) else ""
        yield Period(
            int(edition) if edition.isdigit() else 0, data_date, since, until, _kept(root, edition, digest)
        )


def shown_on(root: Path, day: str) -> list[Period]:
    """Periods that touch an ISO day by the terminal's own clock."""
    return [
        period
        for period in periods(root)
        if period.since[:10] <= day and (not period.until or day <= period.until[:10])
    ]


def _kept(root: Path, edition: str, digest: str) -> Manifest | None:
    """The manifest of that very digest, None where it is lost or damaged."""
    try:
        file = root / "history" / f"{int(edition):06d}-{digest[:12]}.json.gz"
        manifest = read_manifest(gzip.decompress(file.read_bytes()))
    except (OSError, ValueError, EOFError, ManifestError):
        return None
    return manifest if manifest.digest == digest else None
