"""Putting an edition on a terminal: all of it checked first, then one step, and a way back."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from govsite.edition.container import MANIFEST, SIGNATURE, Container
from govsite.edition.folder import (
    KEY,
    Current,
    TerminalFolder,
    folder_name,
    replace_file,
    rolled_back,
    sync_folder,
)
from govsite.edition.manifest import Manifest
from govsite.edition.refusal import RefusedError
from govsite.edition.verify import Edition, Installed, check_folder, open_edition
from govsite.files.lock import FileLock, LockedError
from govsite.files.signature import KeyFault, fingerprint
from govsite.files.swap import remove_folder
from govsite.frozen import dataclass
from govsite.problems.problem import Problem

_SPARE = 16 << 20
"""Bytes to leave free: a terminal whose disk is full to the last byte cannot even log."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to do. file: the edition; to: the terminal's folder; key: PEM, None for the pinned one; now: the terminal's clock
    with its offset; allow_older: why an older edition is let in, `""` if none is.
    """

    to: Path
    now: datetime
    key: bytes | None = None
    file: Path | None = None
    allow_older: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What was done. changed: False where the very edition was shown already; new_key: whether the key was pinned just now."""

    current: Current
    files: int
    changed: bool = True
    new_key: bool = False


def choose_key(given: bytes | None, pinned: bytes | None) -> bytes:
    """The key to check with. Raises `RefusedError`: KSK114 none at all, KSK119 no key, KSK120 another one than pinned."""
    key = pinned or given
    if key is None:
        raise RefusedError(Problem.at("KSK114", None))
    try:
        name = fingerprint(key)
        if given is not None and fingerprint(given) != name:
            raise RefusedError(Problem.at("KSK120", None, given=fingerprint(given), pinned=name))
    except KeyFault as error:
        raise RefusedError(Problem.at("KSK119", None)) from error
    return key


def install(order: Order) -> Done:
    """Install an edition. Raises `RefusedError`; then the terminal shows what it showed before."""
    folder = TerminalFolder(order.to)
    with _at_work(folder):
        pinned = folder.pinned_key()
        key = choose_key(order.key, pinned)
        current = _shown(folder)
        if current:
            folder.sweep(current)
            folder.catch_up_log(current)
        base = _installed(folder, current, key)
        assert order.file is not None  # noqa: S101 - what `install` is called with
        with _opened(order.file, key) as container:
            edition = open_edition(container, key, base)
            _check_terms(edition.manifest, folder, current, base, order)
            if current and current.sha256 == edition.manifest.digest:
                return Done(current, len(edition.manifest.entries), changed=False)
            _unpack(folder, edition, base)
        manifest = edition.manifest
        if pinned is None:
            replace_file(folder.root / KEY, key)
        folder.write_launcher()
        folder.keep_history(manifest)
        shown = Current(
            edition=manifest.edition,
            folder=folder_name(manifest),
            previous=current.folder if current else "",
            highest=max([manifest.edition, *folder.shown_editions(), current.highest if current else 0]),
            data_date=manifest.data_date,
            not_after=manifest.not_after,
            sha256=manifest.digest,
            since=order.now.isoformat(timespec="seconds"),
            event="install",
            reason=order.allow_older,
            key=fingerprint(key),
            home=manifest.home,
        )
        folder.point(shown)
        folder.catch_up_log(shown)
        folder.sweep(shown)
        return Done(shown, len(manifest.entries), new_key=pinned is None)


def roll_back(order: Order, reason: str = "") -> Done:
    """Show the edition before. Raises `RefusedError`: KSK115 where there is none, KSK116 where it is damaged."""
    folder = TerminalFolder(order.to)
    with _at_work(folder):
        key = choose_key(order.key, folder.pinned_key())
        current = folder.current()
        if current is None or not current.previous:
            raise RefusedError(Problem.at("KSK115", None))
        folder.catch_up_log(current)
        manifest = folder.manifest(current.previous, key)
        problems = check_folder(folder.root / current.previous, manifest)
        if problems:
            raise RefusedError(*problems)
        shown = rolled_back(current, manifest, order.now.isoformat(timespec="seconds"), reason)
        folder.point(shown)
        folder.catch_up_log(shown)
        return Done(shown, len(manifest.entries))


