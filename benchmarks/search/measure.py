"""Measure the search index on one corpus and print a Markdown table.

    python benchmarks/search/measure.py --corpus FOLDER     documents as Markdown (see corpus.py)
    python benchmarks/search/measure.py --make 1000          made documents
    … [--queries 2000] [--latency 200] [--work FOLDER] [--only edit recall known bytes latency whoosh]

Latency is worth something on an idle machine only; the load average stands beside it. Needs Chromium (`--chromium PATH`). Recall is against plain substring search over the folded lines.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import resource
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright
from serve import ROOT, CountingServer, write_site

from corpus import load_records, make_records
from govsite.hanzi.fold import fold
from govsite.index.answer import answer
from govsite.index.extract import extract, fold_fields
from govsite.index.labels import IndexLabels
from govsite.index.merge import merge
from govsite.index.revise import revise
from govsite.index.slots import assign_slots
from govsite.index.whoosh import OpenIndex, build_index

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from playwright.sync_api import Browser, Page

    from govsite.model.search import SearchRecord

LABELS = IndexLabels()
STAGES = ("edit", "recall", "known", "bytes", "latency", "whoosh")
MOST_COMPARED = 200
"""Hits; of longer answers the total and the first ten are compared."""
ASK = """async ([query, count]) => {
    const answer = await govsiteSearchPage.engine.ask('"' + query + '"');
    const hits = await answer.page(0, count);
    return [Array.from(answer.all.slots), hits.map((hit) => hit.slot), answer.isExact, answer.total];
}"""
SUBMIT = """async (query) => {
    const list = document.getElementById("search-hits"), old = list.firstChild;
    let first = 0;
    const seen = new MutationObserver(() => {
        if (!first && list.firstChild && list.firstChild !== old) first = performance.now() - begun;
    });
    seen.observe(list, {childList: true});
    const begun = performance.now();
    await govsiteSearchPage.go({query: query, sort: 'relevance', filters: {}, page: 1});
    const whole = performance.now() - begun;
    seen.disconnect();
    return [first || whole, whole];
}"""
"""Milliseconds until (the first hit, the whole answer) stands in the page; without a hit the same."""
PAUSE = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)))"
"""Nobody asks again before the filters of the last answer stand there."""


class _Rows(list[tuple[str, str]]):
    """Rows of the table, said as they come: a run that is stopped has not run for nothing."""

    def append(self, row: tuple[str, str]) -> None:
        super().append(row)
        print(f"  {row[0]}: {row[1]}", flush=True)

    def extend(self, rows: Iterable[tuple[str, str]]) -> None:
        for row in rows:
            self.append(row)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which a share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def spread(values: Sequence[float], unit: str, scale: float = 1.0) -> str:
    """Return p50 / p95 / max in one cell."""
    picked = (percentile(values, 0.5), percentile(values, 0.95), max(values, default=0.0))
    return " / ".join(f"{value / scale:.0f}" for value in picked) + f" {unit}"


def draw_queries(lines: list[list[str]], count: int) -> list[str]:
    """Cut 1 to 8 characters out of folded lines at random; one in twenty changes a character (mostly no hit)."""
    chance = random.Random(11)
    queries: list[str] = []
    while len(queries) < count:
        line = chance.choice(chance.choice(lines))
        length = 1 + len(queries) % 8
        if len(line) < length:
            continue
        start = chance.randrange(len(line) - length + 1)
        query = line[start : start + length]
        if chance.random() < 0.05:
            other = chance.choice(chance.choice(lines))[:1] or "的"
            query = query[:-1] + other
        if not query.isascii():
            queries.append(query)
    return queries


def build(records: list[SearchRecord], rows: list[tuple[str, str]]) -> tuple[dict[str, bytes], bytes]:
    """Build the index, with rows for time, size and memory; return its parts and what a later build needs."""
    begun = time.process_time()
    chunks = [extract(records[at : at + 200], LABELS) for at in range(0, len(records), 200)]
    extracted = time.process_time()
    whole_index = merge(chunks, LABELS)
    parts = dict(whole_index.parts)
    merged = time.process_time()
    memory = whole_index.memory()
    each = 1000 / len(records)
    rows.append(
        (
            "build, CPU",
            f"{(merged - begun) * each:.2f} ms a document (extract {(extracted - begun) * each:.2f})",
        )
    )
    whole = sum(map(len, parts.values()))
    rows.append(
        (
            "parts, raw",
            f"{whole / 1e6:.1f} MB in {len(parts)} files, {whole / len(records) / 1000:.2f} kB a document",
        )
    )
    rows.append(
        (
            "memory of this process, peak",
            f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB",
        )
    )
    return parts, memory


def measure_edit(
    records: list[SearchRecord], before: dict[str, bytes], memory: bytes, rows: list[tuple[str, str]]
) -> None:
    """Rebuild after small changes and compare the parts."""
    at = len(records) // 3
    one = records[at]
    cases: dict[str, list[SearchRecord]] = {
        "one sentence added to one document": [replace(one, blocks=(*one.blocks, "更正说明：本页内容于今日更正。"))],
        "one title changed": [replace(one, title=one.title + "（修订）")],
        "one newest document added": [one, replace(one, key="new/one", url="new/one.html", published=max(r.published for r in records))],
        "one document added in the middle": [one, replace(one, key="new/one", url="new/one.html")],
    }  # fmt: skip
    total = sum(map(len, before.values()))
    for name, changed in cases.items():
        made = [*records[:at], *changed, *records[at + 1 :]]
        after = dict(
            merge([extract(made[k : k + 500], LABELS) for k in range(0, len(made), 500)], LABELS).parts
        )
        differing = [path for path in before.keys() | after.keys() if before.get(path) != after.get(path)]
        size = sum(len(after.get(path, b"")) for path in differing)
        begun = time.process_time()
        revised = revise(memory, [extract(changed, LABELS)], [], LABELS, before.__getitem__)
        spent = (time.process_time() - begun) * 1000
        if revised and (revised.written.keys() | set(revised.gone)) != set(differing):
            raise AssertionError(f"revised index differs: {name}")
        how = f"revised in {spent:.0f} ms CPU" if revised else f"merged anew, known after {spent:.0f} ms CPU"
        rows.append(
            (f"changed by {name}", f"{len(differing)} files, {100 * size / total:.2f} % of bytes, {how}")
        )


def measure_recall(
    page: Page, records: list[SearchRecord], lines: list[list[str]], queries: list[str]
) -> list[tuple[str, str]]:
    """Ask in the browser and compare with plain substring search."""
    slots, _, _ = assign_slots((record.key, record.published) for record in records)
    texts = ["\n".join(one) for one in lines]
    missed = hits = shown = wrong = lacking = inexact = candidates = 0
    for query in queries:
        truth = {slot for slot, text in zip(slots, texts, strict=True) if query in text}
        found, listed, exact, total = page.evaluate(ASK, [query, 10])
        hits += len(truth)
        missed += len(truth - set(found))
        candidates += len(found)
        shown += len(listed)
        wrong += len(set(listed) - truth)
        lacking += max(0, min(10, len(truth)) - len(listed))
        inexact += exact and total != len(truth)
    return [
        ("substring recall, browser", f"{missed} missed of {hits} true hits over {len(queries)} queries"),
        (
            "shown hits, browser",
            f"{wrong} wrong, {lacking} lacking of {shown}; exact totals wrong: {inexact}",
        ),
        ("candidates per true hit", f"{candidates / max(1, hits):.3f}"),
    ]


def measure_known_items(page: Page, records: list[SearchRecord]) -> list[tuple[str, str]]:
    """Look for documents by words of their titles: cut anywhere, and cut from what tells titles apart.

    Of a string that stands in n titles no ranking can place more than five first: it finds a document drawn at random
    in at most 5/n of the cases. The sum of these is what the best of all rankings would reach on the same queries.
    """
    chance = random.Random(5)
    titles = [fold(record.title) for record in records]
    slots, _, _ = assign_slots((record.key, record.published) for record in records)
    rows = []
    for name, begins, ends in (("anywhere", "", ""), ("between 关于 and 的", "关于", "的")):
        few = [0, 0, 0.0]
        many = [0, 0, 0.0]
        while few[0] + many[0] < 500:
            at = chance.randrange(len(records))
            low = titles[at].find(begins) + len(begins)
            high = titles[at].rfind(ends) if ends else len(titles[at])
            length = 2 + int(few[0] + many[0]) % 5
            if high - low < length:
                continue
            start = chance.randrange(low, high - length + 1)
            word = titles[at][start : start + length]
            equals = sum(word in title for title in titles)
            kind = few if equals <= 5 else many
            kind[0] += 1
            kind[1] += slots[at] in page.evaluate(ASK, [word, 5])[1]
            kind[2] += min(1, 5 / equals)
        whole = f"{few[1] + many[1]:.0f} of 500, the best ranking possible {few[2] + many[2]:.0f}"
        split = f"{few[1]:.0f} of {few[0]:.0f} where at most five titles contain the string; {many[1]:.0f} of {many[0]:.0f} elsewhere, possible {many[2]:.0f}"
        rows.append((f"known item in the first five, cut {name}", f"{whole} ({split})"))
    return rows


def measure_bytes(browser: Browser, folder: Path, queries: list[str], rows: list[tuple[str, str]]) -> None:
    """Ask each query of a browser with nothing cached, over http with gzip."""
    server = CountingServer(folder)
    sizes: list[float] = []
    files: list[float] = []
    times: list[tuple[float, float]] = []
    for query in queries:
        context = browser.new_context(viewport={"width": 1200, "height": 900})
        page = context.new_page()
        server.reset()
        page.goto(f"{server.address}/search.html")
        times.append(page.evaluate(SUBMIT, query))
        page.wait_for_load_state("networkidle") if len(sizes) % 20 == 0 else page.wait_for_timeout(60)
        sizes.append(server.sent)
        files.append(server.files)
        context.close()
    server.shutdown()
    server.server_close()
    rows.append(("first query, gzip, all but the page, p50 / p95 / max", spread(sizes, "kB", 1000)))
    rows.append(("files of a first query", spread(files, "")))
    _append_times(rows, "first query over http, gzip", times)


def _append_times(rows: list[tuple[str, str]], name: str, times: list[tuple[float, float]]) -> None:
    """Append two rows: until the whole answer stands there, until its first hit does."""
    rows.append((f"{name}, p50 / p95 / max", spread([whole for _, whole in times], "ms")))
    rows.append((f"{name}, its first hit, p50 / p95 / max", spread([first for first, _ in times], "ms")))


class QuietPage:
    """A page that Playwright does not know, so that nothing logs its network, which takes a third of a query's time."""

    def __init__(self, browser: Browser, address: str, slower: int) -> None:
        self._session = browser.new_browser_cdp_session()
        context = self._session.send("Target.createBrowserContext")["browserContextId"]
        target = self._session.send("Target.createTarget", {"url": address, "browserContextId": context})
        found = {"targetId": target["targetId"], "flatten": False}
        self._id = self._session.send("Target.attachToTarget", found)["sessionId"]
        self._answers: dict[int, Any] = {}
        self._session.on("Target.receivedMessageFromTarget", self._keep)
        self._count = 0
        time.sleep(2)
        self._send("Emulation.setCPUThrottlingRate", {"rate": slower})

    def _keep(self, event: dict[str, Any]) -> None:
        message = json.loads(event["message"])
        self._answers[message.get("id", 0)] = message.get("result")

    def _send(self, method: str, parameters: dict[str, Any]) -> Any:
        self._count += 1
        message = json.dumps({"id": self._count, "method": method, "params": parameters})
        self._session.send("Target.sendMessageToTarget", {"sessionId": self._id, "message": message})
        while self._count not in self._answers:
            time.sleep(0.25)
            self._session.send("Browser.getVersion")
        return self._answers.pop(self._count)

    def submit(self, query: str) -> tuple[float, float]:
        """Ask, when the filters of the last answer stand there, and return the milliseconds of `SUBMIT`."""
        expression = f"({PAUSE})().then(() => ({SUBMIT})({json.dumps(query)}))"
        wanted = {"expression": expression, "awaitPromise": True, "returnByValue": True}
        first, whole = self._send("Runtime.evaluate", wanted)["result"]["value"]
        return first, whole

    def close(self) -> None:
        """Close the page."""
        self._send("Page.close", {})
        self._session.detach()


