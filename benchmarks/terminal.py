"""The terminal at size: what a small edition weighs, and how the server bears a minute of fifty clients.

    python -m benchmarks.terminal delta 10000      one document edited: bytes of the small edition against the whole one
    python -m benchmarks.terminal load 10000 [--clients 50] [--seconds 60]

Both make the corpus of `benchmarks.corpus`, build it with the Whoosh index, pack and install it. `--work DIR` keeps what was made,
so that the second call need not build again.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from benchmarks.corpus import write_corpus
from govsite.edition.install import Order, install
from govsite.files.signature import make_keys, public_key_of
from govsite.pipeline.build import Request, build_site
from govsite.pipeline.pack import PackRequest, pack_site

_WORDS = [
    "政务公开",
    "补贴",
    "低保",
    "zwgk",
    "示县发",
    "意见",
    "农业 补贴",
    "养老",
    "监督检查",
    "的",
    "公",
    "不存在的词语",
]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["delta", "load"])
    parser.add_argument("count", type=int)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--work", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = options.work or Path(folder)
        work.mkdir(parents=True, exist_ok=True)
        if options.what == "delta":
            measure_delta(work, options.count)
        else:
            measure_load(work, options.count, options.clients, options.seconds)


def _pack(work: Path, count: int, since: str = "") -> tuple[Path, Path | None]:
    """The corpus built and packed; what is there already is used again."""
    site = work / f"site-{count}"
    if not site.is_dir():
        write_corpus(site, count)
        with (site / "config.yaml").open("a", encoding="utf-8") as config:
            config.write("检索:\n  whoosh: 是\n")
    out = site / "build" / "site"
    if since or not out.is_dir():
        outcome = build_site(Request(site, out, os.cpu_count() or 1, environ={"GOVSITE_DUTIES": "no"}))
        if not outcome.written:
            raise SystemExit("the corpus did not build")
    key = work / "private.pem"
    if not key.is_file():
        key.write_bytes(make_keys().private)
    packed = pack_site(PackRequest(site, out, site / "build" / "edition", key.read_bytes(), since=since))
    return packed.whole, packed.small


def measure_delta(work: Path, count: int) -> None:
    """Edit one document in the middle of the years, and compare."""
    started = time.process_time()
    whole, _ = _pack(work, count)
    packing = time.process_time() - started
    documents = sorted((work / f"site-{count}" / "content" / "policies").rglob("*.md"))
    edited = documents[len(documents) // 3]
    with edited.open("a", encoding="utf-8") as file:
        file.write("\n本段为勘误，请到示例县档案馆查阅。\n")
    after, small = _pack(work, count, str(int(whole.stem.rpartition("-")[2])))
    assert small is not None
    share = small.stat().st_size / after.stat().st_size
    print(
        f"whole {after.stat().st_size / 1e6:.1f} MB, small {small.stat().st_size / 1e3:.0f} kB: {share:.3%}"
    )
    public = public_key_of((work / "private.pem").read_bytes())
    for name, files in (("a", (whole, small)), ("b", (whole, after))):
        for file in files:
            began = time.perf_counter()
            shutil.rmtree(work / name, ignore_errors=True) if file is whole else None
            install(Order(work / name, datetime.now().astimezone(), public, file))
            print(f"install {file.name} {time.perf_counter() - began:.1f} s")
    trees = [_tree(work / name / "editions") for name in "ab"]
    print(
        "small and whole install the same bytes:",
        trees[0] == trees[1],
        f"(built and packed in {packing:.0f} s of CPU)",
    )


def _tree(root: Path) -> dict[str, bytes]:
    import hashlib

    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).digest()
        for path in root.rglob("*")
        if path.is_file()
    }


def measure_load(work: Path, count: int, clients: int, seconds: float) -> None:
    """Clients that read pages and search, each waiting for its answer; latencies in milliseconds."""
    whole, _ = _pack(work, count)
    root = work / "terminal"
    shutil.rmtree(root, ignore_errors=True)
    install(
        Order(root, datetime.now().astimezone(), public_key_of((work / "private.pem").read_bytes()), whole)
    )
    words = [sys.executable, "-m", "govsite", "kiosk", str(root), "--port", "0", "--quiet"]
    began = time.perf_counter()
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, encoding="utf-8") as server:
        assert server.stdout is not None
        line = server.stdout.readline()
        print(f"verified and serving after {time.perf_counter() - began:.1f} s")
        port = int(line.split("http://127.0.0.1:")[1].split("/")[0])
        site = next((root / "editions").iterdir()) / "site"
        pages = [path.relative_to(site).as_posix() for path in sorted(site.rglob("*.html"))]
        found: dict[str, list[float]] = {"page": [], "search": []}
        errors: list[str] = []
        memory = [_memory(server.pid)]
        stop = time.perf_counter() + seconds
        threads = [
            threading.Thread(target=_client, args=(port, pages, number, stop, found, errors))
            for number in range(clients)
        ]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            time.sleep(1)
            memory.append(_memory(server.pid))
        for thread in threads:
            thread.join()
        server.terminate()
    for kind, times in found.items():
        times.sort()
        at = [times[min(len(times) - 1, int(len(times) * share))] * 1000 for share in (0.5, 0.95, 0.99)]
        print(f"{kind}: {len(times)} answers, p50 {at[0]:.0f} ms, p95 {at[1]:.0f} ms, p99 {at[2]:.0f} ms")
    print(
        f"errors {len(errors)} {errors[:3]}; memory {memory[0]:.0f} MB at first, {max(memory):.0f} MB at most"
    )


def _client(
    port: int, pages: list[str], number: int, stop: float, found: dict[str, list[float]], errors: list[str]
) -> None:
    """Nine pages, then a search; every client its own."""
    chance = random.Random(number)
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    turn = 0
    while time.perf_counter() < stop:
        turn += 1
        kind = "search" if turn % 10 == 0 else "page"
        word = (
            chance.choice(_WORDS)
            if chance.random() < 0.5
            else f"示县发〔20{chance.randrange(15, 26)}〕{chance.randrange(1, 9999)}号"
        )
        path = f"/_/search.json?q={quote(word)}" if kind == "search" else "/" + quote(chance.choice(pages))
        began = time.perf_counter()
        try:
            link.request("GET", path)
            answer = link.getresponse()
            answer.read()
            if answer.status != 200:
                errors.append(f"{answer.status} {path}")
        except OSError as error:
            errors.append(repr(error))
            link.close()
        found[kind].append(time.perf_counter() - began)
    link.close()


def _memory(process: int) -> float:
    """Resident memory in MB, where the system tells."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


if __name__ == "__main__":
    main()
