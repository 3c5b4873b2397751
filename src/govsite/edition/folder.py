"""The folder of a terminal (终端文件夹): editions in folders of their own, and one small file that says which is shown.

`index.html` and `start.js` open whatever `current.js` names and never change. `current.js` is the pointer, replaced in one
step, so that one complete edition is shown at every moment. `editions/<name>/` holds `site/ index/ edition.json edition.sig`, of
the current edition and of the one before. `history/` has the manifests of all editions ever shown, `log.csv` what was shown
from when, `public.pem` the key whose editions are accepted.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, replace
from importlib import resources
from pathlib import Path

from govsite.edition.container import MANIFEST, SIGNATURE, is_manifest_signed
from govsite.edition.manifest import Manifest, ManifestError, read_manifest
from govsite.edition.refusal import RefusedError
from govsite.files.paths import resolve_inside
from govsite.files.swap import remove_folder
from govsite.frozen import dataclass
from govsite.problems.problem import Problem

POINTER = "current.js"
KEY = "public.pem"
LOG = "log.csv"
EDITIONS = "editions"
INCOMING = "incoming"
LOCK = ".lock"
_LAUNCHER = ("index.html", "start.js")
_CALL = "govsiteCurrent("
_OWN = frozenset(
    {*_LAUNCHER, POINTER, KEY, LOG, EDITIONS, INCOMING, LOCK, "history", "usage", "kiosk-profile"}
)
LOG_HEAD = ("time", "event", "edition", "data_date", "sha256", "reason")
LogRow = tuple[str, str, str, str, str, str]
LARGEST_MANIFEST = 256 << 20


@dataclass(frozen=True, slots=True)
class Current:
    """What the pointer says. folder, previous: `editions/<name>`, `""` for none; highest: greatest number ever shown;
    since: ISO moment with offset from which it is shown; event: `install` or `rollback`; reason: as given.
    """

    edition: int
    folder: str
    previous: str
    highest: int
    data_date: str
    not_after: str
    sha256: str
    since: str
    event: str
    reason: str = ""
    key: str = ""
    home: str = "index.html"


def folder_name(manifest: Manifest) -> str:
    """Folder of an edition below the terminal's."""
    return f"{EDITIONS}/{manifest.edition:06d}-{manifest.digest[:12]}"


