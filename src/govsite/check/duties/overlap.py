"""How much of one text stands in another, by shingles."""

from __future__ import annotations

from govsite.hanzi.fold import fold

_SIZE = 10


def copied_share(text: str, source: str) -> int:
    """Percent (cut) of the characters of `text` that lie in runs of ten or more that also stand in `source`.

    Both are folded first, so that punctuation, width and spaces make no difference. Titles of documents and phrases
    of office language are shorter than ten characters or rare enough not to matter.
    """
    folded = fold(text).replace("\n", "")
    theirs = fold(source).replace("\n", "")
    if len(folded) < _SIZE or len(theirs) < _SIZE:
        return 0
    shingles = {theirs[start : start + _SIZE] for start in range(len(theirs) - _SIZE + 1)}
    covered, end = 0, 0
    for start in range(len(folded) - _SIZE + 1):
        if folded[start : start + _SIZE] in shingles:
            covered += start + _SIZE - max(start, end)
            end = start + _SIZE
    return covered * 100 // len(folded)
