"""What the words before a number, or the header above it, announce."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from govsite.check.privacy.words import privacy_words

_GROUPS: Final = ("id", "account", "bank", "phone", "serial", "amount")
THINGS: Final = frozenset({"serial", "amount"})
_BETWEEN: Final = re.compile(r"[号码为是证书]{0,3}[^\u3400-\u9fff]{0,12}")
_BREAK: Final = re.compile(r"[，。；;、\n|！？]")
LABEL_REACH: Final = 24


def group_before(text: str, start: int, label: str) -> str:
    """Which kind of number the words before `start` announce; where there are none, `label`.

    Words for things (`serial`, `amount`) count only directly before the number: they excuse it.
    """
    before = text[max(0, start - LABEL_REACH) : start]
    breaks = [match.end() for match in _BREAK.finditer(before)]
    near = before[breaks[-1] :] if breaks else before
    group = label_group(near)
    if group in THINGS:
        after = near[max(match.end() for match in privacy_words().labels[group].finditer(near)) :]
        group = group if _BETWEEN.fullmatch(after) else ""
    return group or label_group(label)


@lru_cache(maxsize=4096)
def label_group(label: str) -> str:
    """`id` · `account` · `bank` · `phone` · `serial` · `amount` · `""`: what a label announces, the most personal first."""
    labels = privacy_words().labels
    return next((name for name in _GROUPS if labels[name].search(label)), "") if label else ""
