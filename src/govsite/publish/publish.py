"""A publication from end to end: lock, bring the target to an edition, compare, receipt."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from govsite.files.digest import sha256_of
from govsite.frozen import dataclass
from govsite.model.addresses import MANIFEST
from govsite.problems.problem import Problem
from govsite.publish.compress import compress_edition
from govsite.publish.edition import Edition, Entry, entries_root, manifest_entries, read_edition
from govsite.publish.failure import PublishError, StoreError
from govsite.publish.flat import publish_flat
from govsite.publish.ledger import append_record
from govsite.publish.lock import TargetLock
from govsite.publish.online import check_online
from govsite.publish.receipt import Revision, keep_receipt, make_receipt
from govsite.publish.releases import FOLDER as RELEASE_FOLDER
from govsite.publish.releases import publish_release, roll_back
from govsite.publish.run import Moved, Outgoing, Progress
from govsite.publish.state import Published, read_state
from govsite.publish.store import Store
from govsite.publish.target import RELEASES, Target, open_store


@dataclass(frozen=True, slots=True)
class PublishRequest:
    """What to do. edition: folder of a built site; work: where the publisher keeps receipts, twins and editions;
    take_over: whatever holds the lock; key: PEM of the private key that signs the ledger, or empty.
    """

    target: Target
    folder: Path
    work: Path
    revision: Revision = Revision()
    take_over: bool = False
    key: bytes = b""
    progress: Progress = lambda stage, done, total: None


@dataclass(frozen=True, slots=True)
class Publication:
    """What a publication did. wrong: (path, what came instead) of pages that readers do not get as they should."""

    edition: str
    moved: Moved
    receipt: dict[str, Any] = field(default_factory=dict)
    receipt_file: Path | None = None
    wrong: tuple[tuple[str, str], ...] = ()


def publish(request: PublishRequest, *, dry_run: bool = False, back: bool = False) -> Publication:
    """Bring a target to the edition in a folder. back: it was public before. Raises `PublishError`."""
    edition = read_edition(request.folder)
    twins, sources = _twins(request, edition)
    outgoing = Outgoing(edition, twins, sources, request.revision.commit, back)
    layout = publish_release if request.target.layout == RELEASES else publish_flat
    token = secrets.token_hex(8)
    try:
        store = open_store(request.target, token)
        if dry_run:
            lock = TargetLock(store, token)
            with closing(store):
                moved = layout(lock, outgoing, request.target.keep, request.progress, dry_run=True)
            return Publication(edition.id, moved)
        with closing(store), TargetLock(store, token, request.take_over) as lock, _swept(store):
            moved = layout(lock, outgoing, request.target.keep, request.progress, dry_run=False)
            _enter(store, "rollback" if back else "publish", edition, request)
    except (StoreError, ValueError) as error:
        raise _failed(request.target, error) from error
    if request.target.layout != RELEASES:
        _keep_edition(edition, request)
    return _ended(
        "rollback" if back else "publish",
        request,
        edition,
        outgoing.published(()),
        outgoing.entries,
        moved,
        store,
    )


def publish_before(request: PublishRequest) -> Publication:
    """Go back to the edition before the one that is public. Raises `PublishError`."""
    token = secrets.token_hex(8)
    try:
        store = open_store(request.target, token)
        if request.target.layout == RELEASES:
            with closing(store), TargetLock(store, token, request.take_over) as lock, _swept(store):
                moved, before = roll_back(lock)
                entries = read_state(store).entries
                _enter(
                    store,
                    "rollback",
                    _at_target(store, before),
                    replace(request, revision=Revision(before.commit)),
                )
            return _ended("rollback", request, None, before, entries, moved, store)
        with closing(store):
            state = read_state(store)
    except (StoreError, ValueError) as error:
        raise _failed(request.target, error) from error
    earlier = state.before
    kept = _kept_edition(earlier, request) if earlier else None
    if earlier is None or kept is None:
        raise PublishError(
            Problem.at(
                "PUB307",
                None,
                edition=earlier.edition if earlier else "",
                commit=earlier.commit[:12] if earlier else "",
                day=earlier.data_date if earlier else "",
            )
        )
    revision = Revision(earlier.commit)
    again = replace(request, folder=kept, revision=revision)
    return publish(again, back=True)


def _enter(store: Store, action: str, edition: Edition, request: PublishRequest) -> None:
    """Write the edition into the ledger, and keep a copy of it here."""
    text = append_record(store, action, edition, request.revision.commit, request.key, datetime.now(UTC))
    folder = request.work / request.target.key
    try:
        (folder / "manifests").mkdir(parents=True, exist_ok=True)
        (folder / "manifests" / f"{edition.root}.json").write_bytes(edition.manifest)
        (folder / "ledger.jsonl").write_bytes(text)
    except OSError as error:
        raise PublishError(
            Problem.at("PUB310", None, reason=error.strerror or type(error).__name__)
        ) from error


def _at_target(store: Store, published: Published) -> Edition:
    """An edition as a release folder holds it."""
    manifest = store.read(f"{RELEASE_FOLDER}/{published.edition}/{MANIFEST}") or b"{}"
    entries = manifest_entries(manifest)
    whole = {**entries, MANIFEST: Entry(sha256_of(manifest), len(manifest))}
    return Edition(Path(), whole, entries_root(entries), manifest, published.data_date, "")


@contextmanager
def _swept(store: Store) -> Iterator[None]:
    """Clear away what was half-written, before and, as far as that can be done, after: a full disk needs the room."""
    store.sweep()
    try:
        yield
    finally:
        with suppress(StoreError):
            store.sweep()


def _ended(
    action: str,
    request: PublishRequest,
    edition: Edition | None,
    published: Published,
    entries: Any,
    moved: Moved,
    store: Store,
) -> Publication:
    target = request.target
    checked: dict[str, Any] = {"target": store.exactness, "files": len(moved.added) + len(moved.changed)}
    wrong: tuple[tuple[str, str], ...] = ()
    if target.url:
        online = check_online(target.url, entries, [*moved.added, *moved.changed])
        wrong = online.wrong
        checked["online"] = {"asked": online.asked, "wrong": [list(each) for each in wrong]}
    facts = {"edition": published.edition, "root": published.root, "data_date": published.data_date}
    revision = request.revision if edition else Revision(published.commit)
    receipt = make_receipt(action, target, edition, facts, moved, revision, checked, datetime.now(UTC))
    try:
        file = keep_receipt(receipt, request.work / target.key / "receipts")
    except OSError as error:
        raise PublishError(
            Problem.at("PUB310", None, reason=error.strerror or type(error).__name__)
        ) from error
    return Publication(published.edition, moved, receipt, file, wrong)


def _twins(request: PublishRequest, edition: Edition) -> tuple[dict[str, Entry], dict[str, Path]]:
    if not request.target.compress:
        return {}, {}
    try:
        twins, uploads = compress_edition(edition.folder, edition.entries, request.work / "compressed")
    except OSError as error:
        raise PublishError(
            Problem.at("PUB310", None, reason=error.strerror or type(error).__name__)
        ) from error
    return twins, {upload.path: upload.source for upload in uploads}


def _failed(target: Target, error: Exception) -> Exception:
    if isinstance(error, StoreError):
        return PublishError(
            Problem.at("PUB305", None, target=target.name, path=error.doing, reason=error.reason)
        )
    return PublishError(
        Problem.at("PUB305", None, target=target.name, path=".govsite", reason=str(error)[:200])
    )


def _keep_edition(edition: Edition, request: PublishRequest) -> None:
    """A web root without release folders cannot go back by itself: the last two editions are kept here."""
    folder = request.work / request.target.key / "editions"
    place = folder / edition.id
    try:
        if not place.is_dir():
            new = folder / f"{edition.id}.new"
            shutil.rmtree(new, ignore_errors=True)
            shutil.copytree(edition.folder, new)
            new.rename(place)
        others = sorted(
            (each for each in folder.iterdir() if each != place), key=lambda each: each.stat().st_mtime
        )
        for old in others[:-1]:
            shutil.rmtree(old, ignore_errors=True)
    except OSError:
        return  # going back then needs a build of the older revision, as the receipt says


def _kept_edition(wanted: Published, request: PublishRequest) -> Path | None:
    """A folder that holds this very edition."""
    places = (
        request.work / request.target.key / "editions" / wanted.edition,
        request.folder.with_name("site.previous"),
    )
    for place in places:
        try:
            if place.is_dir() and read_edition(place).root == wanted.root:
                return place
        except PublishError:
            continue
    return None
