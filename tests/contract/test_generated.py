"""Reference pages, glossary and schemas are what the data and the code say today."""

from __future__ import annotations

import ast
import re
import sys
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from govsite.model.details import DETAILS_BY_KIND
from govsite.source.yaml import load_data
from govsite.vocab.keys import keys_of
from govsite.vocab.terms import kinds

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "dev"))
import generate  # noqa: E402 - a script beside the tests, not a package

# One word with two identifiers: the content format gives the word in two places that never meet.
TWO_MEANINGS = {
    "类型": {"kind", "type"},  # of a document; of a column in config.yaml (47号 ColumnType)
    "栏目": {"Column", "column", "columns"},  # the noun; a document's column; the list in config.yaml
}


@pytest.mark.parametrize("path", sorted(generate.pages()))
def test_a_generated_file_is_up_to_date(path: str) -> None:
    file = ROOT / path
    assert file.is_file(), "run dev/generate.py --write"
    assert file.read_text(encoding="utf-8") == generate.pages()[path], "run dev/generate.py --write"


def test_nothing_else_lies_among_the_generated_files() -> None:
    found = {
        file.relative_to(ROOT).as_posix()
        for folder in ("docs/reference", "schemas")
        for file in ROOT.joinpath(folder).rglob("*.*")
    }
    assert sorted(found - generate.pages().keys()) == []


@cache
def _names() -> frozenset[str]:
    """Every name that the package defines or uses, and every text constant (keys are read by name)."""
    names: set[str] = set()
    for file in ROOT.joinpath("src", "govsite").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Name):
                names.add(node.id)
            elif isinstance(node, ast.Attribute | ast.keyword):
                names.add(node.attr if isinstance(node, ast.Attribute) else node.arg or "")
            elif isinstance(node, ast.ClassDef | ast.FunctionDef):
                names.add(node.name)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                names.add(node.value)
    return frozenset(names)


def _glossary() -> list[tuple[str, str, str]]:
    text = ROOT.joinpath("docs", "reference", "glossary.md").read_text(encoding="utf-8")
    return re.findall(r"^\| (.+?) \| `(.+?)` \| `(.+?)` \|", text, re.MULTILINE)


def test_the_glossary_has_every_key_and_every_term() -> None:
    assert {(term, name) for term, name, _ in _glossary()} == {item[:2] for item in generate.glossary()}
    assert len(_glossary()) > 250


def test_every_identifier_of_the_glossary_is_there() -> None:
    for term, name, file in _glossary():
        text = ROOT.joinpath(file).read_text(encoding="utf-8")
        if file.endswith(".py"):
            assert re.search(rf"^(?:class {name}\b|{name} = )", text, re.MULTILINE), (term, name)
        else:
            bare = name.rpartition(".")[2]
            assert re.search(rf"\bid: \"?{re.escape(bare)}\b", text), (term, name)
            assert term in text, (term, file)


def test_every_key_of_a_document_is_used_by_the_code() -> None:
    """Of kinds that are data alone, the code reads, shows and searches every key by its type."""
    keys = {key.id for kind in (*DETAILS_BY_KIND, "page") for key in keys_of(kind).keys}
    assert (
        sorted(
            key
            for key in keys
            if key not in _names() and f"{key}_" not in _names() and not key.startswith("table_")
        )
        == []
    )


def test_a_term_has_one_identifier() -> None:
    nouns = {term: name for term, name, file in _glossary() if file.endswith(".py")}
    keys: dict[str, set[str]] = {}
    for term, name, file in _glossary():
        if file.endswith(("keys.yaml", "config.yaml")):
            keys.setdefault(term, set()).add(name)
    twice = {term: names for term, names in keys.items() if len(names) > 1}
    assert {
        term: names | ({nouns[term]} if term in nouns else set()) for term, names in twice.items()
    } == TWO_MEANINGS
    assert len(nouns) == len(generate.CONCEPTS)


# --- schemas


def _violations(value: Any, schema: dict[str, Any], place: str = "") -> list[str]:
    """What a value breaks of a schema, as far as the words that our schemas use go."""
    found: list[str] = []
    kinds_of = {
        "object": dict,
        "array": list,
        "string": str,
        "number": int | float,
        "integer": int,
        "boolean": bool,
        "null": type(None),
    }
    if "type" in schema:
        names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        if not any(isinstance(value, kinds_of[name]) for name in names):
            found.append(f"{place}: {value!r} is no {names}")
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{place}: {value!r} is not in the list")
    if "anyOf" in schema and all(_violations(value, option, place) for option in schema["anyOf"]):
        found.append(f"{place}: no option fits {value!r}")
    for part in schema.get("allOf", ()):
        found += _violations(value, part, place)
    if isinstance(value, dict):
        found += [f"{place}: {name} is missing" for name in schema.get("required", ()) if name not in value]
        known = schema.get("properties", {})
        if schema.get("additionalProperties") is False:
            found += [f"{place}: {name} is unknown" for name in value if name not in known]
        for name, inner in value.items():
            found += _violations(inner, known.get(name, {}), f"{place}/{name}")
    if isinstance(value, list) and "items" in schema:
        for index, inner in enumerate(value):
            found += _violations(inner, schema["items"], f"{place}/{index}")
    return found


def _plain(value: Any) -> Any:
    """Dates as text: our own reader of YAML never makes anything else of them."""
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return str(value) if isinstance(value, date) else value


def _schema(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = load_data(
        ROOT.joinpath("schemas", f"{name}.schema.json").read_text(encoding="utf-8")
    )
    return schema


def test_the_sample_site_keeps_to_the_schemas() -> None:
    content = ROOT / "content"
    found: list[str] = []
    number = 0
    for kind in kinds().values():
        schema = _schema(kind.id)
        for file in sorted(
            content.joinpath(kind.folder).rglob("*.yaml" if kind.format == "yaml" else "*.md")
        ):
            text = file.read_text(encoding="utf-8")
            front = text if kind.format == "yaml" else text.split("---\n")[1]
            found += _violations(_plain(load_data(front)), schema, file.name)
            number += 1
    for file in sorted(content.joinpath("catalog").glob("*.yaml")):
        found += _violations(
            _plain(load_data(file.read_text(encoding="utf-8"))), _schema("catalog"), file.name
        )
    for name, path in (("organisations", "content/organisations.yaml"), ("config", "config.yaml")):
        found += _violations(
            _plain(load_data(ROOT.joinpath(path).read_text(encoding="utf-8"))), _schema(name), path
        )
    assert found == []
    assert number > 100


def test_the_schemas_find_what_is_wrong() -> None:
    schema = _schema("policy")
    good = {
        "标题": "甲",
        "发布日期": "2024-01-01",
        "公开属性": "主动公开",
        "发文机关": "甲",
        "成文日期": "2024-01-01",
    }
    assert _violations(good, schema) == []
    assert _violations({**good, "标 题": "甲"}, schema)
    assert _violations({**good, "公开属性": "公开"}, schema)
    assert _violations({key: value for key, value in good.items() if key != "标题"}, schema)
