"""What stands at the end of a document, and the articles it is cited by."""

from __future__ import annotations

import re

from govsite.hanzi.numerals import read_numeral

_ARTICLE = re.compile(r"第([〇零一二两三四五六七八九十百千]{1,9}|\d{1,4})条(?![款例约件])")
_DAY = re.compile(
    r"\d{4}年\d{1,2}月\d{1,2}日|[〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
)
_SIGNER = re.compile(r"[\u3400-\u9fff（）()、\s]{2,60}")
_SIGNED = re.compile(rf"{_SIGNER.pattern}\s*(?:{_DAY.pattern})")
_RELEASE = re.compile(r"[（(]此件[^（()）]{2,16}[)）]")


def article_anchor(content: str) -> str:
    """Id of a paragraph that begins with 第…条, `""` for any other."""
    text = content.lstrip("*_ \u3000")
    article = _ARTICLE.match(text) if text.startswith("第") else None
    return f"tiao-{read_numeral(article[1])}" if article else ""


def sign(paragraphs: list[tuple[str, bool]]) -> dict[int, str]:
    """Class of each paragraph that belongs to the signature, by its place in the list.

    paragraphs: text as written, and whether another paragraph stands right above. The date on a line of its own, the
    body that signs above it, the release note: GB/T 9704-2012, 7.3.5 (both stand at the right, the date below the name).
    """
    classes: dict[int, str] = {}
    for position, (written, follows) in enumerate(paragraphs):
        text = written.strip()
        if text.startswith(("（", "(")) and _RELEASE.fullmatch(text):
            classes[position] = "release"
        elif not text.endswith("日"):
            continue
        elif _DAY.fullmatch(text):
            classes[position] = "signed-on"
            if follows and _SIGNER.fullmatch(paragraphs[position - 1][0].strip()):
                classes[position - 1] = "signed-by"
        elif _SIGNED.fullmatch(text):
            classes[position] = "signed-by"
    return classes
