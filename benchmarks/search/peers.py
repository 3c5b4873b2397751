"""The same documents and queries with govsite, Pagefind (extended), MiniSearch and lunr + jieba: a Markdown table.

    python benchmarks/search/peers.py --corpus FOLDER | --make N  --modules NODE_MODULES [--queries 200]

NODE_MODULES holds `pagefind`, `minisearch` and `lunr` (npm install pagefind minisearch lunr); jieba comes from PyPI.
Words for MiniSearch and lunr are cut by jieba in search mode, documents and queries alike. Recall is against plain
substring search over folded lines, of which every peer is given the folded text.
"""

from __future__ import annotations

import argparse
import html
import json
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from measure import LABELS, SUBMIT, draw_queries, percentile
from playwright.sync_api import sync_playwright
from serve import CountingServer, write_site

from corpus import load_records, make_records
from govsite.index.extract import fold_fields
from govsite.index.slots import assign_slots

if TYPE_CHECKING:
    from govsite.model.search import SearchRecord

PAGE = '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{id}</title></head><body><main>{text}</main></body></html>'


def read_lines(record: SearchRecord) -> list[str]:
    """Return all folded lines of a record."""
    return [
        line for field in fold_fields(record, LABELS) for part in field for line in part.split("\n") if line
    ]


def cut_words(texts: list[str]) -> list[list[str]]:
    """Cut texts into words by jieba, in search mode."""
    import jieba

    jieba.setLogLevel(60)
    return [[word for word in jieba.cut_for_search(text) if word.strip()] for text in texts]


def run_node(
    arguments: argparse.Namespace, texts: list[str], queries: list[str], work: Path
) -> dict[str, Any]:
    """Measure MiniSearch and lunr."""
    begun = time.perf_counter()
    documents = [[str(number), words] for number, words in enumerate(cut_words(texts))]
    cutting = time.perf_counter() - begun
    work.joinpath("documents.json").write_text(json.dumps(documents), "utf-8")
    asked = [[query, words] for query, words in zip(queries, cut_words(queries), strict=True)]
    work.joinpath("queries.json").write_text(json.dumps(asked), "utf-8")
    script = str(Path(__file__).with_name("peers.cjs"))
    command = ["node", "--max-old-space-size=4096", script, str(arguments.modules.resolve()), str(work / "documents.json"), str(work / "queries.json")]  # fmt: skip
    results: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    for result in results.values():
        result["build"] += cutting * 1000
        result["sent"] = [result["gzip"]] * len(queries)
        result["first"] = result["load"] + percentile(result["times"], 0.5)
        result["found"] = [set(map(int, hits)) for hits in result["found"]]
    return results


def run_pagefind(
    arguments: argparse.Namespace, texts: list[str], queries: list[str], work: Path
) -> dict[str, Any]:
    """Write pages, let Pagefind index them, ask it."""
    site = work / "pages"
    site.mkdir()
    for number, text in enumerate(texts):
        body = "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n"))
        site.joinpath(f"{number}.html").write_text(PAGE.format(id=number, text=body), "utf-8")
    site.joinpath("ask.html").write_text(
        '<!DOCTYPE html><html lang="zh-CN"><title>x</title><body data-pagefind-ignore></body></html>', "utf-8"
    )
    binaries = arguments.modules.glob("@pagefind/*/bin/pagefind_extended*")
    binary = next(path for path in sorted(binaries) if path.suffix in ("", ".exe"))
    begun = time.perf_counter()
    subprocess.run([str(binary), "--site", str(site)], check=True, capture_output=True)
    built = (time.perf_counter() - begun) * 1000
    files = [path for path in site.joinpath("pagefind").rglob("*") if path.is_file()]
    result: dict[str, Any] = {
        "build": built,
        "bytes": sum(path.stat().st_size for path in files),
        "files": len(files),
    }
    result |= ask_pagefind(arguments, site, queries)
    return result


def run_govsite(
    arguments: argparse.Namespace, records: list[SearchRecord], queries: list[str], work: Path
) -> dict[str, Any]:
    """Build our own index and ask it as Pagefind is asked: a fresh page over http with gzip, ten shown results."""
    site = work / "govsite"
    begun = time.perf_counter()
    write_site(site, records, LABELS)
    built = (time.perf_counter() - begun) * 1000
    slots, _, _ = assign_slots((record.key, record.published) for record in records)
    numbers = {slot: number for number, slot in enumerate(slots)}
    files = [path for path in site.joinpath("search").rglob("*") if path.is_file()]
    server = CountingServer(site)
    times, sent, found = [], [], []
    ask_all = """async (query) => {
        const answer = await govsiteSearchPage.engine.ask('"' + query + '"');
        if (answer.isExact || answer.total > 500) return Array.from(answer.all.slots);
        return (await answer.page(0, 500)).map((hit) => hit.slot);
    }"""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=arguments.chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        whole = browser.new_page()
        whole.goto(f"{server.address}/search.html")
        for query in queries:
            context = browser.new_context()
            page = context.new_page()
            server.reset()
            page.goto(f"{server.address}/search.html")
            times.append(page.evaluate(SUBMIT, query))
            page.wait_for_timeout(60)
            sent.append(server.sent)
            context.close()
            found.append({numbers[slot] for slot in whole.evaluate(ask_all, query)})
        browser.close()
    server.shutdown()
    server.server_close()
    size = sum(path.stat().st_size for path in files)
    return {"build": built, "bytes": size, "files": len(files), "times": times, "sent": sent, "found": found}


