"""What a build or a check is asked to do."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import field
from pathlib import Path
from typing import Any

from govsite.files.digest import digest_of
from govsite.frozen import dataclass
from govsite.load.folders import ContentLook

CACHE = "build/cache"
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Request:
    """What to do. out: None to check only; as_of: ISO day by which the site is shown, or `""`; today: ISO day by which
    duties are judged, or `""` for the day the site is shown by; drafts: let drafts in; preview: show what can be shown
    whatever is wrong; strict: warnings fail as well; environ: for GOVSITE_*; memory: folder of what earlier builds
    with the same `out` found, None to know of none; clean: forget it; content: what was
    seen of `content/` a moment ago, for one build alone; tell: puts an `Outcome` in words, which are kept under
    the name `words`, so that they can be told again.
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
    content: ContentLook | None = None
    words: str = ""
    tell: Callable[[Any], str] | None = None


def memory_folder(site: Path, out: Path | None) -> Path:
    """Where builds into `out` leave what they found; those of checks, which write nothing, for None.

    Named by the place of `out` as seen from the site, so that a CI may keep the folder and find it again elsewhere.
    """
    cache = site / "build" / "cache"
    if out is None:
        return cache / "check"
    place = os.path.relpath(os.path.abspath(out), os.path.abspath(site)).replace(os.sep, "/")  # noqa: PTH100
    folder, _, name = place.rpartition("/")
    return cache / (
        name if folder == "build" and name != "check" else f"out-{digest_of(place.encode())[:12]}"
    )


def memory_lock(folder: Path) -> Path:
    """The file by which one build at a time has the memory in `folder`."""
    return folder.with_name(f".{folder.name}.lock")
