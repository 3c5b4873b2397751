"""Any file that can be imported to `Material`. Whatever the bytes are, it costs no more than the limits say."""

from __future__ import annotations

import re
from pathlib import Path

from govsite.attachments.extract import extract, read_content
from govsite.attachments.gather import BrokenError, Gatherer, StopReadingError
from govsite.attachments.limits import DEFAULT_LIMITS, ExtractLimits
from govsite.attachments.magic import content_of
from govsite.attachments.places import place_of
from govsite.attachments.plain import decode_plain
from govsite.intake.material import Block, Material, Paragraph, Picture
from govsite.intake.web import WebPage
from govsite.intake.word import read_word
from govsite.intake.workbook import grids_of, read_workbook
from govsite.model.extracted import Extracted, Fault

# Faults after which nothing of the file may be used.
REFUSED = frozenset({"encrypted", "executable", "too_large", "too_deep", "unsupported", "unsafe_name"})
_ENDS = re.compile(r"[。：；！？:;!?”）)》]$")
_NUMBERED = re.compile(
    r"^\s*([一二三四五六七八九十百]+、|[（(][一二三四五六七八九十]+[）)]|\d+[.．、]|附件|第[一二三四五六七八九十百]+[条章节])"
)


def read_material(source: bytes | Path, name: str, limits: ExtractLimits = DEFAULT_LIMITS) -> Material:
    """What the file holds. Never raises for any bytes; a file that must not be read has faults of `REFUSED` and no blocks."""
    data = source if isinstance(source, bytes) else _bytes_of(source, limits)
    if isinstance(data, Fault):
        return Material(name, "unknown", faults=(data,))
    content = content_of(data)
    if content in {"html", "xml", "svg"} and name.lower().endswith((".html", ".htm", ".shtml", ".xml")):
        return _guarded(name, "html", data, Extracted("html"), limits)
    extracted = extract(data, name, limits)
    if any(fault.kind in REFUSED for fault in extracted.faults):
        return Material(name, extracted.type, faults=extracted.faults)
    return _guarded(name, extracted.type, data, extracted, limits)


def _guarded(name: str, kind: str, data: bytes, extracted: Extracted, limits: ExtractLimits) -> Material:
    gatherer = Gatherer(limits, read_content)
    blocks: list[Block] = []
    embedded: list[Picture] = []
    try:
        blocks, embedded = _read(kind, data, extracted, gatherer)
    except BrokenError as broken:
        gatherer.fault("broken", detail=broken.detail)
    except StopReadingError as stop:
        gatherer.fault(stop.found.kind, stop.found.place, stop.found.detail)
    faults = tuple(dict.fromkeys((*extracted.faults, *gatherer.faults)))
    refused = any(fault.kind in REFUSED for fault in gatherer.faults)
    return Material(
        name, kind, () if refused else tuple(blocks), tuple(embedded), faults, _text_of(kind, data)
    )


def _read(
    kind: str, data: bytes, extracted: Extracted, gatherer: Gatherer
) -> tuple[list[Block], list[Picture]]:
    if kind == "docx":
        return read_word(data, gatherer)
    if kind == "xlsx":
        return list(read_workbook(data, extracted, gatherer)), []
    if kind in {"xls", "csv"}:
        return list(grids_of(extracted)), []
    if kind == "html":
        page = WebPage(gatherer)
        page.feed(decode_plain(data))
        return page.finish(), []
    if kind == "txt":
        return _lines(decode_plain(data), gatherer), []
    if kind == "pdf":
        return _pages(extracted), []
    gatherer.fault("unsupported", detail=kind)
    return [], []


def _text_of(kind: str, data: bytes) -> str:
    if kind != "txt":
        return ""
    try:
        return decode_plain(data).replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    except BrokenError:
        return ""


def _lines(text: str, gatherer: Gatherer) -> list[Block]:
    blocks: list[Block] = []
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        if line.strip():
            gatherer.count_unpacked(len(line))
            blocks.append(Paragraph(line.strip(), place_of("line", number=number)))
    return blocks


def _pages(extracted: Extracted) -> list[Block]:
    """Paragraphs of a PDF: a line that ends no sentence goes on in the next one."""
    blocks: list[Block] = []
    for piece in extracted.pieces:
        if piece.role != "text":
            continue
        lines = [line.strip() for line in piece.text.splitlines() if line.strip()]
        lines = [line for line in lines if not re.fullmatch(r"[-—–\s]*\d{1,4}[-—–\s]*", line)]
        width = max((len(line) for line in lines), default=0)
        for line in lines:
            last = blocks[-1] if blocks else None
            if (
                isinstance(last, Paragraph)
                and not _ENDS.search(last.text)
                and not _NUMBERED.match(line)
                and len(last.text) % max(1, width) not in range(1, max(2, width - 4))
                and last.place == piece.place
            ):
                blocks[-1] = Paragraph(last.text + line, last.place)
            else:
                blocks.append(Paragraph(line, piece.place))
    return blocks


def _bytes_of(path: Path, limits: ExtractLimits) -> bytes | Fault:
    try:
        if path.stat().st_size > limits.file_bytes:
            return Fault("too_large", detail="file_bytes")
        return path.read_bytes()
    except OSError as error:
        return Fault("broken", detail=error.strerror or type(error).__name__)
