"""The only door to OpenSSH and rsync: the programs that the administrator's keys, agents and jump hosts already work with."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import IO

from govsite.frozen import dataclass
from govsite.problems.problem import Problem
from govsite.publish.failure import PublishError, StoreError

_IN_FLIGHT = 4
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Host:
    """A machine reached by SSH. name: `user@host` or an alias of the SSH configuration; config: file of `-F`, or `""`;
    shared: folder in which one connection is kept open for all commands of a run, `""` where each makes its own.
    """

    name: str
    port: int = 0
    config: str = ""
    shared: str = ""

    def words(self, port_flag: str) -> list[str]:
        """Options that ssh and sftp share. Nobody is asked anything: keys and known hosts must be in place."""
        options = ("BatchMode=yes", "ConnectTimeout=15", "ServerAliveInterval=10", "ServerAliveCountMax=3")
        words = [word for option in options for word in ("-o", option)]
        words += ["-F", self.config] if self.config else []
        if self.shared:
            sharing = ("ControlMaster=auto", f"ControlPath={self.shared}/%C", "ControlPersist=30")
            words += [word for option in sharing for word in ("-o", option)]
        return words + ([port_flag, str(self.port)] if self.port else [])


Command = tuple[str, str]
"""A line for sftp and the path that is finished with it, `""` where none is."""


def share_connection(host: Host) -> Host:
    """The host with one connection for a whole run, where OpenSSH can do that (not on Windows)."""
    return host if os.name == "nt" else replace(host, shared=tempfile.mkdtemp(prefix="gs-"))


def end_connection(host: Host) -> None:
    """Close the shared connection."""
    if host.shared:
        words = [program("ssh"), *host.words("-p"), "-O", "exit", host.name]
        subprocess.run(words, capture_output=True, check=False)  # noqa: S603
        shutil.rmtree(host.shared, ignore_errors=True)


def program(name: str) -> str:
    """Path of a program. Raises `PublishError` (PUB308) where the machine has none."""
    path = shutil.which(name)
    if path is None:
        raise PublishError(Problem.at("PUB308", None, tool=name))
    return path


def quoted(path: str) -> str:
    """A path as sftp reads it, whatever characters it holds."""
    return '"' + path.replace("\\", "\\\\").replace('"', '\\"') + '"'


def run_sftp(host: Host, commands: Sequence[Command], done: Callable[[str], None] = lambda path: None) -> str:
    """Run commands in one connection; everything printed. The first that fails ends it with `StoreError`.

    Commands are handed over a few at a time: when govsite is killed, nothing of any length runs on behind its back.
    """
    words = [program("sftp"), *host.words("-P"), "-b", "-", host.name]
    printed: list[str] = []
    with tempfile.TemporaryFile() as errors, _start(words, errors) as process:
        assert process.stdin and process.stdout  # noqa: S101 - both are pipes
        waiting = iter(commands)
        sent: list[str] = []
        begun = 0
        with suppress(OSError):
            for _ in range(_IN_FLIGHT):
                _send(process, waiting, sent)
            for line in process.stdout:
                if not line.startswith(b"sftp> "):
                    printed.append(line.decode("utf-8", "replace"))
                    continue
                begun += 1
                if begun > 1 and sent[begun - 2]:
                    done(sent[begun - 2])
                _send(process, waiting, sent)
        with suppress(OSError):  # a peer that is gone takes what is still in the buffer with it
            process.stdin.close()
        code = process.wait()
        if code:
            errors.seek(0)
            raise StoreError(_doing(sent, begun), _last_line(errors.read()))
        if sent and sent[-1]:
            done(sent[-1])
    return "".join(printed)


def _send(process: subprocess.Popen[bytes], waiting: Iterator[Command], sent: list[str]) -> None:
    """Hand over the next command, or the end."""
    stdin = process.stdin
    if stdin is None or stdin.closed:
        return
    command = next(waiting, None)
    if command is None:
        stdin.close()
        return
    sent.append(command[1])
    stdin.write(f"{command[0]}\n".encode())
    stdin.flush()


def _doing(sent: Sequence[str], begun: int) -> str:
    return next((path for path in sent[max(begun - 1, 0) :] if path), "")


def run_shell(host: Host, script: str, data: bytes = b"") -> bytes | None:
    """Output of a POSIX shell script at the other side, None where it failed or there is no shell. data: its input."""
    words = [program("ssh"), *host.words("-p"), "-T", host.name, script]
    done = subprocess.run(  # noqa: S603
        words, input=data, capture_output=True, check=False, preexec_fn=_die_with_parent()
    )
    return done.stdout if done.returncode == 0 else None


def run_rsync(host: Host, source: str, target: str, names: Sequence[str], incoming: str) -> None:
    """Send files `names` of folder `source` into folder `target` there. Each is written in `incoming` and renamed."""
    ssh = " ".join(_word(word) for word in (program("ssh"), *host.words("-p"), "-T"))
    words = [
        program("rsync"), "-r", "-s", "--chmod=D755,F644", "--checksum", "--from0", "--files-from=-",
        f"--temp-dir={incoming}", "-e", ssh, f"{source}/", f"{host.name}:{target}/",
    ]  # fmt: skip
    done = subprocess.run(  # noqa: S603
        words,
        input="\0".join(names).encode(),
        capture_output=True,
        check=False,
        preexec_fn=_die_with_parent(),
    )
    if done.returncode:
        raise StoreError(target, _first_line(done.stderr))


def has_rsync() -> bool:
    """Whether rsync can be used here. Elsewhere than on Linux it would run on after its parent was killed."""
    return sys.platform.startswith("linux") and shutil.which("rsync") is not None


def _word(word: str) -> str:
    return f'"{word}"' if " " in word else word


def _start(words: Sequence[str], errors: IO[bytes]) -> subprocess.Popen[bytes]:
    # Names in Chinese are printed as they are only where the locale is UTF-8.
    environ, dying = {**os.environ, "LC_ALL": "C.UTF-8"}, _die_with_parent()
    return subprocess.Popen(  # noqa: S603
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, env=environ,
        preexec_fn=dying,  # noqa: PLW1509 - a system call alone, and no thread was started
    )  # fmt: skip


def _die_with_parent() -> Callable[[], None] | None:
    """On Linux a child is killed with its parent: what was sent by a run that died must not arrive after the next one."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    return (lambda: prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)) if prctl else None


def _last_line(text: bytes) -> str:
    lines = [line.strip() for line in text.decode("utf-8", "replace").splitlines() if line.strip()]
    return lines[-1] if lines else "sftp"


def _first_line(text: bytes) -> str:
    lines = [line.strip() for line in text.decode("utf-8", "replace").splitlines() if line.strip()]
    return lines[0] if lines else "rsync"
