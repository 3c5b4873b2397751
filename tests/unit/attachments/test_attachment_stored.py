"""Results kept as bytes."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from attachment_files import plain_docx, secretive_xlsx

from govsite.attachments.extract import extract
from govsite.attachments.limits import DEFAULT_LIMITS
from govsite.attachments.stored import (
    extracted_from_bytes,
    extracted_to_bytes,
    extraction_key,
    is_settled,
    text_digest,
)
from govsite.model.extracted import Extracted, Fault


def test_a_result_survives_its_bytes() -> None:
    for data, name in ((plain_docx(), "a.docx"), (secretive_xlsx(), "a.xlsx")):
        extracted = extract(data, name)
        stored = extracted_to_bytes(extracted)
        assert extracted_from_bytes(stored) == extracted
        assert extracted_to_bytes(extract(data, name)) == stored


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\xff",
        b'{"version":0}',
        b'{"version":1,"type":"x","pieces":[[1]],"faults":[]}',
        b"[" * 100_000,
    ],
)
def test_damaged_bytes_are_a_miss(data: bytes) -> None:
    assert extracted_from_bytes(data) is None


def test_another_version_is_a_miss() -> None:
    record = json.loads(extracted_to_bytes(Extracted("txt")))
    assert extracted_from_bytes(json.dumps({**record, "version": 99}).encode()) is None


def test_the_key_depends_on_content_suffix_and_limits_alone() -> None:
    keys = {
        extraction_key(b"a", "a.txt", DEFAULT_LIMITS),
        extraction_key(b"a", "b.TXT", DEFAULT_LIMITS),
        extraction_key(b"b", "a.txt", DEFAULT_LIMITS),
        extraction_key(b"a", "a.csv", DEFAULT_LIMITS),
        extraction_key(b"a", "a.txt", replace(DEFAULT_LIMITS, pages=1)),
    }
    assert len(keys) == 4


def test_what_time_ended_is_not_settled() -> None:
    assert is_settled(Extracted("pdf", (), (Fault("broken"),)))
    assert not is_settled(Extracted("pdf", (), (Fault("too_slow", "", "seconds"),)))


def test_the_text_digest_ignores_what_no_reader_sees() -> None:
    extracted = extract(plain_docx(), "a.docx")
    assert text_digest(extracted) == text_digest(replace(extracted, faults=(Fault("macro"),)))
    assert text_digest(extracted) != text_digest(Extracted("docx"))
