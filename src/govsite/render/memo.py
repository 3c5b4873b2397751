"""`{% memo key… %} … {% endmemo %}`: a part of a page that is the same wherever its keys are equal.

Head and foot of a page depend on the site, the depth of the page and the section it belongs to; ten thousand pages
share a few dozen of them. The body of the tag is rendered once in a process for each combination of keys, so it may
use nothing of the page but what its keys say. A key that is a tuple counts as the same where it is the same object.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from markupsafe import Markup

_KEPT = 5_000


class MemoExtension(Extension):
    """The tag. What it kept lies in the environment, so that it dies with it."""

    tags = {"memo"}  # noqa: RUF012 - Jinja's own protocol

    def __init__(self, environment: Any) -> None:
        super().__init__(environment)
        self._kept: dict[tuple[Any, ...], tuple[Markup, list[Any]]] = {}  # keys stay alive with their ids

    def parse(self, parser: Parser) -> nodes.Node:
        """Parse the tag: expressions separated by commas, then the body."""
        line = next(parser.stream).lineno
        keys = [parser.parse_expression()]
        while parser.stream.skip_if("comma"):
            keys.append(parser.parse_expression())
        body = parser.parse_statements(("name:endmemo",), drop_needle=True)
        place = nodes.Const(f"{parser.name}:{line}")
        call = self.call_method("_memo", [place, nodes.List(keys)])
        return nodes.CallBlock(call, [], [], body).set_lineno(line)

    def _memo(self, place: str, keys: list[Any], caller: Callable[[], str]) -> Markup:
        # Views are kept as they are: comparing large ones would cost what the tag saves.
        key = (place, *(id(each) if type(each) is tuple else each for each in keys))
        kept = self._kept.get(key)
        if kept is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            made = Markup(caller())  # noqa: S704 - what the template made was escaped there
            kept = self._kept[key] = (made, keys)
        return kept[0]
