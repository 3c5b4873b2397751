"""SVG: a picture that may hold text, and scripts."""

from __future__ import annotations

from govsite.attachments.gather import Gatherer
from govsite.attachments.xmlstream import LeafTexts, parse_xml

_ACTIVE = frozenset({"script", "foreignobject", "iframe", "embed", "object", "handler", "listener"})
_TEXTS = frozenset({"text", "tspan", "textpath", "title", "desc", "creator", "metadata", "a"})


class _Svg(LeafTexts):
    def __init__(self, gatherer: Gatherer) -> None:
        super().__init__()
        self._gatherer = gatherer

    def start(self, name: str, attributes: dict[str, str]) -> None:
        super().start(name, attributes)
        if name.lower() in _ACTIVE:
            self._gatherer.fault("executable", detail=f"svg {name.lower()}")
        for key, value in attributes.items():
            local = key.rpartition(":")[2].lower()
            if local.startswith("on"):
                self._gatherer.fault("executable", detail=f"svg {local}")
            elif local in {"href", "src"}:
                self._judge_link("".join(value.split()).lower())

    def _judge_link(self, target: str) -> None:
        if target.startswith(("javascript:", "vbscript:", "data:text/html")):
            self._gatherer.fault("executable", detail=f"svg {target.partition(':')[0]}")
        elif target.startswith(("http:", "https:", "//", "file:")):
            self._gatherer.fault("external_link", detail=target)


def read_svg(data: bytes, gatherer: Gatherer) -> None:
    """Texts and dangers of a drawing."""
    handler = _Svg(gatherer)
    try:
        parse_xml([data], handler)
    finally:
        for name, text in handler.found:
            if name.lower() in _TEXTS:
                gatherer.add(text, f"svg {name}", "property" if name.lower() == "creator" else "text")
