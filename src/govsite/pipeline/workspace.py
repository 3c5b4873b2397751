"""A workspace (集约化平台): every site is looked at, the inventories are put together, then every site is built.

What a site takes from the others comes from their sources, never from their outputs: neither the order of builds nor which of them
are built at all can change a byte.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from govsite.cache.linked import dump, looks_the_same
from govsite.cache.tool import tool_digest
from govsite.files.damage import DamagedCacheError
from govsite.files.typed_json import decoder, encoder
from govsite.frozen import dataclass
from govsite.link.inventory import make_inventory
from govsite.link.neighbourhood import make_neighbourhood
from govsite.load.addresses import read_yaml_file
from govsite.load.scan import scan_content
from govsite.model.inventory import Inventory, Neighbours
from govsite.pipeline.build import Begun, Request, begun_build, failed_build
from govsite.pipeline.inventories import Known, digests_of, keep_known, known_key, read_known
from govsite.pipeline.outcome import Outcome
from govsite.pipeline.parallel import collecting_seldom
from govsite.pipeline.walk import Walk
from govsite.pipeline.whole import WholeRoad
from govsite.problems.problem import Problem
from govsite.settings.names import WORKSPACE_FILE
from govsite.settings.read import read_settings
from govsite.settings.workspace import Member, Workspace, check_workspace
from govsite.source.span import Span

_SECTION = "inventory"


def read_workspace(root: Path, environ: Mapping[str, str]) -> tuple[Workspace, list[Problem]]:
    """The workspace in folder `root`, and what is wrong with its file."""
    node, problems = read_yaml_file(root, WORKSPACE_FILE)
    if node is None and not problems:
        problems.append(Problem.at("CFG104", Span.of_file(WORKSPACE_FILE), key=WORKSPACE_FILE))
    return check_workspace(root, node, environ, problems) if node is not None else Workspace(), problems


class Looked(NamedTuple):
    """A site after its first look. begun: None where it could not be read, failed: what to say of it then."""

    member: Member
    known: Known
    begun: Begun | None
    failed: Outcome | None


@dataclass(frozen=True, slots=True)
class Met:
    """All sites looked at, and what each needs of the others."""

    looked: tuple[Looked, ...]
    neighbours: Mapping[str, Neighbours]


RequestOf = Callable[[Member], Request]


@contextmanager
def met_members(
    workspace: Workspace, request_of: RequestOf, chosen: frozenset[str], kept: Path
) -> Iterator[Met]:
    """Every member looked at. Memories of those at the places in `chosen`, which are to be built, are locked while the context is open;
    of the others only the inventory is asked, and kept in the folder `kept` as all are. Raises OSError where that cannot be written.
    """
    with collecting_seldom(), ExitStack() as stack:
        looked = []
        for member in workspace.members:
            request = request_of(member)
            if member.place in chosen:
                looked.append(_look(member, request, kept, stack))
            else:
                looked.append(_look_aside(member, request, kept))
        _forget_others(kept, workspace)
        inventories = [one.known.inventory for one in looked]
        yield Met(tuple(looked), make_neighbourhood(inventories, workspace.shared, workspace.name))


def build_members(
    workspace: Workspace, request_of: RequestOf, chosen: frozenset[str], kept: Path
) -> Iterator[tuple[Member, Outcome]]:
    """Build the members at the places in `chosen`, in their order. kept: folder for the inventories of all."""
    with met_members(workspace, request_of, chosen, kept) as met:
        for one in met.looked:
            if one.member.place in chosen:
                yield one.member, _finish(one, met.neighbours[one.member.place], request_of(one.member))


def _look_aside(member: Member, request: Request, kept: Path) -> Looked:
    """The inventory of a site that is not to be built: as kept, if nothing of its sources has changed; else made without any memory."""
    problems: list[Problem] = []
    try:
        settings, _ = read_settings(request.site, request.environ)
        scanned, _ = scan_content(request.site)
        key = known_key(member.place, settings, request, scanned, digests_of(request.site, scanned))
        known = read_known(kept, member.place, key)
        if known is None:
            with begun_build(replace(request, memory=None), tool_digest(), problems) as begun:
                begun.walk.look()
                known = look_up(begun.walk, member)
            keep_known(kept, member.place, key, known)
        return Looked(member, known, None, None)
    except OSError as error:
        return Looked(member, _nothing(member), None, failed_build(error, problems))


def _forget_others(kept: Path, workspace: Workspace) -> None:
    """Nothing stays of sites that are no members any more."""
    places = {member.place for member in workspace.members}
    for file in kept.glob("*.*") if kept.is_dir() else ():
        if file.suffix in {".known", ".json"} and file.stem not in places:
            file.unlink(missing_ok=True)


def _look(member: Member, request: Request, kept: Path, stack: ExitStack) -> Looked:
    """The first look at one site; a memory that fails is forgotten."""
    for clean in (request.clean, True):
        own = ExitStack()
        problems: list[Problem] = []
        try:
            begun = own.enter_context(begun_build(replace(request, clean=clean), tool_digest(), problems))
            begun.walk.look()
            known = look_up(begun.walk, member)
            walk = begun.walk
            digests = {path: row.digest for path, row in walk.sourced.rows.items()}
            key = known_key(member.place, walk.settings, request, walk.scanned, digests)
            keep_known(kept, member.place, key, known)
        except DamagedCacheError:
            own.close()
            continue
        except OSError as error:
            own.close()
            return Looked(member, _nothing(member), None, failed_build(error, problems))
        stack.push(own)
        return Looked(
            member, known, replace(begun, state="damaged") if clean and not request.clean else begun, None
        )
    raise DamagedCacheError(member.folder)


def _finish(one: Looked, neighbours: Neighbours, request: Request) -> Outcome:
    problems: list[Problem] = []
    try:
        if one.begun is None:
            return one.failed or failed_build(OSError(), problems)
        problems = one.begun.walk.problems
        one.begun.walk.meet(neighbours)
        try:
            return one.begun.finish()
        except DamagedCacheError:
            one.begun.walk.close()
        problems = []
        with begun_build(replace(request, clean=True, memory=None), tool_digest(), problems) as anew:
            anew.walk.look()
            anew.walk.meet(neighbours)
            return replace(anew.finish(), memory="damaged")
    except OSError as error:
        return failed_build(error, problems)


def look_up(walk: Walk, member: Member) -> Known:
    """The inventory of a site that was looked at: of the last build where nothing that others can see has changed since."""
    kept = walk.memory.section(_SECTION)
    if kept and _is_the_same(walk):
        walk.memory.keep({_SECTION: kept})
        known: Known = decoder(Known)(json.loads(kept))
        return known
    site = WholeRoad(walk).lone_site()
    identity = walk.settings.site
    inventory = make_inventory(site, member.place, identity.name or member.folder, identity.address_prefix)
    keys = {document.file: document.key for document in site.documents.values()}
    known = Known(inventory, keys, len(keys))
    walk.memory.keep({_SECTION: dump(encoder(Known)(known))})
    return known


def _is_the_same(walk: Walk) -> bool:
    """Whether only such texts have changed as no other document can see."""
    sourced, memory = walk.sourced, walk.memory
    if sourced.gone or memory.facts("scene").get("scene") != walk.scene:
        return False
    if any(path not in memory.sources for path in sourced.changed):
        return False
    for path in sourced.changed:
        rows = [memory.sources.row(path), sourced.rows[path]]
        if not all(row.prepared for row in rows):
            return False
        before, after = (one.document for one in walk.sourcing.load(rows))
        if before is None or after is None or not looks_the_same(before, after):
            return False
    return True


def _nothing(member: Member) -> Known:
    return Known(Inventory(member.place, member.folder, "", "", (), (), (), (), ()), {}, 0)


def chosen_places(workspace: Workspace, words: Sequence[str]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Places of the members that `words` name by folder or place (all without words), and the words that name none."""
    known = {word: member.place for member in workspace.members for word in (member.place, member.folder)}
    if not words:
        return frozenset(known.values()), ()
    clean = [word.replace("\\", "/").rstrip("/") or "." for word in words]
    return frozenset(known[word] for word in clean if word in known), tuple(
        word for word in clean if word not in known
    )