class TerminalFolder:
    """A terminal's folder. Nothing here decides; it reads and writes what `install` decides."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.lock = root / LOCK
        self.incoming = root / INCOMING

    def prepare(self) -> None:
        """Make the folder ready to install into. Raises `RefusedError` KSK112 where it holds others' files, OSError."""
        if self.root.exists() and (not self.root.is_dir() or self._has_foreign_files()):
            raise RefusedError(Problem.at("KSK112", None, folder=self.root.name))
        self.root.mkdir(parents=True, exist_ok=True)

    def _has_foreign_files(self) -> bool:
        if (self.root / POINTER).exists() or (self.root / KEY).exists():
            return False
        names = {path.name for path in self.root.iterdir()}
        return bool(names - _OWN - {f"{name}.new" for name in _OWN})

    def write_launcher(self) -> None:
        """The two files that browsers open first. Raises OSError."""
        for name in _LAUNCHER:
            content = resources.files("govsite.edition").joinpath("data", name).read_bytes()
            target = self.root / name
            if not target.is_file() or target.read_bytes() != content:
                replace_file(target, content)

    def current(self) -> Current | None:
        """What is shown, None where nothing is yet. Raises `RefusedError` KSK116 for a pointer that is damaged."""
        try:
            text = (self.root / POINTER).read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise RefusedError(Problem.at("KSK116", None, path=POINTER)) from error
        try:
            record = json.loads(text.strip().removeprefix(_CALL).removesuffix(");"))
            current = Current(**record)
        except (ValueError, TypeError) as error:
            raise RefusedError(Problem.at("KSK116", None, path=POINTER)) from error
        for folder in (current.folder, current.previous):
            if folder and (resolve_inside(folder, "") != folder or not folder.startswith(f"{EDITIONS}/")):
                raise RefusedError(Problem.at("KSK116", None, path=POINTER))
        return current

    def point(self, current: Current) -> None:
        """Show another edition, in one step. Raises OSError; then the old one is still shown."""
        record = json.dumps(asdict(current), ensure_ascii=False)
        replace_file(self.root / POINTER, f"{_CALL}{record});\n".encode())

    def manifest(self, folder: str, public: bytes) -> Manifest:
        """The manifest of an installed edition, its signature checked. Raises `RefusedError` KSK116."""
        try:
            data = (self.root / folder / MANIFEST).read_bytes()
            signature = (self.root / folder / SIGNATURE).read_bytes()
            if not is_manifest_signed(public, data, signature):
                raise RefusedError(Problem.at("KSK116", None, path=f"{folder}/{MANIFEST}"))
            return read_manifest(data)
        except (OSError, ManifestError) as error:
            raise RefusedError(Problem.at("KSK116", None, path=f"{folder}/{MANIFEST}")) from error

    def pinned_key(self) -> bytes | None:
        """The key whose editions are accepted, PEM; None before the first one."""
        try:
            return (self.root / KEY).read_bytes()
        except FileNotFoundError:
            return None

    def keep_history(self, manifest: Manifest) -> None:
        """Keep the manifest for good, packed: it answers what was public on some day. Raises OSError."""
        target = self.root / "history" / f"{folder_name(manifest).partition('/')[2]}.json.gz"
        if not target.exists():
            target.parent.mkdir(exist_ok=True)
            replace_file(target, gzip.compress(manifest.to_bytes(), mtime=0))

    def catch_up_log(self, current: Current) -> None:
        """Write down what is shown unless it is there already: a kill right after a switch loses nothing."""
        rows = list(self.read_log())
        row = (
            current.since,
            current.event,
            str(current.edition),
            current.data_date,
            current.sha256,
            current.reason,
        )
        if not rows or rows[-1][:3] != row[:3]:
            self._append([] if rows else [LOG_HEAD], [row])

    def _append(self, head: list[tuple[str, ...]], rows: list[tuple[str, ...]]) -> None:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([*head, *rows])
        path = self.root / LOG
        with path.open("a+b") as file:
            file.seek(0, 2)
            torn = b""
            if file.tell():
                file.seek(-1, 2)
                torn = b"" if file.read() == b"\n" else b"\n"
            start = b"\xef\xbb\xbf" if head else b""
            file.write(start + torn + text.getvalue().encode())
            file.flush()
            os.fsync(file.fileno())

    def read_log(self) -> Iterator[LogRow]:
        """Rows of the log as `LOG_HEAD`, oldest first, whole ones only."""
        try:
            text = (self.root / LOG).read_text(encoding="utf-8-sig")
        except (FileNotFoundError, UnicodeDecodeError):
            return
        for row in csv.reader(io.StringIO(text)):
            if len(row) == len(LOG_HEAD) and row[0] != LOG_HEAD[0]:
                yield (row[0], row[1], row[2], row[3], row[4], row[5])

    def shown_editions(self) -> dict[int, set[str]]:
        """Digests of the manifests ever shown, by number, as far as the log knows."""
        found: dict[int, set[str]] = {}
        for _, _, number, _, digest, _ in self.read_log():
            if number.isdigit():
                found.setdefault(int(number), set()).add(digest)
        return found

    def sweep(self, current: Current) -> None:
        """Remove what no pointer names: a half-unpacked edition, older ones."""
        remove_folder(self.incoming)
        kept = {current.folder, current.previous}
        editions = self.root / EDITIONS
        if editions.is_dir():
            for folder in editions.iterdir():
                if f"{EDITIONS}/{folder.name}" not in kept:
                    remove_folder(folder)


def replace_file(path: Path, content: bytes) -> None:
    """Write a file so that at every moment, a power cut included, the old or the new one is there whole. Raises OSError."""
    new = path.with_name(f"{path.name}.new")
    with new.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Bring names in a folder to the disk, where the system has a way."""
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def rolled_back(current: Current, manifest: Manifest, since: str, reason: str) -> Current:
    """The pointer after going back to the edition before."""
    return replace(
        current,
        edition=manifest.edition,
        folder=current.previous,
        previous=current.folder,
        data_date=manifest.data_date,
        not_after=manifest.not_after,
        sha256=manifest.digest,
        home=manifest.home,
        since=since,
        event="rollback",
        reason=reason,
    )
