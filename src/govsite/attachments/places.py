"""Places inside an attachment, in the words of `data/places.yaml`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from govsite.source.yaml import load_data


@cache
def _formats() -> dict[str, str]:
    text = (files(__package__) / "data" / "places.yaml").read_text("utf-8")
    return {str(key): str(value) for key, value in load_data(text).items()}


def place_of(key: str, **facts: object) -> str:
    """The place called `key`, with its numbers and names filled in."""
    return _formats()[key].format(**facts)
