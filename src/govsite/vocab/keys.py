"""Keys of front matter and data files (要素): one Chinese key and one English alias each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from govsite.frozen import dataclass
from govsite.vocab.records import read_data


@dataclass(frozen=True, slots=True)
class Key:
    """One key. id: English alias and identifier in the code; label: Chinese key; type: how the value is read.

    need: `always` · `unless_draft` · `never`. help, basis: Chinese, for documentation and editors. name: English, where
    the identifier in words would not do. back: name of a reference at its other end, `""` where code of its own knows the relation.
    """

    id: str
    label: str
    type: str
    need: str = "never"
    help: str = ""
    basis: str = ""
    name: str = ""
    back: str = ""

    @property
    def base(self) -> str:
        """The type without its argument: `rows` of `rows:payment`."""
        return self.type.partition(":")[0]

    @property
    def argument(self) -> str:
        """What stands behind the colon of the type, `""` for nothing."""
        return self.type.partition(":")[2]

    @property
    def en(self) -> str:
        """What it is called on English pages."""
        return self.name or self.id.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class KeySet:
    """The keys one record may have, in their standard order, found by Chinese key or English alias."""

    keys: tuple[Key, ...]
    by_word: Mapping[str, Key]

    @classmethod
    def of(cls, *groups: tuple[Key, ...]) -> KeySet:
        """The union of `groups`; a later group replaces keys of an earlier one."""
        merged = {key.id: key for group in groups for key in group}
        words = {word: key for key in merged.values() for word in (key.label, key.id)}
        return cls(tuple(merged.values()), words)


def _group(name: str) -> tuple[Key, ...]:
    return tuple(Key(**record) for record in read_data("keys")[name])


@cache
def keys_of(kind: str) -> KeySet:
    """Keys of a document of `kind`: the common ones and its own."""
    return KeySet.of(_group("common"), _group(kind))


@cache
def own_keys(kind: str) -> tuple[Key, ...]:
    """Keys that a document of `kind` has beside the common ones, in their order."""
    return _group(kind)


@cache
def relations() -> dict[str, Key]:
    """Relations (关系) that are declared as data alone: keys that hold references and say what their other end is called.

    A relation is named `kind.key`, so that 包含事项 and 对应指南 stay apart.
    """
    groups = read_data("keys")
    found = {}
    for record in read_data("kinds"):
        for raw in groups[record["id"]]:
            if raw.get("back"):
                found[f"{record['id']}.{raw['id']}"] = Key(**raw)
    return found


@cache
def record_keys(name: str) -> KeySet:
    """Keys of a record that is no document: `catalog`, `catalog_item`, `organisation`."""
    return KeySet.of(_group(name))


@cache
def part_keys(name: str) -> KeySet:
    """Keys of a mapping inside a value: `attachment`, `media`, `material`, `review` …"""
    return KeySet.of(tuple(Key(**record) for record in read_data("keys")["parts"][name]))


@cache
def config_keys(section: str) -> KeySet:
    """Keys of one section of `config.yaml`; `config` is the top."""
    return KeySet.of(tuple(Key(**record) for record in read_data("config")[section]))
