"""A `Body` as JSON bytes and back: what lies in stores and caches. Never pickle: a cache may come from elsewhere."""

from __future__ import annotations

import json
from typing import Any

from govsite.model.body import Body, Heading, Slot


def body_to_bytes(body: Body) -> bytes:
    """Compact JSON; the same body gives the same bytes."""
    parts = [
        part
        if isinstance(part, str)
        else [
            part.kind,
            part.target,
            part.inner,
            part.extra,
            part.anchor,
            part.line,
            part.column,
            part.written,
        ]
        for part in body.parts
    ]
    headings = [[heading.level, heading.text, heading.anchor] for heading in body.headings]
    return json.dumps([parts, headings, body.blocks], ensure_ascii=False, separators=(",", ":")).encode()


def body_from_bytes(data: bytes) -> Body:
    """The body that `body_to_bytes` wrote. Raises ValueError for anything else."""
    parts, headings, blocks = json.loads(data)
    return Body(
        tuple(part if isinstance(part, str) else _slot(part) for part in parts),
        tuple(Heading(*heading) for heading in headings),
        tuple(blocks),
    )


def _slot(fields: list[Any]) -> Slot:
    return Slot(*fields)
