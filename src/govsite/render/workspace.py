"""The first page of a workspace (集约化平台): its sites, and one box to search them all."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from importlib import resources
from string import Template

from govsite.messages.catalogue import Translate

FOLDER = "joint"
SITES = "sites"


def theme_file(name: str) -> bytes:
    """A file of `theme/workspace`."""
    return resources.files("govsite").joinpath("theme", "workspace", name).read_bytes()


def workspace_page(name: str, sites: Sequence[tuple[str, str]], search: str, t: Translate) -> bytes:
    """The page. sites: (place, name); search: address of the search page that is asked."""
    links = "\n".join(
        f'<li><a href="{escape(place)}/index.html">{escape(text)}</a></li>' for place, text in sites
    )
    page = Template(theme_file("index.html").decode()).substitute(
        title=escape(name or t("workspace.title")),
        search=escape(search),
        label=escape(t("workspace.search")),
        button=escape(t("workspace.button")),
        sites=escape(t("workspace.sites")),
        links=links,
    )
    return page.encode()
