"""Titles of documents as they are quoted: 《…》 in running text against the title that stands on the document."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from govsite.hanzi.fold import fold

_DROP = re.compile(r"[\s\u3000《》〈〉<>“”\"'‘’·]+")
_ISSUED = re.compile(
    r"(?:印发|发布|公布|转发|批转|下发|颁布)(?:《(?P<marked>.+)》|(?P<plain>.+?))(?:的(?:通知|公告|决定|令|函|意见))$"
)
_ABOUT = re.compile(r"^[^《》，。]{2,30}?(?=关于)")


@lru_cache(maxsize=1 << 14)
def folded_title(title: str) -> str:
    """A title folded (`hanzi/fold.py`): several judges of one site ask for the same titles."""
    return fold(title)


def title_key(title: str) -> str:
    """Key under which two ways of writing one title are equal."""
    return _DROP.sub("", unicodedata.normalize("NFKC", title)).lower()


def quoted_titles(title: str) -> tuple[str, ...]:
    """Keys under which running text may quote a document: its title, the title without the issuer, what it issues.

    `示例镇人民政府关于印发《示例镇值班办法》的通知` is also quoted as 《关于印发…》 and as 《示例镇值班办法》.
    """
    keys = [title_key(title)]
    about = _ABOUT.match(title)
    if about:
        keys.append(title_key(title[about.end() :]))
    issued = _ISSUED.search(title)
    if issued:
        keys.append(title_key(issued["marked"] or issued["plain"]))
    return tuple(dict.fromkeys(key for key in keys if len(key) >= 4))
