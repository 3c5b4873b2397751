"""Documents to measure on: a folder of Markdown files with front matter, or made ones.

Front matter keys read: id title doc_number issuer date_published column topic index_number keywords validity. Made
documents take their words from the table of readings with a Zipf-like weight: plausible statistics, no sense.
"""

from __future__ import annotations

import random
import re
from datetime import date, timedelta
from importlib.resources import files
from itertools import accumulate
from typing import TYPE_CHECKING

import yaml

from govsite.model.search import SearchRecord

if TYPE_CHECKING:
    from pathlib import Path

REPEALED = ("已废止", "失效")


def load_records(folder: Path) -> list[SearchRecord]:
    """Read all `*.md` below a folder, in the order of their paths."""
    return [_read(path) for path in sorted(folder.rglob("*.md"))]


def _read(path: Path) -> SearchRecord:
    _, front, body = path.read_text("utf-8").split("---\n", 2)
    meta = yaml.load(front, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 (both are safe)
    key = f"{path.parent.name}/{meta['id']}"
    return SearchRecord(
        key=key,
        url=f"{key}.html",
        kind="interpretation" if meta.get("interprets") else "policy",
        title=meta["title"],
        doc_no=meta.get("doc_number") or "",
        index_no=meta.get("index_number") or "",
        issuer=meta.get("issuer") or "",
        column=path.parent.name,
        topic=meta.get("topic") or "",
        published=str(meta["date_published"]),
        validity=meta.get("validity") or "",
        in_force=meta.get("validity") not in REPEALED,
        keywords=tuple(meta.get("keywords") or ()),
        blocks=tuple(_blocks(body)),
    )


def _blocks(body: str) -> list[str]:
    lines = (line.strip() for line in body.split("\n"))
    kept = (line for line in lines if line and not re.fullmatch(r"[|\- ]+", line))
    return [
        re.sub(r"^#+ |^\d+\. |^- ", "", line).replace("**", "").strip("| ").replace(" | ", " ")
        for line in kept
    ]


def make_records(count: int) -> list[SearchRecord]:
    """Make documents of 1.5 to 4 kB; number n does not depend on how many are made."""
    table = (files("govsite.hanzi") / "data" / "readings.txt").read_text("utf-8")
    words = sorted(word for word in table.split("\n\n")[1].split() if 2 <= len(word) <= 4)
    random.Random(0).shuffle(words)
    weights = [1 / (rank + 20) for rank in range(len(words))]
    cumulative = list(accumulate(weights))
    return [_make(number, words, cumulative) for number in range(count)]


def _make(number: int, words: list[str], cumulative: list[float]) -> SearchRecord:
    chance = random.Random(number)

    def phrase(count: int) -> str:
        return "".join(chance.choices(words, cum_weights=cumulative, k=count))

    published = date(2018, 1, 1) + timedelta(days=chance.randrange(2900))
    issuer = f"示例{chance.choice('甲乙丙丁戊己庚辛')}市{chance.choice(['民政局', '财政局', '教育局', '水利局', '人民政府'])}"
    return SearchRecord(
        key=f"policies/{number:06}",
        url=f"policies/{number:06}.html",
        kind="policy",
        title=f"{issuer}关于{phrase(4)}的通知",
        doc_no=f"示{chance.choice('民财教水政')}发〔{published.year}〕{chance.randint(1, 180)}号",
        index_no=f"{11610000 + chance.randrange(9999)}/{published.year}-{number:05}",
        issuer=issuer,
        column=f"c{chance.randrange(30):02}",
        topic=f"t{chance.randrange(30):02}",
        published=published.isoformat(),
        validity=chance.choice(["有效", "有效", "有效", "已废止"]),
        keywords=tuple(phrase(2) for _ in range(3)),
        blocks=tuple(f"{phrase(8)}，{phrase(10)}。" for _ in range(chance.randint(10, 25))),
    )
