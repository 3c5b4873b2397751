"""The Whoosh index (终端检索): the only door to Whoosh.

Whoosh holds the postings: bigrams of folded text, and the properties that filters ask for. Texts lie beside it, one
line a document, and every hit is proved on them, so recall and precision do not hang on the analyzer. Only what
Whoosh 2.7, whoosh-reloaded and whoosh3 share is used. All of them unpickle when an index is opened: `open_index`
reads nothing before every file's digest is right and the manifest's own digest is the one the caller trusts.
"""

from __future__ import annotations

import heapq
import json
import re
import shutil
from array import array
from dataclasses import dataclass
from functools import reduce
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from whoosh import index as whoosh_index
from whoosh import query as whoosh_query
from whoosh.analysis import Analyzer, Token
from whoosh.codec import default_codec
from whoosh.fields import ID, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import TermNotFound

from govsite.hanzi.fold import fold
from govsite.hanzi.pinyin import syllables
from govsite.index.expression import And, Facet, Not, Or, Range, Word, parse_expression
from govsite.index.extract import FIRST_SYLLABLE, read_chunk
from govsite.index.judge import Document, Judge
from govsite.index.labels import IndexLabels
from govsite.index.postings import Corpus
from govsite.index.rank import Tier, Way
from govsite.index.slots import assign_slots
from govsite.index.snippet import cut_snippet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from govsite.index.expression import Expression

__all__ = ["BrokenIndexError", "GramAnalyzer", "SearchAnswer", "SearchHit", "build_index", "search"]

_FORMAT: Final = 1
_NAME: Final = "MAIN"
_MANIFEST: Final = "manifest.json"
_TEXTS: Final = "texts.jsonl"
_PLACES: Final = "texts.places"
_PROPERTIES: Final = ("column", "domain", "in_force", "issuer", "key", "kind", "published", "topic", "validity")


class BrokenIndexError(Exception):
    """The index is not what was built: reason is `missing`, `changed` or `version`; name is the file."""

    def __init__(self, reason: str, name: str) -> None:
        super().__init__(f"{reason}: {name}")
        self.reason = reason
        self.name = name


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One document found. score: 0 once in the text … 6 the whole title or number. snippet: plain text."""

    id: str
    title: str
    url: str
    kind: str
    score: int
    snippet: str
    doc_no: str
    published: str
    validity: str


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """total: documents that match, exactly. hits: the best of them, best first. too_long: the query was not read."""

    total: int
    hits: tuple[SearchHit, ...]
    too_long: bool = False


class GramAnalyzer(Analyzer):  # type: ignore[misc]
    """Pairs of neighbouring characters of folded text, and the last character of each line."""

    def __call__(self, value: str, **_options: object) -> Iterator[Any]:
        """Yield one token, reused, as Whoosh's analyzers do. The value is folded already or is folded here."""
        token = Token()
        for line in fold(value).split("\n"):
            for at in range(len(line)):
                token.text = line[at : at + 2]
                yield token


def make_schema() -> Schema:
    """Return the fields: `text` holds grams; the rest are properties, whole."""
    return Schema(text=ID(analyzer=GramAnalyzer()), **{name: ID() for name in _PROPERTIES})


def build_index(chunks: Iterable[bytes], labels: IndexLabels, folder: Path) -> str:
    """Build the index of all chunks of `extract` in `folder` and return the digest of its manifest.

    Keep the digest where the index is not: `search` asks for it. An index that is there stays until the new one is
    complete and verified; it is then replaced by renaming. Raises ValueError for a key that comes twice.
    """
    staging = folder.with_name(folder.name + ".new")
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    corpus, lines = Corpus(), list[bytes]()
    for chunk in chunks:
        corpus.add((one.folded, one.lengths) for one in read_chunk(chunk))
        lines += chunk.splitlines()
    heads = [json.loads(line)[:5] for line in lines]
    slots, _, _ = assign_slots((key, published) for key, published, *_ in heads)
    order = sorted(range(len(lines)), key=slots.__getitem__)
    numbers = [0] * len(lines)
    for number, at in enumerate(order):
        numbers[at] = number
    _write_texts(staging, [lines[at] for at in order])
    everywhere, grams = corpus.walk_pairs(numbers)
    _write_whoosh(staging, [heads[at] for at in order], grams)
    digest = _write_manifest(staging, labels, everywhere, len(lines))
    _read_manifest(staging, digest)
    _replace(folder, staging)
    return digest


