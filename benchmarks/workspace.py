"""A county with its townships, built as one workspace: from nothing, again, after an edit in a township, after a county title changed.

    python -m benchmarks.workspace [--towns 20] [--county 1000] [--town 100] [--jobs 2] [--work DIR]

Every fifth document of a township cites a policy of the county by its number. Budgets are ratios within the run, wide enough for a
busy machine; the command fails when one is broken. Every run adds a line to benchmarks/out/history.jsonl.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.corpus import write_corpus
from benchmarks.process import Run, keep, run
from govsite.pipeline.parallel import default_jobs

_NUMBER = re.compile(r"示县发(〔\d{4}〕\d+号)")
_TITLE = re.compile(r"^标题: ", re.MULTILINE)
_STEMS = "甲乙丙丁戊己庚辛壬癸"
# CPU time of a run, as a part of that of the build from nothing, at most.
BUDGETS = {"nothing changed": 0.30, "one town's body": 0.35, "one county title": 0.60, "plan": 0.25}


def main() -> None:
    """Measure, print the table, fail where a budget is broken."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--towns", type=int, default=20)
    parser.add_argument("--county", type=int, default=1000, help="documents of the county")
    parser.add_argument("--town", type=int, default=100, help="documents of each township")
    parser.add_argument("--jobs", type=int, default=default_jobs())
    parser.add_argument("--work", type=Path, help="an empty folder to work in; by default a temporary one")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="govsite-workspace-", ignore_cleanup_errors=True) as folder:
        root = (options.work or Path(folder)).resolve() / "county"
        write_workspace(root, options.towns, options.county, options.town)
        runs = _measure(root, options.jobs)
    documents = options.county + options.towns * options.town
    print(f"{options.towns + 1} sites, {documents} documents, {options.jobs} processes\n")
    print("| run | wall s | CPU s | peak MiB | of cold | at most |\n|---|---|---|---|---|---|")
    broken = False
    for name, one in runs.items():
        part, limit = one.cpu / runs["cold"].cpu, BUDGETS.get(name)
        print(f"| {name} | {one.wall:.2f} | {one.cpu:.2f} | {one.peak:.0f} | {part:.3f} | {limit or ''} |")
        broken |= limit is not None and part > limit
    sizes = {"towns": options.towns, "county": options.county, "town": options.town, "jobs": options.jobs}
    keep({"bench": "workspace", **sizes, "runs": {name: list(one) for name, one in runs.items()}})
    sys.exit(1 if broken else 0)


def write_workspace(root: Path, towns: int, county: int, town: int) -> None:
    """A county `county` and `towns` townships beside it; the same for the same numbers."""
    write_corpus(root / "county", county)
    _address(root / "county", "county", "县级")
    for number in range(towns):
        site = root / f"town{number:03d}"
        write_corpus(site, town, f"town{number}")
        _address(site, site.name, "乡级")
        shutil.rmtree(site / "content/catalog")
        word = "".join(_STEMS[int(digit)] for digit in f"{number:02d}")
        for index, file in enumerate(sorted((site / "content").rglob("*.md"))):
            text = _NUMBER.sub(rf"示{word}发\1", file.read_text(encoding="utf-8"))
            if index % 5 == 0:
                text += f"\n按照{_county_number(root, index % county)}办理。\n"
            file.write_text(text, encoding="utf-8", newline="\n")
    members = "".join(f"  - {name}\n" for name in ("county", "town*"))
    (root / "workspace.yaml").write_text(f"名称: 示例县\n成员:\n{members}共享: [county]\n", encoding="utf-8")


def _county_number(root: Path, number: int) -> str:
    """The number of the county's policy `number`, or of the one before where that is an interpretation."""
    for candidate in (number, number - 1, number + 1):
        for file in (root / "county/content").rglob(f"d{candidate:06d}.md"):
            found = re.search(r"^发文字号: (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
            if found:
                return found[1]
    return ""


def _address(site: Path, place: str, tier: str) -> None:
    config = site / "config.yaml"
    text = config.read_text(encoding="utf-8").replace("路径: /\n", f"路径: /{place}/\n")
    config.write_text(text.replace("层级: 县级", f"层级: {tier}"), encoding="utf-8", newline="\n")


def _measure(root: Path, jobs: int) -> dict[str, Run]:
    build = [sys.executable, "-m", "govsite", "build", "--workspace", "--quiet", "--jobs", str(jobs)]
    body = next(iter(sorted((root / "town000/content").rglob("*.md"))))
    title = next(file for file in sorted((root / "county/content").rglob("d000000.md")))
    calm = {"GOVSITE_DUTIES": "no"}
    runs = {"cold": run(build, root, calm), "nothing changed": run(build, root, calm)}
    body.write_text(body.read_text(encoding="utf-8") + "\n又一段。\n", encoding="utf-8", newline="\n")
    runs["one town's body"] = run(build, root, calm)
    text = title.read_text(encoding="utf-8")
    title.write_text(_TITLE.sub("标题: 新的", text, count=1), encoding="utf-8", newline="\n")
    runs["one county title"] = run(build, root, calm)
    runs["plan"] = run([sys.executable, "-m", "govsite", "plan", "--quiet", "--shards", "4"], root, calm)
    return runs


if __name__ == "__main__":
    main()
