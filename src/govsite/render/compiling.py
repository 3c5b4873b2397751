"""Templates compiled for a build of ten thousand pages: what does not change is computed once, the rest costs little.

Nothing of what a template may say is different: escaping, `StrictUndefined` and the order of evaluation are Jinja's.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from govsite.messages.catalogue import Translate
from govsite.render.kept_code import code_key, keep_code, read_code

BUILT_IN = "theme"
_KEPT = 50_000
_LONG = 150  # characters of a text that no other page is likely to show
# Functions that the contract hands to every template; they ask for no context.
_PLAIN_FUNCTIONS = frozenset({"t", "url"})
_IMPORTED = "from jinja2.runtime import "
_SHOWN: dict[str, str] = {}


def show(value: Any) -> str:
    """`value` as it stands in HTML: what `markupsafe.escape` gives, of which a site's pages ask the same a thousand times."""
    kind = value.__class__
    if kind is Markup:
        return value  # type: ignore[no-any-return]
    if kind is not str:
        return escape(value)
    shown = _SHOWN.get(value)
    if shown is None:
        shown = str(escape(value))
        if len(value) > _LONG:
            return shown
        if len(_SHOWN) >= _KEPT:
            _SHOWN.clear()
        _SHOWN[value] = shown
    return shown


class _PageTemplate(jinja2.Template):
    """A template whose macros others import. What all templates may use is the same for all, so its module is, too."""

    def _get_default_module(self, ctx: Any = None) -> Any:
        return super()._get_default_module() if self._module is None else self._module


class PageEnvironment(jinja2.Environment):
    """An environment whose `site` and `t` are the same for all pages.

    folds: whether they are put into the code of templates, which pays where many pages are made. Code without them is the
    same for all sites; of the built-in templates it is kept. built_in: the folder these lie in.
    """

    template_class = _PageTemplate
    folds: bool = True
    built_in: Path | None = None

    def compile(  # type: ignore[override]
        self,
        source: str,
        name: str | None = None,
        filename: str | None = None,
        raw: bool = False,
        defer_init: bool = False,
    ) -> Any:
        """The code of a template: kept, or made."""
        template = self._template(name, filename)
        if template is None or raw:
            return super().compile(source, name, filename, raw, defer_init)  # type: ignore[call-overload]
        key = code_key(source, name or "", filename or "")
        code = read_code(template, key)
        if code is None:
            code = super().compile(source, name, filename)
            keep_code(template, key, code)
        return code

    def _template(self, name: str | None, filename: str | None) -> Path | None:
        """The file of a template whose code is kept."""
        if self.folds or self.built_in is None or name is None or filename != f"{BUILT_IN}/templates/{name}":
            return None
        return self.built_in / name

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        if self.folds:
            source = _Folding(self.globals["site"], cast("Translate", self.globals["t"])).visit(source)
        code = super()._generate(source, name, filename, defer_init)
        head, mark, rest = code.partition(_IMPORTED)
        names, _, below = rest.partition("\n")
        return (
            f"{head}{mark}{names}; from {__name__} import show as escape, MISSING\n{below}" if mark else code
        )


class _Missing:
    """What `getattr` gives for an attribute that is not there."""


MISSING = _Missing()


class _PageCode(CodeGenerator):
    """Reads attributes and calls plain functions without Jinja's machinery in between."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's own protocol
        """`x.y`: the attribute, and whatever Jinja makes of it where there is none."""
        is_name = isinstance(node.node, nodes.Name)
        self.write("(got if (got := getattr(" if is_name else "(got if (got := getattr((base := ")
        self.visit(node.node, frame)
        self.write(
            f"{'' if is_name else ')'}, {node.attr!r}, MISSING)) is not MISSING else environment.getattr("
        )
        if is_name:
            self.visit(node.node, frame)
        else:
            self.write("base")
        self.write(f", {node.attr!r}))")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """`t(…)` and `url(…)` take plain values; other callables may ask for Jinja's context."""
        plain = isinstance(node.node, nodes.Name) and node.node.name in _PLAIN_FUNCTIONS
        if forward_caller or not plain or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")


PageEnvironment.code_generator_class = _PageCode


class _Folding(NodeTransformer):
    """Puts the words of the site, and what is said of it in plain values, in the place of the expressions for them."""

    def __init__(self, site: Any, t: Translate) -> None:
        self._site = site
        self._t = t
        self._own: set[str] = set()

    def visit_Template(self, node: nodes.Template) -> nodes.Node:  # noqa: N802
        """Learn which names the template gives a meaning of its own."""
        for each in node.find_all((nodes.Name, nodes.FromImport, nodes.Import, nodes.Macro)):
            if isinstance(each, nodes.FromImport):
                self._own |= {name if isinstance(name, str) else name[1] for name in each.names}
            elif isinstance(each, nodes.Import):
                self._own.add(each.target)
            elif isinstance(each, nodes.Macro) or (
                isinstance(each, nodes.Name)
                and (each.ctx == "store" or (each.ctx == "param" and each.name != "t"))
            ):
                self._own.add(each.name)
        return self.generic_visit(node)

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802
        """`t("key")`, `t("key", count=3)`: the text. `t` handed to a macro is the same `t`."""
        self.generic_visit(node)
        if not isinstance(node.node, nodes.Name) or node.node.name != "t" or "t" in self._own:
            return node
        if node.dyn_args or node.dyn_kwargs or not all(isinstance(each, nodes.Const) for each in node.args):
            return node
        facts = {each.key: each.value for each in node.kwargs}
        if not all(isinstance(value, nodes.Const) for value in facts.values()):
            return node
        try:
            text = self._t(
                *(each.value for each in node.args if isinstance(each, nodes.Const)),
                **{key: value.value for key, value in facts.items() if isinstance(value, nodes.Const)},
            )
        except Exception:  # noqa: BLE001 - it is said where the page is made, with the line of the template
            return node
        return nodes.Const(text, lineno=node.lineno)

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802
        """`site.name`: the name."""
        if isinstance(node.node, nodes.Name) and node.node.name == "site" and "site" not in self._own:
            value = getattr(self._site, node.attr, None)
            if isinstance(value, str | bool | int):
                return nodes.Const(value, lineno=node.lineno)
        return self.generic_visit(node)

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802
        """`site.assets["site.css"]`: the path."""
        base = node.node
        is_asset = (
            isinstance(base, nodes.Getattr)
            and base.attr == "assets"
            and isinstance(base.node, nodes.Name)
            and base.node.name == "site"
            and "site" not in self._own
        )
        if is_asset and isinstance(node.arg, nodes.Const) and node.arg.value in self._site.assets:
            return nodes.Const(self._site.assets[node.arg.value], lineno=node.lineno)
        return self.generic_visit(node)
