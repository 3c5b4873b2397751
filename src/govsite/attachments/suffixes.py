"""What a suffix (扩展名) promises about the bytes behind it."""

from __future__ import annotations

import posixpath
from functools import cache
from importlib.resources import files
from typing import Any

from govsite.source.yaml import load_data

_CONTAINERS = {
    "zip": frozenset({"zip", "docx", "xlsx", "pptx", "xlsb", "ofd", "odt", "ods", "odp"}),
    "ole": frozenset({"office", "doc", "xls", "ppt", "msg"}),
}


@cache
def _data() -> Any:
    return load_data((files(__package__) / "data" / "types.yaml").read_text("utf-8"))


@cache
def _executable() -> frozenset[str]:
    return frozenset(_data()["executable"])


def suffix_of(name: str) -> str:
    """Suffix in lower case without its dot; `""` if the name has none. Windows ignores dots and blanks at the end."""
    base = posixpath.basename(name.replace("\\", "/")).rstrip(". ")
    return base.rpartition(".")[2].strip().lower() if "." in base else ""


def is_executable_suffix(suffix: str) -> bool:
    """Whether a click on such a file runs something."""
    return suffix in _executable()


def types_of(suffix: str) -> tuple[str, ...]:
    """What the bytes behind `suffix` may be; empty where nothing is known."""
    return tuple(_data()["suffixes"].get(suffix, ()))


def type_in_container(container: str, suffix: str) -> str:
    """The type a broken `zip` or `ole` container most likely was meant to be, the container itself if unknown."""
    return next((kind for kind in types_of(suffix) if kind in _CONTAINERS[container]), container)
