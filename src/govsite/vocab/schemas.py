"""JSON Schemas of sources for editors: completion, and Chinese words where the mouse rests. Made from the vocabulary.

Scalars may be of any type that YAML gives them; what a value means is judged by `check`, not here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import cast

from govsite.messages.catalogue import translator
from govsite.vocab.keys import Key, config_keys, keys_of, part_keys, record_keys
from govsite.vocab.terms import kinds, term_list


def _schema_of(key: Key) -> dict[str, object]:
    """What an editor may be told about a value. Scalars stay text whatever they look like: YAML gives any of these."""
    scalar: dict[str, object] = {"type": ["string", "number", "boolean", "null"]}
    name, _, group = key.type.partition(":")
    if name in {"term", "terms"}:
        words = sorted(
            {word for term in term_list(group).terms for word in (term.id, term.label, *term.aliases)}
        )
        one: dict[str, object] = {"enum": words}
        return {"anyOf": [one, {"type": "array", "items": one}]} if name == "terms" else one
    if name == "flag":
        return {"enum": [True, False, "是", "否"]}
    if name == "number":
        return {"type": ["integer", "string"]}
    if name == "amount":
        return {"type": ["number", "string"]}
    if name == "rows":
        rows = {"type": "array", "items": _object_schema(part_keys(group).keys)}
        return {"anyOf": [{"type": "string"}, rows]}
    if name in {"list", "words", "organisations", "catalog_items", "references"}:
        return (
            {"anyOf": [scalar, {"type": "array"}]}
            if key.id not in {"items", "columns"}
            else {"type": "array"}
        )
    if name in {"mapping", "review", "review_stage", "media", "ignore", "table_a", "table_b", "table_c"}:
        return {"type": "object"}
    if name in {"attachments", "materials", "opinions"}:
        return {"type": ["string", "object", "array"]}
    return scalar


def _hover(key: Key) -> dict[str, object]:
    """What an editor shows of a key: what it is for, whether it is needed, on what basis."""
    t = translator("zh")
    need = t(f"schema.{key.need}") if key.need != "never" else ""
    basis = t("schema.basis", basis=key.basis) if key.basis else ""
    lines = [part for part in (key.help, need, basis) if part]
    if not lines:
        return {}
    return {
        "description": "；".join(lines),
        "markdownDescription": f"**{key.label}** `{key.id}`\n\n" + "\n\n".join(lines),
    }


def _object_schema(keys: Iterable[Key]) -> dict[str, object]:
    properties: dict[str, object] = {}
    needed = []
    for key in keys:
        described = _schema_of(key) | _hover(key)
        properties[key.label] = described
        properties[key.id] = described | {
            "doNotSuggest": True
        }  # understood, but Chinese keys are what is offered
        if key.need == "always":
            needed.append({"anyOf": [{"required": [key.label]}, {"required": [key.id]}]})
    schema: dict[str, object] = {"type": "object", "properties": properties, "additionalProperties": False}
    return schema | ({"allOf": needed} if needed else {})


def _words_of(name: str) -> tuple[str, str]:
    key = record_keys("catalog").by_word[name]
    return key.label, key.id


def json_schemas() -> dict[str, str]:
    """JSON Schemas by name: front matter by kind, `catalog`, `organisations`, `config`, `workspace`."""
    found: dict[str, dict[str, object]] = {}
    for kind in kinds().values():
        found[kind.id] = {"title": kind.label, **_object_schema(keys_of(kind.id).keys)}
    catalog = _object_schema(record_keys("catalog").keys)
    items = {"type": "array", "items": _object_schema(record_keys("catalog_item").keys)}
    cast("dict[str, object]", catalog["properties"]).update(dict.fromkeys(_words_of("items"), items))
    found["catalog"] = {"title": translator("zh")("schema.catalog"), **catalog}
    organisations = {"type": "array", "items": _object_schema(record_keys("organisation").keys)}
    label = translator("zh")("schema.organisations")
    found["organisations"] = {
        "title": label,
        "type": "object",
        "properties": dict.fromkeys((label, "organisations"), organisations),
    }
    config = _object_schema(config_keys("config").keys)
    properties = cast("dict[str, object]", config["properties"])
    for section in ("site", "check", "search", "kiosk"):
        key = config_keys("config").by_word[section]
        properties[key.label] = properties[key.id] = _object_schema(config_keys(section).keys)
    found["config"] = {"title": translator("zh")("schema.config"), **config}
    workspace = _object_schema(config_keys("workspace").keys)
    found["workspace"] = {"title": translator("zh")("schema.workspace"), **workspace}
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return {
        name: json.dumps(head | schema, ensure_ascii=False, indent=1) + "\n" for name, schema in found.items()
    }
