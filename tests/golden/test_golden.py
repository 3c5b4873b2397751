"""Small whole sites: site in → exit code, findings, output tree, and the text of a few pages.

    tests/golden/<case>/site/         the site
    tests/golden/<case>/expected/     output.txt (what `govsite build` prints, then `exit N`), tree.txt (every file of
                                      the output), and the text of the pages that PAGES names

Expected files are written by `pytest tests/golden --update`; read the diff as an editor would.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from outline import main_part, outline, without_digests

from running import govsite, tree

HERE = Path(__file__).parent
PAGES: dict[str, tuple[str, ...]] = {
    "repeals_and_amendments": (
        "policies/2018/3.html",
        "policies/2020/5.html",
        "policies/2021/1.html",
        "policies/2021/2.html",
        "policies/2023/9.html",
        "policies/2024/7.html",
        "columns/zcwj/index.html",
    ),
    "interpretation_links": (
        "policies/2024/1.html",
        "policies/2024/2.html",
        "interpretations/jiuzhu-wenda.html",
        "interpretations/zhongzhi.html",
        "columns/zcwj/index.html",
        "columns/zcjd/index.html",
    ),
    "withheld": ("index.html", "policies/2024/1.html", "columns/tzgg/index.html", "lists/index.html"),
    "citations": ("disclosures/wen.html", "policies/2023/1.html", "policies/2023/2.html"),
}
DAY = "2024-06-01"


def compare(folder: Path, found: dict[str, str], *, update: bool) -> None:
    """Compare whole texts with the expected files of a case, or write these anew."""
    if update:
        shutil.rmtree(folder, ignore_errors=True)
        for name, text in found.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
    expected = {name: content.decode() for name, content in tree(folder).items()}
    assert sorted(found) == sorted(expected)
    for name, text in found.items():
        assert text == expected[name], name


@pytest.mark.parametrize("case", PAGES)
def test_a_small_site_gives_what_is_expected(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, update: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(HERE / case / "site", tmp_path / "site")
    exit_code, output = govsite("build", "--site", "site", "--as-of", DAY)
    built = tree(tmp_path / "site" / "build" / "site")
    found = {"output.txt": f"{output}exit {exit_code}\n", "tree.txt": _listing(built)}
    found |= {f"{page}.txt": outline(main_part(built[page].decode())) for page in PAGES[case]}
    compare(HERE / case / "expected", found, update=update)


def _listing(built: dict[str, bytes]) -> str:
    """Paths of the output, digests left out; of the search index only that it is there."""
    paths = {path if not path.startswith("search/") else "search/…" for path in built}
    return "".join(sorted(without_digests(path) + "\n" for path in paths))
