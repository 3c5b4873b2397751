"""Proof that a file was public with these bytes on a day. It is checked with the public key alone, offline.

The proof holds the ledger's line of the edition and the one after it, and the hashes that lead from the file to the
edition's root (RFC 6962). Without a line after it the proof speaks of the day from which the edition was public, and
cannot say that nothing replaced it since.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from govsite.files.digest import sha256_of
from govsite.files.merkle import audit_path, root_from
from govsite.frozen import dataclass
from govsite.problems.problem import Problem
from govsite.publish.edition import Entry, entries_root, entry_leaf, manifest_entries
from govsite.publish.failure import PublishError
from govsite.publish.ledger import Record, is_line_signed, read_line, record_on

KIND = "govsite-publication-proof"


@dataclass(frozen=True, slots=True)
class Proven:
    """What a sound proof says. since: moment from which the edition was public; until: when it was replaced, or `""`."""

    path: str
    sha256: str
    size: int
    day: str
    edition: str
    since: str
    until: str


def make_proof(records: Sequence[Record], manifest: bytes, path: str, day: str) -> bytes:
    """The proof for a file on a day. manifest: of the edition of that day. Raises `PublishError` (PUB302, PUB314)."""
    index = record_on(records, day)
    if index is None:
        raise PublishError(Problem.at("PUB314", None, path=path, day=day))
    entries = manifest_entries(manifest)
    if entries_root(entries) != records[index].root:
        raise PublishError(Problem.at("PUB302", None, path="site-manifest.json"))
    if path not in entries:
        raise PublishError(Problem.at("PUB314", None, path=path, day=day))
    place = list(entries).index(path)
    leaves = [entry_leaf(name, entry) for name, entry in entries.items()]
    after = records[index + 1] if index + 1 < len(records) else None
    proof = {
        "kind": KIND,
        "version": 1,
        "path": path,
        "sha256": entries[path].sha256,
        "size": entries[path].size,
        "day": day,
        "index": place,
        "hashes": [step.hex() for step in audit_path(place, leaves)],
        "record": records[index].line.decode(),
        "next": after.line.decode() if after else "",
    }
    return json.dumps(proof, ensure_ascii=False, indent=1).encode() + b"\n"


def check_proof(proof: bytes, public: bytes) -> Proven:
    """What a proof shows. Raises `PublishError` (PUB313, with the part that does not hold), `KeyFault`."""
    try:
        facts = json.loads(proof)
        entry = Entry(str(facts["sha256"]), int(facts["size"]))
        path, day, index = str(facts["path"]), str(facts["day"]), int(facts["index"])
        hashes = [bytes.fromhex(step) for step in facts["hashes"]]
        lines = [str(facts[name]).encode() for name in ("record", "next")]
        known = facts["kind"] == KIND and facts["version"] == 1
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _false("kind") from None
    if not known:
        raise _false("kind")
    record = _signed(lines[0], public, "record")
    found = root_from(entry_leaf(path, entry), index, record.files, hashes)
    if found is None or found.hex() != record.root:
        raise _false("path")
    if record.day > day:
        raise _false("day")
    until = ""
    if lines[1]:
        after = _signed(lines[1], public, "next")
        if after.before != sha256_of(lines[0]) or after.number != record.number + 1:
            raise _false("next")
        if after.day <= day:
            raise _false("day")
        until = after.time
    return Proven(path, entry.sha256, entry.size, day, record.edition, record.time, until)


def _signed(line: bytes, public: bytes, name: str) -> Record:
    record = read_line(line)
    if record is None:
        raise _false(name)
    if not is_line_signed(line, public):
        raise _false("signature")
    return record


def _false(part: str) -> PublishError:
    return PublishError(Problem.at("PUB313", None, part=part))
