"""Publishing into release folders (版本目录): `releases/<edition>/` is filled and checked, then the link `current` is
switched to it in one step. The web server's root is `current`.

A reader gets pages of the old edition up to the switch and of the new one after it. Assets of the old edition are in
the new folder too, for pages that were loaded just before.
"""

from __future__ import annotations

from typing import cast

from govsite.problems.problem import Problem
from govsite.publish.failure import PublishError
from govsite.publish.lock import TargetLock
from govsite.publish.order import merge_retained, plan_changes
from govsite.publish.run import Moved, Outgoing, Progress, Sending, check_arrived, wrong_at
from govsite.publish.state import (
    Pending,
    Published,
    State,
    end_pending,
    forget_files,
    read_files,
    read_pending,
    read_state,
    write_files,
    write_pending,
    write_state,
)
from govsite.publish.store import FolderStore

FOLDER = "releases"
CURRENT = "current"


def publish_release(
    lock: TargetLock, outgoing: Outgoing, keep: int, progress: Progress, *, dry_run: bool
) -> Moved:
    """Bring the target to the edition. Raises `PublishError`, StoreError."""
    store = cast("FolderStore", lock.store)
    state, pending = read_state(store), read_pending(store)
    edition = outgoing.edition.id
    same = state.edition == edition
    held = state.current
    outlived = frozenset(held.retained) if held and not same else frozenset()
    plan = plan_changes(state.entries, outgoing.entries, frozenset(), outlived)
    moved = Moved(state.edition, plan.add, plan.change, plan.remove)
    if dry_run:
        return moved
    folder = f"{FOLDER}/{edition}"
    write_pending(store, Pending(edition, lock.token, (edition, pending.edition) if pending else (edition,)))
    whole = merge_retained(outgoing.entries, state.entries, plan.retain)
    if state.edition and not same:
        stay = [path for path in whole if state.entries.get(path) == whole[path]]
        store.clone(f"{FOLDER}/{state.edition}", folder, stay)
    there = frozenset(store.present(folder, list(whole)))
    sending = Sending(lock, len(outgoing.entries) - len(there & outgoing.entries.keys()), progress)
    order = plan_changes({}, outgoing.entries).add
    sending.send(outgoing, order, f"{folder}/", skip=there)
    # What lay there already may be damaged: it is sent once more before anything is given up.
    sending.send(outgoing, wrong_at(lock, outgoing.entries, order, f"{folder}/"), f"{folder}/")
    check_arrived(lock, outgoing.entries, order, f"{folder}/")
    retained = [path for path in plan.retain if path in there]
    files = merge_retained(outgoing.entries, state.entries, retained)
    write_files(store, edition, files)
    lock.hold()
    store.switch(CURRENT, folder)
    after = state.with_edition(outgoing.published(retained), files, keep)
    write_state(store, after)
    _prune(store, {*(one.edition for one in state.releases), *(pending.paths if pending else ())}, after)
    end_pending(store)
    return Moved(state.edition, plan.add, plan.change, plan.remove, sending.sent, sending.sent_bytes)


def roll_back(lock: TargetLock) -> tuple[Moved, Published]:
    """Switch to the edition before the current one. Raises `PublishError` (PUB307 where there is none), StoreError."""
    store = cast("FolderStore", lock.store)
    state = read_state(store)
    before = state.before
    if before is None:
        raise PublishError(Problem.at("PUB307", None, edition=state.edition, commit="", day=""))
    entries, folder = read_files(store, before.edition), f"{FOLDER}/{before.edition}"
    check_arrived(lock, entries, entries, f"{folder}/")
    lock.hold()
    store.switch(CURRENT, folder)
    plan = plan_changes(state.entries, entries)
    write_state(store, state.back_at(before.edition, entries))
    return Moved(state.edition, plan.add, plan.change, plan.remove), before


def _prune(store: FolderStore, names: set[str], after: State) -> None:
    """Remove folders of editions that are no longer kept, never the public one."""
    kept = {one.edition for one in after.releases} | {after.edition, ""}
    for name in sorted(names - kept):
        store.remove_tree(f"{FOLDER}/{name}", list(read_files(store, name)))
        forget_files(store, name)
