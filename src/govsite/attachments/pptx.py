"""Presentations: text of slides, their notes and comments."""

from __future__ import annotations

from govsite.attachments.gather import Gatherer
from govsite.attachments.headers import mark_headers
from govsite.attachments.package import Package
from govsite.attachments.places import place_of
from govsite.attachments.xmlstream import LeafTexts, attribute

_COMMENT_TEXTS = frozenset({"text", "t"})


def read_pptx(package: Package, gatherer: Gatherer) -> None:
    """Read all slides in the order they are shown."""
    main = package.main_part
    start = len(gatherer.pieces)
    order = _Order()
    package.parse(main, order)
    relations = {
        relation.id: relation.target for relation in package.relations(main) if not relation.is_external
    }
    for number, relation_id in enumerate(order.found, 1):
        if relation_id in relations:
            _read_slide(package, gatherer, relations[relation_id], number)
    mark_headers(gatherer, start)


def _read_slide(package: Package, gatherer: Gatherer, part: str, number: int) -> None:
    gatherer.check_time()
    slide = _Slide(gatherer, place_of("slide", number=number))
    package.parse(part, slide)
    if slide.is_hidden:
        gatherer.fault("hidden_slide", place_of("slide", number=number))
    for relation in package.relations(part):
        if relation.is_external:
            continue
        if relation.type == "notesSlide":
            package.parse(
                relation.target, _Slide(gatherer, place_of("slide_notes", number=number), "comment")
            )
        elif relation.type == "comments":
            texts = LeafTexts(_COMMENT_TEXTS)
            package.parse(relation.target, texts)
            place = place_of("slide_comment", number=number)
            for _name, text in texts.found:
                gatherer.add(text, place, "comment")
                gatherer.fault("comment", place)


class _Order:
    """Relations of the slides in their order."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sldId":
            self.found.append(next((value for key, value in attributes.items() if key.endswith(":id")), ""))

    def end(self, name: str) -> None: ...

    def text(self, data: str) -> None: ...


class _Slide:
    """Paragraphs of a slide, cell by cell where they stand in a table."""

    def __init__(self, gatherer: Gatherer, place: str, role: str = "text") -> None:
        self.is_hidden = False
        self._gatherer = gatherer
        self._place = place
        self._role = role
        self._buffer: list[str] = []
        self._is_text = False
        self._table = self._row = self._column = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "t":
            self._is_text = True
        elif name == "br":
            self._buffer.append("\n")
        elif name == "tbl":
            self._table, self._row = self._gatherer.new_table(), 0
        elif name == "tr":
            self._row, self._column = self._row + 1, 0
        elif name == "tc":
            self._gatherer.count_cell()
            self._column += 1
        elif name == "sld" and attribute(attributes, "show") in {"0", "false"}:
            self.is_hidden, self._role = True, "hidden"

    def end(self, name: str) -> None:
        if name == "t":
            self._is_text = False
        elif name == "tbl":
            self._table = self._row = self._column = 0
        elif name == "p":
            text = "".join(self._buffer)
            self._buffer = []
            self._gatherer.add(
                text, self._place, self._role, row=self._row, column=self._column, table=self._table
            )

    def text(self, data: str) -> None:
        if self._is_text:
            self._buffer.append(data)
