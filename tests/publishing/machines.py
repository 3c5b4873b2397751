"""A real sshd and a real nginx on loopback, each in a folder of its own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

SBIN = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])


def need(name: str) -> str:
    """Path of a program; the test is skipped where the machine has none."""
    path = shutil.which(name, path=SBIN)
    if path is None:
        pytest.skip(f"no {name} on this machine: run `python3 dev/test.py`, or install it")
    return path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert process.poll() is None, "the server did not start"
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the server does not answer")


@contextmanager
def ended(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class Sshd:
    """An SSH server. config: client configuration in which the host is called `target`."""

    def __init__(self, words: list[str], port: int, log: Path, config: Path) -> None:
        self.config = config
        self._words, self._port, self._log = words, port, log
        self._process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as log:
            process = subprocess.Popen(self._words, stderr=log)
        wait_for(self._port, process)
        return process

    def cut(self) -> None:
        """Cut the network: what serves connections is killed, and nothing listens until `restore`."""
        children = _children(self._process.pid)
        self.stop()
        for child in children:
            for each in [*_children(child), child]:
                try:
                    os.kill(each, signal.SIGKILL)
                except ProcessLookupError:
                    continue

    def restore(self) -> None:
        """Listen again, if it does not."""
        if self._process.poll() is not None:
            self._process = self._start()

    def stop(self) -> None:
        """End the listener."""
        self._process.kill()
        self._process.wait()


def _children(pid: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(words[1]) == pid:
            found.append(int(stat.parent.name))
    return found


@contextmanager
def running_sshd(folder: Path, *, sftp_only: bool = False) -> Iterator[Sshd]:
    sshd, keygen = need("sshd"), need("ssh-keygen")
    need("sftp")
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("host", "user"):
        if not (folder / name).exists():
            subprocess.run([keygen, "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True)
    shutil.copy(folder / "user.pub", folder / "authorized")
    port = free_port()
    only = "ForceCommand internal-sftp" if sftp_only else ""
    (folder / "sshd.conf").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/authorized\n"
        f"PidFile none\nStrictModes no\nUsePAM no\nPasswordAuthentication no\nPermitRootLogin yes\n"
        f"MaxStartups 100:30:200\nSubsystem sftp internal-sftp\n{only}\n"
    )
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    host = (folder / "host.pub").read_text().split(" ")
    (folder / "known").write_text(f"[127.0.0.1]:{port} {host[0]} {host[1]}\n")
    config = folder / "client.conf"
    config.write_text(
        f"Host target\n  HostName 127.0.0.1\n  Port {port}\n  IdentityFile {folder}/user\n"
        f"  IdentitiesOnly yes\n  UserKnownHostsFile {folder}/known\n  StrictHostKeyChecking yes\n"
    )
    server = Sshd([sshd, "-D", "-e", "-f", str(folder / "sshd.conf")], port, folder / "sshd.log", config)
    try:
        yield server
    finally:
        server.stop()


NGINX = """\
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log warn; {modules}
events {{ worker_connections 256; }}
http {{
  include /etc/nginx/mime.types; default_type application/octet-stream; access_log off; {http}
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  server {{ listen 127.0.0.1:{port}; server_name localhost; {server} }}
}}
"""


@contextmanager
def running_nginx(folder: Path, server: str, *, http: str = "", modules: str = "") -> Iterator[str]:
    """Address of an nginx whose `server` block holds these lines, without a trailing slash."""
    nginx = need("nginx")
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    user = "user root; " if os.geteuid() == 0 else ""  # the workers must reach the folder of the test
    config = folder / "nginx.conf"
    config.write_text(
        user + NGINX.format(folder=folder, port=port, server=server, http=http, modules=modules),
        encoding="utf-8",
    )
    with (folder / "out.log").open("ab") as log:
        words = [nginx, "-p", str(folder), "-c", str(config)]
        with ended(subprocess.Popen(words, stdout=log, stderr=log)) as process:
            wait_for(port, process)
            yield f"http://127.0.0.1:{port}"
