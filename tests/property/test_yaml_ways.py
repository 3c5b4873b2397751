"""Front matter read line by line is what libyaml reads, positions and all."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from govsite.source.plain_yaml import read_plain_yaml
from govsite.source.yaml import compose_yaml

_KEYS = [
    "标题",
    "title",
    "a1",
    "_x",
    "发布日期",
    "null",
    "yes",
    "1a",
    "a b",
    "- a",
    "? a",
    '"a"',
    "",
    "  a",
    "a ",
    "---",
    "...",
]
_VALUES = [
    "", "甲", "示政发〔2024〕7号", "2024-01-02", "0123", "~", "null", "甲: 乙", "甲:乙", "甲:", "甲 # 乙", "甲#乙", "# 乙", "'甲'", '"甲"',
    "'甲''乙'", '"甲\\n"', "'甲' 乙", "[甲, 乙]", "[甲,乙]", "[ 甲 , '乙' ,\"丙\" ]", "[]", "[ ]", "[甲, ]", "[甲,, 乙]", "[甲: 乙]", "[甲 乙]",
    "[[甲]]", "[a-b, -c]", "[甲#乙]", "[甲 #乙]", "{a: b}", "|", ">", "&a", "*a", "!x", "- a", "-5", "? a", "@a", "`a`", "%a", "a, b", "a] b",
    "《甲》", "“甲”", "　甲", "甲　", "a\u00a0b", "a\u2028b", "\ufeff", "😀", "a\tb", "\x7f", "=", "<<", "a 'b'", 'a "b"', ",a", "http://e.com:80/x",
    "[http://e.com, b]", "['a', b", "['a' b]", "[a]b", "['']", '[""]', "''", '""', "[甲,\u3000乙]",
]  # fmt: skip
_LINE = st.tuples(
    st.one_of(st.sampled_from(_KEYS[:5]), st.sampled_from(_KEYS)),
    st.sampled_from([": ", ": ", ":  ", ":", " : "]),
    st.sampled_from(_VALUES),
    st.sampled_from(["", "", " ", "   "]),
).map("".join)
_OTHER = st.sampled_from(["", "# 说明", "  - 甲", "  续行", " ", "---"])
_TEXTS = st.tuples(
    st.lists(st.one_of(_LINE, _LINE, _LINE, _OTHER), max_size=5).map("\n".join),
    st.sampled_from(["\n", "\n", "", "\n\n"]),
).map("".join)


@settings(deadline=None)
@given(_TEXTS, st.sampled_from([0, 1]))
def test_what_is_read_line_by_line_is_what_libyaml_reads(text: str, first_line: int) -> None:
    plain = read_plain_yaml(text, "a.md", first_line)
    if plain is not None:
        assert plain == compose_yaml(text, "a.md", first_line)


@settings(deadline=None)
@given(st.text(alphabet="甲a1: \n[],'\"#-?{}&*!|>%@`~\t\u3000", max_size=40))
def test_any_characters_are_read_as_libyaml_reads_them(text: str) -> None:
    for written in (text, f"标题: {text}\n", f"标题: [{text}]\n"):
        plain = read_plain_yaml(written, "a.md", 1)
        if plain is not None:
            assert plain == compose_yaml(written, "a.md", 1)


def test_nearly_all_front_matter_of_the_sample_site_is_read_line_by_line() -> None:
    plain = 0
    files = sorted((Path(__file__).parents[2] / "content").rglob("*.md"))
    for file in files:
        header = file.read_text(encoding="utf-8").split("\n---\n", 1)[0].removeprefix("---\n") + "\n"
        read = read_plain_yaml(header, "a.md", 1)
        plain += read is not None
        assert read is None or read == compose_yaml(header, "a.md", 1), file.name
    assert plain > 0.6 * len(files)
