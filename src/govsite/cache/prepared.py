"""What one source became, as bytes: kept so that a file is read again only when it, or a file it asked for, has changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from govsite.cache.linked import dump
from govsite.files.typed_json import decoder, encoder
from govsite.frozen import dataclass
from govsite.model.catalog import CatalogDomain
from govsite.model.document import Document
from govsite.model.organisation import Organisation
from govsite.problems.problem import Problem

_AT_ONCE = 500  # results parsed together


@dataclass(frozen=True, slots=True)
class Prepared:
    """document: None where the source cannot take part, or is none; names: what it would have answered to;
    domain, organisations: what sources of these kinds hold.
    """

    document: Document | None = None
    problems: tuple[Problem, ...] = ()
    names: tuple[str, ...] = ()
    domain: CatalogDomain | None = None
    organisations: tuple[Organisation, ...] = ()


def prepared_to_bytes(prepared: Prepared) -> bytes:
    """Compact JSON."""
    return dump(encoder(Prepared)(prepared))


def read_prepared(records: Iterable[bytes]) -> list[Prepared]:
    """What `prepared_to_bytes` wrote, many at a time: one parse costs less than ten thousand, and a few hundred at once do not
    stand in memory twice.

    Raises ValueError, TypeError, KeyError or IndexError for anything else.
    """
    decode = decoder(Prepared)
    rest = iter(records)
    found: list[Prepared] = []
    while part := list(islice(rest, _AT_ONCE)):
        text = b"[" + b",".join(part) + b"]"
        found += [decode(row) for row in json.loads(text.decode("utf-8", "surrogatepass"))]
    return found


class AskedFiles(Mapping[str, int]):
    """Sizes of files by path, noting which paths were asked for and what the answer was: -1 for none."""

    def __init__(self, files: Mapping[str, int]) -> None:
        self._files = files
        self._asked: dict[str, int] = {}

    def __getitem__(self, path: str) -> int:
        self._asked[path] = self._files.get(path, -1)
        return self._files[path]

    def __contains__(self, path: object) -> bool:
        self._asked[str(path)] = self._files.get(str(path), -1)
        return path in self._files

    def __iter__(self) -> Iterator[str]:
        raise TypeError("a source asks for single files")

    def __len__(self) -> int:
        return len(self._files)

    def take(self) -> tuple[tuple[str, int], ...]:
        """What was asked since the last time."""
        asked = tuple(sorted(self._asked.items()))
        self._asked.clear()
        return asked


def still_answered(asked: Sequence[Sequence[object]], size_of: Callable[[str], int]) -> bool:
    """Whether every question has the same answer today."""
    return all(size_of(str(path)) == size for path, size in asked)
