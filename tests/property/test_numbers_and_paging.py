"""One document number however it is written; lists whose older pages never change."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from govsite.hanzi.doc_number import find_doc_numbers, parse_doc_number, suffixes
from govsite.link.directory import name_key
from govsite.render.paging import PAGE_SIZE, list_pages, page_of

_BRACKETS = ["〔〕", "[]", "［］", "()", "（）", "【】", "〖〗", "﹝﹞", "「」", "『』", "{}", "<>", "＜＞"]
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_WORDS = st.sampled_from(
    ["示政办发", "榆政办函", "国办发", "试镇政发", "国办公开办函", "粤府办", "晋政办发", "苏廉办"]
)
_SPACES = st.sampled_from(["", " ", "\u3000", "  "])


@st.composite
def _written(draw: st.DrawFn) -> tuple[str, str]:
    """A number in standard form, and in some other."""
    word, year, number = draw(_WORDS), draw(st.integers(1980, 2099)), draw(st.integers(1, 9999))
    left, right = draw(st.sampled_from(_BRACKETS))
    zeros = draw(st.sampled_from(["", "0", "00"])) if number < 1000 else ""
    gap = [draw(_SPACES) for _ in range(4)]
    ordinal = draw(st.sampled_from(["", "第"]))
    mark = draw(st.sampled_from(["号", "號"]))
    other = f"{word}{gap[0]}{left}{gap[1]}{year}{right}{gap[2]}{ordinal}{zeros}{number}{gap[3]}{mark}"
    if draw(st.booleans()):
        other = other.translate(_WIDE)
    return f"{word}〔{year}〕{number}号", other


@given(_written())
@settings(deadline=None)
def test_a_number_is_the_same_in_any_bracket_width_and_spacing(pair: tuple[str, str]) -> None:
    standard, other = pair
    first, second = parse_doc_number(standard), parse_doc_number(other)
    assert first is not None
    assert second is not None
    assert first.key == second.key
    assert str(second) == standard
    assert name_key(standard) == name_key(other)


@given(
    _written(),
    st.sampled_from(["根据", "现将", "按照省里的", "（", "见", "，", "废止《甲》（"]),
    st.sampled_from(["", "）", "，印发", "文件"]),
)
@settings(deadline=None)
def test_a_number_is_found_in_a_sentence(pair: tuple[str, str], before: str, after: str) -> None:
    standard, other = pair
    wanted = parse_doc_number(standard)
    assert wanted is not None
    found = find_doc_numbers(before + other + after)
    assert len(found) == 1
    assert wanted.key in {candidate.key for candidate in suffixes(found[0].value)}
    assert found[0].text.endswith(other)


@given(_written(), _written())
@settings(deadline=None)
def test_different_numbers_have_different_keys(first: tuple[str, str], second: tuple[str, str]) -> None:
    assume(first[0] != second[0])
    assert name_key(first[1]) != name_key(second[1])


@given(st.integers(0, 500), st.integers(1, 30))
def test_pages_hold_every_entry_exactly_once_and_in_order(count: int, size: int) -> None:
    entries = list(range(count))
    pages = list_pages(count, size)
    assert [entry for page in pages for entry in page_of(entries, page)] == entries
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
    assert len({page.name for page in pages}) == len(pages)
    assert pages[0].name == "index.html"
    assert all(len(page_of(entries, page)) == size for page in pages[1:])


@given(st.integers(0, 500))
def test_a_new_entry_changes_no_page_but_the_first_or_the_first_two(count: int) -> None:
    """Older pages keep their names and entries; every PAGE_SIZE entries the first page hands one on."""
    before, after = list_pages(count), list_pages(count + 1)
    entries = list(range(count))
    old = {page.name: page_of(entries, page) for page in before}
    new = {page.name: page_of([-1, *entries], page) for page in after}
    changed = {name for name, shown in new.items() if old.get(name) != shown}
    assert len(changed) <= 2
    assert "index.html" in changed
    assert all(name in new for name in old)
    if (count + 1) % PAGE_SIZE or count + 1 < 2 * PAGE_SIZE:
        assert changed == {"index.html"}
