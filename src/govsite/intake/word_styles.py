"""What the styles of a Word document say of paragraphs: heading level and list, inherited along `basedOn`."""

from __future__ import annotations

from dataclasses import dataclass

from govsite.attachments.xmlstream import attribute

_MAX_BASES = 50


@dataclass(slots=True)
class Style:
    """level: of a heading, 1-based, 0 for none; number, depth: of a list; None where the base style decides."""

    base: str = ""
    level: int | None = None
    number: str | None = None
    depth: int | None = None
    hidden: bool | None = None
    centred: bool | None = None


class Styles:
    """Reads `styles.xml`."""

    def __init__(self) -> None:
        self._styles: dict[str, Style] = {}
        self._style = Style()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take a style or a property of one."""
        value = attribute(attributes, "val")
        if name == "style":
            self._style = self._styles.setdefault(attribute(attributes, "styleId"), Style())
        elif name == "name" and value.lower().startswith("heading ") and value[8:].isdecimal():
            self._style.level = min(int(value[8:10]), 9)
        elif name == "basedOn":
            self._style.base = value
        elif name == "outlineLvl" and value.isdecimal() and self._style.level is None:
            level = int(value[:2]) + 1
            self._style.level = level if level < 10 else 0
        elif name == "numId":
            self._style.number = value
        elif name == "ilvl" and value.isdecimal():
            self._style.depth = int(value[:2])
        elif name == "vanish":
            self._style.hidden = value not in {"0", "false", "off"}
        elif name == "jc":
            self._style.centred = value == "center"

    def end(self, name: str) -> None:
        """A style ends."""
        if name == "style":
            self._style = Style()

    def text(self, data: str) -> None:
        """No text counts."""

    def of(self, style: str) -> Style:
        """What holds for a paragraph of `style`, its bases included."""
        result = Style()
        for _step in range(_MAX_BASES):
            own = self._styles.get(style)
            if own is None:
                break
            for name in ("level", "number", "depth", "hidden", "centred"):
                if getattr(result, name) is None:
                    setattr(result, name, getattr(own, name))
            style = own.base
        return result
