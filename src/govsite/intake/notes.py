"""What an import has to say of a file: one note for each thing that was lost, doubtful, left out or mended."""

from __future__ import annotations

from govsite.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """A remark. kind: key of its words (`intake.note.<kind>`); place: in the imported file; facts: for the words.

    weight: `check` (marked 待核 in the result) · `lost` (not in the result) · `said` (done, nothing to do).
    """

    kind: str
    place: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    weight: str = "said"

    @classmethod
    def of(cls, kind: str, place: str = "", weight: str = "said", **facts: object) -> Note:
        """A note with facts in the order given."""
        return cls(kind, place, tuple((name, str(value)) for name, value in facts.items()), weight)


def placed(file: str, place: str) -> str:
    """A place in words, with its file."""
    return f"{file} › {place}" if place else file
