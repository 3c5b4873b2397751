"""A previewed site with the terminal's face: the same pages, two of their files lengthened as an edition does it."""

from __future__ import annotations

from pathlib import Path

from govsite.edition.face import (
    STYLE,
    SWITCH,
    TERMINAL_STYLE,
    WORDS,
    asset_paths,
    switch_script,
    words_script,
)
from govsite.hanzi.pinyin import spelled_characters
from govsite.pipeline.face import face_record
from govsite.preview.desk import Desk
from govsite.render.words import site_words
from govsite.settings.read import read_settings

_INSTALLED = "current.js"  # an installed edition says here which one it is


def faced(desk: Desk, folder: Path, path: str) -> bytes | None:
    """The file at `path` below `folder` as a terminal gets it; None where it is the file as it lies there."""
    if path == _INSTALLED:
        return b"/* no edition: a preview */\n"
    if path == WORDS:
        return words_script((), spelled_characters())
    if not path.startswith("assets/"):
        return None
    assets = asset_paths(f"assets/{file.name}" for file in folder.joinpath("assets").iterdir())
    if path == assets.get(STYLE):
        style = assets.get(TERMINAL_STYLE)
        return folder.joinpath(path).read_bytes() + (folder.joinpath(style).read_bytes() if style else b"")
    if path != assets.get(SWITCH):
        return None
    request = desk.request
    settings, _ = read_settings(request.site, request.environ)
    theme = request.site / "themes" / settings.theme if settings.theme else None
    t = site_words(theme if theme and theme.is_dir() else None)
    terms = {"edition": 0, "data_date": desk.today(), "not_after": ""}
    record = face_record(settings, t, terms, assets, {}, [])
    return folder.joinpath(path).read_bytes() + switch_script(record)
