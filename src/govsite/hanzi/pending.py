"""待核: how a value that must be looked at is written, and read again."""

from __future__ import annotations

PENDING = "待核"


def pending(text: str = "") -> str:
    """`待核`, or `待核：` and the likely reading."""
    return f"{PENDING}：{text}" if text else PENDING


def settled(text: str) -> str:
    """What stands behind the mark, `""` for the mark alone; `text` itself where there is none."""
    if text == PENDING:
        return ""
    return text.removeprefix(f"{PENDING}：")
