"""A machine reached by SFTP alone: no shell is needed at the other side."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

from govsite.publish.failure import StoreError
from govsite.publish.ssh import Command, Host, end_connection, quoted, run_sftp
from govsite.publish.state import FOLDER, INCOMING
from govsite.publish.store import Done, Upload

_LONG = re.compile(r"^[-dl]\S+\s+\S+\s+\S+\s+\S+\s+(\d+)\s+\S+\s+\S+\s+\S+\s+(.*)$")


class SftpStore:
    """Files are sent into `.govsite/incoming` and renamed into place (posix-rename, as OpenSSH offers it)."""

    exactness = "size"

    def __init__(self, host: Host, root: str, token: str) -> None:
        self.host = host
        self.root = root.rstrip("/") or "/"
        self._token = token
        self._count = 0
        self._made: set[str] = set()

    # --- one file

    def read(self, path: str) -> bytes | None:
        """See `Store`."""
        with tempfile.TemporaryDirectory(prefix="govsite-") as folder:
            file = Path(folder) / "file"
            run_sftp(self.host, [(f"-get {self._at(path)} {quoted(file.as_posix())}", ""), ("pwd", "")])
            return file.read_bytes() if file.is_file() else None

    def write(self, path: str, content: bytes) -> None:
        """See `Store`."""
        with tempfile.TemporaryDirectory(prefix="govsite-") as folder:
            file = Path(folder) / "file"
            file.write_bytes(content)
            SftpStore.put(self, [Upload(path, file)], lambda path: None)

    def create(self, path: str, content: bytes) -> bool:
        """See `Store`: a hard link takes a name only where it is free."""
        with tempfile.TemporaryDirectory(prefix="govsite-") as folder:
            file = Path(folder) / "file"
            file.write_bytes(content)
            new = self._new()
            commands = [*self._folders([path, new]), (f"put {quoted(file.as_posix())} {self._at(new)}", path)]
            run_sftp(self.host, commands)
            try:
                run_sftp(self.host, [(f"ln {self._at(new)} {self._at(path)}", path)])
            except StoreError:
                if self.read(path) is None:
                    raise
                return False
            finally:
                run_sftp(self.host, [(f"-rm {self._at(new)}", "")])
            return True

    # --- many files

    def put(self, files: Sequence[Upload], done: Done) -> None:
        """See `Store`."""
        run_sftp(self.host, list(self._puts(files)), done)

    def remove(self, paths: Sequence[str]) -> None:
        """See `Store`."""
        if paths:
            run_sftp(self.host, [(f"-rm {self._at(path)}", path) for path in paths] + [("pwd", "")])

    def differing(self, expected: Sequence[tuple[str, str, int]]) -> list[str]:
        """See `Store`. SFTP tells sizes only."""
        sizes = self._sizes(path for path, _, _ in expected)
        return [path for path, _, size in expected if sizes.get(path) != size]

    def sweep(self) -> None:
        """See `Store`."""
        run_sftp(self.host, [(f"-rm {self._at(INCOMING)}/*", ""), ("pwd", "")])

    def close(self) -> None:
        """See `Store`."""
        end_connection(self.host)

    # --- folders

    def present(self, folder: str, paths: Sequence[str]) -> AbstractSet[str]:
        """See `FolderStore`."""
        found = self._sizes(f"{folder}/{path}" for path in paths)
        return {path for path in paths if f"{folder}/{path}" in found}

    def clone(self, old: str, new: str, paths: Sequence[str]) -> None:
        """See `FolderStore`: one hard link a file."""
        commands: list[Command] = list(self._folders(f"{new}/{path}" for path in paths))
        commands += [(f"-ln {self._at(f'{old}/{path}')} {self._at(f'{new}/{path}')}", "") for path in paths]
        run_sftp(self.host, [*commands, ("pwd", "")])

    def switch(self, name: str, folder: str) -> None:
        """See `FolderStore`."""
        new = self._new()
        commands = [
            (f"ln -s {quoted(folder)} {self._at(new)}", name),
            (f"rename {self._at(new)} {self._at(name)}", name),
        ]
        run_sftp(self.host, [*self._folders([new]), *commands])

    def remove_tree(self, folder: str, paths: Sequence[str]) -> None:
        """See `FolderStore`. What is not among `paths` stays."""
        folders = {
            parent for path in paths for parent in _parents(f"{folder}/{path}") if parent.startswith(folder)
        }
        deepest = sorted(folders | {folder}, key=lambda name: (-name.count("/"), name))
        commands = [(f"-rm {self._at(f'{folder}/{path}')}", "") for path in paths]
        commands += [(f"-rmdir {self._at(name)}", "") for name in deepest]
        run_sftp(self.host, [*commands, ("pwd", "")])

    # --- inside

    def _at(self, path: str) -> str:
        return quoted(f"{self.root}/{path}")

    def _new(self) -> str:
        self._count += 1
        return f"{INCOMING}/{self._token}-{self._count}"

    def _puts(self, files: Sequence[Upload]) -> Iterator[Command]:
        yield from self._folders([f"{INCOMING}/x", *(file.path for file in files)])
        for file in files:
            new = self._new()
            yield f"put {quoted(file.source.as_posix())} {self._at(new)}", ""
            yield f"rename {self._at(new)} {self._at(file.path)}", file.path

    def _folders(self, paths: Iterable[str]) -> Iterator[Command]:
        """Make the folders of files; one that is there is no error."""
        wanted = {parent for path in paths for parent in _parents(path)} - self._made
        if FOLDER not in self._made:
            yield f"-mkdir {quoted(self.root)}", ""
        for folder in sorted(wanted):
            yield f"-mkdir {self._at(folder)}", ""
        self._made |= wanted

    def _sizes(self, paths: Iterable[str]) -> dict[str, int]:
        """Bytes of the files that are there."""
        wanted = set(paths)
        folders = sorted({path.rpartition("/")[0] for path in wanted})
        commands = [
            (f"-ls -ln {self._at(folder) if folder else quoted(self.root)}", "") for folder in folders
        ]
        if not commands:
            return {}
        sizes: dict[str, int] = {}
        for line in run_sftp(self.host, [*commands, ("pwd", "")]).splitlines():
            match = _LONG.match(line)
            if match:
                path = match[2].removeprefix(f"{self.root}/")
                if path in wanted:
                    sizes[path] = int(match[1])
        return sizes


def _parents(path: str) -> list[str]:
    """Folders above a path, outermost first."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[: count + 1]) for count in range(len(parts))]
