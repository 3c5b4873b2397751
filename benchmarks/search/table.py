"""The whole table of `docs/search-figures.md`, one column a size: run it alone on the machine.

    python benchmarks/search/table.py 1000 10000 50000 [--corpora FOLDER] [--queries 2000] [--latency 200] [--only …]

FOLDER has the documents of a size in a folder named after it (`FOLDER/10000`), as Markdown (see corpus.py); without it
documents are made. Each size is a process of its own (`measure.py`); its rows are printed as they come.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path


def measure(size: int, corpora: Path | None, options: list[str]) -> dict[str, str]:
    """Run `measure.py` and return its rows."""
    source = ["--corpus", str(corpora / str(size))] if corpora else ["--make", str(size)]
    command = [sys.executable, str(Path(__file__).with_name("measure.py")), *source, *options]
    rows: dict[str, str] = {}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        for line in process.stdout or ():
            print(line, end="", file=sys.stderr, flush=True)
            cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")]
            if line.startswith("| ") and len(cells) == 2:
                rows[cells[0]] = cells[1]
    if process.returncode:
        raise SystemExit(process.returncode)
    return rows


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sizes", type=int, nargs="+")
    parser.add_argument("--corpora", type=Path)
    arguments, options = parser.parse_known_args()
    columns = [measure(size, arguments.corpora, options) for size in arguments.sizes]
    names = list(dict.fromkeys(name for rows in columns for name in rows if name not in ("", "documents")))
    print("| | " + " | ".join(f"{size:,}" for size in arguments.sizes) + " |")
    print("|---" * (len(columns) + 1) + "|")
    for name in names:
        print(f"| {name} | " + " | ".join(rows.get(name, "") for rows in columns) + " |")


if __name__ == "__main__":
    main()
