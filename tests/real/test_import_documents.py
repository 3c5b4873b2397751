"""The five real documents, as text and as Word files made from it: what they say of themselves, their trees, their dirt."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from govsite.intake.document.clean import find_spots
from govsite.intake.document.draft import Draft, draft_of
from govsite.intake.material import Material, Paragraph
from govsite.intake.read import read_material

# number, title (its beginning and end), issuer, written, published, disclosure, attachments
_SAID = {
    "000": ("", "榆林市人民政府办公室关于进一步加强基层政务公开标准化规范化工作的通知", "榆林市人民政府办公室", "2022-09-15", "2022-11-21 10:45", "", 2),
    "001": ("", "", "", "", "", "", 0),
    "002": ("东府办函〔2020〕316号", "东莞市人民政府办公室关于印发东莞市全面推进政务公开标准化规范化工作实施方案的通知", "东莞市人民政府办公室", "2020-06-11", "", "", 3),
    "003": ("", "进一步政务公开范文", "", "", "2022-06-12", "", 0),
    "004": ("青政办〔2021〕47号", "青海省人民政府办公厅关于印发2021年政务公开工作要点的通知", "青海省人民政府办公厅", "2021-07-05", "", "主动公开", 0),
}  # fmt: skip
# (level, how many) of the tree, and the first heading
_TREES = {
    "000": ({2: 6}, "一、规范政务公开专区建设"),
    "001": ({2: 3}, "一、主动作为，迅速行动，全面落实试点领域标准指引"),
    "002": ({2: 1, 3: 4, 4: 18}, "东莞市全面推进政务公开标准化规范化工作实施方案"),
    "003": ({2: 5, 3: 11, 4: 25}, "第一篇：进一步政务公开范文"),
    "004": ({2: 1, 3: 5, 4: 19}, "2021年政务公开工作要点"),
}
_DIRT = {
    "000": {"furniture", "width"},
    "001": {"advertisement", "traditional", "width"},
    "002": {"pinyin", "punctuation", "traditional", "width"},
    "003": {"furniture", "width"},
    "004": {"width"},
}


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    folder = Path(__file__).resolve().parents[3] / "shared" / "data" / "source-documents"
    if not folder.is_dir():
        pytest.skip("the real documents do not lie beside the repository")
    return {file.name[:3]: file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.txt"))}


def _as_text(text: str) -> Material:
    return read_material(text.encode(), "文件.txt")


def _as_word(text: str) -> Material:
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return read_material(buffer.getvalue(), "文件.docx")


@pytest.fixture(scope="module", params=["text", "word"])
def drafts(request: pytest.FixtureRequest, texts: dict[str, str]) -> dict[str, Draft]:
    read = _as_text if request.param == "text" else _as_word
    return {name: draft_of(read(text), "policy", clean=True) for name, text in texts.items()}


@pytest.mark.parametrize("name", _SAID)
def test_number_title_issuer_dates_disclosure_and_attachments_are_found(
    name: str, drafts: dict[str, Draft]
) -> None:
    draft = drafts[name]
    keys = ("doc_no", "title", "issuer", "written", "published", "disclosure")
    assert tuple(draft.text(key) for key in keys) == _SAID[name][:6]
    assert len(draft.attachments) == _SAID[name][6]


@pytest.mark.parametrize("name", _TREES)
def test_headings_stand_in_the_right_tree(name: str, drafts: dict[str, Draft]) -> None:
    headings = drafts[name].body.headings
    counts: dict[int, int] = {}
    for level, _ in headings:
        counts[level] = counts.get(level, 0) + 1
    assert (counts, headings[0][1]) == _TREES[name]


@pytest.mark.parametrize("name", _DIRT)
def test_contamination_is_found(name: str, texts: dict[str, str]) -> None:
    paragraphs = [block.text for block in _as_text(texts[name]).blocks if isinstance(block, Paragraph)]
    assert {spot.kind for spot in find_spots(paragraphs)} == _DIRT[name]


def test_what_was_not_found_is_marked_and_never_filled_in(drafts: dict[str, Draft]) -> None:
    for draft in drafts.values():
        for key in ("published", "disclosure"):
            entry = draft.entries[key]
            assert entry.texts or entry.doubt == "not_found"
    assert drafts["003"].entries["published"].doubt == "page_date"
    assert drafts["001"].entries["title"].doubt == "not_found"


def test_lost_characters_are_marked_at_their_place(drafts: dict[str, Draft]) -> None:
    assert "政府【待核：" in drafts["002"].body.text
    assert {note.kind for note in drafts["002"].notes if note.kind == "broken_characters"}
