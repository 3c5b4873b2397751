"""Names of persons (姓名) as public lists may show them."""

from __future__ import annotations

import re

_HAN_NAME = re.compile(r"[\u3400-\u9fff]{2,4}")
_SIGN = "*"
_COMPOUND = frozenset(
    [
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "令狐",
        "慕容",
        "宇文",
        "长孙",
        "夏侯",
        "轩辕",
        "端木",
        "司徒",
        "南宫",
        "独孤",
        "呼延",
    ]
)


def cover_name(name: str) -> str:
    """A name with all but the surname and, of three characters and more, the last one covered: `张三` as `张*`, `张小三` as `张*三`.

    A name that is covered already (`张某`, `张*`) and what is no Chinese personal name stay as they are; of a name with a
    middle dot only its first part is left.
    """
    text = re.sub(r"\s+", "", name)
    if "·" in text:
        first, _, rest = text.partition("·")
        return f"{first}·{_SIGN * len(rest)}"
    if not _HAN_NAME.fullmatch(text) or "某" in text:
        return name
    surname = 2 if text[:2] in _COMPOUND and len(text) > 2 else 1
    if len(text) - surname == 1:
        return text[:surname] + _SIGN
    return text[:surname] + _SIGN * (len(text) - surname - 1) + text[-1]
