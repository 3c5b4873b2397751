"""What a build or a check is asked to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

CACHE = "build/cache"
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Request:
    """What to do. out: None to check only; as_of: ISO day by which the site is shown, or `""`; today: ISO day by which
    duties are judged, or `""` for the day the site is shown by; drafts: let drafts in; preview: show what can be shown
    whatever is wrong; strict: warnings fail as well; environ: for GOVSITE_*; memory: folder of what earlier builds
    with the same `out` found, None to know of none; clean: forget it.
    """

    site: Path
    out: Path | None
    jobs: int = 1
    as_of: str = ""
    today: str = ""
    drafts: bool = False
    preview: bool = False
    strict: bool = False
    environ: Mapping[str, str] = field(default_factory=dict)
    progress: Progress = lambda stage, done, total: None
    memory: Path | None = None
    clean: bool = False
