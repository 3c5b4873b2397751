"""A real sshd and a real nginx on loopback, each in a folder of its own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Sshd:
    """config: client configuration in which the host is called `target`."""

    process: subprocess.Popen[bytes]
    config: Path

    def cut(self) -> int:
        """Cut every connection: the processes that serve them are killed. How many there were."""
        children = _children(self.process.pid)
        for child in children:
            for grandchild in [*_children(child), child]:
                try:
                    os.kill(grandchild, signal.SIGKILL)
                except ProcessLookupError:
                    continue
        return len(children)


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
    with (folder / "sshd.log").open("ab") as log:
        words = [sshd, "-D", "-e", "-f", str(folder / "sshd.conf")]
        with ended(subprocess.Popen(words, stderr=log)) as process:
            wait_for(port, process)
            host = (folder / "host.pub").read_text().split(" ")
            (folder / "known").write_text(f"[127.0.0.1]:{port} {host[0]} {host[1]}\n")
            config = folder / "client.conf"
            config.write_text(
                f"Host target\n  HostName 127.0.0.1\n  Port {port}\n  IdentityFile {folder}/user\n"
                f"  IdentitiesOnly yes\n  UserKnownHostsFile {folder}/known\n  StrictHostKeyChecking yes\n"
            )
            yield Sshd(process, config)


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
