"""Real catalog rows and documents, as they were found, to sources of a site.

What a clerk would mend by hand is mended here: 同上 is resolved, a box 其他 without its text gets one, an
advertisement and pinyin that a web page put into the text are taken out. Everything else stays as it is.
"""

from __future__ import annotations

import csv
import itertools
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from govsite.vocab.terms import term_list

# Pronunciation that a web page set behind characters: `辦公室關(guān)于`.
_PINYIN = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ]+\)")
_NUMBERED = re.compile(r"^\d\.")
_DOUBLED = re.compile(r"[,，]{2,}|[,，](?=[。；;])")
LIST = "；"


def read_rows(data: Path) -> list[dict[str, str]]:
    """The rows of the real catalogs, in file order, 同上 resolved."""
    with data.joinpath("catalog", "rows.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for before, row in itertools.pairwise(rows):
        for key, value in row.items():
            if value.strip() == "同上":
                row[key] = before[key]
    for row in rows:
        if not row["level1"]:  # lost with a merged cell: the item keeps the one level that is left
            row["level1"], row["level2"] = row["level2"], ""
    return rows


def split_list(text: str) -> list[str]:
    """Entries of a cell that holds several."""
    return [part.strip() for part in re.split(r"[;；]", text) if part.strip()]


def split_channels(text: str) -> list[str]:
    """Channels of a cell: apart by spaces, boxes, or numbers."""
    words = [_NUMBERED.sub("", part) for part in re.split(r"[\s;；]+", text) if part]
    return [f"{word}：未注明" if word.lstrip("■") == "其他" else word for word in words]


def item_of(row: dict[str, str], item_id: str) -> dict[str, object]:
    """One row as a catalog item. Empty ticks mean that the source lost them: those keys stay away."""
    ticks = {
        "公开对象": [
            word for key, word in (("audience_all", "全社会"), ("audience_specific", "特定群体")) if row[key]
        ],
        "公开方式": [word for key, word in (("mode_active", "主动"), ("mode_request", "依申请")) if row[key]],
        "公开层级": [word for key, word in (("level_county", "县级"), ("level_town", "乡级")) if row[key]],
    }
    if row["audience_specific"] not in {"", "√"}:
        ticks["公开对象"][-1] += f"（{row['audience_specific']}）"
    item: dict[str, object] = {
        "编号": item_id, "序号": row["no"], "一级事项": row["level1"], "二级事项": row["level2"], "公开内容": split_list(row["content"]),
        "公开依据": split_list(row["basis"]), "公开时限": row["deadline"], "公开主体": split_list(row["subject"]),
        "公开渠道": split_channels(row["channels"]), **ticks,
    }  # fmt: skip
    if ticks["公开方式"] == ["依申请"]:
        item["不公开理由"] = "目录注明依申请公开"
    return {key: value for key, value in item.items() if value}


def write_catalogs(data: Path, site: Path) -> dict[str, dict[str, dict[str, str]]]:
    """One file a domain; rows by item id by domain id."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    labels: dict[str, str] = {}
    for row in read_rows(data):
        term = term_list("domains").find(row["domain"])
        assert term is not None, row["domain"]
        rows = found.setdefault(term.id, {})
        rows[f"{term.id}-{len(rows) + 1:02d}"] = row
        labels[term.id] = row["domain"]
    for domain, rows in found.items():
        catalog = {"领域": labels[domain], "事项": [item_of(row, item_id) for item_id, row in rows.items()]}
        file = site / "content" / "catalog" / f"{domain}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(catalog, ensure_ascii=False, indent=1), encoding="utf-8")  # JSON is YAML
    return found


@dataclass(frozen=True, slots=True)
class Text:
    """A real document. file: beginning of its name; front: what its text says of itself; drop: lines that are not its own."""

    file: str
    path: str
    front: dict[str, str]
    drop: tuple[str, ...] = ()
    cut: tuple[str, ...] = field(default=())


def write_text(data: Path, site: Path, text: Text) -> None:
    """A document's source: the front matter given, the body as found."""
    (source,) = data.joinpath("source-documents").glob(f"{text.file}_*.txt")
    lines = _PINYIN.sub("", source.read_text(encoding="utf-8")).splitlines()
    body = [_DOUBLED.sub("，", line).strip() for line in lines if not line.startswith(text.drop or ("\0",))]
    front = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in text.front.items())
    file = site / "content" / text.path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(
        f"---\n{front}---\n\n" + "\n\n".join(line for line in body if line) + "\n", encoding="utf-8"
    )
