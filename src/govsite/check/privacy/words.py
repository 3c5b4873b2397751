"""The words and patterns of `vocab/data/privacy.yaml`, compiled once."""

from __future__ import annotations

import re
from functools import cache

from govsite.frozen import dataclass
from govsite.vocab.records import read_data


@dataclass(frozen=True, slots=True)
class AddressWords:
    """says: what introduces a home in running text; hints: characters one of which it holds; ends: what makes a
    place exact; fine: the same in a list, the group (组) included; home: a dwelling in itself; cut: where a mask
    may end, the finest first; office: headers of places of work.
    """

    says: re.Pattern[str]
    hints: tuple[str, ...]
    ends: re.Pattern[str]
    fine: re.Pattern[str]
    home: re.Pattern[str]
    cut: tuple[str, ...]
    office: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class PrivacyWords:
    """All word lists. labels: by group (`id` `account` `bank` `phone` `serial` `amount` `address`), to be searched."""

    labels: dict[str, re.Pattern[str]]
    bodies: re.Pattern[str]
    holders: re.Pattern[str]
    units: re.Pattern[str]
    currency: tuple[str, ...]
    ordinal_before: str
    person_headers: frozenset[str]
    list_hints: tuple[str, ...]
    official_headers: re.Pattern[str]
    no_names: frozenset[str]
    surnames: frozenset[str]
    sensitive_headers: re.Pattern[str]
    counts: re.Pattern[str]
    sensitive_subjects: re.Pattern[str]
    minor_headers: frozenset[str]
    guardian_headers: re.Pattern[str]
    age_headers: re.Pattern[str]
    birth_headers: re.Pattern[str]
    adult_from: int
    address: AddressWords
    card_prefixes: tuple[str, ...]
    card_lengths: frozenset[int]
    mask_signs: str
    mask_leaves_at_most: int


def any_of(words: list[str]) -> re.Pattern[str]:
    """A pattern that finds any of `words`, the longest first; Latin words stand alone."""
    parts = []
    for word in sorted(words, key=len, reverse=True):
        plain = re.escape(word)
        parts.append(rf"(?<![A-Za-z]){plain}(?![A-Za-z])" if word.isascii() and word.isalpha() else plain)
    return re.compile("|".join(parts), re.IGNORECASE)


@cache
def privacy_words() -> PrivacyWords:
    """The lists as patterns."""
    data = read_data("privacy")
    labels, address = data["labels"], data["address"]
    groups = ("id", "account", "bank", "phone", "serial", "amount", "address")
    return PrivacyWords(
        labels={name: any_of(labels[name]) for name in groups},
        bodies=re.compile(f"(?:{any_of(labels['bodies']).pattern})\\W*$"),
        holders=re.compile(
            f"(?:{any_of(labels['holders']).pattern})[：:\\s]*[\\u3400-\\u9fff]{{2,3}}(?![\\u3400-\\u9fff])"
        ),
        units=re.compile(f"\\s?(?:{any_of(labels['units']).pattern})"),
        currency=tuple(labels["currency"]),
        ordinal_before=labels["ordinal_before"],
        person_headers=frozenset(data["person_headers"]),
        list_hints=tuple(data["list_hints"]),
        official_headers=any_of(data["official_headers"]),
        no_names=frozenset(data["no_names"]),
        surnames=frozenset(data["surnames"]),
        sensitive_headers=any_of(data["sensitive_headers"]),
        counts=any_of(data["counts"]),
        sensitive_subjects=any_of(data["sensitive_subjects"]),
        minor_headers=frozenset(data["minor_headers"]),
        guardian_headers=any_of(data["guardian_headers"]),
        age_headers=any_of(data["age_headers"]),
        birth_headers=any_of(data["birth_headers"]),
        adult_from=int(data["adult_from"]),
        address=_address(address),
        card_prefixes=tuple(data["card_prefixes"]),
        card_lengths=frozenset(data["card_lengths"]),
        mask_signs=data["mask_signs"],
        mask_leaves_at_most=int(data["mask_leaves_at_most"]),
    )


def _address(data: dict[str, object]) -> AddressWords:
    def words(name: str) -> list[str]:
        value = data[name]
        return [str(word) for word in value] if isinstance(value, list) else []

    return AddressWords(
        says=re.compile(str(data["says"])),
        hints=tuple(words("says_hint")),
        ends=re.compile(str(data["ends"])),
        fine=re.compile(str(data["fine"])),
        home=re.compile(str(data["home"])),
        cut=tuple(words("cut")),
        office=any_of(words("office")),
    )
