"""The cases of `tests/vectors/search.json` as Python values."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from govsite.index.labels import IndexLabels
from govsite.model.search import AttachmentText, SearchRecord


@cache
def load_cases() -> dict[str, Any]:
    path = Path(__file__).parents[2] / "vectors/search.json"
    cases: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return cases


def make_record(given: dict[str, Any]) -> SearchRecord:
    values = {**given, "url": f"{given['key']}.html"}
    for name in ("keywords", "blocks", "elements"):
        values[name] = tuple(values.get(name, ()))
    values["attachments"] = tuple(AttachmentText(*file) for file in given.get("attachments", ()))
    return SearchRecord(**values)


def ranking_corpus() -> tuple[list[SearchRecord], IndexLabels]:
    ranking = load_cases()["ranking"]
    labels = IndexLabels(columns=ranking["columns"], synonyms=tuple(map(tuple, ranking["synonyms"])))
    return [make_record(record) for record in ranking["records"]], labels


def snippet_corpus() -> tuple[list[SearchRecord], IndexLabels]:
    """Documents whose snippets `tests/vectors/search.json` says."""
    cases = load_cases()
    return [make_record(record) for record in cases["snippets"]["records"]], IndexLabels(
        columns=cases["ranking"]["columns"]
    )
