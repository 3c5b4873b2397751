"""Sample views: every field of the theme contract filled, or all that may be empty empty.

They are made from the contract's own types, so that no field can be forgotten. What stands in a field comes from
`data/samples.yaml`: under `Class.field`, else under `field`; a list there is gone through in turn. A view inside another
one is first looked for under the field that holds it, as `PagerView.pages.text`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from importlib import resources
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from govsite.extend.views import TEMPLATES, SiteView, StyleguideView, View
from govsite.source.yaml import load_data

STYLEGUIDE = "styleguide.html"


@cache
def _data() -> Mapping[str, Any]:
    text = resources.files("govsite.extend").joinpath("data", "samples.yaml").read_text(encoding="utf-8")
    data: Mapping[str, Any] = load_data(text)
    return data


class _Filler:
    """Fills one view. full: everything there; otherwise all that may be empty is."""

    def __init__(self, *, full: bool) -> None:
        self._full = full
        self._turns: dict[str, int] = {}

    def view(self, class_: type, within: str = "", **given: Any) -> Any:
        """A view of this class, fields in `given` as they are. within: `Class.field` that holds it."""
        hints = get_type_hints(class_)
        return class_(
            **{
                field.name: given[field.name]
                if field.name in given
                else self._value(hints[field.name], class_.__name__, field.name, within)
                for field in fields(class_)
            }
        )

    def _value(self, hint: Any, class_: str, name: str, within: str = "") -> Any:
        origin, inside = get_origin(hint), get_args(hint)
        if origin in (Union, UnionType):
            kind = next(part for part in inside if part is not NoneType)
            return self._value(kind, class_, name, within) if self._full else None
        if origin is tuple and inside[-1] is Ellipsis:
            how_many = self._turn(_data()["counts"].get(f"{class_}.{name}", 2), f"{class_}.{name} how many")
            nested = get_args(inside[0])[-1:] == (Ellipsis,)  # a row of cells, such as `TableView.rows`
            cell = f"{name}[]" if nested else name
            return tuple(self._value(inside[0], class_, cell) for _ in range(how_many if self._full else 0))
        if origin is tuple:
            return tuple(self._value(part, class_, f"{name}.{place}") for place, part in enumerate(inside))
        if isinstance(hint, type) and is_dataclass(hint):
            return self.view(hint, f"{class_}.{name}")
        return self._plain(hint, class_, name, within)

    def _turn(self, found: Any, key: str) -> Any:
        """The next one of a list, in turn; what is no list as it is."""
        if not isinstance(found, list):
            return found
        turn = self._turns[key] = self._turns.get(key, -1) + 1
        return found[turn % len(found)]

    def _plain(self, hint: Any, class_: str, name: str, within: str) -> Any:
        if not self._full and name in _data()["may_be_empty"]:
            return hint()
        words = _data()["values"]
        key = next((key for key in (f"{within}.{name}", f"{class_}.{name}", name) if key in words), name)
        found = self._turn(words.get(key), key)
        if hint is bool:
            return found is not None and str(found) == "true"
        if hint is int:
            return int(found or 0)
        return str(found) if found is not None else name


def sample_site(assets: Mapping[str, str]) -> SiteView:
    """What a sample page knows of its site. assets: paths of the theme's static files by plain name."""
    site: SiteView = _Filler(full=True).view(SiteView, assets=dict(assets))
    return site


def sample_views() -> dict[str, View]:
    """Sample views by path: for each page kind a full one and a bare one, and the style guide."""
    views: dict[str, View] = {}
    for class_, template in TEMPLATES.items():
        stem = template.removesuffix(".html")
        if class_ is StyleguideView:
            views[STYLEGUIDE] = _Filler(full=True).view(class_)
            continue
        for name, full in (("full", True), ("bare", False)):
            views[f"samples/{stem}-{name}.html"] = _Filler(full=full).view(class_)
    return views


def styleguide_view() -> StyleguideView:
    """The style guide: every component, filled."""
    view: StyleguideView = _Filler(full=True).view(StyleguideView)
    return view


def sample_targets() -> tuple[str, ...]:
    """Paths that links on sample pages lead to; a site has all of them."""
    return tuple(_data()["targets"])
