"""XML read as a stream, without DTD, entities or anything from outside the file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol
from xml.parsers import expat

from govsite.attachments.gather import BrokenError

_MAX_DEPTH = 512
"""Elements inside elements. Word itself stays below 100."""


_MAX_TEXT = 32_000_000
"""Characters of one part; no handler can hold more than that."""


class XmlHandler(Protocol):
    """Receives elements by their local names; attributes keep their prefixes (see `attribute`)."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Character data, in as many calls as the parser likes."""


class _LocalNames(dict[str, str]):
    def __missing__(self, name: str) -> str:
        local = name.rpartition(":")[2]
        if len(self) < 1000:
            self[name] = local
        return local


def parse_xml(chunks: Iterable[bytes], handler: XmlHandler) -> None:
    """Feed `chunks` of one document to `handler`. Raises BrokenError for what is no XML or declares a document type.

    A DOCTYPE is refused outright: no Office file has one, and all attacks by entities begin there.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    local = _LocalNames()
    depth, room = 0, _MAX_TEXT

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _MAX_DEPTH:
            raise BrokenError(f"xml depth>{_MAX_DEPTH}")
        handler.start(local[name], attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(local[name])

    def text(data: str) -> None:
        nonlocal room
        room -= len(data)
        if room < 0:
            raise BrokenError(f"xml text>{_MAX_TEXT}")
        handler.text(data)

    def refuse(*_declaration: object) -> int:
        raise BrokenError("xml doctype")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise BrokenError(f"xml {expat.errors.messages[error.code]} line {error.lineno}") from error
    except (
        ValueError,
        LookupError,
    ) as error:  # an encoding that Python does not know, or that is no text encoding
        raise BrokenError("xml encoding") from error


def attribute(attributes: dict[str, str], name: str) -> str:
    """Value of the attribute called `name` under any prefix, `""` if there is none."""
    value = attributes.get(name)
    if value is not None:
        return value
    ending = ":" + name
    return next((text for key, text in attributes.items() if key.endswith(ending)), "")


class LeafTexts:
    """Collects `(name, text)` of elements that hold text themselves; `names` narrows to those elements."""

    def __init__(self, names: frozenset[str] | None = None) -> None:
        self.found: list[tuple[str, str]] = []
        self._names = names
        self._buffer: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Forget the text before: it belongs to no leaf."""
        self._buffer.clear()

    def end(self, name: str) -> None:
        """Keep what stood directly before the end."""
        text = "".join(self._buffer).strip()
        self._buffer.clear()
        if text and (self._names is None or name in self._names):
            self.found.append((name, text))

    def text(self, data: str) -> None:
        """Take character data."""
        self._buffer.append(data)
