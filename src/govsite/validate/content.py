"""What reviewers judge: a source without what they write into it themselves."""

from __future__ import annotations

import json
from typing import Any

from govsite.files.digest import sha256_of
from govsite.model.sources import Source
from govsite.source.yaml import Mapping, Node, Scalar
from govsite.vocab.keys import keys_of

_NOT_JUDGED = frozenset({"review", "draft"})  # 审核 is the record itself; 草稿 is what approval takes away


def content_digest(source: Source) -> str:
    """SHA-256 in hex of keys, values and body, whatever the style of the YAML and the line ends are.

    The order of keys counts, so does every word; comments, quotes and indentation of front matter do not.
    """
    words = keys_of(source.kind).by_word
    front = [
        [key.text, _plain(value)]
        for key, value in source.front
        if key.text not in words or words[key.text].id not in _NOT_JUDGED
    ]
    text = json.dumps([front, source.body], ensure_ascii=False, separators=(",", ":"))
    return sha256_of(text.encode("utf-8", "surrogatepass"))


def _plain(node: Node) -> Any:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return {"": [[key.text, _plain(value)] for key, value in node]}
    return [_plain(item) for item in node.items]
