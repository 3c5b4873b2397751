"""Where a reference leads: documents by id, path, 发文字号, 索引号, and by the titles that running text quotes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from govsite.frozen import dataclass
from govsite.hanzi.doc_number import parse_doc_number, suffixes
from govsite.hanzi.title import quoted_titles, title_key
from govsite.model.document import Document


@dataclass(frozen=True, slots=True)
class Directory:
    """Keys of documents by every name they answer to. names: normalised name to keys; titles: quoted title to keys."""

    names: Mapping[str, tuple[str, ...]]
    titles: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, str]

    def find(self, text: str, kind: str = "") -> tuple[str, ...]:
        """Keys of the documents that `text` names; where `kind` is given and fits any of them, only those."""
        found = self.names.get(name_key(text), ()) or self.names.get(_path_key(text), ())
        fitting = tuple(key for key in found if self.kinds[key] == kind) if kind else ()
        return fitting or found

    def find_number(self, text: str) -> tuple[tuple[str, ...], int]:
        """Keys for a number in running text, and how many of its characters stand before its code word proper."""
        number = parse_doc_number(text)
        for start, candidate in enumerate(suffixes(number) if number else ()):
            found = self.names.get(f"#{candidate.key}")
            if found:
                return found, start
        return (), 0

    def find_title(self, text: str) -> tuple[str, ...]:
        """Keys of the documents quoted as 《text》."""
        return self.titles.get(title_key(text), ())


def _path_key(text: str) -> str:
    path = text.strip().removeprefix("./").removeprefix("/").removeprefix("content/")
    return path if path.endswith((".md", ".yaml", ".yml")) else f"{path}.md"


def name_key(text: str) -> str:
    """Key of a name as written: document numbers in one form, everything else as it stands."""
    number = parse_doc_number(text)
    return f"#{number.key}" if number else text.strip()


def build_directory(documents: Iterable[Document]) -> Directory:
    """The directory of `documents`."""
    names: dict[str, list[str]] = {}
    titles: dict[str, list[str]] = {}
    kinds: dict[str, str] = {}
    for doc in documents:
        kinds[doc.key] = doc.kind
        number = getattr(doc.details, "doc_no", "")
        words = [
            doc.id,
            doc.key,
            doc.file.removeprefix("content/"),
            doc.index_no,
            name_key(number) if number else "",
        ]
        for word in dict.fromkeys(words):
            if word:
                names.setdefault(word, []).append(doc.key)
        if doc.kind == "policy":
            for title in quoted_titles(doc.title):
                titles.setdefault(title, []).append(doc.key)
    return Directory(_frozen(names), _frozen(titles), kinds)


def _frozen(lists: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {word: tuple(sorted(set(keys))) for word, keys in lists.items()}
