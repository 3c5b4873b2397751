"""The terminal at size: what a small edition weighs, and how the server bears a minute of fifty clients.

    python -m benchmarks.terminal delta 10000      one document edited: bytes of the small edition against the whole one
    python -m benchmarks.terminal load 10000 [--clients 50] [--seconds 60]

Both make the corpus of `benchmarks.corpus`, build it with the Whoosh index, pack and install it. `--work DIR` keeps what was made,
so that the second call need not build again.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from benchmarks.corpus import write_corpus
from govsite.edition.install import Order, install
from govsite.files.signature import make_keys, public_key_of
from govsite.pipeline.build import Request, build_site
from govsite.pipeline.pack import PackRequest, pack_site

_AGAIN = [
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
"""What a hall asks again and again."""

_COMMON = [
    "政务公开",
    "补贴",
    "低保",
    "意见",
    "养老",
    "通知",
    "农业",
    "工作",
    "实施",
    "办法",
    "服务",
    "教育",
    "医疗",
    "县",
]
"""Words in most documents of the corpus: two of them with a number are a query that was not asked before, of the dearest kind."""


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
    with edited.open("a", encoding="utf-8") as page:
        page.write("\n本段为勘误，请到示例县档案馆查阅。\n")
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
        load = Load(port, pages, time.perf_counter() + seconds)
        memory = asyncio.run(load.run(clients, server.pid))
        server.terminate()
    for kind, times in sorted(load.found.items()):
        times.sort()
        at = [times[min(len(times) - 1, int(len(times) * share))] * 1000 for share in (0.5, 0.95, 0.99)]
        print(
            f"{kind}: {len(times)} answers, p50 {at[0]:.0f} ms, p95 {at[1]:.0f} ms, p99 {at[2]:.0f} ms, slowest {times[-1] * 1000:.0f} ms"
        )
    print(f"asked to come again: {load.refused}; errors {len(load.errors)} {load.errors[:3]}")
    print(
        f"memory of the server and its search processes: {memory[0]:.0f} MB at first, {max(memory):.0f} MB at most"
    )


@dataclass
class Load:
    """Clients that each wait for an answer and ask again at once. found: seconds by kind of question."""

    port: int
    pages: list[str]
    stop: float
    found: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    refused: int = 0

    async def run(self, clients: int, process: int) -> list[float]:
        """Memory in MB, second by second."""
        tasks = [asyncio.create_task(self._client(number)) for number in range(clients)]
        memory = [_memory(process)]
        while time.perf_counter() < self.stop:
            await asyncio.sleep(1)
            memory.append(_memory(process))
        await asyncio.gather(*tasks)
        return memory

    async def _client(self, number: int) -> None:
        """Nine pages, then a search; every client its own."""
        chance = random.Random(number)
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        turn = number
        while time.perf_counter() < self.stop:
            turn += 1
            kind, path = _search(chance) if turn % 10 == 0 else ("page", quote(chance.choice(self.pages)))
            began = time.perf_counter()
            try:
                writer.write(f"GET /{path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
                head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 60)
                length = head.lower().split(b"content-length: ")[1].split(b"\r\n")[0]
                await reader.readexactly(int(length))
            except (OSError, EOFError, TimeoutError) as error:
                self.errors.append(repr(error))
                return
            status = head.split()[1]
            if status == b"429":
                self.refused += 1
            elif status != b"200":
                self.errors.append(f"{status.decode()} {path}")
            self.found.setdefault(kind, []).append(time.perf_counter() - began)
        writer.close()


def _search(chance: random.Random) -> tuple[str, str]:
    sort = chance.randrange(3)
    if sort == 0:
        kind, word = "search, asked before", chance.choice(_AGAIN)
    elif sort == 1:
        kind, word = (
            "search, a new number",
            f"示县发〔20{chance.randrange(15, 26)}〕{chance.randrange(1, 9999)}号",
        )
    else:
        first, second = chance.sample(_COMMON, 2)
        kind, word = "search, new and in most documents", f"{first} {second} -{chance.randrange(10**6)}"
    return kind, f"_/search.json?q={quote(word)}"


def _memory(process: int) -> float:
    """Resident memory of a process and those it started, in MB, where the system tells; shared pages count in each."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    except OSError:
        return 0.0
    own = int(status.split("VmRSS:")[1].split()[0]) / 1024 if "VmRSS:" in status else 0.0
    return own + sum(_memory(int(child)) for child in children)


if __name__ == "__main__":
    main()