def ask_pagefind(arguments: argparse.Namespace, site: Path, queries: list[str]) -> dict[str, Any]:
    """Ask Pagefind in Chromium over http with gzip; bytes and times are those of ten shown results."""
    server = CountingServer(site)
    times, sent, found = [], [], []
    ask = """async (query) => {
        const begun = performance.now();
        const pagefind = await import('/pagefind/pagefind.js');
        await pagefind.init();
        const answer = await pagefind.search('"' + query + '"');
        const shown = await Promise.all(answer.results.slice(0, 10).map((one) => one.data()));
        const spent = performance.now() - begun;
        const all = await Promise.all(answer.results.slice(10).map((one) => one.data()));
        return [spent, shown.concat(all).map((one) => one.url)];
    }"""
    shown_only = ask.replace("answer.results.slice(10)", "[]")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=arguments.chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        whole = browser.new_page()
        whole.goto(f"{server.address}/ask.html")
        for query in queries:
            context = browser.new_context()
            page = context.new_page()
            page.goto(f"{server.address}/ask.html")
            server.reset()
            times.append(page.evaluate(shown_only, query)[0])
            sent.append(server.sent)
            context.close()
            urls = whole.evaluate(ask, query)[1]
            found.append(
                {int(url.strip("/").split(".")[0]) for url in urls if url.strip("/").split(".")[0].isdigit()}
            )
        browser.close()
    server.shutdown()
    server.server_close()
    return {"times": times, "sent": sent, "found": found}


def write_row(name: str, result: dict[str, Any], truths: list[set[int]]) -> str:
    """Return one row of the table."""
    hit = sum(len(found & truth) for found, truth in zip(result["found"], truths, strict=True))
    all_found = sum(map(len, result["found"]))
    all_true = sum(map(len, truths))
    per_query = [len(f & t) / len(t) for f, t in zip(result["found"], truths, strict=True) if t]
    size = f"{result['bytes'] / 1e6:.1f} MB in {result.get('files', 1)} files"
    sent = f"{percentile(result['sent'], 0.5) / 1000:.0f} / {percentile(result['sent'], 0.95) / 1000:.0f} kB"
    spent = f"{percentile(result['times'], 0.5):.0f} / {percentile(result['times'], 0.95):.0f} ms"
    if "first" in result:
        spent = f"{result['first']:.0f} ms to load in Node.js, then {spent}"
    recall = f"{100 * hit / max(1, all_true):.1f} % of hits, {100 * sum(per_query) / max(1, len(per_query)):.1f} % mean of queries"
    return f"| {name} | {result['build'] / 1000:.1f} s | {size} | {sent} | {spent} | {recall} | {100 * hit / max(1, all_found):.1f} % |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--corpus", type=Path)
    source.add_argument("--make", type=int)
    parser.add_argument("--modules", type=Path, required=True)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    arguments = parser.parse_args()
    records = load_records(arguments.corpus) if arguments.corpus else make_records(arguments.make)
    lines = [read_lines(record) for record in records]
    texts = ["\n".join(one) for one in lines]
    queries = draw_queries(lines, arguments.queries)
    truths = [{number for number, text in enumerate(texts) if query in text} for query in queries]
    print(f"{len(records)} documents, {len(queries)} queries of 1 to 8 characters\n")
    print(
        "| | build | index | first query, gzip, p50 / p95 | first query, p50 / p95 | recall | precision |\n|---|---|---|---|---|---|---|"
    )
    with tempfile.TemporaryDirectory() as temporary:
        print(
            write_row("govsite", run_govsite(arguments, records, queries, Path(temporary)), truths),
            flush=True,
        )
        print(
            write_row("Pagefind extended", run_pagefind(arguments, texts, queries, Path(temporary)), truths),
            flush=True,
        )
        for name, result in run_node(arguments, texts, queries, Path(temporary)).items():
            print(write_row(name, result, truths))


if __name__ == "__main__":
    main()
