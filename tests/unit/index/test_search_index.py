from __future__ import annotations

import random

import numpy as np
import pytest
from search_cases import ranking_corpus

from govsite.index.codes import count_postings, decode_list, encode_list, rice_parameter, round_scale
from govsite.index.extract import extract, read_chunk
from govsite.index.grams import find_list, parse_grams
from govsite.index.labels import IndexLabels
from govsite.index.merge import merge
from govsite.index.packing import encode_lists
from govsite.index.parts import ALPHABET, FORMAT_VERSION, encode_numbers, read_part
from govsite.index.slots import assign_slots, find_border
from govsite.model.search import AttachmentText, SearchRecord


def _build(records: list[SearchRecord], labels: IndexLabels | None = None) -> dict[str, bytes]:
    labels = labels or IndexLabels()
    return dict(merge([extract(records, labels)], labels).parts)


def test_lists_read_back_as_they_were_written() -> None:
    chance = random.Random(7)  # noqa: S311
    for slots in (1, 2, 16, 17, 1000, 200_000):
        scale = round_scale(slots)
        assert scale >= slots
        for count in {1, min(slots, 2), min(slots, 5), min(slots, 400)}:
            chosen = sorted(chance.sample(range(slots), count))
            postings = [(slot, chance.randrange(4)) for slot in chosen]
            assert decode_list(encode_list(postings, scale), scale) == postings
    assert encode_list([], 16) == ""


def test_list_with_one_far_gap_stays_short() -> None:
    postings = [(slot, 0) for slot in range(99_000, 99_900)]
    assert len(encode_list(postings, round_scale(100_000))) < 1500
    assert rice_parameter(1, 16) == 3


def test_damaged_list_is_an_error() -> None:
    written = encode_list([(slot * 3, slot % 4) for slot in range(50)], 256)
    with pytest.raises(ValueError, match="not a posting list"):
        decode_list(written[:10], 256)


def test_every_part_states_format_and_its_own_name() -> None:
    records, labels = ranking_corpus()
    for path, content in _build(records, labels).items():
        version, name, _ = read_part(content)
        assert (version, f"{name}.js") == (FORMAT_VERSION, path)


def test_manifest_comes_last_and_paths_are_plain() -> None:
    records, labels = ranking_corpus()
    paths = list(_build(records, labels))
    assert paths[-1] == "manifest.js"
    assert len({path.lower() for path in paths}) == len(paths)
    assert all(path.isascii() and ".." not in path for path in paths)


def test_gram_parts_hold_each_gram_once_in_order() -> None:
    records, labels = ranking_corpus()
    grams: list[str] = []
    for path, content in _build(records, labels).items():
        if path.startswith("g/"):  # few documents: none are set apart as the newest
            payload = read_part(content)[2]
            assert isinstance(payload, str)
            grams += [gram for gram, _ in parse_grams(payload)]
    assert len(set(grams)) == len(grams)
    assert grams == sorted(grams)
    assert {"养老", "老服", "服务", "3号"} <= set(grams)


def test_one_list_is_found_without_reading_the_part() -> None:
    records, labels = ranking_corpus()
    for path, content in _build(records, labels).items():
        if path.startswith("g/"):
            payload = read_part(content)[2]
            assert isinstance(payload, str)
            for gram, written in parse_grams(payload):
                assert find_list(payload, gram) == written
                assert count_postings(written) >= 1
            assert find_list(payload, "龘龘") == ""


def test_many_lists_are_written_as_one_by_one() -> None:
    chance = random.Random(3)  # noqa: S311
    for scale in (16, 24, 1024, 98304, 1 << 21):
        lists = []
        for _ in range(60):
            count = min(scale, 1 + int(2 ** (12 * chance.random())))
            slots = sorted(chance.sample(range(scale), count))
            lists.append([(slot, chance.randrange(4)) for slot in slots])
        firsts = [sum(map(len, lists[:at])) for at in range(len(lists))]
        flat = np.array([posting for one in lists for posting in one])
        blob, sizes = encode_lists(flat[:, 0], flat[:, 1].astype(np.uint8), np.array(firsts), scale)
        written = [encode_list(one, scale) for one in lists]
        assert blob.decode() == "".join(written)
        assert sizes.tolist() == [len(one) for one in written]
        assert [count_postings(one) for one in written] == [len(one) for one in lists]


