from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from search_cases import load_cases, ranking_corpus, snippet_corpus
from whoosh.filedb.filestore import RamStorage
from whoosh.index import open_dir

from govsite.index.answer import search
from govsite.index.extract import extract, fold_fields, read_chunk
from govsite.index.whoosh import BrokenIndexError, OpenIndex, build_index, make_schema

if TYPE_CHECKING:
    from pathlib import Path

    from govsite.model.search import SearchRecord


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    records, labels = ranking_corpus()
    folder = tmp_path_factory.mktemp("index") / "search"
    return folder, build_index([extract(records, labels)], labels, folder)


@pytest.mark.parametrize(("query", "keys"), load_cases()["ranking"]["queries"])
def test_answers_are_those_of_the_browser(built: tuple[Path, str], query: str, keys: list[str]) -> None:
    folder, digest = built
    answer = search(folder, query, digest=digest, limit=50)
    assert [hit.id for hit in answer.hits] == keys
    assert answer.total == len(keys)


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("标题:养老服务 日期:2018..2019", {"p/exact", "p/begins-old"}),
        ("title:养老服务 -标题:条例 date:2018..2020-01", {"p/exact"}),
        ("日期:[2020-06-01 TO 2020-07]", {"q/answer", "p/bank"}),
        ("year:2016 OR year:2017", {"p/several", "p/long"}),
        ("文号:〔2020〕3号", {"p/contains"}),
        ("关键词:养老", {"p/keyword"}),
        ("(银行 OR 藏语) 重庆", {"p/bank", "p/once"}),
        ("银行 NOT 标题:公告", {"p/once"}),
        ("类型:question", {"q/answer"}),
        ("栏目:回应", {"q/answer"}),
        ("养老*怎么", {"q/answer"}),
        ("养老?务条例", {"p/begins-old"}),
        ("养老服务*细则", set()),
        ("10:30", set()),
        ("标题:", set()),
    ],
)
def test_fields_booleans_ranges_and_wildcards(built: tuple[Path, str], query: str, keys: set[str]) -> None:
    folder, digest = built
    assert {hit.id for hit in search(folder, query, digest=digest, limit=50).hits} == keys


def test_filters_narrow_and_date_sorts(built: tuple[Path, str]) -> None:
    folder, digest = built
    answer = search(
        folder, "养老服务", digest=digest, sort="date", filters={"column": "zcwj", "year": "2021"}
    )
    assert [hit.id for hit in answer.hits] == ["p/begins-new"]
    dates = [hit.published for hit in search(folder, "服务", digest=digest, sort="date", limit=50).hits]
    assert dates == sorted(dates, reverse=True)
    with pytest.raises(ValueError, match="colour"):
        search(folder, "养老", digest=digest, filters={"colour": "red"})


def test_snippet_shows_the_hit_in_its_own_spelling(built: tuple[Path, str]) -> None:
    folder, digest = built
    assert search(folder, "銀行網點 -公告", digest=digest).hits[0].snippet == "重庆市银行网点"


def test_snippets_are_those_of_the_vectors(tmp_path: Path) -> None:
    records, labels = snippet_corpus()
    digest = build_index([extract(records, labels)], labels, tmp_path / "index")
    for query, snippet in load_cases()["snippets"]["queries"]:
        assert search(tmp_path / "index", query, digest=digest).hits[0].snippet == snippet, query


@pytest.mark.parametrize(
    "query",
    ["<script>", "龘" * 10_000, "\ud800", ".*", "[a-", "((((", "))))", "OR", "NOT", "AND OR NOT", "标题:(", "*", "???", "\x00", "日期:龘", "-", '"', "a" * 24],
)  # fmt: skip
def test_hostile_queries_find_nothing(built: tuple[Path, str], query: str) -> None:
    folder, digest = built
    assert search(folder, query, digest=digest).hits == ()


def test_fed_postings_are_those_of_add_document() -> None:
    records, labels = ranking_corpus()
    storage = RamStorage()
    ordinary = storage.create_index(make_schema())
    writer = ordinary.writer()
    ordered = sorted(records, key=lambda record: record.key)
    for record in ordered:
        lines = [line for field in fold_fields(record, labels) for line in field]
        writer.add_document(key=record.key, kind=record.kind, text="\n".join(lines))
    writer.commit()
    with ordinary.searcher() as searcher:
        keys = [record.key for record in ordered]
        expected = {
            term.decode(): {keys[number] for number in searcher.postings("text", term).all_ids()}
            for term in searcher.reader().lexicon("text")
            if len(term.decode()) == 2
        }
    assert _fed_postings(records) == expected


def _fed_postings(records: list[SearchRecord]) -> dict[str, set[str]]:
    import tempfile
    from pathlib import Path

    _, labels = ranking_corpus()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "index"
        digest = build_index([extract(records, labels)], labels, folder)
        with OpenIndex(folder, digest) as index:
            keys = [next(read_chunk(index.read_line(number))).key for number in range(index.documents)]
            with open_dir(str(folder), indexname="MAIN").searcher() as searcher:
                grams = [term.decode() for term in searcher.reader().lexicon("text")]
            return {
                gram: {keys[number] for number in index.find_gram(gram)} for gram in grams if _is_text(gram)
            }


def _is_text(gram: str) -> bool:
    """Pairs of the text itself: marks around titles change which single characters end a line."""
    return len(gram) == 2 and not any("A" <= char <= "Z" or "\ue000" <= char <= "\uf8ff" for char in gram)


def test_index_is_opened_only_as_it_was_built(tmp_path: Path) -> None:
    records, labels = ranking_corpus()
    folder = tmp_path / "index"
    digest = build_index([extract(records, labels)], labels, folder)
    for name in sorted(path.name for path in folder.iterdir()):
        path = folder / name
        content = path.read_bytes()
        path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        with pytest.raises(BrokenIndexError, match="changed"):
            search(folder, "养老", digest=digest)
        path.unlink()
        with pytest.raises(BrokenIndexError, match="missing"):
            search(folder, "养老", digest=digest)
        path.write_bytes(content)
    folder.joinpath("_MAIN_9.toc").write_bytes(b"")
    with pytest.raises(BrokenIndexError, match="changed: _MAIN_9"):
        search(folder, "养老", digest=digest)


def test_manifest_of_another_format_is_refused(tmp_path: Path) -> None:
    from hashlib import blake2b

    records, labels = ranking_corpus()
    folder = tmp_path / "index"
    build_index([extract(records, labels)], labels, folder)
    manifest = json.loads(folder.joinpath("manifest.json").read_bytes())
    content = json.dumps({**manifest, "format": 99}).encode()
    folder.joinpath("manifest.json").write_bytes(content)
    with pytest.raises(BrokenIndexError, match="version"):
        search(folder, "养老", digest=blake2b(content, digest_size=32).hexdigest())


def test_same_records_in_any_order_give_the_same_files(tmp_path: Path) -> None:
    records, labels = ranking_corpus()
    first = build_index([extract(records, labels)], labels, tmp_path / "first")
    second = build_index(
        [extract([record], labels) for record in reversed(records)], labels, tmp_path / "second"
    )
    assert first == second


def test_index_can_be_built_over_an_older_one_and_empty(tmp_path: Path) -> None:
    records, labels = ranking_corpus()
    folder = tmp_path / "index"
    build_index([extract(records, labels)], labels, folder)
    digest = build_index([], labels, folder)
    assert search(folder, "养老", digest=digest).total == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index"]
