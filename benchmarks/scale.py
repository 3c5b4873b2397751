"""What a document costs as the site grows, and how much memory that takes.

    python -m benchmarks.scale [1000 3000 10000 30000 100000] [--jobs 2] [--sites DIR]

Each size is one build from nothing, a whole process. Time per document at the largest size is set against that at 10,000
(or the nearest size below): at most 1.15 times as much; memory of the largest process at most 2 GiB. A corpus of 100,000
documents is 0.3 GB of sources and 3 GB of site. Nothing is deleted before the last size is measured: a file system is slow
for some time after a large deletion. Figures go into benchmarks/out/history.jsonl.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.corpus import write_corpus
from benchmarks.process import Run, keep, run
from govsite.pipeline.parallel import default_jobs

SIZES = (1_000, 3_000, 10_000, 30_000, 100_000)
REFERENCE = 10_000
GROWTH = 1.15
MEMORY = 2048.0  # MiB


def main() -> None:
    """Measure every size, print the table, fail when a limit is passed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--jobs", type=int, default=default_jobs())
    parser.add_argument(
        "--work", type=Path, help="where corpora and sites are written; by default a temporary folder"
    )
    parser.add_argument(
        "--sites",
        type=Path,
        help="a folder with sites of ours named by their size, in place of generated ones",
    )
    options = parser.parse_args()
    sizes = sorted(options.sizes)
    found: dict[int, Run] = {}
    print(
        "| documents | wall s | CPU s | ms a document | CPU ms a document | peak MiB |\n|---|---|---|---|---|---|"
    )
    with tempfile.TemporaryDirectory(prefix="govsite-scale-", ignore_cleanup_errors=True) as folder:
        work = (options.work or Path(folder)).resolve()
        work.mkdir(parents=True, exist_ok=True)
        for size in sizes:
            site = work / f"site-{size}"
            if options.sites:
                shutil.copytree(options.sites / str(size), site, ignore=shutil.ignore_patterns("build"))
            else:
                write_corpus(site, size)
            found[size] = _build(site, options.jobs)
            _tell(size, found[size])
    failed = _judge(found)
    keep(
        {
            "bench": "scale",
            "jobs": options.jobs,
            "runs": {str(size): list(each) for size, each in found.items()},
        }
    )
    sys.exit(1 if failed else 0)


def _build(site: Path, jobs: int) -> Run:
    measured = run([sys.executable, "-m", "govsite", "build", "--quiet", "--jobs", str(jobs)], site)
    if not (site / "build" / "site" / "index.html").is_file():
        raise SystemExit("the corpus did not build")
    return measured


def _tell(size: int, measured: Run) -> None:
    each = measured.wall * 1000 / size, measured.cpu * 1000 / size
    print(
        f"| {size:,} | {measured.wall:.2f} | {measured.cpu:.2f} | {each[0]:.3f} | {each[1]:.3f} | {measured.peak:.0f} |",
        flush=True,
    )


def _judge(found: dict[int, Run]) -> bool:
    """Whether growth or memory is beyond its limit."""
    largest = max(found)
    reference = max((size for size in found if size <= REFERENCE), default=largest)
    growth = (found[largest].wall / largest) / (found[reference].wall / reference)
    peak = found[largest].peak
    print(f"\ntime per document at {largest:,}: {growth:.3f} of that at {reference:,} (limit {GROWTH})")
    print(f"peak memory of the largest process at {largest:,}: {peak:.0f} MiB (limit {MEMORY:.0f})")
    return growth > GROWTH or peak > MEMORY


if __name__ == "__main__":
    main()
