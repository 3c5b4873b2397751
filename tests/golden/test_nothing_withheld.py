"""What is not 主动公开, and drafts, leave no trace in any byte of the output."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from running import govsite, tree, write_site

SITE = Path(__file__).parent / "withheld" / "site"
WITHHELD = (
    "policies/2024/9.md",
    "policies/2024/fulu-yizhang.txt",
    "policies/2024/fulu-erzhang.txt",
    "policies/2024/tu-sanzhang.svg",
    "disclosures/yishenqing.md",
    "interpretations/caogao.md",
    "interpretations/caogao-fujian.txt",
)
# The public document names one withheld document by number and title: those words are its own.
SAID_IN_PUBLIC = "龘靐齉爩秘密方案的通知"
# The theme and tables of characters: the same on every site, whatever its content.
TABLES = ("assets/", "search/simplified.js", "search/pinyin.js")
MARKS = "龖麤爨鼜鸜鹆籲䨻齾虋灪麷癵驫鱻厵"
DRAFTS = "驫鱻厵"
NAMES = (
    "fulu-yizhang",
    "fulu-erzhang",
    "tu-sanzhang",
    "yishenqing",
    "caogao",
    "2024-99999",
    "policies/2024/9",
)


def _build(folder: Path) -> dict[str, bytes]:
    exit_code, output = govsite("build", "--site", folder, "--as-of", "2024-06-01")
    assert exit_code == 0, output
    return tree(folder / "build" / "site")


@pytest.fixture
def built(tmp_path: Path) -> dict[str, bytes]:
    """Every file of the site with withheld documents in its sources."""
    shutil.copytree(SITE, tmp_path / "all")
    return _build(tmp_path / "all")


def _written_from_content(built: dict[str, bytes]) -> list[tuple[str, bytes]]:
    return [(path, content) for path, content in built.items() if not path.startswith(TABLES)]


def _texts(path: str, content: bytes) -> list[str]:
    """A file as text, whatever way it may be written: as it is, unpacked, with escapes resolved."""
    if path.endswith(".xlsx"):
        with zipfile.ZipFile(BytesIO(content)) as book:
            return [book.read(name).decode("utf-8", "replace") for name in book.namelist()]
    if content[:2] == b"\x1f\x8b":
        content = gzip.decompress(content)
    text = content.decode("utf-8", "replace")
    unescaped = re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), text)
    numbered = re.sub(r"&#(\d+);", lambda match: chr(int(match[1])), text)
    return [text, unescaped, numbered, content.decode("utf-16-le", "replace")]


def test_the_sources_do_hold_every_mark() -> None:
    source = "".join(SITE.joinpath("content", path).read_text(encoding="utf-8") for path in WITHHELD)
    assert all(mark in source for mark in MARKS)


def test_no_mark_of_a_withheld_document_is_in_any_file(built: dict[str, bytes]) -> None:
    assert len(built) > 100
    for path, content in _written_from_content(built):
        for text in _texts(path, content):
            found = [mark for mark in (*MARKS, *NAMES) if mark in text]
            assert found == [], path
        assert not any(name in path for name in NAMES)


def test_what_was_left_out_above_is_the_same_on_an_empty_site(
    built: dict[str, bytes], tmp_path: Path
) -> None:
    empty = _build(write_site(tmp_path / "empty", {"content/readme.txt": ""}))
    for path, content in built.items():
        if path.startswith("assets/"):
            assert empty[path] == content


def test_a_withheld_title_stands_only_where_a_public_document_says_it(built: dict[str, bytes]) -> None:
    holding = {
        path for path, content in built.items() if SAID_IN_PUBLIC in content.decode("utf-8", "replace")
    }
    assert "policies/2024/1.html" in holding
    page = built["policies/2024/1.html"].decode()
    assert not re.search(r"<a [^>]*>[^<]*(试政密|龘靐)", page)


def test_the_site_is_the_same_byte_for_byte_when_the_withheld_sources_are_deleted(
    built: dict[str, bytes], tmp_path: Path
) -> None:
    shutil.copytree(SITE, tmp_path / "public")
    for path in WITHHELD:
        tmp_path.joinpath("public", "content", path).unlink()
    assert _build(tmp_path / "public") == built


def test_the_manifest_lists_only_public_files(built: dict[str, bytes]) -> None:
    manifest = json.loads(built["site-manifest.json"])
    assert {entry[0] for entry in manifest["entries"]} == set(built) - {"site-manifest.json"}


def test_a_preview_shows_drafts_but_nothing_withheld(tmp_path: Path) -> None:
    from govsite.pipeline.build import Request, build_site

    site = shutil.copytree(SITE, tmp_path / "site")
    out = tmp_path / "preview"
    assert build_site(Request(site, out, drafts=True, preview=True)).written
    found = tree(out)
    assert "interpretations/caogao.html" in found
    for path, content in _written_from_content(found):
        for text in _texts(path, content):
            assert [mark for mark in MARKS if mark in text and mark not in DRAFTS] == [], path


def test_what_is_written_beside_the_site_holds_nothing_withheld_either(tmp_path: Path) -> None:
    """The query index and the previous site are copied around as easily as the site itself. The cache of this machine
    may know a draft's attachments, which are checked before they are published, but nothing that is not public."""
    site = tmp_path / "all"
    shutil.copytree(SITE, site)
    config = site / "config.yaml"
    config.write_text(config.read_text(encoding="utf-8") + "检索:\n  whoosh: 是\n", encoding="utf-8")
    _build(site)
    page = next((site / "content").rglob("*.md"))
    page.write_text(page.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    _build(site)
    beside = {path: content for path, content in tree(site / "build").items() if not path.startswith("site/")}
    assert {path.partition("/")[0] for path in beside} >= {"site.previous", "site.index", "cache"}
    for path, content in beside.items():
        if path.removeprefix("site.previous/").startswith(TABLES):
            continue
        if path.startswith("cache/"):
            # It knows which files there are, never what stands in one that is withheld; stamps and digests are no text.
            text = content.decode("utf-8", "replace")
            assert [mark for mark in MARKS if mark in text and mark not in DRAFTS] == [], path
            continue
        for text in _texts(path, content):
            assert [mark for mark in (*MARKS, *NAMES) if mark in text] == [], path
