"""Damaged and forged editions: none is installed, the running one stays. `TRIALS` sets how many (default 120)."""

from __future__ import annotations

import json
import os
import random
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from edition_files import Bench, shown_edition, site_files

from govsite.edition import container
from govsite.edition.container import MANIFEST, SIGNATURE, Member, sign_manifest, write_container
from govsite.edition.manifest import Entry
from govsite.edition.pack import Contents
from govsite.edition.refusal import RefusedError
from govsite.files.digest import sha256_of
from govsite.files.signature import make_keys

TRIALS = int(os.environ.get("TRIALS", "120"))
Damage = Callable[[bytes, random.Random], bytes]


def _flip(data: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 8))):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _cut_inside(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + data[at + chance.randrange(1, 500) :]


def _add(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.randbytes(chance.randrange(1, 300)) + data[at:]


def _append(data: bytes, chance: random.Random) -> bytes:
    return data + chance.randbytes(chance.randrange(1, 300))


def _swap(data: bytes, chance: random.Random) -> bytes:
    size = chance.randrange(1, 200)
    first, second = sorted(chance.sample(range(0, len(data) - size, size), 2))
    swapped = (
        data[:first]
        + data[second : second + size]
        + data[first + size : second]
        + data[first : first + size]
        + data[second + size :]
    )
    return swapped if swapped != data else _flip(data, chance)


def _zeros(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) - 64)
    zeroed = data[:at] + bytes(64) + data[at + 64 :]
    return zeroed if zeroed != data else _flip(data, chance)


DAMAGES: tuple[Damage, ...] = (_flip, _flip, _flip, _cut, _cut_inside, _add, _append, _swap, _zeros)


@pytest.mark.parametrize("kind", ["whole", "small"])
def test_no_damaged_edition_is_installed(tmp_path: Path, kind: str) -> None:
    bench = Bench.at(tmp_path)
    first = bench.pack(1)
    bench.install(first)
    good = (bench.pack(2, "new") if kind == "whole" else bench.pack_small(first, 2, "new")).read_bytes()
    chance = random.Random(kind)  # noqa: S311 - damage, no secret
    bad = tmp_path / "bad.zip"
    for trial in range(TRIALS // 2):
        damaged = DAMAGES[trial % len(DAMAGES)](good, chance)
        assert damaged != good
        bad.write_bytes(damaged)
        with pytest.raises(RefusedError):
            bench.install(bad)
    assert shown_edition(tmp_path / "terminal", bench.keys.public) == 1
    assert not (tmp_path / "terminal" / "incoming").exists()
    bad.write_bytes(good)
    bench.install(bad)
    assert shown_edition(tmp_path / "terminal", bench.keys.public) == 2


class Forger:
    """Somebody who holds the key's format but not the key, or a leaked tool with the key and a bad manifest."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        contents = Contents(site_files("new"))
        self.manifest = bench.describe(contents, 2)
        self.members = [Member(path, contents.read(path)) for path in sorted(contents.files)]

    def write(
        self, members: list[Member], manifest: bytes | None = None, private: bytes | None = None
    ) -> Path:
        """A sealed file with these members, sealed by us unless another key is given."""
        out = self.bench.place / "forged.zip"
        data = self.manifest.to_bytes() if manifest is None else manifest
        head = [Member(MANIFEST, data), Member(SIGNATURE, sign_manifest(self.bench.keys.private, data))]
        write_container(out, [*head, *members], private or self.bench.keys.private)
        return out

    def with_entry(self, path: str, content: bytes = b"<h1>x</h1>") -> Path:
        """A file whose manifest is rightly signed but names `path`."""
        data = self.manifest.to_bytes().decode("utf-8", "surrogatepass")
        entry = Entry(path, len(content), sha256_of(content))
        lines = data.split('"entries": [\n')[1]
        line = json.dumps(list(entry), ensure_ascii=False, separators=(",", ":"))
        text = data.replace(lines, f"{line},\n{lines}", 1)
        return self.write([Member(path, content), *self.members], text.encode("utf-8", "surrogatepass"))


NAMES = (
    "../evil.html", "site/../../evil.html", "/etc/cron.d/evil", "C:/evil.html", "site\\..\\evil.html", "site/con", "site/nul.html",
    "site/aux.txt", "site/COM1", "site/a:b", "site/x.", "site/x ", "edition.json", "current.js", "site//x", "site/./x", "SITE/index.html",
    "site/INDEX.html", "site/index.html", "index.html", "index/../site/x", "site/" + "d/" * 20 + "x", "site/\u202e.html/..",
)  # fmt: skip


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("path", NAMES)
def test_no_name_leads_out_of_the_folder_even_when_rightly_signed(tmp_path: Path, path: str) -> None:
    bench = Bench.at(tmp_path)
    bench.install(bench.pack(1))
    before = sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*"))
    with pytest.raises(RefusedError):
        bench.install(Forger(bench).with_entry(path))
    (tmp_path / "forged.zip").unlink()
    assert sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*")) == before


def test_members_too_many_missing_renamed_or_swapped_are_refused(tmp_path: Path) -> None:
    bench = Bench.at(tmp_path)
    bench.install(bench.pack(1))
    forger = Forger(bench)
    members = forger.members
    swapped = [
        Member(members[0].name, members[1].source),
        Member(members[1].name, members[0].source),
        *members[2:],
    ]
    bad = {
        "added": [*members, Member("site/added.html", b"x")],
        "missing": members[1:],
        "renamed": [Member("site/renamed.html", members[0].source), *members[1:]],
        "swapped": swapped,
        "changed": [Member(members[0].name, b"changed"), *members[1:]],
        "longer": [Member(members[0].name, bytes(members[0].source) + b"x"), *members[1:]],  # type: ignore[arg-type]
    }
    for made in bad.values():
        with pytest.raises(RefusedError, match="KSK104"):
            bench.install(forger.write(made))
    assert shown_edition(tmp_path / "terminal", bench.keys.public) == 1


def test_symlinks_folders_and_doubles_in_the_file_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = Bench.at(tmp_path)
    bench.install(bench.pack(1))
    forger = Forger(bench)
    plain = container._add

    def add_link(archive: zipfile.ZipFile, member: Member) -> None:
        if member.name != "site/index.html":
            plain(archive, member)
            return
        info = zipfile.ZipInfo(member.name, (1980, 1, 1, 0, 0, 0))
        info.create_system = 3
        info.external_attr = 0o120777 << 16
        archive.writestr(info, b"../../../../etc/passwd")

    monkeypatch.setattr(container, "_add", add_link)
    with pytest.raises(RefusedError, match="KSK105"):
        bench.install(forger.write(forger.members))
    monkeypatch.setattr(container, "_add", plain)
    with pytest.warns(UserWarning, match="Duplicate name"):
        doubled = forger.write([*forger.members, forger.members[0]])
    with pytest.raises(RefusedError, match="KSK105"):
        bench.install(doubled)


def test_unsigned_files_and_those_of_another_key_are_refused(tmp_path: Path) -> None:
    bench = Bench.at(tmp_path)
    bench.install(bench.pack(1))
    forger = Forger(bench)
    with pytest.raises(RefusedError, match="KSK103"):
        bench.install(forger.write(forger.members, private=make_keys().private))
    unsigned = tmp_path / "unsigned.zip"
    with zipfile.ZipFile(unsigned, "w") as archive:
        for member in forger.members:
            archive.writestr(member.name, member.source)  # type: ignore[arg-type]
    with pytest.raises(RefusedError, match="KSK102"):
        bench.install(unsigned)
    for content in (b"", b"PK", b"hello", bytes(4096)):
        unsigned.write_bytes(content)
        with pytest.raises(RefusedError, match="KSK101"):
            bench.install(unsigned)
    assert shown_edition(tmp_path / "terminal", bench.keys.public) == 1
    shutil.rmtree(tmp_path / "terminal")


def test_no_bit_of_the_seal_itself_can_be_flipped(tmp_path: Path) -> None:
    bench = Bench.at(tmp_path)
    file = bench.pack(1)
    good = file.read_bytes()
    for at in range(len(good) - 160, len(good)):
        for bit in range(8):
            damaged = bytearray(good)
            damaged[at] ^= 1 << bit
            file.write_bytes(damaged)
            with pytest.raises(RefusedError):
                container.Container(file, bench.keys.public)
