"""Paths that must stay inside, names that must live on every system, digests, the store of bodies."""

from __future__ import annotations

from pathlib import Path

import pytest

from govsite.files.bodies import RecordReader, store_records
from govsite.files.digest import digest_of
from govsite.files.paths import is_absolute, is_portable_name, path_key, resolve_inside


@pytest.mark.parametrize(
    ("path", "folder", "found"),
    [
        ("a.pdf", "policies/2024", "policies/2024/a.pdf"),
        ("./a.pdf", "policies", "policies/a.pdf"),
        ("../a.pdf", "policies/2024", "policies/a.pdf"),
        ("..\\a.pdf", "policies/2024", "policies/a.pdf"),
        ("../../a.pdf", "policies", None),
        ("..", "", None),
        ("../policies/../../a", "policies", None),
        ("..a", "", "..a"),
        ("a/../b", "x", "x/b"),
        ("/etc/passwd", "policies", None),
        ("C:\\a.pdf", "policies", None),
        ("c:a.pdf", "policies", None),
        ("\\\\server\\share", "policies", None),
    ],
)
def test_a_path_that_leaves_its_root_is_refused(path: str, folder: str, found: str | None) -> None:
    assert resolve_inside(path, folder) == found


def test_roots_drives_and_shares_are_absolute() -> None:
    assert all(map(is_absolute, ["/a", "\\a", "\\\\a\\b", "C:/a", "z:"]))
    assert not any(map(is_absolute, ["a", "./a", "附件/a"]))


@pytest.mark.parametrize(
    "name", ["a.pdf", "附件1.xlsx", "示政发〔2024〕7号.pdf", ".well-known", "CONSOLE.txt", "a b.md"]
)
def test_usual_names_live_everywhere(name: str) -> None:
    assert is_portable_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "a?.md",
        "a:b",
        "a|b",
        "<a>",
        'a"b',
        "a*",
        "con",
        "CON.md",
        "com1.txt",
        "LPT9",
        "nul.tar.gz",
        "a.",
        "a ",
        " a",
        "a\n",
        "a\\b",
        "长" * 201,
    ],
)
def test_names_that_some_system_cannot_hold_are_known(name: str) -> None:
    assert not is_portable_name(name)


def test_paths_collide_without_regard_to_case_and_unicode_form() -> None:
    assert path_key("Policies/É.html") == path_key("policies/e\u0301.HTML")
    assert path_key("a") != path_key("b")


def test_a_digest_sees_the_borders_of_its_parts() -> None:
    assert digest_of(b"ab", b"c") != digest_of(b"a", b"bc")
    assert digest_of(b"") != digest_of()


def test_the_store_gives_every_record_back_in_any_order(tmp_path: Path) -> None:
    records = [b"one", b"", "三".encode(), b"4" * 100_000]
    places = store_records(tmp_path, "000001", records)
    reader = RecordReader(tmp_path)
    assert [reader.read(place) for place in reversed(places)] == records[::-1]
    reader.close()
    assert reader.read(places[0]) == b"one"
    reader.close()


def test_a_store_is_never_written_twice(tmp_path: Path) -> None:
    store_records(tmp_path, "000001", [b"one"])
    with pytest.raises(FileExistsError):
        store_records(tmp_path, "000001", [b"two"])
