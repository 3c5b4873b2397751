"""git asked when sources first came in. No page is made from it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from govsite.files.digest import digest_of
from govsite.files.kept import KeptResults
from govsite.hanzi.dates import parse_date
from govsite.load.commit import GitError, ask_git, is_in_git
from govsite.model.history import FirstCommit, History

_CHINA = timezone(timedelta(hours=8))
_MARK = "\x01"
# 发布日期, 草稿 and 公开属性 in the head of a source, as they stood in an old commit.
_PUBLISHED = re.compile(r"^(?:发布日期|published)\s*[:：]\s*[\"']?(\d[^\"'#\n]*)", re.MULTILINE)
_NOT_OUT = re.compile(
    r"^(?:草稿|draft)\s*:\s*(?:是|yes|true|on|y|1)\s*$|^(?:公开属性|disclosure)\s*:(?!\s*[\"']?(?:主动公开|public))",
    re.MULTILINE,
)
_HEAD_BYTES = 8192
_FORMAT = 1


def read_history(site: Path, cache: Path) -> History:
    """When each source under `content/` first came in, over renames. Kept under the commit, so that it is read once.

    Never raises: a site outside git has the state `none`, one whose history cannot be trusted `shallow` or `failed`.
    """
    if not is_in_git(site):
        return History()
    try:
        words = ask_git(site, "rev-parse", "--is-shallow-repository", "--show-prefix", "HEAD").split("\n")
        if words[0] == "true":
            return History("shallow")
        kept, key = KeptResults(cache), digest_of(f"{_FORMAT} {words[1]} {words[2]}".encode())
        known = _from_bytes(kept.get(key))
        if known is None:
            known = _walk(site)
            kept.put(key, json.dumps(asdict(known), ensure_ascii=False).encode())
    except (GitError, IndexError):
        return History("failed")
    return known


def with_first_dates(site: Path, history: History, paths: Iterable[str]) -> History:
    """The same history with the 发布日期 that the sources at `paths` had when they first came in."""
    found: dict[str, FirstCommit] = dict(history.first)
    for path in paths:
        first = history.first[path]
        try:
            text = ask_git(site, "cat-file", "blob", f"{first.commit}:./{first.path}")
        except GitError:
            continue
        head = text[:_HEAD_BYTES]
        match = _PUBLISHED.search(head)
        read = parse_date(match[1].strip()) if match and not _NOT_OUT.search(head) else None
        if read:
            found[path] = replace(first, published=read.iso[:10])
    return replace(history, first=found)


def _walk(site: Path) -> History:
    """The log, newest first: a rename carries today's name back to the older one."""
    log = ask_git(
        site, "-c", "core.quotePath=false", "log", "--no-ext-diff", "--no-textconv", "-M", "--relative",
        "--name-status", "--diff-filter=AR", f"--format={_MARK}%H %ct", "--", "content",
    )  # fmt: skip
    today: dict[str, str] = {}  # a path of then to the path of now
    first: dict[str, FirstCommit] = {}
    together: Counter[str] = Counter()
    commit, day = "", ""
    for line in log.split("\n"):
        if line.startswith(_MARK):
            commit, _, seconds = line[1:].partition(" ")
            day = _day(seconds)
            continue
        parts = line.split("\t")
        if len(parts) == 2:
            together[commit] += 1
            now = today.get(parts[1], parts[1])
            first[now] = FirstCommit(day, 0, commit, parts[1])
        elif len(parts) == 3:
            today[parts[1]] = today.pop(parts[2], parts[2])
    oldest = ask_git(site, "log", "--max-parents=0", "--format=%ct").split()
    return History(
        "read",
        min(map(_day, oldest), default=""),
        {path: replace(found, together=together[found.commit]) for path, found in first.items()},
    )


def _day(seconds: str) -> str:
    return datetime.fromtimestamp(int(seconds), UTC).astimezone(_CHINA).date().isoformat()


def _from_bytes(data: bytes | None) -> History | None:
    try:
        raw = json.loads(data) if data else None
        if not isinstance(raw, Mapping):
            return None
        first = {path: FirstCommit(**record) for path, record in raw["first"].items()}
        return History(str(raw["state"]), str(raw["begins"]), first)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
