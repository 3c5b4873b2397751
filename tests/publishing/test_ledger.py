"""The ledger of what was public when: every changed byte is found, and a proof needs the public key alone."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from editions import make_editions

from govsite.files.digest import sha256_of
from govsite.files.signature import KeyFault, make_keys
from govsite.publish.edition import entries_root, manifest_entries
from govsite.publish.failure import PublishError
from govsite.publish.ledger import check_ledger, read_ledger
from govsite.publish.proof import check_proof, make_proof
from running import CONFIG, govsite

KEYS, OTHER = make_keys(), make_keys()
PAGE = "policies/5.html"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `site`, `www`, `old`, `new` and keys; old, new and old again were published, signed."""
    base = tmp_path_factory.mktemp("ledger")
    editions = make_editions(base)
    (base / "site").mkdir()
    (base / "site" / "config.yaml").write_text(
        f"{CONFIG}发布:\n  - {{名称: 正式, 地址: '{base / 'www'}'}}\n", encoding="utf-8"
    )
    (base / "private.pem").write_bytes(KEYS.private)
    (base / "public.pem").write_bytes(KEYS.public)
    for words in (["--from", editions[0]], ["--from", editions[1]], ["--rollback"]):
        code, said = govsite(
            "publish", "正式", "--site", base / "site", "--key", base / "private.pem", *words
        )
        assert code == 0, said
    return base


def _ledger(base: Path) -> bytes:
    return (base / "www" / ".govsite" / "ledger.jsonl").read_bytes()


def test_every_edition_that_became_public_stands_in_the_ledger(published: Path) -> None:
    records = check_ledger(_ledger(published), KEYS.public)
    lines = [json.loads(record.line) for record in records]
    assert [line["action"] for line in lines] == ["publish", "publish", "rollback"]
    roots = [
        entries_root(manifest_entries((published / name / "site-manifest.json").read_bytes()))
        for name in ("old", "new")
    ]
    assert [record.root for record in records] == [*roots, roots[0]]
    assert (published / "site" / "build" / "publish" / "正式" / "ledger.jsonl").read_bytes() == _ledger(
        published
    )
    code, _ = govsite(
        "ledger", "verify", published / "www" / ".govsite" / "ledger.jsonl", "--key", published / "public.pem", "--built", published / "old"
    )  # fmt: skip
    assert code == 0


def test_one_changed_byte_anywhere_in_the_chain_is_found(published: Path) -> None:
    whole = _ledger(published)
    chance = random.Random(1)
    for place in [*range(0, len(whole), 7), *chance.sample(range(len(whole)), 100)]:
        other = bytes([whole[place] ^ chance.choice([1, 2, 4, 8, 16, 32, 64])])
        with pytest.raises((PublishError, KeyFault)):
            check_ledger(whole[:place] + other + whole[place + 1 :], KEYS.public)
    lines = whole.splitlines(keepends=True)
    head, mark, signature = lines[2].rpartition(b'"signature":"')
    with pytest.raises(PublishError):
        check_ledger(
            b"".join(
                [*lines[:2], head, mark, signature.split(b'"')[0].upper(), b'"', signature.partition(b'"')[2]]
            ),
            KEYS.public,
        )
    for spoiled in (lines[1:], [lines[0], lines[2]], [lines[1], lines[0], lines[2]], [*lines, lines[2]]):
        with pytest.raises(PublishError):
            check_ledger(b"".join(spoiled), KEYS.public)
    with pytest.raises(PublishError):
        check_ledger(whole, OTHER.public)


