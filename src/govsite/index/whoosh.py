"""The Whoosh index (终端检索): the only door to Whoosh.

Whoosh holds the postings: bigrams of folded text, and the properties that filters ask for. Texts lie beside it, one
line a document, and every hit is proved on them, so recall and precision do not hang on the analyzer. Only what
Whoosh 2.7, whoosh-reloaded and whoosh3 share is used. All of them unpickle when an index is opened: `OpenIndex`
reads nothing before every file's digest is right and the manifest's own digest is the one the caller trusts.
"""

from __future__ import annotations

import json
import shutil
from array import array
from bisect import bisect_right
from functools import cached_property
from hashlib import blake2b
from mmap import ACCESS_READ, mmap
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from whoosh import index as whoosh_index
from whoosh.analysis.acore import Token
from whoosh.analysis.analyzers import Analyzer
from whoosh.codec import default_codec
from whoosh.fields import ID, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import TermNotFound

from govsite.hanzi.fold import fold
from govsite.index.extract import read_chunk
from govsite.index.labels import IndexLabels
from govsite.index.needles import FIELD_END, join_fields
from govsite.index.rank import ANSWER_KIND
from govsite.index.slots import assign_slots

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from typing import Self

__all__ = ["BrokenIndexError", "GramAnalyzer", "OpenIndex", "build_index", "check_index", "make_schema"]

# whoosh3 has types for parts of itself, the other two for none: what mypy knows must not depend on which is installed.
_index: Any = whoosh_index
_open_storage: Any = FileStorage
_make_codec: Any = default_codec

_FORMAT: Final = 2
_NAME: Final = "MAIN"
_SEGMENT: Final = "0" * 16
"""Instead of a random name: the same records give the same files."""
_MANIFEST: Final = "manifest.json"
_TEXTS: Final = "texts.jsonl"
_FOLDED: Final = "folded.txt"
_PLACES: Final = "places.json"
_PROPERTIES: Final = (
    "column",
    "domain",
    "in_force",
    "issuer",
    "key",
    "kind",
    "published",
    "topic",
    "validity",
)


_Head: TypeAlias = tuple[str, str, bool, tuple[str, ...]]
"""Key, date, whether in force, facets of a document."""


class BrokenIndexError(Exception):
    """The index is not what was built: reason is `missing`, `changed` or `version`; name is the file."""

    def __init__(self, reason: str, name: str) -> None:
        super().__init__(f"{reason}: {name}")
        self.reason = reason
        self.name = name


class GramAnalyzer(Analyzer):  # type: ignore[misc, unused-ignore]
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
    from govsite.index.corpus import Corpus  # numpy: for builds only
    from govsite.index.postings import walk_pairs

    staging = folder.with_name(folder.name + ".new")
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    corpus, lines, heads = Corpus(), list[bytes](), list[_Head]()
    for chunk in chunks:
        extracts = list(read_chunk(chunk))
        corpus.add((one.folded, one.lengths) for one in extracts)
        lines += chunk.splitlines()
        heads += [(one.key, one.published, one.in_force, one.facets) for one in extracts]
    slots, _, _ = assign_slots((key, published) for key, published, *_ in heads)
    order = sorted(range(len(lines)), key=slots.__getitem__)
    numbers = [0] * len(lines)
    for number, at in enumerate(order):
        numbers[at] = number
    _write_texts(staging, [lines[at] for at in order])
    everywhere, grams = walk_pairs(corpus, numbers)
    _write_whoosh(staging, [heads[at] for at in order], grams)
    digest = _write_manifest(staging, labels, everywhere, len(lines))
    check_index(staging, digest)
    _replace(folder, staging)
    return digest