def _replace(folder: Path, staging: Path) -> None:
    old = folder.with_name(folder.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    staging.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _write_texts(folder: Path, lines: list[bytes]) -> None:
    places = array("Q", [0])
    with folder.joinpath(_TEXTS).open("wb") as file:
        for line in lines:
            places.append(places[-1] + file.write(line + b"\n"))
    folder.joinpath(_PLACES).write_bytes(json.dumps(places.tolist()).encode())


def _write_whoosh(folder: Path, heads: list[Any], grams: Iterator[tuple[str, list[int], list[int]]]) -> None:
    """Feed Whoosh's codec with postings that are sorted already: a tenth of the time of `add_document`.

    A posting's weight is its class plus one (see `postings`). Documents are numbered oldest first.
    """
    storage, codec, schema = FileStorage(str(folder)), default_codec(), make_schema()
    segment = codec.new_segment(storage, _NAME)
    documents = codec.per_document_writer(storage, segment)
    for number in range(len(heads)):
        documents.start_doc(number)
        documents.finish_doc()
    documents.close()
    writer = codec.field_writer(storage, segment)
    properties = _collect_properties(heads)
    for name in sorted([*_PROPERTIES, "text"]):
        writer.start_field(name, schema[name])
        if name == "text":
            for gram, numbers, classes in grams:
                _write_term(writer, gram, numbers, classes)
        else:
            for value, numbers in sorted(properties[name].items(), key=lambda pair: pair[0].encode()):
                _write_term(writer, value, numbers, [0] * len(numbers))
        writer.finish_field()
    writer.close()
    segment.set_doc_count(len(heads))
    whoosh_index.TOC(schema, [segment], 0).write(storage, _NAME)
    storage.close()


def _write_term(writer: Any, term: str, numbers: list[int], classes: list[int]) -> None:  # noqa: ANN401
    writer.start_term(term.encode())
    add = writer.add
    for number, kind in zip(numbers, classes, strict=True):
        add(number, kind + 1.0, b"", 1)
    writer.finish_term()


def _collect_properties(heads: list[Any]) -> dict[str, dict[str, list[int]]]:
    found: dict[str, dict[str, list[int]]] = {name: {} for name in _PROPERTIES}
    for number, (key, published, in_force, kind, facets) in enumerate(heads):
        _, column, topic, validity, domain, issuer = facets
        values = (column, domain, "yes" if in_force else "no", issuer, key, kind, published, topic, validity)
        for name, value in zip(_PROPERTIES, values, strict=True):
            if value:
                found[name].setdefault(value, []).append(number)
    return found


def _digest(path: Path) -> str:
    digest = blake2b(digest_size=32)
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _write_manifest(folder: Path, labels: IndexLabels, everywhere: str, documents: int) -> str:
    names = ("kinds", "columns", "topics", "domains", "validities")
    manifest = {
        "format": _FORMAT,
        "documents": documents,
        "everywhere": everywhere,
        "labels": {name: dict(getattr(labels, name)) for name in names},
        "synonyms": labels.synonyms,
        "files": {path.name: _digest(path) for path in sorted(folder.iterdir()) if path.is_file()},
    }
    content = json.dumps(manifest, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
    folder.joinpath(_MANIFEST).write_bytes(content)
    return blake2b(content, digest_size=32).hexdigest()


def _read_manifest(folder: Path, digest: str) -> dict[str, Any]:
    """Return the manifest after checking it and every file; raises BrokenIndexError."""
    try:
        content = folder.joinpath(_MANIFEST).read_bytes()
    except OSError as error:
        raise BrokenIndexError("missing", _MANIFEST) from error
    if blake2b(content, digest_size=32).hexdigest() != digest:
        raise BrokenIndexError("changed", _MANIFEST)
    manifest: dict[str, Any] = json.loads(content)
    if manifest.get("format") != _FORMAT:
        raise BrokenIndexError("version", _MANIFEST)
    present = {path.name for path in folder.iterdir()} - {_MANIFEST}
    for name in sorted(present ^ set(manifest["files"])):
        raise BrokenIndexError("changed" if name in present else "missing", name)
    for name, expected in manifest["files"].items():
        if _digest(folder / name) != expected:
            raise BrokenIndexError("changed", name)
    return manifest
