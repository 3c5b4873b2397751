"""Which sites of a workspace a change touches, and how their builds are shared out among machines (分片)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from govsite.files.revision import GitError, commit_of, run_git
from govsite.link.neighbourhood import lean_on
from govsite.pipeline.costs import expected_cost, read_costs
from govsite.pipeline.workspace import Met
from govsite.settings.workspace import Workspace
from govsite.vocab.keys import keys_of

CONTENT = "content/"
_RECORDS = (f"{CONTENT}catalog/", f"{CONTENT}organisations.")
_NAMING = ("kind", "id", "title", "doc_no", "index_no", "disclosure", "draft", "shown_until")
_WORDS = "|".join(
    re.escape(word) for name in _NAMING for word in (name, keys_of("policy").by_word[name].label)
)
_NAME = re.compile(rf"^(?:{_WORDS})\s*[:：].*$", re.MULTILINE)


class Touched(NamedTuple):
    """A site to build. because: changed files of its own, or folders of the sites whose change reaches it; cost: seconds to expect."""

    folder: str
    place: str
    cost: float
    because: tuple[str, ...]


class Shard(NamedTuple):
    """Sites that one machine builds. number: from 1; cost: seconds to expect."""

    number: int
    sites: tuple[Touched, ...]
    cost: float


class Change(NamedTuple):
    """A file that has changed, relative to the workspace. renamed: whether others may have known what it holds by another name."""

    file: str
    renamed: bool = True


def changed_files(root: Path, since: str) -> list[Change]:
    """Files that differ from revision `since`, committed or not. Raises GitError."""
    commit = commit_of(root, since)
    written = run_git(root, "diff", "--relative", "--name-only", "--no-renames", "-z", commit, "--", ".")
    new = run_git(root, "ls-files", "--others", "--exclude-standard", "-z", "--", ".")
    names = sorted({name for name in (written + new).decode("utf-8", "replace").split("\0") if name})
    return [Change(name, _is_renamed(root, commit, name)) for name in names]


def _is_renamed(root: Path, commit: str, name: str) -> bool:
    """Whether the lines by which others know a document are not what they were: id, numbers, title, whether it is public."""
    if not name.endswith(".md"):
        return True
    try:
        before = run_git(root, "show", f"{commit}:./{name}")
    except GitError:
        return False  # it is new: whoever asked for it is found by its name of today
    try:
        return _names(before) != _names((root / name).read_bytes())
    except OSError:
        return True


def _names(text: bytes) -> list[str]:
    return _NAME.findall(text.decode("utf-8", "replace").replace("\r", ""))


def touched_sites(
    root: Path, workspace: Workspace, met: Met, changes: Iterable[Change] | None
) -> list[Touched]:
    """The sites that changes touch, in the order of the workspace; None: all of them.

    A file of a site touches that site, a document those that link to it as well, one that others may have known by another name also
    those that ask for what nobody holds; settings every site that links there; catalog and organisations of a shared site, and what lies
    in no site, touch all.
    """
    reasons = _reasons(workspace, met, changes)
    kept = read_costs(root)
    documents = {one.member.place: one.known.documents for one in met.looked}
    return [
        Touched(member.folder, member.place, expected_cost(kept, member.place, documents.get(member.place, 0)),
                tuple(sorted(reasons[member.place])))
        for member in workspace.members
        if member.place in reasons
    ]  # fmt: skip


def _reasons(workspace: Workspace, met: Met, changes: Iterable[Change] | None) -> dict[str, set[str]]:
    reasons: dict[str, set[str]] = {}
    if changes is None:
        return {member.place: set() for member in workspace.members}
    for file, renamed in changes:
        if file.startswith("build/"):
            continue
        home = _home(workspace, file)
        if home is None:
            for member in workspace.members:
                reasons.setdefault(member.place, set()).add(file)
            continue
        folder, place = home
        inside = file if folder == "." else file[len(folder) + 1 :]
        if inside.startswith("build/"):
            continue
        reasons.setdefault(place, set()).add(file)
        for other in _reached(workspace, met, place, inside, renamed=renamed):
            reasons.setdefault(other, set()).add(folder)
    return reasons


def _home(workspace: Workspace, file: str) -> tuple[str, str] | None:
    """Folder and place of the site that a file belongs to: of two folders, one in the other, the inner one."""
    within = [
        (member.folder, member.place)
        for member in workspace.members
        if member.folder == "." or file.startswith(member.folder + "/")
    ]
    found = max(within, key=lambda one: len(one[0]) if one[0] != "." else 0, default=None)
    if (
        found
        and found[0] == "."
        and not file.startswith((CONTENT, "config.yaml", "themes/", "rules/", "members/"))
    ):
        return None
    return found


def _reached(workspace: Workspace, met: Met, place: str, inside: str, *, renamed: bool) -> frozenset[str]:
    """Places of the other sites that a change of one file may reach."""
    if inside.startswith(_RECORDS):
        others = frozenset(member.place for member in workspace.members) - {place}
        return others if place in workspace.shared else frozenset()
    known = next(one for one in met.looked if one.member.place == place).known
    key = known.keys.get(inside)
    if inside == "config.yaml":
        return lean_on(met.neighbours, place, known.inventory, None)
    if not (key or (inside.startswith(CONTENT) and inside.endswith((".md", ".yaml", ".yml")))):
        return frozenset()  # an attachment: only its own site shows it
    reached = lean_on(met.neighbours, place, known.inventory, key) if key else frozenset()
    if renamed or not key:
        asking = {other for other, one in met.neighbours.items() if one.is_asking and other != place}
        return reached | asking
    return reached


def pack_shards(sites: Sequence[Touched], shards: int) -> tuple[Shard, ...]:
    """The sites in at most so many shards, the dearest first, each to the shard with least to do (LPT); empty shards are left out."""
    loads: list[list[Touched]] = [[] for _ in range(max(1, shards))]
    for site in sorted(sites, key=lambda one: (-one.cost, one.place)):
        least = min(range(len(loads)), key=lambda number: (_cost(loads[number]), number))
        loads[least].append(site)
    order: Mapping[str, int] = {site.place: number for number, site in enumerate(sites)}
    filled = [sorted(load, key=lambda one: order[one.place]) for load in loads if load]
    return tuple(
        Shard(number, tuple(load), round(_cost(load), 3)) for number, load in enumerate(filled, start=1)
    )


def _cost(load: Iterable[Touched]) -> float:
    return sum(site.cost for site in load)
