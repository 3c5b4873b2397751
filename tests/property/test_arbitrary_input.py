"""Whatever bytes a document is made of, govsite answers with a document or with problems, never with a failure."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import example, given, settings
from hypothesis import strategies as st

from govsite.hanzi.dates import parse_date
from govsite.hanzi.doc_number import find_doc_numbers, parse_doc_number
from govsite.hanzi.numerals import read_numeral
from govsite.hanzi.title import quoted_titles
from govsite.load.read import read_source
from govsite.markup.markdown import OpenPlace, render_markdown
from govsite.model.body_text import body_from_bytes, body_to_bytes
from govsite.model.sources import SourceFile
from govsite.pipeline.build import Request, build_site
from govsite.problems.rules import rule_table
from govsite.source.text import decode_text
from govsite.source.yaml import Mapping, Node, Scalar, Sequence, YamlFault, parse_yaml
from govsite.validate.context import Context
from govsite.validate.deadline import read_deadline
from govsite.validate.document import check_document
from govsite.vocab.keys import keys_of
from govsite.vocab.terms import kinds
from running import CONFIG, tree

if TYPE_CHECKING:
    from govsite.problems.problem import Problem

# Pieces from which sources that are nearly right are put together.
_LABELS = sorted({word for kind in kinds() for word in keys_of(kind).by_word})
_VALUES = st.one_of(
    st.sampled_from(
        [
            "主动公开",
            "依申请公开",
            "2024-02-30",
            "2024年2月3日",
            "no",
            "0123",
            "[]",
            "{}",
            "~",
            "''",
            "[a, [b]]",
        ]
    ),
    st.sampled_from(
        [
            "{文件: ../../x, 名称: 1}",
            "试政发〔2024〕1号",
            "&a [*a]",
            "!!python/none x",
            "|\n  行\n  行",
            "<<: x",
        ]
    ),
    st.text(max_size=30),
)
_LINES = st.builds(lambda key, value: f"{key}: {value}\n", st.sampled_from(_LABELS), _VALUES)
_BODIES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "# 一",
                "《甲》",
                "试政发〔2024〕1号",
                "[甲](../x.md#y)",
                "![](x.png)",
                "| a |\n|-|\n| b |",
                "```",
                "> - 1. x",
            ]
        ),
        st.sampled_from(
            [
                "<script>",
                "\ue000\ue001",
                "\ue0021\ue003",
                "[a](javascript:x)",
                "第一条 x",
                "[x]: y",
                "&#0;",
                "\\",
            ]
        ),
        st.text(max_size=40),
    ),
    max_size=8,
).map("\n\n".join)
_NEARLY = st.builds(
    lambda lines, body: f"---\n{''.join(lines)}---\n{body}".encode("utf-8", "surrogatepass"),
    st.lists(_LINES, max_size=8),
    _BODIES,
)
_BYTES = st.one_of(
    st.binary(max_size=400),
    _NEARLY,
    st.builds(lambda a, b: b"---\n" + a + b"\n---\n" + b, st.binary(), st.binary()),
)


def _check(content: bytes, kind: str) -> tuple[Problem, ...]:
    """Problems of one source on its way to a typed document."""
    suffix = "yaml" if kinds()[kind].format == "yaml" else "md"
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        path = f"content/{kinds()[kind].folder}/x.{suffix}"
        site.joinpath(path).parent.mkdir(parents=True)
        site.joinpath(path).write_bytes(content)
        source, problems, _ = read_source(site, SourceFile(path, kind, len(content)))
    if source is None:
        assert problems
        return tuple(problems)
    checked = check_document(source, Context())
    assert checked.document is not None
    assert body_from_bytes(body_to_bytes(checked.body)) == checked.body
    return (*problems, *checked.problems)


@given(_BYTES, st.sampled_from(sorted(kinds())))
@settings(max_examples=400, deadline=None)
@example("---\n标题: !!binary x\n---\n".encode(), "policy")
@example("---\n? [复杂, 键]\n: 值\n---\n".encode(), "policy")
@example(b"---\n&a [*a]\n---\n", "policy")
@example("---\n<<: {标题: 甲}\n---\n".encode(), "policy")
def test_any_bytes_are_a_document_or_problems(content: bytes, kind: str) -> None:
    for problem in _check(content, kind):
        assert problem.code in rule_table()
        span = problem.span
        assert span is not None
        lines = content.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert 0 <= span.line <= len(lines) + 1, problem
        if span.line and span.line <= len(lines) and problem.code != "SRC101":
            assert 1 <= span.column <= len(lines[span.line - 1]) + 1, problem


@given(_BYTES, _BYTES, _BYTES)
@settings(max_examples=25, deadline=None)
def test_any_bytes_in_a_whole_site_end_in_a_report(markdown: bytes, catalog: bytes, config: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        for path, content in {
            "content/policies/x.md": markdown,
            "content/catalog/x.yaml": catalog,
            "content/organisations.yaml": catalog,
            "content/reports/2023.yaml": catalog,
            "config.yaml": CONFIG.encode() + config,
        }.items():
            site.joinpath(path).parent.mkdir(parents=True, exist_ok=True)
            site.joinpath(path).write_bytes(content)
        before = tree(site)
        outcome = build_site(Request(site, site / "build" / "site"))
        assert [finding for finding in outcome.findings if finding.problem.code == "BUG001"] == []
        assert outcome.written != outcome.failed
        assert {
            path: content for path, content in tree(site).items() if not path.startswith("build/")
        } == before


def _scalars(node: Node) -> list[Scalar]:
    if isinstance(node, Scalar):
        return [node]
    if isinstance(node, Sequence):
        return [scalar for item in node.items for scalar in _scalars(item)]
    return [scalar for key, value in node for scalar in (key, *_scalars(value))]


_SAFE = st.text(alphabet="甲乙丙abc019年-/.", min_size=1, max_size=12).filter(
    lambda text: text[0] not in "-.?" and text != "..."
)
_DATA = st.recursive(
    _SAFE,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3) | st.dictionaries(_SAFE, inner, min_size=1, max_size=3)
    ),
    max_leaves=12,
)


def _write(value: object, indent: int = 0) -> str:
    pad = "  " * indent
    if isinstance(value, dict):
        return "".join(f"\n{pad}{key}: {_write(inner, indent + 1)}" for key, inner in value.items())
    if isinstance(value, list):
        return "".join(f"\n{pad}- {_write(inner, indent + 1)}" for inner in value)
    return str(value)


@given(st.dictionaries(_SAFE, _DATA, min_size=1, max_size=4), st.integers(0, 5))
@settings(deadline=None)
def test_every_span_of_yaml_cuts_back_to_its_text(data: dict[str, object], before: int) -> None:
    text = _write(data).removeprefix("\n") + "\n"
    node = parse_yaml(text, "x.yaml", before)
    assert isinstance(node, Mapping)
    lines = text.split("\n")
    for scalar in _scalars(node):
        span = scalar.span
        assert span.line == span.end_line
        assert lines[span.line - 1 - before][span.column - 1 : span.end_column - 1] == scalar.text


@given(st.text(max_size=200))
@settings(deadline=None)
def test_any_text_is_yaml_or_a_fault_with_a_place_inside_it(text: str) -> None:
    read = parse_yaml(text, "x.yaml")
    if isinstance(read, YamlFault):
        assert 1 <= read.span.line <= len(text.splitlines()) + 1
        assert read.span.column >= 1


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_any_bytes_are_text_or_a_fault(data: bytes) -> None:
    text = decode_text(data)
    if isinstance(text, str):
        assert "\r" not in text
        assert "\0" not in text


@given(st.one_of(_BODIES, st.text(max_size=300)))
@settings(max_examples=300, deadline=None)
def test_any_text_becomes_html_without_foreign_tags(text: str) -> None:
    rendered = render_markdown(text)
    html = "".join(part.inner if isinstance(part, OpenPlace) else part for part in rendered.parts)
    assert "<script" not in html
    assert not any(mark in html for mark in "\ue000\ue001\ue002\ue003")
    assert len(set(rendered.anchors)) == len(rendered.anchors)


@given(st.text(max_size=60))
@settings(deadline=None)
def test_readers_of_numbers_dates_titles_and_deadlines_take_any_text(text: str) -> None:
    parse_date(text)
    parse_doc_number(text)
    read_numeral(text)
    quoted_titles(text)
    read_deadline(text)
    for found in find_doc_numbers(text):
        assert text[found.start : found.end] == found.text
