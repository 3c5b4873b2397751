"""The publication ledger (发布台账): one line for every edition that became public, each holding the hash of the one before.

A line is JSON with sorted keys. Its signature (Ed25519) covers the line without the signature; the next line's `before` is the
SHA-256 of the whole line. Nothing in it names a person.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from govsite.files.digest import sha256_of
from govsite.files.signature import KeyFault, fingerprint, is_signed, public_key_of, sign
from govsite.frozen import dataclass
from govsite.problems.problem import Problem
from govsite.publish.edition import Edition
from govsite.publish.failure import PublishError
from govsite.publish.receipt import CHINA
from govsite.publish.state import FOLDER
from govsite.publish.store import Store

LEDGER = f"{FOLDER}/ledger.jsonl"
START = "0" * 64


@dataclass(frozen=True, slots=True)
class Record:
    """A line. number: from 1; root: Merkle root of the edition; line: its bytes without the end."""

    number: int
    before: str
    time: str
    root: str
    files: int
    edition: str
    line: bytes

    @property
    def day(self) -> str:
        """ISO day in China's time on which the edition became public."""
        return self.time[:10]


def manifest_place(root: str) -> str:
    """Where the manifest of an edition is kept at a target."""
    return f"{FOLDER}/manifests/{root}.json"


def append_record(
    store: Store, action: str, edition: Edition, commit: str, private: bytes, moment: datetime
) -> bytes:
    """Write the edition into the target's ledger, unless it stands there last already; the whole ledger.

    private: PEM of the key to sign with, empty for a line without signature. Raises StoreError, `PublishError` (PUB312)
    where the ledger at the target is broken.
    """
    text = store.read(LEDGER) or b""
    records = read_ledger(text)
    last = records[-1] if records else None
    if last and last.root == edition.root:
        return text
    facts: dict[str, Any] = {
        "version": 1,
        "number": last.number + 1 if last else 1,
        "before": sha256_of(last.line) if last else START,
        "time": moment.astimezone(CHINA).isoformat(timespec="seconds"),
        "action": action,
        "edition": edition.id,
        "root": edition.root,
        "files": len(edition.entries) - 1,
        "data_date": edition.data_date,
        "commit": commit,
        "key": fingerprint(public_key_of(private)) if private else "",
    }
    facts["signature"] = sign(private, _canonical(facts)).hex() if private else ""
    store.write(manifest_place(edition.root), edition.manifest)
    whole = text + _canonical(facts) + b"\n"
    store.write(LEDGER, whole)
    return whole


def read_ledger(text: bytes) -> list[Record]:
    """Records in order, the chain followed. Raises `PublishError` (PUB312) at the first line that does not fit."""
    records: list[Record] = []
    before = START
    for number, line in enumerate(text.splitlines(), 1):
        record = read_line(line)
        if record is None or record.number != number or record.before != before:
            raise PublishError(Problem.at("PUB312", None, number=number))
        if records and record.time < records[-1].time:
            raise PublishError(Problem.at("PUB312", None, number=number))
        records.append(record)
        before = sha256_of(line)
    return records


def read_line(line: bytes) -> Record | None:
    """One record; None where the bytes are not those of one."""
    try:
        facts = json.loads(line)
        record = Record(
            int(facts["number"]), str(facts["before"]), str(facts["time"]), str(facts["root"]), int(facts["files"]),
            str(facts["edition"]), line,
        )  # fmt: skip
        moment = datetime.fromisoformat(record.time)
    except (ValueError, KeyError, TypeError):
        return None
    canonical = _canonical(facts) == line and moment.utcoffset() == CHINA.utcoffset(None)
    return record if canonical else None


def is_line_signed(line: bytes, public: bytes) -> bool:
    """Whether a line bears the signature of this key. Raises `KeyFault`."""
    facts = json.loads(line)
    try:
        written = str(facts.pop("signature"))
        signature = bytes.fromhex(written)
    except (KeyError, ValueError):
        return False
    if signature.hex() != written:  # the same number in capitals would be another line
        return False
    return is_signed(public, _canonical(facts), signature)


def check_ledger(text: bytes, public: bytes) -> list[Record]:
    """Records of a ledger whose chain and signatures hold. Raises `PublishError` (PUB312), `KeyFault`."""
    records = read_ledger(text)
    for record in records:
        if not is_line_signed(record.line, public):
            raise PublishError(Problem.at("PUB312", None, number=record.number))
    return records


def record_on(records: Sequence[Record], day: str) -> int | None:
    """Index of the edition that was public at the end of a day, None where none was."""
    found = [index for index, record in enumerate(records) if record.day <= day]
    return found[-1] if found else None


def _canonical(facts: Mapping[str, Any]) -> bytes:
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


__all__ = [
    "LEDGER",
    "KeyFault",
    "Record",
    "append_record",
    "check_ledger",
    "is_line_signed",
    "manifest_place",
    "read_ledger",
    "read_line",
    "record_on",
]