def test_one_changed_byte_anywhere_in_site_or_manifest_is_found(published: Path, tmp_path: Path) -> None:
    chance = random.Random(2)
    ledger, key = published / "www" / ".govsite" / "ledger.jsonl", published / "public.pem"
    copy = tmp_path / "copy"
    shutil.copytree(published / "old", copy)
    files = sorted(path for path in copy.rglob("*") if path.is_file())
    manifest = copy / "site-manifest.json"
    for file in [*files, *[manifest] * 10]:
        content = file.read_bytes()
        place = chance.randrange(len(content))
        file.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        code, said = govsite("ledger", "verify", ledger, "--key", key, "--built", copy)
        head = json.loads(content)["entries"] if file == manifest else None
        # Words of the manifest's head are no part of an edition: only what speaks of files is under the root.
        try:
            same = head is not None and json.loads(file.read_bytes())["entries"] == head
        except (ValueError, KeyError):
            same = False
        assert code == (0 if same else 1), (file.name, place, said)
        file.write_bytes(content)
    assert govsite("ledger", "verify", ledger, "--key", key, "--built", copy)[0] == 0


def test_a_proof_holds_on_a_machine_with_nothing_but_the_public_key(published: Path, tmp_path: Path) -> None:
    day = read_ledger(_ledger(published))[0].day
    proof = tmp_path / "证明.json"
    code, said = govsite(
        "ledger", "prove", PAGE, "--on", day, "--site", published / "site", "--output", proof
    )
    assert code == 0, said
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for file in (proof, published / "public.pem", published / "old" / PAGE):
        shutil.copy(file, elsewhere)
    words = [
        sys.executable,
        "-m",
        "govsite",
        "ledger",
        "verify",
        proof.name,
        "--key",
        "public.pem",
        "--built",
        "5.html",
    ]
    done = subprocess.run(words, cwd=elsewhere, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert sha256_of((published / "old" / PAGE).read_bytes()) in done.stdout
    (elsewhere / "5.html").write_text("something else", encoding="utf-8")
    assert subprocess.run(words, cwd=elsewhere, capture_output=True, check=False).returncode == 1


def _moved(line: bytes, number: int, day: str, before: str) -> bytes:
    """A line as if it had been written on another day, signed anew."""
    from govsite.files.signature import sign

    facts = json.loads(line) | {"number": number, "time": f"{day}T12:00:00+08:00", "before": before}
    facts.pop("signature")
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    facts["signature"] = sign(KEYS.private, text).hex()
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def test_a_proof_speaks_of_the_edition_of_its_day_and_of_no_other(published: Path) -> None:
    lines = _ledger(published).splitlines()
    first = _moved(lines[0], 1, "2026-03-01", "0" * 64)
    second = _moved(lines[1], 2, "2026-03-09", sha256_of(first))
    records = check_ledger(first + b"\n" + second + b"\n", KEYS.public)
    manifests = {name: (published / name / "site-manifest.json").read_bytes() for name in ("old", "new")}
    proof = make_proof(records, manifests["old"], PAGE, "2026-03-08")
    proven = check_proof(proof, KEYS.public)
    assert (proven.path, proven.since[:10], proven.until[:10]) == (PAGE, "2026-03-01", "2026-03-09")
    for day in ("2026-02-28", "2026-03-09"):
        with pytest.raises(PublishError):
            check_proof(proof.replace(b'"day": "2026-03-08"', f'"day": "{day}"'.encode()), KEYS.public)
    with pytest.raises(PublishError):
        make_proof(records, manifests["old"], PAGE, "2026-02-28")
    with pytest.raises(PublishError):
        make_proof(records, manifests["new"], PAGE, "2026-03-08")
    with pytest.raises(PublishError):
        make_proof(records, manifests["old"], "policies/16.html", "2026-03-08")


def test_one_changed_byte_in_a_proof_is_found(published: Path) -> None:
    records = read_ledger(_ledger(published))
    proof = make_proof(
        records, (published / "old" / "site-manifest.json").read_bytes(), PAGE, records[-1].day
    )
    whole = check_proof(proof, KEYS.public)
    chance = random.Random(3)
    for place in chance.sample(range(len(proof)), 300):
        other = proof[:place] + bytes([proof[place] ^ chance.choice([1, 2, 4])]) + proof[place + 1 :]
        try:
            said = check_proof(other, KEYS.public)
        except (PublishError, KeyFault):
            continue
        # White space between values, or a later day that the same edition covers.
        assert said.path == whole.path and said.sha256 == whole.sha256 and said.since == whole.since
    with pytest.raises(PublishError):
        check_proof(proof, OTHER.public)
