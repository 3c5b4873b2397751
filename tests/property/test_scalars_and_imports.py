"""Any text written as YAML reads back the same; any bytes can be imported without a crash."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from govsite.intake.bring import Wishes, bring
from govsite.intake.read import read_material
from govsite.source.scalars import yaml_list, yaml_scalar
from govsite.source.yaml import Mapping, Scalar, Sequence, parse_yaml

_TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff"), min_size=1, max_size=60
)


@given(_TEXT)
def test_a_scalar_reads_back_as_the_same_text(text: str) -> None:
    node = parse_yaml(f"k: {yaml_scalar(text)}\n", "")
    assert isinstance(node, Mapping)
    value = node.entries[0][1]
    assert isinstance(value, Scalar)
    assert value.text == text
    assert not value.is_nothing


@given(st.lists(_TEXT, min_size=1, max_size=5))
def test_a_list_reads_back_as_the_same_texts(texts: list[str]) -> None:
    node = parse_yaml(f"k:{yaml_list(texts, '  ')}\n", "")
    assert isinstance(node, Mapping)
    value = node.entries[0][1]
    assert isinstance(value, Sequence)
    assert [item.text for item in value.items if isinstance(item, Scalar)] == texts


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=400), st.sampled_from(["catalog", "policy", "interpretation"]), st.booleans())
def test_any_text_can_be_imported_as_anything(text: str, kind: str, clean: bool) -> None:
    material = read_material(text.encode("utf-8", "replace"), "a.txt")
    bring(material, Path("nowhere"), Wishes(kind, clean=clean, day="2026-01-01"))


_WORDS = st.sampled_from(
    [
        "序号",
        "一级事项",
        "公开内容",
        "|",
        "\n",
        "■政府网站",
        "√",
        "1",
        "2",
        "《条例》",
        "20个工作日内",
        "县民政局",
        " ",
        "同上",
        "、",
    ]
)


@settings(deadline=None, max_examples=60)
@given(st.lists(_WORDS, max_size=80))
def test_any_jumble_of_a_table_can_be_read(words: list[str]) -> None:
    bring(
        read_material("".join(words).encode(), "a.txt"), Path("nowhere"), Wishes("catalog", day="2026-01-01")
    )
