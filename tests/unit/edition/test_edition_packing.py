from __future__ import annotations

import random
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from edition_files import Bench, site_files

from govsite.attachments.extract import extract
from govsite.edition.container import Container
from govsite.edition.face import shown_until, switch_script
from govsite.edition.manifest import ManifestError, read_manifest
from govsite.edition.names import is_safe_path
from govsite.edition.pack import Contents, describe
from govsite.edition.patches import apply_patch, make_patch
from govsite.edition.preview import preview_blocks, preview_script
from govsite.edition.refusal import RefusedError
from govsite.files.signature import make_keys
from govsite.model.addresses import MANIFEST
from govsite.model.extracted import Extracted, Piece
from govsite.pipeline.pack import PackRequest, pack_site


def test_the_same_site_number_and_key_give_the_same_bytes(tmp_path: Path) -> None:
    bench = Bench.at(tmp_path)
    first = bench.pack(7).read_bytes()
    assert bench.pack(7).read_bytes() == first


def test_any_zip_program_opens_an_edition(tmp_path: Path) -> None:
    with zipfile.ZipFile(Bench.at(tmp_path).pack(1)) as archive:
        assert archive.testzip() is None
        assert {"edition.json", "edition.sig", "site/index.html"} <= set(archive.namelist())


def test_a_manifest_reads_back_as_itself_and_in_no_other_form(tmp_path: Path) -> None:
    bench = Bench.at(tmp_path)
    data = bench.describe(Contents(site_files()), 3).to_bytes()
    assert read_manifest(data).to_bytes() == data
    for other in (data + b"\n", data.replace(b'"edition": 3', b'"edition": 3.0'), b"[]", b"\xff", b""):
        with pytest.raises(ManifestError):
            read_manifest(other)


@pytest.mark.parametrize(
    "path",
    [
        "", "/etc/passwd", "../x", "site/../x", "site//x", "site/./x", "C:/x", "\\\\host\\x", "site/a\\b", "site/con",
        "site/NUL.txt", "site/x.", "site/x ", "site/a:b", "site/a\x00b", "site/" + "长" * 201, "/".join("abcdefghijklmn"), "site/\ud800",
    ],
)  # fmt: skip
def test_names_that_lead_away_or_cannot_exist_are_refused(path: str) -> None:
    assert not is_safe_path(path)


def test_two_names_that_are_one_on_windows_are_refused() -> None:
    files: dict[str, bytes | Path] = {"site/A.html": b"", "site/a.html": b""}
    with pytest.raises(RefusedError, match="KSK105"):
        describe(Contents(files), edition=1, site="", address="", data_date="")


def test_a_seal_of_another_key_does_not_hold(tmp_path: Path) -> None:
    file = Bench.at(tmp_path).pack(1)
    with pytest.raises(RefusedError, match="KSK103"):
        Container(file, make_keys().public)


@pytest.mark.parametrize("size", [0, 1, 900, 20_000, 90_000, 300_000])
@pytest.mark.parametrize("change", ["same", "inside", "begin", "end", "cut", "other"])
def test_a_patch_gives_the_new_file(size: int, change: str) -> None:
    old = random.Random(size).randbytes(size)  # noqa: S311 - damage, no secret
    middle = size // 2
    new = {
        "same": old,
        "inside": old[:middle] + b"word" + old[middle + 2 :],
        "begin": b"word" + old,
        "end": old + b"word",
        "cut": old[: size // 3],
        "other": random.Random("other").randbytes(size),  # noqa: S311 - damage, no secret
    }[change]
    patch = make_patch(old, new)
    assert patch is None or apply_patch(old, patch, len(new)) == new
    if size > 1000 and change != "other":
        assert patch is not None
        assert len(patch) < 800


def test_pages_with_a_last_day_name_the_files_that_end_with_them() -> None:
    page = b'<article data-until="2026-12-01"><a href="../../files/disclosures/%E5%90%8D%E5%8D%95.xlsx">x</a></article>'
    assert shown_until("disclosures/2026/a.html", page) == {
        "disclosures/2026/a.html": "2026-12-01",
        "files/disclosures/名单.xlsx": "2026-12-01",
    }
    assert shown_until("index.html", b"<article>") == {}


def test_words_of_a_site_cannot_end_the_script_they_stand_in() -> None:
    assert b"</script>" not in switch_script({"site": "</script><script>alert(1)</script>"})


def test_a_preview_has_the_text_and_tables_that_a_reader_of_the_file_sees() -> None:
    pieces = (
        Piece("标题", "第1段"),
        Piece("删去的", "第2段", "deleted"),
        Piece("姓名", "表!A1", "header", 1, 1, 1),
        Piece("村", "表!B1", "header", 1, 2, 1),
        Piece("甲", "表!A2", "text", 2, 1, 1),
        Piece("隐藏的", "表!B2", "hidden", 2, 2, 1),
        Piece("二表", "另!A1", "text", 1, 1, 2),
        Piece("完", "第9段"),
    )
    blocks, cut = preview_blocks(Extracted("docx", pieces))
    assert blocks == ["标题", [["姓名", "村"], ["甲", ""]], [["二表"]], "完"]
    assert not cut
    assert preview_script(blocks, cut=cut).startswith(b"govsitePreview([[")
    assert preview_blocks(Extracted("txt", (Piece("长" * 160_000, "第1段"),))) == ([], True)


def test_previews_of_files_that_did_not_change_are_those_of_the_last_edition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, out, keys = tmp_path / "site", tmp_path / "out", make_keys()
    (out / "files").mkdir(parents=True)
    site.mkdir()
    (site / "config.yaml").write_text("站点: {名称: 示例镇, 层级: 乡级, 域名: www.example.gov.cn}\n", "utf-8")
    (out / MANIFEST).write_text('{"data_date": "2026-11-20"}', "utf-8")
    files = {"a.txt": "第一份", "b.csv": "甲,乙", "c.txt": "甲,乙", "blank.txt": " "}
    for name, text in files.items():
        (out / "files" / name).write_text(text, "utf-8")
    asked: list[str] = []

    def counting(data: bytes, name: str) -> Extracted:
        asked.append(name)
        return extract(data, name)

    monkeypatch.setattr("govsite.attachments.extract.extract", counting)
    request = PackRequest(site, out, tmp_path / "shelf", keys.private)
    first = pack_site(request)
    assert len(asked) == 4
    (out / "files" / "a.txt").write_text("改过的", "utf-8")
    second = pack_site(request)
    assert asked[4:] == ["files/a.txt"]
    assert (first.manifest.edition, second.manifest.edition) == (1, 2)
    anew = pack_site(replace(request, shelf=tmp_path / "elsewhere", edition=2))
    assert anew.whole.read_bytes() == second.whole.read_bytes()
