"""A site of ours as a site of Hugo's: the same documents, the same columns, an equivalent theme (`benchmarks/hugo`).

Hugo's pages carry less than ours (no lists by year or issuer, no data files, no checks, no citations in running text):
what is compared is never more on our side of the scale than Hugo has to make.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

THEME = Path(__file__).parent / "hugo"
INTERPRETATIONS = "zcjd"


class Source(NamedTuple):
    """A document of ours: its front matter as text by key, its body."""

    facts: Mapping[str, Any]
    body: str
    is_interpretation: bool

    @property
    def id(self) -> str:
        """Its number."""
        return str(self.facts["编号"])

    @property
    def section(self) -> str:
        """The folder it gets."""
        return INTERPRETATIONS if self.is_interpretation else str(self.facts["栏目"]).rpartition("/")[2]


def write_hugo_site(site: Path, out: Path) -> int:
    """Write the documents below `site/content` as a site of Hugo's into the new folder `out`; how many they are."""
    shutil.copytree(THEME, out)
    settings = yaml.safe_load((site / "config.yaml").read_text(encoding="utf-8"))
    for section, name in _columns(settings["栏目"]):
        _write(out / "content" / section / "_index.md", {"title": name}, "")
    sources = list(_sources(site))
    known = {source.id: source for source in sources}
    interpreted: dict[str, list[str]] = {}
    for source in sources:
        target = known.get(str(source.facts.get("解读文件", "")))
        if target:
            interpreted.setdefault(target.id, []).append(_page(source))
    for source in sources:
        target = known.get(str(source.facts.get("解读文件", "")))
        facts = _facts(source)
        facts["interprets"] = [_page(target)] if target else []
        facts["interpreted_by"] = interpreted.get(source.id, [])
        _write(out / "content" / source.section / f"{source.id}.md", facts, source.body)
    return len(sources)


def find_document(folder: Path, number: str) -> Path:
    """The file of document `number` below `folder`, in either site."""
    return next(folder.rglob(f"{number}.md"))


def _columns(columns: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    yield INTERPRETATIONS, "政策解读"
    for column in columns:
        for each in column.get("下级", []):
            yield each["编号"].rpartition("/")[2], each["名称"]


def _sources(site: Path) -> Iterator[Source]:
    for folder in ("policies", "interpretations"):
        for path in sorted((site / "content" / folder).rglob("*.md")):
            head, _, body = path.read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")
            facts = yaml.load(head, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506 - text only
            yield Source(facts, body, folder == "interpretations")


def _page(source: Source) -> str:
    return f"/{source.section}/{source.id}"


def _facts(source: Source) -> dict[str, Any]:
    facts = source.facts
    keywords = facts.get("关键词", [])
    return {
        "title": facts["标题"],
        "date": facts["发布日期"][:10],
        "published": facts["发布日期"][:10],
        "written": facts.get("成文日期", ""),
        "index_no": facts.get("索引号", ""),
        "doc_no": facts.get("发文字号", ""),
        "issuer": facts.get("发文机关") or facts.get("解读机关", ""),
        "disclosure": facts.get("公开属性", ""),
        "topics": [facts["主题分类"]] if facts.get("主题分类") else [],
        "keywords": keywords if isinstance(keywords, list) else re.split("[、，,]", keywords),
    }


def _write(path: Path, facts: Mapping[str, Any], body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    head = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in facts.items())
    path.write_text(f"---\n{head}---\n{body}", encoding="utf-8", newline="\n")