def test_record_without_a_term_is_reported() -> None:
    empty = SearchRecord(key="p/empty", url="p/empty.html", kind="policy", title="——", blocks=("！！！", "※"))
    full = SearchRecord(key="p/full", url="p/full.html", kind="policy", title="通知")
    labels = IndexLabels()
    assert merge([extract([empty, full], labels)], labels).unsearchable == ("p/empty",)


def test_key_given_twice_is_refused() -> None:
    record = SearchRecord(key="p/1", url="p/1.html", kind="policy", title="通知")
    with pytest.raises(ValueError, match="p/1"):
        list(merge([extract([record, record], IndexLabels())], IndexLabels()).parts)


def test_no_record_at_all_is_an_index_too() -> None:
    parts = _build([])
    assert "manifest.js" in parts
    assert read_part(parts["manifest.js"])[2]["documents"] == 0  # type: ignore[index]


def test_long_texts_are_kept_in_pieces_and_stay_whole() -> None:
    lines = [f"第{number}行" + "很长的附件文本" * 40 for number in range(400)]
    record = SearchRecord(
        key="p/long",
        url="p/long.html",
        kind="policy",
        title="长文",
        blocks=tuple(lines[:150]),
        attachments=(AttachmentText("附件.docx", "files/a.docx", "\n".join(lines[150:])),),
    )
    parts = _build([record])
    assert max(len(content.decode()) for path, content in parts.items() if path[0] in "tx") < 25_000
    held = b"".join(content for path, content in parts.items() if path[0] in "tx").decode()
    assert all(line in held for line in lines)


def test_slots_ascend_with_dates_and_ties_follow_keys_alone() -> None:
    documents = [(f"k{number}", f"{2020 + number % 3}-0{1 + number % 9}-01") for number in range(500)]
    slots, count, years = assign_slots(documents)
    assert len(set(slots)) == 500
    assert max(slots) < count
    by_slot = [document[1] for _, document in sorted(zip(slots, documents, strict=True))]
    assert by_slot == sorted(by_slot)
    assert [year for year, _ in years] == [2020, 2021, 2022]
    again, _, _ = assign_slots(documents[::-1])
    assert again[::-1] == slots


def test_document_that_comes_moves_few_others() -> None:
    documents = [
        (f"k{number}", f"{2018 + number % 8}-{1 + number % 12:02}-{1 + number % 28:02}")
        for number in range(4000)
    ]
    before, _, _ = assign_slots(documents)
    after, _, _ = assign_slots([*documents, ("new", "2021-06-15")])
    moved = sum(a != b for a, b in zip(before, after[:-1], strict=True))
    assert moved < 200


def test_undated_documents_come_first() -> None:
    slots, _, years = assign_slots([("a", "2020-01-01"), ("b", ""), ("c", "soon")])
    assert slots[0] > max(slots[1:])
    assert years[0] == (0, 0)


def test_one_edited_document_changes_few_parts() -> None:
    chance = random.Random(3)  # noqa: S311
    words = [chr(0x4E00 + number) + chr(0x5E00 + number) for number in range(900)]

    def make(number: int, extra: str = "") -> SearchRecord:
        own = random.Random(number)  # noqa: S311
        text = "".join(own.choices(words, k=300)) + extra
        return SearchRecord(key=f"p/{number}", url=f"p/{number}.html", kind="policy", title=f"通知{number}", published="2024-05-06", blocks=(text,))  # fmt: skip

    records = [make(number) for number in range(300)]
    before = _build(records)
    edited = chance.randrange(300)
    after = _build([make(number, "更正说明" if number == edited else "") for number in range(300)])
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    assert 0 < len(changed) <= 10
    assert "manifest.js" not in changed


