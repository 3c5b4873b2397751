"""What a visitor asks for (检索式): words that must all be contained, words that must not.

Two languages share one meaning. The browser knows words, `"exact phrases"` and `-exclusions`; the command line also
fields, `OR`, parentheses, ranges and wildcards (`index/expression.py`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from govsite.frozen import dataclass
from govsite.hanzi.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["LONGEST_QUERY", "Query", "expand_synonyms", "join_doc_numbers", "list_grams", "parse_query"]

LONGEST_QUERY: Final = 200
"""Characters; anything longer is answered with words, not with a search."""

_DOC_NUMBER: Final = re.compile(
    r"\s*([〔［\[【(（﹝〈])\s*([0-9]{4}|[０-９]{4})\s*([〕］\]】)）﹞〉])\s*([0-9０-９]+)\s*([号號])"
)
_QUERY_PART: Final = re.compile(r'([-－−])?(?:["“”＂「]([^"“”＂」]*)["“”＂」]?|([^\s"“”＂「]+))')


@dataclass(frozen=True, slots=True)
class Query:
    """Folded words, each once, in the order typed. too_long: nothing was read, the query has too many characters."""

    words: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    too_long: bool = False


def join_doc_numbers(query: str) -> str:
    """Take the spaces out of document numbers: `示政办发 〔2024〕 7 号` is one word."""
    return _DOC_NUMBER.sub(r"\1\2\3\4\5", query)


def parse_query(query: str) -> Query:
    """Read a query as the browser does; never fails."""
    if len(query) > LONGEST_QUERY:
        return Query(too_long=True)
    found: tuple[dict[str, None], dict[str, None]] = ({}, {})
    for sign, phrase, word in _QUERY_PART.findall(join_doc_numbers(query)):
        text = fold(phrase or word).replace("\n", "")
        if text:
            found[bool(sign)][text] = None
    return Query(tuple(found[False]), tuple(found[True]))


def expand_synonyms(word: str, groups: Iterable[Sequence[str]]) -> list[str]:
    """Return the word and what means the same for the site. groups: folded words; the longest inside counts."""
    found = [word]
    for group in groups:
        inside = max((one for one in group if one in word), key=len, default=None)
        if inside is not None:
            swapped = (word.replace(inside, other, 1) for other in group)
            found += [other for other in swapped if other not in found]
    return found


def list_grams(folded: str) -> list[str]:
    """Return all grams that an index could list for folded text: pairs, triples, last characters of lines; sorted."""
    grams: set[str] = set()
    for line in folded.split("\n"):
        grams.update(line[at : at + 2] for at in range(len(line)))
        grams.update(line[at : at + 3] for at in range(len(line) - 2))
    return sorted(grams)
