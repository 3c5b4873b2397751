"""What is a source, what is a file, and what a source's parts are."""

from __future__ import annotations

from pathlib import Path

import pytest

from govsite.load.read import read_source
from govsite.load.scan import scan_content
from govsite.model.sources import SourceFile
from running import document, write_site


def test_the_folder_gives_the_kind(tmp_path: Path) -> None:
    site = write_site(
        tmp_path,
        {
            "content/policies/2024/1.md": "x", "content/interpretations/1.markdown": "x", "content/villages/甲村/1.md": "x",
            "content/catalog/a.yaml": "x", "content/reports/2023.yml": "x", "content/organisations.yaml": "x",
            "content/policies/2024/附件 1.pdf": "x", "content/files/readme.md": "x", "content/.hidden/1.md": "x",
            "content/policies/~$1.docx": "x", "content/policies/.DS_Store": "x",
        },
    )  # fmt: skip
    scanned, problems = scan_content(site)
    assert {source.path.removeprefix("content/"): source.kind for source in scanned.sources} == {
        "policies/2024/1.md": "policy", "interpretations/1.markdown": "interpretation", "villages/甲村/1.md": "village",
        "catalog/a.yaml": "catalog", "reports/2023.yml": "report", "organisations.yaml": "organisations",
    }  # fmt: skip
    assert sorted(scanned.files) == ["files/readme.md", "policies/2024/附件 1.pdf"]
    assert problems == []


def test_a_source_outside_every_kind_of_folder_is_told(tmp_path: Path) -> None:
    site = write_site(tmp_path, {"content/polices/1.md": "x", "content/1.md": "x"})
    _, problems = scan_content(site)
    assert [(problem.code, problem.span and problem.span.file) for problem in problems] == [
        ("SRC111", "content/1.md"),
        ("SRC111", "content/polices/1.md"),
    ]


def test_a_link_that_leaves_the_content_is_refused(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", {"content/policies/1.md": "x"})
    tmp_path.joinpath("secret").mkdir()
    tmp_path.joinpath("secret", "2.md").write_text("x")
    try:
        site.joinpath("content", "policies", "2.md").symlink_to(tmp_path / "secret" / "2.md")
        site.joinpath("content", "guides").symlink_to(tmp_path / "secret", target_is_directory=True)
    except OSError:
        pytest.skip("this system makes no links for this user")
    scanned, problems = scan_content(site)
    assert [source.path for source in scanned.sources] == ["content/policies/1.md"]
    assert sorted(problem.code for problem in problems) == ["SRC112", "SRC112"]


def _read(tmp_path: Path, content: str | bytes) -> tuple[str, str, list[str]]:
    write_site(tmp_path, {"content/policies/1.md": content})
    source, problems, names = read_source(tmp_path, SourceFile("content/policies/1.md", "policy", 0))
    return (source.body if source else "-"), ",".join(problem.code for problem in problems), names


@pytest.mark.parametrize(
    ("content", "body", "codes"),
    [
        ("---\n标题: 甲\n---\n正文\n", "正文\n", ""),
        ("\ufeff---\r\n标题: 甲\r\n---\r\n正文\r\n", "正文\n", ""),
        ("---\n标题: 甲\n...\n正文", "正文", ""),
        ("---  \n标题: 甲\n---  \n", "", ""),
        ("---\n标题: 甲\n---", "", ""),
        ("---\n标题: 甲\n---\n---\n", "---\n", ""),
        ("", "-", "SRC107"),
        ("正文", "-", "SRC107"),
        ("\n---\n标题: 甲\n---\n", "-", "SRC107"),
        ("---\n标题: 甲\n", "-", "SRC108"),
        ("---\n---\n", "-", "SRC109"),
        ("---\n- 甲\n---\n", "-", "SRC109"),
        ("---\n标题: [\n---\n", "-", "SRC105"),
        ("---\n标题: !x 甲\n---\n", "-", "SRC106"),
        ("标题".encode("gbk"), "-", "SRC101"),
    ],
)
def test_front_matter_ends_at_the_second_fence(
    content: str | bytes, body: str, codes: str, tmp_path: Path
) -> None:
    assert _read(tmp_path, content)[:2] == (body, codes)


def test_a_source_that_cannot_be_read_still_answers_to_its_names(tmp_path: Path) -> None:
    _, codes, names = _read(
        tmp_path, document(发文字号="试政发〔2024〕1号", 索引号='"123/4"').replace("标题: ", "标题: [")
    )
    assert codes == "SRC105"
    assert names == ["policies/1.md", "1", "试政发〔2024〕1号", "123/4"]
