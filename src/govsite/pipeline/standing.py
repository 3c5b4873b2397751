"""Whether a site stands as the last build left it: a first look that reads nothing, and what it goes by.

It says yes only where every mark is the recorded one; whatever else is so is found out by the road itself. Nothing of the model, of
YAML or of pages is loaded for it, which is why a build in which nothing has changed is over at once.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from govsite.cache.store import KnownSections
from govsite.cache.tool import tool_digest, tool_mark
from govsite.files.damage import DamagedCacheError
from govsite.files.digest import digest_of
from govsite.files.listing import Listing
from govsite.files.lock import FileLock, LockedError
from govsite.files.marks import file_mark, folder_mark
from govsite.files.trees import Tree, is_untouched
from govsite.load.commit import history_mark
from govsite.load.folders import ContentLook, look_at_content
from govsite.pipeline.request import Request, memory_lock

if TYPE_CHECKING:
    from govsite.pipeline.outcome import Outcome
    from govsite.pipeline.walk import Walk

SECTION = "standing"
_SPOKEN = frozenset({"GOVSITE_LANG", "GOVSITE_JOBS"})  # what they say stands in the request


class Standing(NamedTuple):
    """What the last build gave, as far as it is told again. told: its findings in words; timings: (stage, seconds)."""

    told: str
    exit_code: int
    documents: int
    pages: int
    seeks_neighbours: bool
    timings: tuple[tuple[str, float], ...]


def standing_site(request: Request) -> Standing | None:
    """What the last build with this request gave, where all it began with and all it made is as it was; None where that takes more
    than a look to know.
    """
    if request.out is None or request.memory is None or request.clean or not request.memory.is_dir():
        return None
    try:
        with FileLock(memory_lock(request.memory)):
            return _look(request, request.out, KnownSections(request.memory))
    except (LockedError, DamagedCacheError, OSError, ValueError, KeyError, TypeError):
        return None


def _look(request: Request, out: Path, known: KnownSections) -> Standing | None:
    begun = time.perf_counter()
    if SECTION not in known:
        return None
    facts: dict[str, Any] = json.loads(known[SECTION])
    told = facts["told"].get(request.words)
    if told is None or not _begins_with(facts, request):
        return None
    looked = time.perf_counter()
    tree = Tree.from_bytes(known["tree.current"])
    if not tree or not is_untouched(out, tree):
        return None
    timings = ("read", looked - begun), ("same", time.perf_counter() - looked)
    return Standing(told, facts["exit"], facts["documents"], facts["pages"], facts["seeks"], timings)


def _begins_with(facts: Mapping[str, Any], request: Request) -> bool:
    """Whether a build now would begin with what is recorded."""
    site, seen = request.site, time.time_ns()
    return (
        facts["asked"] == _asked(request)
        and facts["tool"] == tool_mark(seen)
        and all(file_mark(site / path, seen) == mark for path, mark in facts["files"].items())
        and all(folder_mark(site / path, seen) == mark for path, mark in facts["folders"].items())
        and _has_content(request.content or look_at_content(site), facts["content"])
        and facts["history"] in {None, history_mark(site)}
    )


def _asked(request: Request) -> str:
    environ = sorted(
        item for item in request.environ.items() if item[0].startswith("GOVSITE_") and item[0] not in _SPOKEN
    )
    flags = request.as_of, request.today, request.drafts, request.preview, request.strict
    return digest_of(json.dumps([flags, environ]).encode())


def _has_content(look: ContentLook, marks: Mapping[str, str]) -> bool:
    """Whether `content/` holds the files that were there."""
    if look.unreadable or look.astray or len(look.folders) != len(marks):
        return False
    return all(
        not folder.has_links and marks.get(folder.prefix) == Listing.of(folder.rows).digest
        for folder in look.folders
    )


def tool_key(memory: Path | None) -> str:
    """`tool_digest`, out of the memory where that was left by the tool that runs: its files need not be read then."""
    try:
        known = KnownSections(memory) if memory and memory.is_dir() else None
        mark = tool_mark(time.time_ns())
        if known and mark and SECTION in known and json.loads(known[SECTION])["tool"] == mark:
            return known.key
    except (DamagedCacheError, OSError, ValueError, KeyError, TypeError):
        pass
    return tool_digest()


def standing_section(walk: Walk, outcome: Outcome, before: bytes = b"") -> bytes:
    """The record for the next build, `b""` where there can be none. before: that of an earlier build that gave the same.

    Excerpts of sources that may not be public are told, but never kept.
    """
    request, settings = walk.request, walk.settings
    if not outcome.written or not walk.is_alone or settings.search.whoosh or request.out is None:
        return b""
    if any(walk.is_withheld(file) for file in outcome.files):
        return b""
    facts: dict[str, Any] = {
        "asked": _asked(request),
        "tool": tool_mark(walk.begun),
        "files": {path: file_mark(request.site / path, walk.begun) for path in walk.files},
        "folders": {path: folder_mark(request.site / path, walk.begun) for path in walk.folders},
        "content": walk.scanned.folders,
        "history": walk.history,
    }
    marks = (
        facts["tool"],
        *(mark for name in ("files", "folders", "content") for mark in facts[name].values()),
    )
    if not all(marks):
        return b""
    known = json.loads(before) if before else {}
    is_same = all(known.get(name) == value for name, value in facts.items())
    told = known["told"] if is_same else {}
    facts |= {
        "told": told | ({request.words: outcome.told} if request.tell else {}),
        "exit": outcome.exit_code,
        "documents": outcome.documents,
        "pages": outcome.pages,
        "seeks": outcome.seeks_neighbours,
    }
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
