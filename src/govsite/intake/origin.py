"""Where every part of an imported source came from (出处), kept beside the sources and told with later problems.

`content/.import/<path>.json` holds, for a catalog, the place of every key of every item; for a document, the place of
every key and of every block by the digest of its text. Hand edits that move things do not mislead it: items are found
by id, blocks by their words.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from govsite.files.digest import digest_of
from govsite.intake.notes import placed
from govsite.source.span import Span
from govsite.source.yaml import Mapping as Node
from govsite.source.yaml import Scalar, parse_yaml
from govsite.source.yaml import Sequence as Nodes
from govsite.vocab.keys import record_keys

FOLDER = "content/.import"


def origin_path(source: str) -> str:
    """Where the origin of a source is kept; both paths relative to the site."""
    return f"{FOLDER}/{source.removeprefix('content/')}.json"


def catalog_origin(file: str, items: Mapping[str, Mapping[str, str]]) -> str:
    """JSON of a catalog's origin. items: places by key id by item id."""
    return _json({"version": 1, "file": file, "items": items})


def document_origin(file: str, keys: Mapping[str, str], blocks: Sequence[tuple[str, str]], body: str) -> str:
    """JSON of a document's origin. keys: places by label; blocks: (text, place); body: as written, to see hand edits."""
    marked = [[digest_of(text.encode())[:12], place] for text, place in blocks if place]
    return _json(
        {"version": 1, "file": file, "keys": keys, "body": digest_of(body.encode()), "blocks": marked}
    )


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


class Origins:
    """Answers where the text at a span came from. site: its folder; nothing is read before it is asked for."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self._read = cache(self._record)

    def of(self, span: Span | None) -> str:
        """File and place in words (`附件2.xlsx › 清单!D17`), `""` for what was not imported."""
        if span is None or not span.file:
            return ""
        record = self._read(span.file)
        if record is None:
            return ""
        places, file = record
        return placed(file, places.get(span.line, "")) if span.line else file

    def imported_body(self, source: str) -> str:
        """Digest of the body as the import wrote it, `""` for none."""
        data = self._data(source)
        return str(data.get("body", "")) if data else ""

    def _data(self, source: str) -> dict[str, Any] | None:
        try:
            data = json.loads((self._site / origin_path(source)).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return data if isinstance(data, dict) and data.get("version") == 1 else None

    def _record(self, source: str) -> tuple[dict[int, str], str] | None:
        """Places by line of the source as it is now, and the imported file."""
        data = self._data(source)
        if data is None:
            return None
        try:
            text = (self._site / source).read_text(encoding="utf-8-sig")
        except (OSError, ValueError):
            return None
        file = str(data.get("file", ""))
        if isinstance(data.get("items"), dict):
            return _catalog_places(text, data["items"]), file
        return _document_places(text, data), file


def _catalog_places(text: str, items: Mapping[str, Mapping[str, str]]) -> dict[int, str]:
    node = parse_yaml(text, "")
    places: dict[int, str] = {}
    if not isinstance(node, Node):
        return places
    words = record_keys("catalog_item").by_word
    for _, value in node:
        for item in value.items if isinstance(value, Nodes) else ():
            if not isinstance(item, Node):
                continue
            identity = next(
                (entry.text for key, entry in item if key.text in words and words[key.text].id == "id" and isinstance(entry, Scalar)),
                "",
            )  # fmt: skip
            known = items.get(identity, {})
            for key, entry in item:
                name = words[key.text].id if key.text in words else ""
                place = known.get(name) or known.get("")
                if place:
                    for line in range(key.span.line, max(entry.span.end_line, key.span.line) + 1):
                        places[line] = place
    return places


def _document_places(text: str, data: Mapping[str, Any]) -> dict[int, str]:
    places: dict[int, str] = {}
    keys: Mapping[str, str] = data.get("keys", {})
    blocks = {
        str(one[0]): str(one[1]) for one in data.get("blocks", ()) if isinstance(one, list) and len(one) == 2
    }
    fences, current = 0, ""
    for number, line in enumerate(text.split("\n"), 1):
        if line.rstrip() == "---":
            fences += 1
        elif fences == 1:
            label = line.partition(":")[0]
            current = keys.get(label, "") if not line.startswith((" ", "-")) else current
            if current:
                places[number] = current
        elif line.strip():
            current = blocks.get(digest_of(line.strip().encode())[:12], current)
            if current:
                places[number] = current
        elif fences == 2:
            current = current if fences > 2 else ""
    return places
