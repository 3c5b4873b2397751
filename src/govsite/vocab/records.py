"""What a vocabulary record is, and how the data files are read.

The files hold what officials decide; this module gives them types. Nothing here knows a single Chinese term.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import cache
from importlib import resources
from typing import Any

from govsite.frozen import dataclass
from govsite.source.yaml import load_data


@dataclass(frozen=True, slots=True)
class Basis:
    """A legal basis (依据): title of the rule, its number (文号), and the clause. Any may be empty."""

    title: str = ""
    number: str = ""
    clause: str = ""

    def __str__(self) -> str:
        title = f"《{self.title}》" if self.title else ""
        number = f"（{self.number}）" if self.title and self.number else self.number
        return f"{title}{number}{self.clause}"


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a closed list (词条). `label` and `aliases` are what sources may say; `marks` are its flags."""

    id: str
    label: str
    en: str = ""
    aliases: tuple[str, ...] = ()
    basis: Basis = Basis()
    marks: Mapping[str, bool] = field(default_factory=dict)

    def has(self, mark: str) -> bool:
        """Whether the record sets the flag `mark`."""
        return self.marks.get(mark, False)


@dataclass(frozen=True, slots=True)
class TermList:
    """A closed list of terms in their standard order, found by id, label or alias."""

    terms: tuple[Term, ...]
    by_word: Mapping[str, Term]

    @classmethod
    def of(cls, terms: Iterable[Term]) -> TermList:
        """Index `terms`; of two with the same word the first wins."""
        ordered = tuple(terms)
        words: dict[str, Term] = {}
        for term in ordered:
            for word in (term.id, term.label, *term.aliases):
                words.setdefault(word, term)
        return cls(ordered, words)

    def find(self, word: str) -> Term | None:
        """The term that `word` (id, label or alias) names."""
        return self.by_word.get(word)

    def labels(self) -> tuple[str, ...]:
        """Labels in standard order."""
        return tuple(term.label for term in self.terms)


def basis_of(raw: object) -> Basis:
    """A `Basis` from a mapping, or from text that is kept whole as the title's place-holder number."""
    if isinstance(raw, Mapping):
        return Basis(*(str(raw.get(name, "") or "") for name in ("title", "number", "clause")))
    return Basis(number=str(raw)) if raw else Basis()


def term_of(raw: Mapping[str, Any]) -> Term:
    """A `Term` from one record of a data file."""
    return Term(
        id=str(raw["id"]),
        label=str(raw["label"]),
        en=str(raw.get("en", "")),
        aliases=tuple(raw.get("aliases", ())),
        basis=basis_of(raw.get("basis")),
        marks={key: value for key, value in raw.items() if isinstance(value, bool)},
    )


@cache
def read_data(name: str) -> Any:
    """The parsed content of `vocab/data/<name>.yaml`. Shipped with the package, so a failure is a bug."""
    text = resources.files("govsite.vocab").joinpath("data", f"{name}.yaml").read_text(encoding="utf-8")
    return load_data(text)
