"""No bytes make the reader of attachments raise, and none cost more than they may."""

from __future__ import annotations

import importlib.util
import io
import time
import zipfile
from dataclasses import replace
from pathlib import Path
from types import ModuleType

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govsite.attachments.extract import extract
from govsite.attachments.limits import DEFAULT_LIMITS
from govsite.attachments.stored import extracted_from_bytes, extracted_to_bytes, is_settled


def _load_files() -> ModuleType:
    path = Path(__file__).parents[1] / "unit" / "attachments" / "attachment_files.py"
    spec = importlib.util.spec_from_file_location("attachment_files", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


FILES = _load_files()
SAMPLES = {
    "a.docx": FILES.plain_docx(),
    "a.xlsx": FILES.secretive_xlsx(),
    "a.pptx": FILES.plain_pptx(),
    "a.xls": FILES.plain_xls(),
    "a.doc": FILES.ole_with("WordDocument"),
    "a.pdf": FILES.plain_pdf(),
    "a.jpg": FILES.picture("JPEG"),
    "a.png": FILES.picture("PNG"),
    "a.webp": FILES.picture("WEBP"),
    "a.tif": FILES.picture("TIFF"),
    "a.csv": "姓名,身份证\n张三,1\n".encode("gbk"),
    "a.svg": '<svg xmlns="http://www.w3.org/2000/svg"><text>文</text></svg>'.encode(),
    "a.zip": FILES.zip_of({"a.xlsx": FILES.plain_xlsx(), "b.txt": b"b", "c.pdf": FILES.plain_pdf()}),
}
LIMITS = replace(DEFAULT_LIMITS, seconds=5.0)
MAGIC = [b"PK\x03\x04", b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xd8\xff\xe1", b"\x89PNG\r\n\x1a\n",
         b"II*\x00\x08\x00\x00\x00", b"RIFF\x00\x00\x00\x00WEBP", b"<svg>", b"<?xml ", b"\xff\xfe", b""]  # fmt: skip


def _parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist() if name.endswith((".xml", ".rels"))}


PARTS = {
    (name, part): content
    for name in ("a.docx", "a.xlsx", "a.pptx")
    for part, content in _parts_of(SAMPLES[name]).items()
    if "Layout" not in part and "theme" not in part
}

bounded = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def check(data: bytes, name: str) -> None:
    started = time.monotonic()
    extracted = extract(data, name, LIMITS)
    assert time.monotonic() - started < LIMITS.seconds + 15
    assert extracted.type
    assert extracted_from_bytes(extracted_to_bytes(extracted)) == extracted
    if is_settled(extracted):
        assert extract(data, name, LIMITS) == extracted


@st.composite
def damaged(draw: st.DrawFn, data: bytes) -> bytes:
    """Bytes overwritten, cut out, doubled, cut off."""
    changed = bytearray(data)
    for _number in range(draw(st.integers(1, 12))):
        if not changed:
            break
        start = draw(st.integers(0, len(changed) - 1))
        length = draw(st.integers(1, 16))
        kind = draw(st.sampled_from(["write", "flip", "cut", "double", "end"]))
        if kind == "write":
            changed[start : start + length] = draw(st.binary(min_size=length, max_size=length))
        elif kind == "flip":
            changed[start] ^= 1 << draw(st.integers(0, 7))
        elif kind == "cut":
            del changed[start : start + length]
        elif kind == "double":
            changed[start:start] = changed[start : start + 64 * length]
        else:
            del changed[start:]
    return bytes(changed)


@bounded
@given(st.sampled_from(MAGIC), st.binary(max_size=600), st.sampled_from(sorted(SAMPLES)))
def test_arbitrary_bytes_never_raise(magic: bytes, rest: bytes, name: str) -> None:
    check(magic + rest, name)


@bounded
@given(st.data(), st.sampled_from(sorted(SAMPLES)))
def test_damaged_files_never_raise(data: st.DataObject, name: str) -> None:
    check(data.draw(damaged(SAMPLES[name])), name)


@bounded
@given(st.data(), st.sampled_from(sorted(PARTS)))
def test_damaged_parts_inside_sound_packages_never_raise(data: st.DataObject, where: tuple[str, str]) -> None:
    name, part = where
    check(FILES.replace_members(SAMPLES[name], {part: data.draw(damaged(PARTS[where]))}), name)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.binary(max_size=60))
def test_arbitrary_names_never_raise(name: str, data: bytes) -> None:
    check(data, name)
