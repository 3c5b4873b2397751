"""PDF, by pypdf: text page by page, what is written about the file, what is packed into it, what it would run."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from govsite.attachments.gather import BrokenError, Gatherer
from govsite.attachments.places import place_of
from govsite.attachments.radicals import restore_radicals

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_ACTIONS = {"/JavaScript": "macro", "/Launch": "executable", "/ImportData": "macro", "/SubmitForm": "macro"}
_MAX_ACTIONS = 10_000
_READABLE_SHARE = 0.7
_BLANK_PAGE_BYTES = 500


def read_pdf(data: bytes, gatherer: Gatherer) -> None:
    """Read a PDF in the order of its pages."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    try:
        reader = PdfReader(BytesIO(data), strict=False)
        if reader.is_encrypted and not _can_open(reader):
            gatherer.fault("encrypted", detail="password")
            return
        count = len(reader.pages)
    except DependencyError:
        gatherer.fault("encrypted", detail="aes")
        return
    except Exception as error:
        raise BrokenError(type(error).__name__) from error
    _attempt(gatherer, "info", _read_info, reader)
    _attempt(gatherer, "actions", _report_actions, reader)
    _attempt(gatherer, "form", _read_form, reader)
    _read_pages(reader, count, gatherer)
    _attempt(gatherer, "attachments", _read_attachments, reader)


def _can_open(reader: PdfReader) -> bool:
    """Whether no password is asked for. Raises DependencyError for AES where nothing installed can undo it."""
    if not reader.decrypt(""):
        return False
    for value in (
        reader.metadata or {}
    ).values():  # AES-128 checks passwords without AES, and fails only here
        _resolved(value)
    for page in reader.pages[:1]:
        page.get_contents()
    return True


def _attempt(gatherer: Gatherer, place: str, read: Any, *arguments: Any) -> None:
    """Run one reader; its failure is reported and the others go on."""
    try:
        read(*arguments, gatherer)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - pypdf raises whatever the bytes lead to
        gatherer.fault("broken", place, type(error).__name__)


def _read_pages(reader: PdfReader, count: int, gatherer: Gatherer) -> None:
    if not count:
        gatherer.fault("broken", detail="no pages")
    silent: list[int] = []
    for index in range(min(count, gatherer.limits.pages)):
        gatherer.check_time()
        _attempt(gatherer, place_of("page", number=index + 1), _read_page, reader, index, silent)
    for number in silent:
        gatherer.fault("no_text", place_of("page", number=number))
    if count > gatherer.limits.pages:
        gatherer.fault("too_large", detail="pages")


def _read_page(reader: PdfReader, index: int, silent: list[int], gatherer: Gatherer) -> None:
    page = reader.pages[index]
    text = restore_radicals(page.extract_text().strip("\n"))
    gatherer.add(text, place_of("page", number=index + 1))
    if not text.strip():
        if _has_picture(page):
            silent.append(index + 1)
    elif not _is_readable(text):
        silent.append(index + 1)
    for note in _dictionaries(page.get("/Annots")):
        if note.get("/Subtype") not in {"/Link", "/Popup", "/Widget"}:
            words = str(note.get("/Contents") or "")
            place = place_of("page_annotation", number=index + 1)
            if words:
                gatherer.add(words, place, "comment")
                gatherer.fault("comment", place, str(note.get("/T") or ""))


def _is_readable(text: str) -> bool:
    """Whether letters came out, and not the numbers of glyphs of a font that does not tell what they mean."""
    letters = [char for char in text if not char.isspace()]
    unknown = sum(
        1 for char in letters if char == "\ufffd" or unicodedata.category(char) in {"Cc", "Co", "Cn", "Cs"}
    )
    return unknown <= len(letters) * (1 - _READABLE_SHARE)


def _has_picture(page: PageObject) -> bool:
    """Whether a page without text shows something all the same: a picture, or letters drawn as lines."""
    resources = _resolved(page.get("/Resources"))
    objects = _resolved(resources.get("/XObject")) if isinstance(resources, dict) else None
    contents = page.get_contents()
    return bool(objects) or (contents is not None and len(contents.get_data()) > _BLANK_PAGE_BYTES)


def _read_info(reader: PdfReader, gatherer: Gatherer) -> None:
    for key, value in (reader.metadata or {}).items():
        text = _resolved(value)
        if isinstance(text, str):
            gatherer.add(str(text), f"Info {str(key).lstrip('/')}", "property")
    stream = _resolved(reader.root_object.get("/Metadata"))
    if stream is not None:
        from govsite.attachments.image import add_xmp

        add_xmp(stream.get_data(), gatherer)


def _read_form(reader: PdfReader, gatherer: Gatherer) -> None:
    for name, field in (reader.get_fields() or {}).items():
        value = _resolved(field.get("/V"))
        if isinstance(value, str) and not str(value).startswith("/"):
            gatherer.add(str(value), place_of("form_field", name=name))


def _read_attachments(reader: PdfReader, gatherer: Gatherer) -> None:
    for attachment in reader.attachment_list:
        gatherer.count_member()
        name = attachment.name
        gatherer.fault("embedded", name)
        gatherer.add(name, name, "name")
        data = attachment.content
        gatherer.count_unpacked(len(data))
        gatherer.read_member(data, name)


def _report_actions(reader: PdfReader, gatherer: Gatherer) -> None:
    """Find what a viewer would run: at opening, at events of pages and fields, at a click."""
    root = reader.root_object
    starts: list[tuple[str, Any]] = [("OpenAction", root.get("/OpenAction")), ("AA", root.get("/AA"))]
    names = _resolved(root.get("/Names"))
    if isinstance(names, dict):
        starts.append(("Names", names.get("/JavaScript")))
    form = _resolved(root.get("/AcroForm"))
    if isinstance(form, dict):
        starts.append(("AcroForm", form.get("/Fields")))
        if "/XFA" in form:
            gatherer.fault("macro", detail="XFA")
    for number, page in enumerate(reader.pages[: gatherer.limits.pages], 1):
        place = place_of("page", number=number)
        starts.append((place, page.get("/AA")))
        starts += [
            (place, {"/A": note.get("/A"), "/AA": note.get("/AA")})
            for note in _dictionaries(page.get("/Annots"))
        ]
    for place, start in starts:
        for kind in _actions_below(start):
            gatherer.fault(_ACTIONS[kind], place, kind.lstrip("/"))


def _actions_below(start: Any) -> Iterator[str]:
    """Kinds of action reachable from `start`, pages and parents not followed."""
    pending = [start]
    seen: set[object] = set()
    while pending and len(seen) < _MAX_ACTIONS:
        reference = pending.pop()
        key = (reference.idnum, reference.generation) if hasattr(reference, "idnum") else id(reference)
        if key in seen:
            continue
        seen.add(key)
        found = _resolved(reference)
        if isinstance(found, dict):
            kind = found.get("/S")
            if kind in _ACTIONS:
                yield str(kind)
            pending += [
                value
                for name, value in found.items()
                if name not in {"/P", "/Parent", "/Page", "/D", "/Dest"}
            ]
        elif isinstance(found, list):
            pending += list(found)


def _dictionaries(value: Any) -> Iterator[Any]:
    items = _resolved(value)
    for item in items if isinstance(items, list) else ():
        found = _resolved(item)
        if isinstance(found, dict):
            yield found


def _resolved(value: Any) -> Any:
    """What an indirect reference points to, the value itself if it is none."""
    return value.get_object() if hasattr(value, "get_object") else value
