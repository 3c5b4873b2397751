"""Whatever the texts: every substring is found, no false hit is shown, order and chunking change no byte."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from search_reader import Reader

from govsite.hanzi.fold import fold, fold_with_places
from govsite.hanzi.pinyin import parse_pinyin, readings
from govsite.index.answer import search
from govsite.index.expression import parse_expression
from govsite.index.extract import extract, fold_fields, read_chunk
from govsite.index.labels import IndexLabels
from govsite.index.merge import merge
from govsite.index.query import parse_query
from govsite.index.rank import find_ways, read_entry, score_query
from govsite.index.slots import assign_slots
from govsite.index.whoosh import build_index
from govsite.model.search import SearchRecord

LABELS = IndexLabels(columns={"zc": "政策"})
TEXT = st.text(
    alphabet=st.sampled_from("政务公开关于做好工作的通知號号〔〕2024年、。 \nＡaＢb𠮷\u0301①"), max_size=40
)
DATES = st.sampled_from(["", "2024-02-29", "2024-12-31", "2019-01-01", "never"])


@st.composite
def records(draw: st.DrawFn) -> list[SearchRecord]:
    count = draw(st.integers(1, 6))
    return [
        SearchRecord(
            key=f"p/{number}",
            url=f"p/{number}.html",
            kind=draw(st.sampled_from(["policy", "question"])),
            title=draw(TEXT),
            doc_no=draw(TEXT),
            index_no=draw(TEXT),
            published=draw(DATES),
            column="zc",
            in_force=draw(st.booleans()),
            keywords=tuple(draw(st.lists(TEXT, max_size=2))),
            blocks=tuple(draw(st.lists(TEXT, max_size=3))),
        )
        for number in range(count)
    ]


def _lines(record: SearchRecord) -> list[str]:
    return [line for field in fold_fields(record, LABELS) for part in field for line in part.split("\n")]


@settings(max_examples=25, deadline=None)
@given(records(), st.data())
def test_every_substring_is_found_and_nothing_else(made: list[SearchRecord], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "index"
        digest = build_index([extract(made, LABELS)], LABELS, folder)
        lines = [line for record in made for line in _lines(record) if line]
        for _ in range(5):
            line = data.draw(st.sampled_from([*lines, "政务"]))
            start = data.draw(st.integers(0, len(line) - 1))
            word = line[start : start + data.draw(st.integers(1, 8))]
            if word.isascii():
                continue
            expected = {record.key for record in made if any(word in one for one in _lines(record))}
            answer = search(folder, f'"{word}"', digest=digest, limit=10)
            assert {hit.id for hit in answer.hits} == expected
            assert answer.total == len(expected)


WORDS = st.text(alphabet=st.sampled_from("政务公开关于的通知2024年号bＡ"), min_size=1, max_size=4)
PINYIN = st.sampled_from(["zwgk", "zheng", "gongkai", "zhengw", "gongka", "zhengwgk", "a"])
FIELDS = st.sampled_from(["标题:", "文号:", "索引号:", "关键词:"])
ATOMS = st.one_of(
    WORDS,
    PINYIN,
    st.builds("{}{}".format, FIELDS, WORDS),
    st.builds("{}*{}".format, WORDS, WORDS),
    st.builds("{}?{}*{}".format, WORDS, WORDS, WORDS),
    st.builds("{}{}??{}".format, FIELDS, WORDS, WORDS),
    st.sampled_from(["栏目:政策", "类型:policy", "类型:问", "日期:2019..2024-02", "日期:2024-12-31", "year:2019", "日期:..2020"]),
)  # fmt: skip
QUERIES = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds("( {} OR {} )".format, inner, inner),
        st.builds("( {} {} )".format, inner, inner),
        st.builds("NOT ( {} )".format, inner),
        st.builds("-{}".format, ATOMS),
    ),
    max_leaves=5,
)


@settings(max_examples=120, deadline=None)
@given(records(), st.one_of(QUERIES, st.builds("{} {}".format, QUERIES, QUERIES)))
def test_answers_are_what_reading_every_document_says(made: list[SearchRecord], query: str) -> None:
    expression = parse_expression(query)
    if expression is None:
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "index"
        chunk = extract(made, LABELS)
        digest = build_index([chunk], LABELS, folder)
        answer = search(folder, query, digest=digest, limit=10)
        newest = search(folder, query, digest=digest, limit=2, sort="date")
    reader = Reader(expression, LABELS)
    slots, _, _ = assign_slots((one.key, one.published) for one in read_chunk(chunk))
    said = [(reader.score(one), slot, one.key) for one, slot in zip(read_chunk(chunk), slots, strict=True)]
    hits = [(score, slot, key) for score, slot, key in said if score is not None]
    best = sorted(hits, reverse=True)
    assert [(hit.id, hit.score) for hit in answer.hits] == [(key, score[1]) for score, _, key in best]
    assert answer.total == newest.total == len(hits)
    assert [hit.id for hit in newest.hits] == [
        key for _, key in sorted(((slot, key) for _, slot, key in hits), reverse=True)
    ][:2]


@settings(max_examples=60, deadline=None)
@given(records(), st.lists(st.one_of(WORDS, PINYIN), max_size=3), st.one_of(st.just(""), WORDS))
def test_the_two_query_languages_agree(made: list[SearchRecord], words: list[str], excluded: str) -> None:
    query = " ".join(words) + (f" -{excluded}" if excluded else "")
    parsed, expression = parse_query(query), parse_expression(query)
    if not parsed.words or expression is None or len(parsed.words) != len(words):
        return
    ways = [find_ways(word, ()) for word in parsed.words]
    reader = Reader(expression, LABELS)
    for one in read_chunk(extract(made, LABELS)):
        entry = read_entry(one.entry, one.pieces, LABELS)
        assert reader.score(one) == score_query(entry, parsed, ways)


@settings(max_examples=40, deadline=None)
@given(records(), st.randoms(use_true_random=False))
def test_order_and_chunking_change_no_byte(made: list[SearchRecord], chance: object) -> None:
    whole = dict(merge([extract(made, LABELS)], LABELS).parts)
    shuffled = list(made)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert dict(merge([extract([record], LABELS) for record in shuffled], LABELS).parts) == whole


@given(st.text(max_size=60))
def test_folding_is_stable_and_knows_its_places(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    again, places = fold_with_places(text)
    assert again == folded
    assert places == sorted(places)
    assert len(places) == len(folded) + 1


@given(st.text(max_size=250))
def test_any_query_is_read(text: str) -> None:
    query = parse_query(text)
    assert all(query.words)
    if not query.too_long:
        parse_expression(text)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", max_size=24))
def test_pinyin_units_spell_what_was_typed(typed: str) -> None:
    assert all("".join(way) == typed for way in parse_pinyin(typed))


@given(st.text(max_size=30))
def test_each_character_has_one_reading_or_none(text: str) -> None:
    folded = fold(text).replace("\n", "")
    assert len(readings(folded)) == len(folded)
