"""Templates: the only door to Jinja2. A theme overrides the built-in one file by file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

import jinja2

from govsite.extend.views import TEMPLATES, SiteView, View
from govsite.files.damage import DamagedCacheError
from govsite.messages.catalogue import Translate
from govsite.render.compiling import BUILT_IN, PageEnvironment
from govsite.render.memo import MemoExtension


class ThemeError(Exception):
    """A template gave no page. kind: `syntax`, `encoding` or `render`; line: 1-based, 0 unknown; detail: English."""

    def __init__(self, kind: str, template: str, line: int, detail: str) -> None:
        super().__init__(detail)
        self.kind = kind
        self.template = template
        self.line = line
        self.detail = detail


class _ThemeLoader(jinja2.BaseLoader):
    """Looks into the site's theme first, then into the built-in one; for `built-in/…` into that alone.

    asked: names of all templates that were asked for.
    """

    def __init__(self, theme: Path | None) -> None:
        self._theme = theme
        self.asked: set[str] = set()

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        parts = template.split("/")
        if ".." in parts:
            raise jinja2.TemplateNotFound(template)
        self.asked.add(template)
        if parts[0] == "built-in":
            parts = parts[1:]
        elif self._theme is not None:
            own = self._theme.joinpath("templates", *parts)
            if own.is_file():
                name = f"themes/{self._theme.name}/templates/{template}"
                try:
                    return own.read_text(encoding="utf-8"), name, lambda: True
                except UnicodeDecodeError as error:
                    raise ThemeError("encoding", name, 0, error.reason) from error
        built_in = resources.files("govsite").joinpath(BUILT_IN, "templates", *parts)
        if not built_in.is_file():
            raise jinja2.TemplateNotFound(template)
        return built_in.read_text(encoding="utf-8"), f"{BUILT_IN}/templates/{template}", lambda: True


class Templates:
    """Renders views. One for each process; compiled templates are kept. few: only some pages will be asked for."""

    def __init__(self, theme: Path | None, site: SiteView, t: Translate, *, few: bool = False) -> None:
        self._loader = _ThemeLoader(theme)
        self._environment = PageEnvironment(
            loader=self._loader,
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
            extensions=[MemoExtension],
        )
        self._environment.folds = not few
        built_in = resources.files("govsite").joinpath(BUILT_IN, "templates")
        self._environment.built_in = built_in if isinstance(built_in, Path) else None
        self._environment.globals |= {"site": site, "t": t}

    @property
    def asked(self) -> frozenset[str]:
        """Names of the templates that pages made so far needed."""
        return frozenset(self._loader.asked)

    def render(self, view: View, url: Callable[[str], str]) -> str:
        """The page of a view. Raises `ThemeError` where the template is to blame."""
        name = TEMPLATES[type(view)]
        try:
            return self._page(self._environment.get_template(name), view, url)
        except jinja2.TemplateSyntaxError as error:
            raise ThemeError(
                "syntax", error.filename or error.name or name, error.lineno, error.message or ""
            ) from error
        except jinja2.TemplateNotFound as error:
            raise ThemeError("syntax", name, 0, f"template not found: {error.name}") from error
        except (ThemeError, OSError, DamagedCacheError):
            raise
        except Exception as error:
            template, line = _place(error, name)
            raise ThemeError("render", template, line, f"{type(error).__name__}: {error}") from error

    def _page(self, template: jinja2.Template, view: View, url: Callable[[str], str]) -> str:
        """What `Template.render` gives. The context and the macros made in it know each other; here they part, so that
        nothing of a page is left to be searched for rings.
        """
        context = template.new_context({"view": view, "url": url})
        try:
            return self._environment.concat(template.root_render_func(context))
        except Exception:  # noqa: BLE001 - as `Template.render` does: the traceback learns lines of templates
            self._environment.handle_exception()
        finally:
            context.vars.clear()
            context.blocks.clear()


def _place(error: Exception, name: str) -> tuple[str, int]:
    """File and line of the innermost template frame of a traceback."""
    place = (name, 0)
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if "templates/" in file and not file.endswith(".py"):
            place = (file, trace.tb_lineno)
        trace = trace.tb_next
    return place


def read_static(theme: Path | None) -> Mapping[str, bytes]:
    """Static files by name (`/`-separated), those of the theme over the built-in ones, in name order."""
    files: dict[str, bytes] = {}
    _collect(resources.files("govsite").joinpath(BUILT_IN, "static"), "", files)
    if theme is not None and theme.joinpath("static").is_dir():
        _collect(theme.joinpath("static"), "", files)
    return dict(sorted(files.items()))


def _collect(folder: Any, prefix: str, files: dict[str, bytes]) -> None:
    for item in folder.iterdir():
        if item.name.startswith((".", "__")):
            continue
        if item.is_dir():
            _collect(item, f"{prefix}{item.name}/", files)
        else:
            files[prefix + item.name] = item.read_bytes()
