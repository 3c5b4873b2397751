"""Masks inside an xlsx file, part by part, so that everything else in it stays as it is.

A cell that changes becomes text of its own; shared strings that no cell uses any more are emptied, and what was masked
is looked for in every other part: comments, properties, drawings, caches of pivot tables and of other workbooks.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from html import escape, unescape
from typing import Final

from govsite.attachments.extract import extract
from govsite.check.masking import Mask, Masked
from govsite.check.privacy.attachment import find_in_pieces
from govsite.check.privacy.leak import Leak, PrivacyContext
from govsite.check.privacy.lists import find_personal_data
from govsite.model.extracted import Extracted

_SHEET: Final = re.compile(r'<sheet\b[^>]*?\bname="([^"]*)"[^>]*?\br:id="([^"]*)"')
_RELATION: Final = re.compile(r"<Relationship\b[^>]*>")
_ATTRIBUTE: Final = re.compile(r'([\w:]+)="([^"]*)"')
_CELL: Final = re.compile(r"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_REFERENCE: Final = re.compile(r"(.*)!([A-Z]{1,3}\d{1,7})")
_SHARED: Final = re.compile(r"<si\b[^>]*?(?:/>|>.*?</si>)", re.DOTALL)
_TEXT: Final = re.compile(r">([^<>]+)<")
_STRINGS: Final = "xl/sharedStrings.xml"
_CHAIN: Final = re.compile(r"<(?:Relationship|Override)\b[^>]*?calcChain[^>]*?/>")
_SHORTEST_SECRET: Final = 6


def mask_workbook(data: bytes, name: str, context: PrivacyContext) -> Masked:
    """A copy of the workbook with every leak masked, read again to show what is left.

    Raises ValueError for what is no readable xlsx file.
    """
    extracted = extract(data, name)
    if extracted.type != "xlsx" or not zipfile.is_zipfile(io.BytesIO(data)):
        raise ValueError(extracted.type)
    cells, secrets, masks = _plan(extracted, context)
    if not masks:
        return Masked(data, ())
    copy = _rewrite(data, cells, secrets, context)
    again = extract(copy, name)
    left = [
        Mask(again.pieces[item.piece].place, item.leak.kind, item.leak.masked)
        for item in find_in_pieces(again.pieces, context)
    ]
    left += [Mask(part, "raw", masked) for part, masked in _still_there(copy, secrets)]
    return Masked(copy, tuple(masks), tuple(left))


def _plan(
    extracted: Extracted, context: PrivacyContext
) -> tuple[dict[tuple[str, str], str], dict[str, str], list[Mask]]:
    """New texts of cells by sheet and reference; masked values by secret; the proposals."""
    leaks: dict[int, list[Leak]] = {}
    masks, secrets = [], {}
    for item in find_in_pieces(extracted.pieces, context, parts=True):
        piece = extracted.pieces[item.piece]
        leaks.setdefault(item.piece, []).append(item.leak)
        secret = piece.text[item.leak.start : item.leak.end]
        masked = item.leak.masked or "*" * len(secret)
        secrets[secret] = masked
        if item.leak.masked:
            masks.append(Mask(piece.place, item.leak.kind, masked))
    cells = {}
    for index, found in leaks.items():
        piece = extracted.pieces[index]
        match = _REFERENCE.fullmatch(piece.place)
        if match and piece.column:
            cells[match[1], match[2]] = masked_text(piece.text, found)
    return cells, secrets, masks


def masked_text(text: str, leaks: Iterable[Leak]) -> str:
    """`text` with its leaks masked."""
    for item in sorted(leaks, key=lambda item: -item.start):
        masked = item.masked or "*" * (item.end - item.start)
        text = text[: item.start] + masked + text[item.end :]
    return text


def _rewrite(
    data: bytes, cells: Mapping[tuple[str, str], str], secrets: Mapping[str, str], context: PrivacyContext
) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}
    texts = {name: part.decode("utf-8") for name, part in parts.items() if _is_xml(name, part)}
    has_formula = _mask_cells(texts, cells)
    _empty_unused_strings(texts)
    for name, text in texts.items():
        if not name.startswith(("xl/worksheets/sheet", "[Content_Types]")) and not name.endswith(".rels"):
            texts[name] = _mask_part(text, secrets, context)
    if has_formula:  # the order of calculation names cells that hold no formula any more
        texts = {name: _CHAIN.sub("", text) for name, text in texts.items() if "calcChain" not in name}
        parts.pop("xl/calcChain.xml", None)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            archive.writestr(info, texts[name].encode() if name in texts else part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _is_xml(name: str, part: bytes) -> bool:
    return name.endswith((".xml", ".rels", ".vml")) and not part.startswith((b"\xff\xfe", b"\xfe\xff"))


def _sheet_parts(texts: Mapping[str, str]) -> dict[str, str]:
    """Sheet name → name of its part."""
    targets = {}
    for relation in _RELATION.findall(texts.get("xl/_rels/workbook.xml.rels", "")):
        attributes = dict(_ATTRIBUTE.findall(relation))
        target = attributes.get("Target", "")
        targets[attributes.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    found = _SHEET.findall(texts.get("xl/workbook.xml", ""))
    return {unescape(name): targets[relation] for name, relation in found if relation in targets}


def _mask_cells(texts: dict[str, str], cells: Mapping[tuple[str, str], str]) -> bool:
    """Put the new texts into their cells; whether one of them held a formula."""
    has_formula = False
    for sheet, part in _sheet_parts(texts).items():
        wanted = {reference: text for (name, reference), text in cells.items() if name == sheet}
        if not wanted or part not in texts:
            continue

        def replaced(match: re.Match[str], wanted: Mapping[str, str] = wanted) -> str:
            nonlocal has_formula
            attributes = dict(_ATTRIBUTE.findall(match[1]))
            text = wanted.get(attributes.get("r", ""))
            if text is None:
                return match[0]
            has_formula = has_formula or "<f" in (match[2] or "")
            kept = "".join(f' {key}="{attributes[key]}"' for key in ("r", "s") if key in attributes)
            return (
                f'<c{kept} t="inlineStr"><is><t xml:space="preserve">{escape(text, quote=False)}</t></is></c>'
            )

        texts[part] = _CELL.sub(replaced, texts[part])
    return has_formula


def _empty_unused_strings(texts: dict[str, str]) -> None:
    """Shared strings that no cell shows keep nothing; the others keep their numbers."""
    if _STRINGS not in texts:
        return
    used = {
        int(value)
        for part in _sheet_parts(texts).values()
        for attributes, inner in _CELL.findall(texts.get(part, ""))
        if 't="s"' in attributes
        for value in re.findall(r"<v>(\d+)</v>", inner)
    }
    number = -1

    def kept(match: re.Match[str]) -> str:
        nonlocal number
        number += 1
        return match[0] if number in used else "<si><t/></si>"

    texts[_STRINGS] = _SHARED.sub(kept, texts[_STRINGS])


def _mask_part(text: str, secrets: Mapping[str, str], context: PrivacyContext) -> str:
    """A part that is no sheet, with what was masked elsewhere and what its own text shows masked."""
    for secret, masked in sorted(secrets.items(), key=lambda item: -len(item[0])):
        written = escape(secret)
        if len(secret) >= _SHORTEST_SECRET:
            text = text.replace(written, escape(masked))
        else:
            text = text.replace(f'"{written}"', f'"{escape(masked)}"').replace(
                f">{written}<", f">{escape(masked)}<"
            )

    def masked_node(match: re.Match[str]) -> str:
        plain = unescape(match[1])
        found = find_personal_data(plain, context)
        return f">{escape(masked_text(plain, found), quote=False)}<" if found else match[0]

    return _TEXT.sub(masked_node, text)


def _still_there(data: bytes, secrets: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Parts in which a masked value of some length still stands, in whatever place."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            part = archive.read(info).decode("utf-8", "replace")
            for secret, masked in secrets.items():
                if len(secret) >= _SHORTEST_SECRET and escape(secret) in part:
                    yield info.filename, masked
