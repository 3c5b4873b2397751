"""Cards (筛选数据): the few properties of every document that filters and order need, without loading texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govsite.index.parts import ALPHABET, encode_numbers, fixed_width, make_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govsite.index.labels import IndexLabels

__all__ = ["BLOCK", "FACETS", "CardTable"]

FACETS: Final = ("kind", "column", "topic", "validity", "domain", "issuer")
"""Order of the properties in `Extract.facets`. The year needs no card: slots ascend with it."""

BLOCK: Final = 2048
"""Slots in one part."""


class CardTable:
    """Values of all documents by slot, written as codes: the place of a value among all values of its property."""

    def __init__(self, cards: Mapping[int, tuple[str, ...]]) -> None:
        self._cards = cards
        self.values = [sorted({card[place] for card in cards.values()}) for place in range(len(FACETS))]
        self._codes = [{value: code for code, value in enumerate(values)} for values in self.values]

    def _write_column(self, place: int, slots: list[int]) -> str:
        """Write the codes of one property; nothing where all documents share one value."""
        codes = self._codes[place]
        width = 0
        while len(ALPHABET) ** width < len(codes):
            width += 1
        written = {value: fixed_width([code], width) for value, code in codes.items()}
        return "".join([written[self._cards[slot][place]] for slot in slots])

    def write_parts(self) -> Iterator[tuple[str, bytes]]:
        """Yield parts `c/0` … (gaps between slots, then each property but the issuer) and `i/0` … (issuers)."""
        blocks: list[list[int]] = [[] for _ in range(max(self._cards, default=0) // BLOCK + 1)]
        for slot in sorted(self._cards):
            blocks[slot // BLOCK].append(slot)
        for block, inside in enumerate(blocks):
            before = [block * BLOCK - 1, *inside]
            gaps = encode_numbers(slot - last - 1 for last, slot in zip(before, inside, strict=False))
            columns = [self._write_column(place, inside) for place in range(len(FACETS))]
            yield make_part(f"c/{block}", [gaps, *columns[:-1]])
            yield make_part(f"i/{block}", columns[-1])
        yield make_part("i/values", self.values[-1])

    def describe(self, labels: IndexLabels) -> dict[str, list[list[str]]]:
        """Return [id, name] of each value by property, in the order of the codes; issuers have a part of their own."""
        names = (labels.kinds, labels.columns, labels.topics, labels.validities, labels.domains)
        return {
            facet: [[value, named.get(value, value)] for value in values]
            for facet, values, named in zip(FACETS[:-1], self.values[:-1], names, strict=True)
        }
