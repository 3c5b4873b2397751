"""Which column a cell of lost shape belongs to.

The order of columns is known from the header or the national table, the look of a cell says a good deal (a deadline
speaks of days, channels have boxes). The best way through both is found by dynamic programming; what it says is a
reading, not knowledge, so rows carry doubts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from govsite.hanzi.fold import simplified, without_pinyin
from govsite.intake.catalog.tokens import Token, join_words
from govsite.vocab.catalog_table import TICK_GROUPS, catalog_table
from govsite.vocab.terms import term_list

NUMBER = re.compile(r"^\d{1,4}(?:\.\d{1,2})?$")
_LISTED = re.compile(r"^\s*(?:\d{1,2}[.、．]|[①-⑳●•])|[;；]")
_TWO_SITES = re.compile(r"^政府网站[/、]")
_SENTENCE = re.compile(r"[，。；;：:《》]")
_DEEPER = re.compile(r"^\d{1,2}\.\d{1,2}[^\d.]")
_NUMBERED = re.compile(r"^\d{1,2}[.、．](?!\d)")
_SKIP = 0.35
_BACK = 1.2


def best_columns(tokens: Sequence[Token], columns: Sequence[str], stay: float) -> list[tuple[int, int]]:
    """Row number (0-based) and column index of every token.

    columns: key ids in table order, `ticks` the last; stay: what it costs that a cell takes two tokens.
    """
    best: list[list[tuple[float, int, bool]]] = []
    for index, token in enumerate(tokens):
        scores = [_look_of(token, column) for column in columns]
        line = []
        for column, score in enumerate(scores):
            if index == 0:
                line.append((score - _SKIP * column * 0.5, -1, False))
                continue
            options = [
                (value + _step(before, column, columns, stay), before)
                for before, (value, _, _) in enumerate(best[-1])
            ]
            value, before = max(options)
            line.append((value + score, before, column < before or columns[column] == "no"))
        best.append(line)
    return _walk_back(best)


def _walk_back(best: list[list[tuple[float, int, bool]]]) -> list[tuple[int, int]]:
    if not best:
        return []
    column = max(range(len(best[-1])), key=lambda at: best[-1][at][0])
    found: list[tuple[int, bool]] = []
    for line in reversed(best):
        _, before, is_new = line[column]
        found.append((column, is_new))
        column = before
    row, result = 0, []
    for number, (at, is_new) in enumerate(reversed(found)):
        row += is_new and number > 0
        result.append((row, at))
    return result


def _look_of(token: Token, column: str) -> float:
    if token.is_tick:
        return 6.0 if column == "ticks" else -6.0
    return look(token.text, column)


def _step(before: int, column: int, columns: Sequence[str], stay: float) -> float:
    if column == before:
        free = {"no": 4.0, "ticks": 0.0, "channels": 0.0, "content": min(stay, 0.6)}
        return -free.get(columns[column], stay)
    if column > before:
        return -_SKIP * (column - before - 1)
    if columns[column] == "no":
        return 0.0
    return -_BACK - 0.6 * column  # a row without a number begins


def look(text: str, column: str) -> float:
    """How much a cell looks like one of `column`: above 0 for likely, below for unlikely."""
    text = simplified(without_pinyin(text))
    word = join_words(text)
    table = catalog_table()
    if column == "no":
        return 6.0 if NUMBER.match(word) else -6.0
    if NUMBER.match(word):
        return -3.0
    if column == "ticks":
        return 5.0 if word in table.tick or not word else -5.0
    if word in table.tick or not word:
        return -4.0
    if word in table.same:
        return 1.0 if column in {"deadline", "basis", "subject", "content"} else -1.0
    is_channel = is_channels(word)
    if column == "channels":
        return 5.0 if is_channel else -4.0
    if is_channel:
        return -4.0
    return _look_of_words(word, text, column)


def _look_of_words(word: str, text: str, column: str) -> float:
    looks = catalog_table().looks
    is_deadline = bool(looks["deadline"].search(word)) and len(word) < 70
    if column == "deadline":
        return 4.0 if is_deadline and "《" not in word else 1.5 if is_deadline else -3.0
    if column == "subject":
        return 3.5 if looks["subject"].search(word) and not is_deadline and len(word) < 60 else -2.5
    if column == "basis":
        firm = bool(looks["firm_basis"].search(word))
        return 4.0 if firm else 2.2 if looks["basis"].search(word) else -2.5
    extra = catalog_table().extra_looks.get(column.removeprefix("extra:"))
    if extra:
        return (4.5 if extra == "clause" else 2.6) if looks[extra].search(word) else -4.0
    if column == "responsible_section":
        return 3.0 if looks["section"].search(word) else -2.0
    if column == "content":
        is_listed = bool(_LISTED.search(text))
        is_long = len(word) > 16 or is_listed or "、" in word
        return (
            (2.4 if is_listed else 2.0 if is_long else 1.6 if len(word) > 8 else 1.0)
            - (2.5 if is_deadline else 0)
            - (1.0 if looks["firm_basis"].search(word) else 0)
        )
    if column.startswith("level"):
        deeper = 2.0 if _DEEPER.match(word) else -1.0 if _NUMBERED.match(word) else 0.0
        penalty = (
            0.08 * max(0, len(word) - 10)
            + (deeper if column == "level1" else -deeper)
            + (2.0 if _SENTENCE.search(word) else 0)
            + (3.0 if is_deadline else 0)
        )
        return 1.6 - penalty
    return 0.4 - (2.0 if is_deadline else 0)


def is_channels(word: str) -> bool:
    """Whether a cell looks like a list of channels: a mark before one of them, or nothing but one."""
    table = catalog_table()
    word = simplified(without_pinyin(word))
    if any(mark in word for mark in (table.chosen | table.open) - {"●", "R", "t", "○"}):
        return True
    known = {
        label.replace(" ", "") for term in term_list("channel").terms for label in (term.label, *term.aliases)
    }
    if word.lstrip("Rt£") in known or (_TWO_SITES.match(word) and len(word) < 30):
        return True
    return any(f"{mark}{name}" in word for mark in "Rt£" for name in known if len(name) > 2)


def ticks_last(columns: Sequence[str]) -> list[str]:
    """`columns` with the groups of ticks as the one column `ticks`."""
    kept = [column for column in columns if column not in TICK_GROUPS]
    return [*kept, "ticks"]