def measure_latency(browser: Browser, address: str, queries: list[str], rows: list[tuple[str, str]]) -> None:
    """Time first and further queries on `file://`, at full and at a quarter of the speed."""
    first = []
    for query in queries[:60]:
        page = browser.new_page()
        page.goto(address)
        first.append(page.evaluate(SUBMIT, query))
        page.close()
    _append_times(rows, "first query on file://", first)
    for name, slower in (("further queries on file://", 1), ("further queries, CPU slowed 4×", 4)):
        page = browser.new_page()
        session = page.context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
        page.goto(address)
        page.evaluate(SUBMIT, "通知")
        times = []
        for query in queries:
            page.evaluate(PAUSE)
            times.append(page.evaluate(SUBMIT, query))
        _append_times(rows, name, times)
        if slower == 1:
            session.send("HeapProfiler.collectGarbage")
            used = session.send("Runtime.getHeapUsage")["usedSize"]
            rows.append((f"memory in the page after {len(queries)} queries", f"{used / 1e6:.0f} MB"))
        page.close()
        quiet = QuietPage(browser, address, slower)
        quiet.submit("通知")
        _append_times(rows, f"{name}, no network log", [quiet.submit(query) for query in queries])
        quiet.close()


def measure_whoosh(
    records: list[SearchRecord], lines: list[list[str]], queries: list[str], folder: Path
) -> list[tuple[str, str]]:
    """Build the Whoosh index and ask it the same."""
    chunks = [extract(records[at : at + 200], LABELS) for at in range(0, len(records), 200)]
    begun = time.process_time()
    digest = build_index(chunks, LABELS, folder)
    spent = (time.process_time() - begun) * 1000 / len(records)
    size = sum(path.stat().st_size for path in folder.iterdir())
    texts = {record.key: "\n".join(one) for record, one in zip(records, lines, strict=True)}
    missed = over = hits = wrong = 0
    times = []
    with OpenIndex(folder, digest) as index:
        for query in queries:
            truth = {key for key, text in texts.items() if query in text}
            begun = time.perf_counter()
            found = answer(index, f'"{query}"', limit=10)
            times.append((time.perf_counter() - begun) * 1000)
            hits += len(truth)
            missed += max(0, len(truth) - found.total)
            over += max(0, found.total - len(truth))
            if len(truth) <= MOST_COMPARED:
                found = answer(index, f'"{query}"', limit=MOST_COMPARED + 1)
                missed += len(truth - {hit.id for hit in found.hits}) * (found.total == len(truth))
            wrong += len({hit.id for hit in found.hits} - truth)
    return [
        ("Whoosh: build, CPU", f"{spent:.2f} ms a document on top of extract, {size / 1e6:.0f} MB"),
        (
            "Whoosh: recall and precision",
            f"{missed} missed of {hits} true hits, {over} too many, {wrong} wrong hits; {len(queries)} queries",
        ),
        ("Whoosh: a query, p50 / p95 / max", spread(times, "ms")),
    ]


