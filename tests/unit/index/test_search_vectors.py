from __future__ import annotations

import pytest
from search_cases import load_cases, ranking_corpus

from govsite.hanzi.fold import fold
from govsite.hanzi.pinyin import parse_pinyin, readings
from govsite.index.extract import extract, read_chunk
from govsite.index.query import expand_synonyms, list_grams, parse_query
from govsite.index.rank import find_ways, read_entry, score_query
from govsite.index.slots import assign_slots

CASES = load_cases()


@pytest.mark.parametrize(("text", "folded"), CASES["fold"])
def test_text_folds_as_the_vectors_say(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(("folded", "grams"), CASES["grams"])
def test_grams_are_those_of_the_vectors(folded: str, grams: list[str]) -> None:
    assert list_grams(folded) == grams


def test_order_is_that_of_code_points() -> None:
    assert sorted(CASES["order"]) == CASES["order"]


@pytest.mark.parametrize(("text", "expected"), CASES["query"])
def test_query_is_read_as_the_vectors_say(text: str, expected: dict[str, object]) -> None:
    query = parse_query(text)
    assert list(query.words) == list(dict.fromkeys(expected["words"]))  # type: ignore[call-overload]
    assert list(query.excluded) == expected["excluded"]
    assert query.too_long == expected["too_long"]


def test_document_number_is_found_in_any_form() -> None:
    number = fold(CASES["doc_number"]["number"])
    for form in CASES["doc_number"]["found_by"]:
        assert all(word in number for word in parse_query(form).words), form
    for form in CASES["doc_number"]["not_found_by"]:
        assert not all(word in number for word in parse_query(form).words), form


@pytest.mark.parametrize(("text", "syllables"), CASES["pinyin"])
def test_characters_are_read_as_the_vectors_say(text: str, syllables: list[str]) -> None:
    assert list(readings(text)) == syllables


@pytest.mark.parametrize(("typed", "ways"), CASES["pinyin_query"])
def test_letters_are_read_as_pinyin_as_the_vectors_say(typed: str, ways: list[list[str]]) -> None:
    assert [list(way) for way in parse_pinyin(typed)] == ways


@pytest.mark.parametrize(("word", "expanded"), CASES["synonyms"]["cases"])
def test_synonyms_expand_as_the_vectors_say(word: str, expanded: list[str]) -> None:
    assert expand_synonyms(word, CASES["synonyms"]["groups"]) == expanded


@pytest.mark.parametrize(("text", "keys"), CASES["ranking"]["queries"])
def test_hits_are_those_of_the_vectors_in_their_order(text: str, keys: list[str]) -> None:
    records, labels = ranking_corpus()
    slots, _, _ = assign_slots((record.key, record.published) for record in records)
    query = parse_query(text)
    ways = [find_ways(word, labels.synonyms) for word in query.words]
    hits = []
    for slot, one in zip(slots, read_chunk(extract(records, labels)), strict=True):
        entry = read_entry(one.entry, one.pieces, labels)
        score = score_query(entry, query, ways)
        if score is not None:
            hits.append((*score, slot, entry.key))
    assert [key for *_, key in sorted(hits, reverse=True)] == keys
