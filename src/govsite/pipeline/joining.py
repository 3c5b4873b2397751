"""The search of all sites of a workspace behind one box: their manifests merged into one list."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from govsite.files.swap import replace_content
from govsite.index.parts import dump_json, read_part
from govsite.messages.catalogue import translator
from govsite.model.addresses import SEARCH, SEARCH_MANIFEST
from govsite.render.workspace import FOLDER, SITES, theme_file, workspace_page
from govsite.settings.workspace import Workspace

VERSION = 1


def unbuilt_members(workspace: Workspace, out: Path) -> list[str]:
    """Folders of the members that have no site in `out` yet."""
    return [one.folder for one in workspace.members if not (out / one.place / SEARCH_MANIFEST).is_file()]


def join_members(workspace: Workspace, out: Path) -> int:
    """Write what searches all sites of `out` together, a function of their manifests; how many sites. Raises OSError."""
    sites = []
    for member in workspace.members:
        _, _, manifest = read_part((out / member.place / SEARCH_MANIFEST).read_bytes())
        sites.append([member.place, member.identity.name or member.folder, manifest])
    t = translator("zh")
    listed = b"govsiteSites(%d,%s,%s);\n" % (VERSION, dump_json(t("workspace.facet")), dump_json(sites))
    names = [(str(place), str(name)) for place, name, _ in sites]
    first = _first(workspace)
    files = {
        f"{FOLDER}/{SITES}.js": listed,
        f"{FOLDER}/search.js": theme_file("search.js"),
        f"{FOLDER}/workspace.css": theme_file("workspace.css"),
        "index.html": workspace_page(workspace.name, names, f"{first}/{SEARCH}", t),
    }
    for path, content in files.items():
        _write(out / path, content)
    return len(sites)


def _first(workspace: Workspace) -> str:
    """The site whose search page stands for all: a shared one where there is one."""
    places: Sequence[str] = [one.place for one in workspace.members]
    return next((place for place in places if place in workspace.shared), places[0])


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    replace_content(file, content)