def test_numbers_are_written_in_the_dense_code() -> None:
    assert encode_numbers([0, 59]) == ALPHABET[0] + ALPHABET[59]
    assert len(encode_numbers([60])) == 2
    assert len(encode_numbers([60 * 33])) == 3


def test_chunks_can_be_joined() -> None:
    records, labels = ranking_corpus()
    whole = extract(records, labels)
    assert whole == b"".join(extract([record], labels) for record in records)
    assert [one.key for one in read_chunk(whole)] == [record.key for record in records]


def _dated(days: list[str]) -> list[tuple[str, str]]:
    return [(f"k{number}", day) for number, day in enumerate(days)]


def _newest_days(days: list[str]) -> list[str]:
    documents = _dated(days)
    slots, _, _ = assign_slots(documents)
    border = find_border(documents, slots)
    return sorted(day for (_, day), slot in zip(documents, slots, strict=True) if slot >= border)


def test_newest_documents_begin_with_a_month() -> None:
    old = [f"{2015 + number % 8}-{1 + number % 12:02}-05" for number in range(400)]
    march = [f"2024-03-{1 + number % 28:02}" for number in range(40)]
    april = [f"2024-04-{1 + number % 28:02}" for number in range(90)]
    assert _newest_days(old + march + april) == sorted(march + april)
    more = [f"2024-04-{1 + number % 28:02}" for number in range(96)]
    assert _newest_days(old + march + more) == sorted(more)


def test_a_long_month_is_cut_by_ten_days_and_by_days() -> None:
    old = ["2020-01-01"] * 400
    many = [f"2024-05-{day:02}" for day in range(1, 31) for _ in range(60)]
    assert min(_newest_days(old + many)) == "2024-05-20"
    crowd = [f"2024-05-{day:02}" for day in range(1, 31) for _ in range(300)]
    assert min(_newest_days(old + crowd)) == "2024-05-30"


def test_no_document_is_set_apart_where_that_would_not_help() -> None:
    assert _newest_days(["2024-01-01"] * 383) == []
    assert _newest_days(["2024-01-01"] * 3000) == []
    assert _newest_days([""] * 3000) == []
    assert _newest_days([]) == []


def _daily(count: int) -> list[SearchRecord]:
    words = [chr(0x4E00 + number) + chr(0x5E00 + number) for number in range(900)]
    made = []
    for number in range(count):
        own = random.Random(number)  # noqa: S311
        day = f"{2016 + number // 96}-{1 + number // 8 % 12:02}-{1 + 3 * (number % 8):02}"
        text = "".join(own.choices(words, k=120))
        made.append(SearchRecord(key=f"p/{number}", url=f"p/{number}.html", kind="policy", title=f"通知{number}", published=day, blocks=(text,)))  # fmt: skip
    return made


def test_document_that_comes_last_leaves_the_other_lists_alone() -> None:
    before, after = _build(_daily(500)), _build(_daily(501))
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    assert any(path.startswith("n/") for path in changed)
    assert not any(path.startswith(("g/", "d/")) for path in changed)
    assert sum(path.startswith("t/") for path in changed) <= 2


def test_lists_of_newest_documents_hold_their_slots_only() -> None:
    parts = _build(_daily(500))
    manifest = read_part(parts["manifest.js"])[2]
    assert isinstance(manifest, dict)
    border, scale, _ = manifest["newest"]
    slots: dict[str, set[int]] = {"g": set(), "n": set()}
    for path, content in parts.items():
        if path[0] in slots:
            payload = read_part(content)[2]
            assert isinstance(payload, str)
            for _gram, written in parse_grams(payload):
                held = decode_list(written, scale if path[0] == "n" else manifest["scale"])
                slots[path[0]].update(slot + (border if path[0] == "n" else 0) for slot, _ in held)
    assert max(slots["g"]) < border <= min(slots["n"])
    assert len(slots["g"]) + len(slots["n"]) == 500
