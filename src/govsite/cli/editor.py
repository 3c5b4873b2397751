"""Settings that a new site brings for Visual Studio Code: schemas for YAML, skeletons and keys for Markdown."""

from __future__ import annotations

import json

from govsite.messages.catalogue import translator
from govsite.vocab.keys import Key, keys_of
from govsite.vocab.schemas import json_schemas
from govsite.vocab.terms import Kind, kinds, term_list

_YAML = {
    "config": ["config.yaml"],
    "organisations": ["content/organisations.yaml"],
    "catalog": ["content/catalog/*.yaml"],
}
_EXTENSION = "redhat.vscode-yaml"


def editor_files() -> dict[str, str]:
    """Content by path relative to the site. The same for every site."""
    schemas = json_schemas()
    places = dict(_YAML)
    for kind in kinds().values():
        if kind.format == "yaml":
            places[kind.id] = [f"content/{kind.folder}/*.yaml"]
    settings = {
        "yaml.schemas": {f".vscode/schemas/{name}.schema.json": globs for name, globs in places.items()},
        "files.encoding": "utf8",
        "files.eol": "\n",
        "[markdown]": {
            "editor.quickSuggestions": {"other": True, "comments": False, "strings": True},
            "editor.wordWrap": "on",
            "editor.unicodeHighlight.ambiguousCharacters": False,
        },
    }
    files = {
        ".vscode/settings.json": _json(settings),
        ".vscode/extensions.json": _json({"recommendations": [_EXTENSION]}),
        ".vscode/govsite.code-snippets": _json(_snippets()),
    }
    return files | {
        f".vscode/schemas/{name}.schema.json": schemas[name] for name in places if name in schemas
    }


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _snippets() -> dict[str, object]:
    """A skeleton for every kind, and every key with what it is for, offered while one writes Markdown."""
    found: dict[str, object] = {}
    keys: dict[str, Key] = {}
    for kind in kinds().values():
        if kind.format == "markdown":
            t = translator("zh")
            name = t("schema.snippet", kind=kind.label)
            found[name] = {
                "scope": "markdown", "prefix": [kind.label, f"new {kind.id}"], "description": name, "body": _skeleton(kind),
            }  # fmt: skip
            keys |= {key.id: key for key in keys_of(kind.id).keys}
    for key in keys.values():
        description = "；".join(part for part in (key.help, key.basis) if part)
        found[key.label] = {
            "scope": "markdown", "prefix": [key.label, key.id], "description": description or key.label, "body": f"{key.label}: {_value(key, 1)}",
        }  # fmt: skip
    return found


def _skeleton(kind: Kind) -> list[str]:
    """Front matter with the keys that a document of the kind must have, places to fill in order."""
    needed = [key for key in keys_of(kind.id).keys if key.need != "never"]
    lines = [f"{key.label}: {_value(key, place)}" for place, key in enumerate(needed, 1)]
    return ["---", *lines, "---", "", "$0"]


def _value(key: Key, place: int) -> str:
    """A place to fill in; for a closed list one chooses."""
    name, _, group = key.type.partition(":")
    if name in {"term", "terms"} and group:
        labels = ",".join(
            term.label.replace(",", "\\,").replace("|", "\\|") for term in term_list(group).terms
        )
        return f"${{{place}|{labels}|}}"
    if name in {"day", "moment"}:
        return f"${{{place}:$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE}}"
    return f"${place}"
