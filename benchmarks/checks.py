"""What all checks together cost: a cold build with them, and one with each of them taken out.

    python -m benchmarks.checks [10000] [--rounds 3] [--jobs 1]

CPU seconds (user and system) of whole processes, medians. The site is a git repository, its addresses are recorded, so
that history and permanence are judged too. Taken out are: personal data and secrecy (documents, attachments), duties,
reviews, addresses, history, and the check of finished pages. What reads attachments for the search index stays.
The aim (issue of the gate): checks cost less than 30 % of the build.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from shutil import which

from benchmarks.corpus import write_corpus

_CHILD = """
import importlib, json, pkgutil, resource, sys
from pathlib import Path
import govsite.pipeline
from govsite.check.pages import PageCheck
from govsite.pipeline import build

OFF = {
    "check_document_privacy": [], "check_document_secrecy": [], "check_attachment_privacy": [],
    "check_attachment_secrecy": [], "check_lines_privacy": [], "check_duties": [], "check_reviews": [],
    "check_addresses": [], "check_history": [], "read_history": None, "check_packs": [], "check_rollup": [],
}
if sys.argv[4] == "off":
    names = [found.name for found in pkgutil.iter_modules(govsite.pipeline.__path__)]
    rooms = [importlib.import_module(f"govsite.pipeline.{name}") for name in names]
    for name, answer in OFF.items():
        holders = [room for room in rooms if hasattr(room, name)]
        assert holders, f"{name} is called nowhere: a check that moved must not be measured as cheap"
        for room in holders:
            setattr(room, name, lambda *given, answer=answer, **named: answer)
    PageCheck.check = lambda *given: []
outcome = build.build_site(build.Request(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), today="2026-11-25"))
cpu = sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(json.dumps([cpu, outcome.written, outcome.pages, len(outcome.findings)]))
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--jobs", type=int, default=1, help="1: patches do not reach other processes started by spawn"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        write_corpus(site, options.count)
        _record(site)
        runs: dict[str, list[float]] = {"on": [], "off": []}
        for number in range(options.rounds):
            for state, seconds in runs.items():
                out = Path(folder) / f"out-{state}-{number}"
                seconds.append(_run(site, out, options.jobs, state))
    on, off = (statistics.median(seconds) for seconds in runs.values())
    print(f"{options.count} documents, {options.rounds} rounds, CPU seconds")
    print(f"checks on {on:.2f}  off {off:.2f}  cost {(on - off) / off:.1%} of the build without them", end="")
    print(f"  ({(on - off) / on:.1%} of the whole, {(on - off) * 1000 / options.count:.2f} ms a document)")


def _record(site: Path) -> None:
    environ = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull}
    subprocess.run(
        [sys.executable, "-m", "govsite", "addresses", "--write", "--quiet", "--site", site],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    if which("git"):
        who = ["-c", "user.name=bench", "-c", "user.email=bench@example.gov.cn"]
        for words in (["init", "--quiet"], ["add", "."], [*who, "commit", "--quiet", "-m", "all"]):
            subprocess.run(["git", *words], cwd=site, check=True, env=environ)


def _run(site: Path, out: Path, jobs: int, state: str) -> float:
    subprocess.run(  # a cold build: nothing kept from the last one
        [
            sys.executable,
            "-c",
            "import shutil, sys; shutil.rmtree(sys.argv[1], ignore_errors=True)",
            site / "build",
        ],
        check=True,
    )
    child = subprocess.run(
        [sys.executable, "-c", _CHILD, str(site), str(out), str(jobs), state],
        check=True,
        capture_output=True,
        text=True,
        env={name: value for name, value in os.environ.items() if not name.startswith("GOVSITE_")},
    )
    cpu, written, pages, findings = json.loads(child.stdout)
    if not written:
        raise SystemExit("the corpus did not build")
    print(f"{state:3} {cpu:.2f} s  {pages} pages  {findings} findings", file=sys.stderr)
    return float(cpu)


if __name__ == "__main__":
    main()
