"""One entry of a block mapping replaced in a text, everything else left as it was written."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from govsite.source.yaml import Mapping


def replace_entry(
    lines: Sequence[str], mapping: Mapping, words: Collection[str], entry: Sequence[str], end: int
) -> list[str]:
    """`lines` of a file with the entry of `mapping` that is called one of `words` replaced by the lines of `entry`.

    Where there is none, `entry` goes behind the last one. end: number of the line behind the mapping (1-based: the
    closing fence, or one more than the file has). Comments and blank lines before the next key stay.
    Raises ValueError where the mapping does not have each key on a line of its own.
    """
    starts = [key.span.line for key, _ in mapping]
    if len(set(starts)) < len(starts) or any(key.span.column != 1 for key, _ in mapping):
        raise ValueError("keys share a line")
    borders = [*starts, end]
    for index, (key, _) in enumerate(mapping):
        if key.text in words:
            first, behind = starts[index], _without_tail(lines, borders[index + 1], starts[index])
            return [*lines[: first - 1], *entry, *lines[behind - 1 :]]
    behind = _without_tail(lines, end, starts[-1] if starts else end)
    return [*lines[: behind - 1], *entry, *lines[behind - 1 :]]


def _without_tail(lines: Sequence[str], behind: int, first: int) -> int:
    """`behind`, moved up over blank lines and comments that stand at the margin, not above the line after `first`."""
    while behind - 1 > first and (not lines[behind - 2].strip() or lines[behind - 2].startswith("#")):
        behind -= 1
    return behind
