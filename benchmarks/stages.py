"""Where a cold build's time goes: a table of stages, seconds and memory.

    python -m benchmarks.stages [1000] [--jobs 2] [--rounds 3]

Each round is a whole process. Seconds are medians; memory is the peak of the largest process. Figures of one machine
compare with each other only.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.corpus import write_corpus

_CHILD = """
import json, resource, sys
from pathlib import Path
from govsite.pipeline.build import Request, build_site
outcome = build_site(Request(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])))
peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
cpu = sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(json.dumps([outcome.timings, outcome.pages, max(peaks) / 1024, cpu, outcome.written]))
"""


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=1000)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        write_corpus(site, options.count)
        runs = [_run(site, Path(folder) / f"out-{number}", options.jobs) for number in range(options.rounds)]
    _print(options.count, options.jobs, runs)


def _run(site: Path, out: Path, jobs: int) -> dict[str, float]:
    started = time.perf_counter()
    child = subprocess.run(
        [sys.executable, "-c", _CHILD, str(site), str(out), str(jobs)],
        check=True,
        capture_output=True,
        text=True,
    )
    wall = time.perf_counter() - started
    timings, pages, peak, cpu, written = json.loads(child.stdout)
    if not written:
        raise SystemExit("the corpus did not build")
    figures: dict[str, float] = {}
    for stage, seconds in timings:
        figures[stage] = figures.get(stage, 0.0) + seconds
    return figures | {"whole process": wall, "cpu": cpu, "pages": pages, "peak MB": peak}


def _print(count: int, jobs: int, runs: list[dict[str, float]]) -> None:
    medians = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
    print(f"{count} documents, {medians['pages']:.0f} pages, {jobs} processes, median of {len(runs)}\n")
    print("| stage | seconds | ms a document |\n|---|---|---|")
    for name, value in medians.items():
        if name not in {"pages", "peak MB"}:
            print(f"| {name} | {value:.2f} | {value * 1000 / count:.2f} |")
    print(f"\npeak memory of the largest process: {medians['peak MB']:.0f} MB")


if __name__ == "__main__":
    main()
