"""A real Dask scheduler and two worker processes on loopback make the bytes that this machine makes."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from govsite.pipeline import cluster
from running import govsite, tree, write_site

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest.importorskip("distributed", reason="Dask is not installed: pip install 'govsite[dask]'")

DOCUMENTS = int(os.environ.get("GOVSITE_TEST_CLUSTER_DOCUMENTS", "120"))


@contextmanager
def _process(*words: str, folder: Path) -> Iterator[None]:
    with (folder / f"{words[0]}.log").open("ab") as log:
        started = subprocess.Popen([sys.executable, "-m", "distributed.cli.dask_" + words[0], *words[1:]], stdout=log,
                                   stderr=log, cwd=folder)  # fmt: skip
        try:
            yield
        finally:
            started.terminate()
            started.wait(timeout=20)


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """Address of a scheduler with two workers, each a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path / "cluster"
    folder.mkdir()
    address = f"127.0.0.1:{port}"
    with ExitStack() as stack:
        stack.enter_context(
            _process("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard", "--no-show",
                     folder=folder)
        )  # fmt: skip
        for _ in range(2):
            stack.enter_context(
                _process("worker", f"tcp://{address}", "--nthreads", "1", "--no-nanny", "--no-dashboard",
                         "--host", "127.0.0.1", folder=folder)
            )  # fmt: skip
        _wait_for_workers(address)
        yield f"dask://{address}"


def _wait_for_workers(address: str) -> None:
    from distributed import Client

    last = time.monotonic() + 60
    while True:
        try:
            with Client(f"tcp://{address}", timeout=2, set_as_default=False) as client:
                client.wait_for_workers(2, timeout=60)
                return
        except OSError:
            if time.monotonic() > last:
                raise


def _site(folder: Path) -> Path:
    head = (
        "---\n标题: 第{0}号通知\n发布日期: 2024-05-{1:02d}\n公开属性: 主动公开\n---\n\n第{0}号通知的正文。\n"
    )
    files = {
        f"content/disclosures/2024/{number}.md": head.format(number, number % 28 + 1)
        for number in range(DOCUMENTS)
    }
    return write_site(folder, files)


def test_a_cluster_makes_the_same_bytes(tmp_path: Path, scheduler: str) -> None:
    site = _site(tmp_path / "站 点")
    words = ("build", "--site", site, "--quiet", "--as-of", "2024-06-01")
    for out, more in (("here", ()), ("there", ("--scheduler", scheduler))):
        code, said = govsite(*words, "--out", tmp_path / out, *more, environ={"GOVSITE_DUTIES": "no"})
        assert code == 0, said
    here = tree(tmp_path / "here")
    assert tree(tmp_path / "there") == here
    assert len(here) > DOCUMENTS
    from distributed import Client

    asked = "bool(__import__('govsite.pipeline.cluster', fromlist=['_made'])._made)"
    with Client("tcp://" + scheduler.removeprefix("dask://"), set_as_default=False) as client:
        assert list(client.run(eval, asked).values()) == [True, True], "both workers did some of it"


def test_what_is_wrong_with_a_cluster_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "WAIT", 1)
    site = _site(tmp_path / "site")
    for address, part in (("tcp://127.0.0.1:1", "dask://"), ("dask://127.0.0.1:1", "127.0.0.1:1")):
        code, said = govsite("build", "--site", site, "--scheduler", address)
        assert code == 2
        assert part in said
        assert "Traceback" not in said