@contextmanager
def _at_work(folder: TerminalFolder) -> Iterator[None]:
    """One at a time; what the file system refuses becomes a refusal. Raises `RefusedError` KSK111, KSK113."""
    try:
        folder.prepare()
        with FileLock(folder.lock):
            try:
                yield
            finally:
                remove_folder(folder.incoming)
    except LockedError as error:
        raise RefusedError(Problem.at("KSK113", None, folder=folder.root.name)) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise RefusedError(Problem.at("KSK111", None, folder=folder.root.name, reason=reason)) from error


@contextmanager
def _opened(file: Path, key: bytes) -> Iterator[Container]:
    """Raises `RefusedError` KSK101 where the file cannot be read."""
    try:
        container = Container(file, key)
    except OSError as error:
        raise RefusedError(Problem.at("KSK101", None)) from error
    with container:
        yield container


def _shown(folder: TerminalFolder) -> Current | None:
    """What is shown, None where nothing is or the pointer is damaged (an edition installed now mends it)."""
    try:
        return folder.current()
    except RefusedError:
        return None


def _installed(folder: TerminalFolder, current: Current | None, key: bytes) -> Installed | None:
    """What is shown now, None where nothing is or its manifest no longer holds (a whole edition mends that)."""
    if current is None:
        return None
    try:
        return Installed(folder.manifest(current.folder, key), folder.root / current.folder)
    except RefusedError:
        return None


def _check_terms(
    manifest: Manifest, folder: TerminalFolder, current: Current | None, base: Installed | None, order: Order
) -> None:
    """Whether this edition may be shown here and now. Raises `RefusedError` with every reason."""
    problems: list[Problem] = []
    if manifest.not_after and order.now.date().isoformat() > manifest.not_after:
        problems.append(Problem.at("KSK107", None, edition=manifest.edition, day=manifest.not_after))
    if base is not None and (base.manifest.site, base.manifest.address) != (manifest.site, manifest.address):
        problems.append(Problem.at("KSK110", None, site=manifest.site, here=base.manifest.site))
    is_shown = current is not None and current.sha256 == manifest.digest
    shown = folder.shown_editions()
    if not is_shown and not order.allow_older:
        highest = max([*shown, current.highest if current else 0])
        if manifest.edition < highest:
            problems.append(Problem.at("KSK106", None, edition=manifest.edition, highest=highest))
        elif manifest.digest not in shown.get(manifest.edition, {manifest.digest}):
            problems.append(Problem.at("KSK117", None, edition=manifest.edition))
    if problems:
        raise RefusedError(*problems)


def _unpack(folder: TerminalFolder, edition: Edition, base: Installed | None) -> None:
    """Write every file, checked, into a folder of its own, on the disk before it gets its name. Raises `RefusedError`, OSError."""
    manifest = edition.manifest
    if shutil.disk_usage(folder.root).free < manifest.size + _SPARE:
        needed = _megabytes(manifest.size + _SPARE)
        raise RefusedError(Problem.at("KSK118", None, needed=needed, folder=folder.root.name))
    incoming = folder.incoming
    remove_folder(incoming)
    incoming.mkdir(parents=True)
    made: set[str] = set()
    for entry, blocks in edition.files(base):
        parent = entry.path.rpartition("/")[0]
        if parent not in made:
            (incoming / parent).mkdir(parents=True, exist_ok=True)
            made.add(parent)
        with (incoming / entry.path).open("xb") as file:
            for block in blocks:
                file.write(block)
            _settle(file.fileno())
    for name, content in ((MANIFEST, manifest.to_bytes()), (SIGNATURE, edition.signature)):
        (incoming / name).write_bytes(content)
    if hasattr(os, "sync"):
        os.sync()
    target = folder.root / folder_name(manifest)
    target.parent.mkdir(exist_ok=True)
    remove_folder(target)
    incoming.rename(target)
    sync_folder(target.parent)


def _settle(handle: int) -> None:
    """Bring one file to the disk where the system cannot do so for all at once."""
    if not hasattr(os, "sync"):
        os.fsync(handle)


def _megabytes(size: int) -> int:
    return -(-size // (1 << 20))