class OpenIndex:
    """An index whose files are those that were built. Documents are numbered from 0, oldest first."""

    def __init__(self, folder: Path, digest: str) -> None:
        """Check everything, then open. Raises BrokenIndexError.

        folded: the texts (see `needles`); folded_places: where each begins in it, and where the last one ends.
        """
        manifest = check_index(folder, digest)
        self.documents: int = manifest["documents"]
        self.everywhere: str = manifest["everywhere"]
        self.labels = IndexLabels(**manifest["labels"], synonyms=tuple(map(tuple, manifest["synonyms"])))
        places = json.loads(folder.joinpath(_PLACES).read_bytes())
        self._places, self.folded_places = array("Q", places[0]), array("Q", places[1])
        self._texts = folder.joinpath(_TEXTS).open("rb")
        with folder.joinpath(_FOLDED).open("rb") as folded:
            self.folded: mmap | bytes = (
                mmap(folded.fileno(), 0, access=ACCESS_READ) if self.documents else b""
            )
        self._searcher = _index.open_dir(str(folder), indexname=_NAME).searcher()
        self._reader = self._searcher.reader()
        self._properties: dict[str, dict[str, array[int]]] = {}

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close all files."""
        self._searcher.close()
        self._texts.close()
        if not isinstance(self.folded, bytes):
            self.folded.close()

    def scan(self, word: bytes) -> list[int]:
        """Return the documents whose folded text contains a word, by a look over all of it: for words in many."""
        found: list[int] = []
        at = self.folded.find(word)
        while at >= 0:
            found.append(bisect_right(self.folded_places, at) - 1)
            at = self.folded.find(word, self.folded_places[found[-1] + 1])
        return found

    def count_gram(self, gram: str) -> int:
        """Return how many documents contain a gram."""
        return int(self._reader.doc_frequency("text", gram))

    def read_line(self, number: int) -> bytes:
        """Return a document's line of a chunk."""
        self._texts.seek(self._places[number])
        return self._texts.read(self._places[number + 1] - self._places[number])

    def find_gram(self, gram: str) -> list[int]:
        """Return the documents that contain a gram, numbers ascending."""
        try:
            return list(self._reader.postings("text", gram).all_ids())
        except TermNotFound:
            return []

    @cached_property
    def bodies(self) -> array[int]:
        """Where title and keywords of each document end in `folded`."""
        folded, ends = self.folded, array("Q")
        for start in self.folded_places[:-1]:
            ends.append(folded.find(FIELD_END, folded.find(FIELD_END, start) + 1))
        return ends

    @cached_property
    def answers(self) -> set[int]:
        """Documents that answer a question (一键应答)."""
        return self.find_property("kind", ANSWER_KIND.__eq__)

    @cached_property
    def repealed(self) -> set[int]:
        """Documents that are not in force."""
        return self.find_property("in_force", "no".__eq__)

    def find_property(self, name: str, fits: Callable[[str], bool]) -> set[int]:
        """Return the documents whose property has a value that fits."""
        return set().union(*(numbers for value, numbers in self._values(name).items() if fits(value)))

    def find_dates(self, low: str, high: str) -> set[int]:
        """Return the documents published from `low` to `high`, ISO dates, months or years, "" for open."""
        last = high + "~" if high else ""
        return self.find_property("published", lambda day: low <= day and (not last or day <= last))

    def _values(self, name: str) -> dict[str, array[int]]:
        """The documents of each value of a property, read once."""
        known = self._properties.get(name)
        if known is None:
            reader = self._reader
            terms = reader.lexicon(name) if name in reader.schema else ()
            known = self._properties[name] = {
                term.decode(): array("I", reader.postings(name, term).all_ids()) for term in terms
            }
        return known


def _replace(folder: Path, staging: Path) -> None:
    old = folder.with_name(folder.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    staging.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _write_texts(folder: Path, lines: list[bytes]) -> None:
    """Write the lines of the chunks and, for a quick look, their folded texts alone; and where each of both begins."""
    places: tuple[list[int], list[int]] = ([0], [0])
    with folder.joinpath(_TEXTS).open("wb") as texts, folder.joinpath(_FOLDED).open("wb") as folded:
        for line in lines:
            places[0].append(places[0][-1] + texts.write(line + b"\n"))
            places[1].append(places[1][-1] + folded.write(join_fields(next(read_chunk(line)))))
    folder.joinpath(_PLACES).write_bytes(json.dumps(places).encode())


def _write_whoosh(
    folder: Path, heads: list[_Head], grams: Iterator[tuple[str, list[int], list[int]]]
) -> None:
    """Feed Whoosh's codec with postings that are sorted already, which saves `add_document` its analysis and its sort.

    A posting's weight is its class plus one (see `postings`). Documents are numbered oldest first.
    """
    storage, codec, schema = _open_storage(str(folder)), _make_codec(), make_schema()
    segment = codec.new_segment(storage, _NAME)
    segment.segid = _SEGMENT
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
    for left in folder.glob("*.tmp"):
        shutil.rmtree(left)
    _index.TOC(schema, [segment], 0).write(storage, _NAME)
    storage.close()


def _write_term(writer: Any, term: str, numbers: list[int], classes: list[int]) -> None:
    writer.start_term(term.encode())
    add = writer.add
    for number, kind in zip(numbers, classes, strict=True):
        add(number, kind + 1.0, b"", 1)
    writer.finish_term()


def _collect_properties(heads: list[_Head]) -> dict[str, dict[str, list[int]]]:
    found: dict[str, dict[str, list[int]]] = {name: {} for name in _PROPERTIES}
    for number, (key, published, in_force, facets) in enumerate(heads):
        kind, column, topic, validity, domain, issuer = facets
        force = "yes" if in_force else "no"
        values = (column, domain, force, issuer, key, kind, published, topic, validity)
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


def check_index(folder: Path, digest: str) -> dict[str, Any]:
    """Return the manifest of an index after checking it and every file, opening nothing. Raises BrokenIndexError."""
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
