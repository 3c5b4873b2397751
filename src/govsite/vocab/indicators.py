"""检查指标 (国办秘函〔2019〕19号) as data: what is looked at, which findings count, what they cost."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from govsite.frozen import dataclass
from govsite.vocab.records import Basis, basis_of, read_data


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator. part: `veto` · `scored` · `own`; at: findings from which a veto holds; families: letters of codes.

    points, each: worth and cost of a finding, 0 where nothing is scored. verified: whether the numbers were seen.
    """

    id: str
    part: str
    label: str
    codes: tuple[str, ...]
    families: tuple[str, ...] = ()
    block: str = ""
    points: int = 0
    each: int = 0
    at: int = 1
    verified: bool = True
    note: str = ""

    def counts(self, code: str) -> bool:
        """Whether a finding of `code` counts here."""
        return code in self.codes or code.rstrip("0123456789") in self.families


@dataclass(frozen=True, slots=True)
class Indicators:
    """All of them. blocks: label by id; pass_mark: points below which a site fails."""

    indicators: tuple[Indicator, ...]
    blocks: Mapping[str, str]
    pass_mark: int
    basis: Basis

    def of_part(self, part: str) -> tuple[Indicator, ...]:
        """Indicators of one part in order."""
        return tuple(indicator for indicator in self.indicators if indicator.part == part)


@cache
def indicators() -> Indicators:
    """The table of `indicators.yaml`."""
    raw = read_data("indicators")
    return Indicators(
        tuple(
            Indicator(
                **{**record, "codes": tuple(record["codes"]), "families": tuple(record.get("families", ()))}
            )
            for record in raw["indicators"]
        ),
        {block["id"]: block["label"] for block in raw["blocks"]},
        int(raw["pass_mark"]),
        basis_of(raw["basis"]),
    )
