"""Publishing into a web root as it is (直接替换): files take each other's place one at a time, in an order.

What that can promise: every file is whole, of the old edition or of the new one; a page has what it loads; who begins at
the home page meets no dead link. What it cannot: that a reader who goes from page to page within the seconds of a publication, or while
an interrupted one waits to be continued, sees pages of one edition only. Release folders can.
"""

from __future__ import annotations

from govsite.publish.lock import TargetLock
from govsite.publish.order import merge_retained, plan_changes
from govsite.publish.run import Moved, Outgoing, Progress, Sending, check_arrived
from govsite.publish.state import (
    Pending,
    end_pending,
    read_pending,
    read_state,
    write_pending,
    write_state,
)


def publish_flat(
    lock: TargetLock, outgoing: Outgoing, keep: int, progress: Progress, *, dry_run: bool
) -> Moved:
    """Bring the target to the edition. Raises `PublishError`, StoreError."""
    store = lock.store
    state, pending = read_state(store), read_pending(store)
    unknown = frozenset(pending.paths) if pending else frozenset()
    entries = outgoing.entries
    same = state.edition == outgoing.edition.id
    held = state.current
    plan = plan_changes(
        state.entries, entries, unknown, frozenset(held.retained) if held and not same else frozenset()
    )
    # After an interruption the target may hold what is only in `unknown`: it is told apart by looking.
    resumed = [path for path in (*plan.add, *plan.change) if path in unknown]
    arrived = frozenset(resumed) - set(
        store.differing([(path, entries[path].sha256, entries[path].size) for path in resumed])
        if store.exactness == "content"
        else resumed
    )
    moved = Moved(state.edition, plan.add, plan.change, plan.remove)
    if dry_run:
        return moved
    if plan.touched:
        write_pending(
            store, Pending(outgoing.edition.id, lock.token, tuple(sorted({*unknown, *plan.touched})))
        )
    sending = Sending(lock, len(plan.add) + len(plan.change) - len(arrived), progress)
    sending.send(outgoing, plan.add, skip=arrived)
    sending.send(outgoing, plan.change, skip=arrived)
    check_arrived(lock, entries, (*plan.add, *plan.change))
    lock.hold()
    store.remove(plan.remove)
    whole = merge_retained(entries, state.entries, plan.retain)
    if plan.touched or not same:
        after = (
            state.back_at(outgoing.edition.id, whole)
            if outgoing.back
            else state.with_edition(outgoing.published(plan.retain), whole, keep)
        )
        write_state(store, after)
    if plan.touched or pending:
        end_pending(store)
    return Moved(state.edition, plan.add, plan.change, plan.remove, sending.sent, sending.sent_bytes)
