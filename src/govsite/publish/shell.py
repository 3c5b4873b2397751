"""A machine with a shell: links are made, digests taken and files sent there many at a time."""

from __future__ import annotations

import shlex
from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from govsite.publish.sftp import SftpStore
from govsite.publish.ssh import Host, has_rsync, run_rsync, run_sftp, run_shell, share_connection
from govsite.publish.state import INCOMING
from govsite.publish.store import Done, Upload

# Everything is linked, then what is not on the list (standard input, sorted) is taken out again.
_CLONE = """cd {root} && if [ -d {new} ]; then cat >/dev/null; else export LC_ALL=C && rm -rf {new}.cloning && \
cp -al {old} {new}.cloning && cat >{new}.list && (cd {new}.cloning && find . -type f | sort | \
comm -23 - ../../{new}.list | tr '\\n' '\\0' | xargs -0 rm -f) && rm -f {new}.list && mv {new}.cloning {new}; fi"""


class ShellStore(SftpStore):
    """SFTP, with a POSIX shell beside it; rsync where both sides have it."""

    exactness = "content"

    def __init__(self, host: Host, root: str, token: str, *, rsync: bool) -> None:
        super().__init__(host, root, token)
        self._rsync = rsync

    def put(self, files: Sequence[Upload], done: Done) -> None:
        """See `Store`."""
        if not self._rsync or not files:
            super().put(files, done)
            return
        groups: dict[tuple[str, str], list[str]] = defaultdict(list)
        for file in files:
            source, target, name = _common(file)
            groups[source, target].append(name)
        run_sftp(
            self.host,
            [
                *self._folders([f"{INCOMING}/x", *(f"{target}/x" for _, target in groups if target)]),
                ("pwd", ""),
            ],
        )
        for (source, target), names in groups.items():
            place = f"{self.root}/{target}" if target else self.root
            run_rsync(self.host, source, place, names, f"{self.root}/{INCOMING}")
            for name in names:
                done(f"{target}/{name}" if target else name)

    def differing(self, expected: Sequence[tuple[str, str, int]]) -> list[str]:
        """See `Store`."""
        names = "\0".join(path for path, _, _ in expected).encode()
        script = f"cd {self._root} && xargs -0 sha256sum -b -- || true"
        output = run_shell(self.host, script, names) if expected else b""
        if output is None:
            return super().differing(expected)
        found = {}
        for line in output.decode("utf-8", "replace").splitlines():
            digest, _, path = line.partition(" ")
            found[path.removeprefix("*").removeprefix(" ")] = digest
        return [path for path, sha256, _ in expected if found.get(path) != sha256]

    def present(self, folder: str, paths: Sequence[str]) -> AbstractSet[str]:
        """See `FolderStore`."""
        output = run_shell(
            self.host, f"cd {self._root}/{shlex.quote(folder)} 2>/dev/null && find . -type f || true"
        )
        if output is None:
            return super().present(folder, paths)
        return {line.removeprefix("./") for line in output.decode("utf-8", "replace").splitlines()} & set(
            paths
        )

    def clone(self, old: str, new: str, paths: Sequence[str]) -> None:
        """See `FolderStore`. A clone that was interrupted has another name and is begun anew."""
        script = _CLONE.format(root=self._root, old=shlex.quote(old), new=shlex.quote(new))
        lines = sorted(f"./{path}\n".encode() for path in paths)
        if run_shell(self.host, script, b"".join(lines)) is None:
            super().clone(old, new, paths)

    def remove_tree(self, folder: str, paths: Sequence[str]) -> None:
        """See `FolderStore`."""
        if run_shell(self.host, f"cd {self._root} && rm -rf {shlex.quote(folder)}") is None:
            super().remove_tree(folder, paths)

    @property
    def _root(self) -> str:
        return shlex.quote(self.root)


def _common(file: Upload) -> tuple[str, str, str]:
    """Source folder, target folder and the name that both share, as long as it can be: rsync makes its folders."""
    source, target = file.source.as_posix().split("/"), file.path.split("/")
    shared = 0
    while shared < min(len(source) - 1, len(target)) and source[-1 - shared] == target[-1 - shared]:
        shared += 1
    shared = max(shared, 1)
    return "/".join(source[:-shared]), "/".join(target[:-shared]), "/".join(target[-shared:])


def open_ssh(host: Host, root: str, token: str, *, sftp_only: bool) -> SftpStore:
    """The store that fits what the other side offers."""
    host = share_connection(host)
    if not sftp_only:
        asked = run_shell(
            host, "command -v cp && command -v xargs && command -v sha256sum && { command -v rsync; pwd; }"
        )
        if asked is not None:
            lines = asked.decode("utf-8", "replace").splitlines()
            root = root if root.startswith("/") else f"{lines[-1]}/{root}"
            return ShellStore(host, root, token, rsync=len(lines) > 4 and has_rsync())
    return SftpStore(host, root, token)
