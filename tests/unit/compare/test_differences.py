"""What a reader of the report is told: the right text, put together again from its pieces."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from govsite.compare.compare import compare_states
from govsite.compare.redline import compare_text, redline
from govsite.model.changes import DocumentState, SiteState

_TEXT = st.text(alphabet="关于印发办法的通知第一二三条，。0123456789万元 abc", max_size=60)


@given(_TEXT, _TEXT)
def test_both_texts_can_be_read_out_of_a_redline(old: str, new: str) -> None:
    segments = redline(old, new)
    assert "".join(text for op, text in segments if op != "new") == old
    assert "".join(text for op, text in segments if op != "gone") == new


@given(st.lists(_TEXT, max_size=6), st.lists(_TEXT, max_size=6))
def test_equal_paragraphs_are_no_change_and_others_are_told(old: list[str], new: list[str]) -> None:
    assert (compare_text(old, new) == ()) == (old == new)


def test_numbers_are_not_cut_into_digits() -> None:
    assert redline("补助1500元", "补助1800元") == (
        ("same", "补助"),
        ("gone", "1500"),
        ("new", "1800"),
        ("same", "元"),
    )


def _state(name: str, text: str, **fields: str) -> DocumentState:
    ids = {"截止日期": "closes", "公开属性": "disclosure"}
    return DocumentState(name, "政策", name, f"{name}.md", f"{name}.html", fields, ids, (text,), frozenset())


def test_an_approver_is_told_what_to_look_at_first() -> None:
    old = SiteState(
        "a", {"x": _state("x", "每人补助1500元。", 截止日期="2026-01-01"), "y": _state("y", "。")}
    )
    new = SiteState(
        "b", {"x": _state("x", "每人补助1800元。", 截止日期="2026-02-01"), "z": _state("z", "三个字")}
    )
    changes = compare_states(old, new)
    assert [(change.op, change.key) for change in changes.documents] == [
        ("gone", "y"),
        ("changed", "x"),
        ("new", "z"),
    ]
    assert changes.documents[1].marks == ("deadline", "amount")
    assert (changes.documents[1].added, changes.documents[1].removed) == (4, 4)
    assert changes.documents[2].added == 3