def read_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--corpus", type=Path)
    source.add_argument("--make", type=int)
    parser.add_argument("--queries", type=int, default=2000)
    parser.add_argument("--latency", type=int, default=200)
    parser.add_argument("--work", type=Path)
    parser.add_argument("--only", nargs="+", choices=STAGES, default=STAGES)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    return parser.parse_args()


def run(arguments: argparse.Namespace, work: Path, note: Callable[[str], Any]) -> list[tuple[str, str]]:
    """Measure everything."""
    records = load_records(arguments.corpus) if arguments.corpus else make_records(arguments.make)
    lines = [
        [line for field in fold_fields(record, LABELS) for part in field for line in part.split("\n") if line]
        for record in records
    ]
    queries = draw_queries(lines, arguments.queries)
    script = (ROOT / "src/govsite/theme/static/search.js").read_bytes()
    rows = _Rows(
        [("documents", str(len(records))), ("script, gzip", f"{len(gzip.compress(script, 9)) / 1000:.1f} kB")]
    )
    note("build")
    parts, memory = build(records, rows)
    if "edit" in arguments.only:
        measure_edit(records, parts, memory, rows)
    del parts
    note("write")
    site = work / "site"
    write_site(site, records, LABELS)
    address = site.joinpath("search.html").as_uri()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=arguments.chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        page.goto(address)
        if "recall" in arguments.only:
            note("recall")
            rows.extend(measure_recall(page, records, lines, queries))
        if "known" in arguments.only:
            note("known items")
            rows.extend(measure_known_items(page, records))
        page.close()
        for stage in ("bytes", "latency"):
            if stage in arguments.only:
                note(stage)
                if stage == "bytes":
                    measure_bytes(browser, site, queries[: arguments.latency], rows)
                else:
                    measure_latency(browser, address, queries[: arguments.latency], rows)
                rows.append((f"load average after {stage}", f"{os.getloadavg()[0]:.1f}"))
        browser.close()
    if "whoosh" in arguments.only:
        note("whoosh")
        rows.extend(measure_whoosh(records, lines, queries, work / "whoosh"))
    return rows


def main() -> None:
    """Print the table."""
    arguments = read_arguments()
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as temporary:
        rows = run(
            arguments,
            arguments.work or Path(temporary),
            lambda text: print(f"… {text} {time.perf_counter() - begun:.0f} s", flush=True),
        )
    print("\n| | measured |\n|---|---|")
    for name, value in rows:
        print(f"| {name} | {value} |")
    print(f"\nOne run of {time.perf_counter() - begun:.0f} s.")


if __name__ == "__main__":
    main()
