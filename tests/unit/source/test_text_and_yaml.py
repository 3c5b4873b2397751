"""Bytes to text, text to YAML with positions: every trap and every fault."""

from __future__ import annotations

import pytest

from govsite.source.text import MAX_FILE_BYTES, MAX_LINE_CHARACTERS, TextFault, decode_text
from govsite.source.yaml import Mapping, Scalar, Sequence, YamlFault, parse_yaml


def test_a_bom_and_windows_line_ends_are_accepted() -> None:
    assert decode_text(b"\xef\xbb\xbf\xe7\x94\xb2\r\n\xe4\xb9\x99\r") == "甲\n乙\n"


def test_another_encoding_is_a_fault_at_its_place() -> None:
    assert decode_text("甲\n乙".encode() + "政务公开".encode("gbk")) == TextFault("encoding", 2, 2, 7)
    fault = decode_text("标题".encode("utf-16"))
    assert isinstance(fault, TextFault)
    assert (fault.line, fault.column, fault.offset) == (1, 1, 0)


def test_a_zero_byte_a_long_line_and_a_large_file_are_faults() -> None:
    assert decode_text(b"a\nb\0c") == TextFault("nul", 2, 2, 3)
    assert decode_text(b"x\n" + b"y" * (MAX_LINE_CHARACTERS + 1)) == TextFault(
        "line", 2, 1, MAX_LINE_CHARACTERS + 1
    )
    assert decode_text(b"y\n" * MAX_LINE_CHARACTERS) == "y\n" * MAX_LINE_CHARACTERS
    assert decode_text(b" " * (MAX_FILE_BYTES + 1)) == TextFault("size", 0, 0, MAX_FILE_BYTES + 1)


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "on",
        "yes",
        "0123",
        "0x1F",
        "1_0",
        "12:30",
        "2021-178",
        "1e3",
        ".5",
        "2024-02-30",
        "=",
        "Null x",
        "+1",
    ],
)
def test_no_trap_of_yaml_changes_what_was_written(text: str) -> None:
    node = parse_yaml(f"键: {text}\n", "x.yaml")
    assert isinstance(node, Mapping)
    ((key, value),) = node
    assert key.text == "键"
    assert isinstance(value, Scalar)
    assert value.text == text
    assert not value.is_nothing


@pytest.mark.parametrize(
    ("text", "nothing"),
    [("", True), ("~", True), ("null", True), ("''", False), ('"~"', False), ("空", False)],
)
def test_nothing_is_only_what_yaml_calls_so_without_quotes(text: str, nothing: bool) -> None:
    node = parse_yaml(f"键: {text}\n", "x.yaml")
    assert isinstance(node, Mapping)
    value = node.entries[0][1]
    assert isinstance(value, Scalar)
    assert value.is_nothing == nothing


def test_spans_count_code_points_and_the_lines_before() -> None:
    node = parse_yaml("标题: 𠮷野家\n列表:\n  - 甲\n", "x.md", first_line=1)
    assert isinstance(node, Mapping)
    (_, title), (_, items) = node
    assert title.span == ("x.md", 2, 5, 2, 8)
    assert isinstance(items, Sequence)
    assert items.items[0].span == ("x.md", 4, 5, 4, 6)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a: [", "syntax"),
        ("a: b: c", "syntax"),
        ("a:\n\t- b", "syntax"),
        ("a: *b", "syntax"),
        ("a: 1\n---\nb: 2\n", "documents"),
        ("a: !!python/object:x y", "tag"),
        ("a: !own x", "tag"),
        ("? [a]\n: b", "key"),
        ("[" * 60 + "]" * 60, "depth"),
        ("a: \x07", "syntax"),
    ],
)
def test_what_is_no_yaml_of_ours_is_a_fault_with_a_place(text: str, reason: str) -> None:
    fault = parse_yaml(text, "x.yaml", 3)
    assert isinstance(fault, YamlFault)
    assert fault.reason == reason
    assert 4 <= fault.span.line <= 4 + text.count("\n") + 1
    assert fault.span.column >= 1


def test_aliases_cannot_make_a_small_text_large() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    fault = parse_yaml("\n".join(lines), "x.yaml")
    assert isinstance(fault, YamlFault)
    assert fault.reason == "size"


def test_an_empty_text_is_no_document() -> None:
    assert parse_yaml("", "x.yaml") is None
    assert parse_yaml("# nothing\n", "x.yaml") is None
