"""A built site to an edition: what lies in `build/site` and beside it, with the terminal's face, signed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from govsite import __version__
from govsite.edition.container import Container
from govsite.edition.face import (
    STYLE,
    SWITCH,
    TERMINAL_STYLE,
    WORDS,
    asset_paths,
    shown_until,
    switch_script,
    words_script,
)
from govsite.edition.manifest import INDEX, SITE, Manifest
from govsite.edition.pack import Contents, describe, list_folder, open_base, write_delta, write_edition
from govsite.edition.preview import SUFFIXES, preview_blocks, preview_path, preview_script
from govsite.edition.refusal import RefusedError
from govsite.files.digest import sha256_of
from govsite.files.signature import public_key_of
from govsite.frozen import dataclass
from govsite.hanzi.pinyin import spelled_characters
from govsite.index.phrases import find_phrases
from govsite.index.place import query_index
from govsite.messages.catalogue import Translate
from govsite.model.addresses import HOME, MANIFEST
from govsite.pipeline.face import face_record
from govsite.render.words import site_words
from govsite.settings.read import read_settings
from govsite.settings.settings import Settings

_NAME = re.compile(r"edition-(\d{6})\.zip")


class NotBuiltError(Exception):
    """There is no built site to pack."""


@dataclass(frozen=True, slots=True)
class PackRequest:
    """What to pack. site: folder with config.yaml; out: the built site; shelf: where whole editions are kept; private: key, PEM;
    edition: number, 0 for the next one; since: number or file of an edition to make a small one from, `""` for none; not_after: ISO day
    or `""`; environ: for GOVSITE_*.
    """

    site: Path
    out: Path
    shelf: Path
    private: bytes
    edition: int = 0
    since: str = ""
    not_after: str = ""
    environ: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Packed:
    """What was made. whole: the edition's file; small: the one that builds on `since`, None where none was asked for."""

    manifest: Manifest
    whole: Path
    small: Path | None
    has_query_index: bool


def pack_site(request: PackRequest) -> Packed:
    """Pack. Raises `NotBuiltError`, `RefusedError`, `KeyFault`, OSError."""
    built = _read_built(request.out)
    settings, _ = read_settings(request.site, request.environ)
    theme = request.site / "themes" / settings.theme if settings.theme else None
    t = site_words(theme if theme and theme.is_dir() else None)
    data_date = str(built.get("data_date", ""))
    generator = f"govsite {__version__}"
    number, last = _last_edition(request)
    contents, digest = _contents(request.out)
    known = last.previews if last is not None and last.manifest.generator == generator else {}
    learned = _learn(Contents(contents), known)
    head = {
        "site": settings.site.name,
        "address": settings.site.address_prefix,
        "data_date": data_date,
        "not_after": request.not_after,
        "index_digest": digest,
        "generator": generator,
        "home": settings.kiosk.home or HOME,
    }

    def numbered(edition: int) -> tuple[Contents, Manifest]:
        terms = {"edition": edition, "data_date": data_date, "not_after": request.not_after}
        faced = _with_face(contents, settings, t, terms, learned)
        return faced, describe(faced, edition=edition, **head)

    faced, manifest = numbered(request.edition or number + 1)
    if last is not None and not request.edition:
        again, same = numbered(last.manifest.edition)
        if same == last.manifest:  # nothing has changed: the very edition again
            faced, manifest = again, same
    whole = shelf_file(request.shelf, manifest.edition)
    write_edition(whole, faced, manifest, request.private)
    small = _small(request, faced, manifest) if request.since else None
    return Packed(manifest, whole, small, bool(digest))


def shelf_file(shelf: Path, edition: int) -> Path:
    """Where the whole edition of a number is kept."""
    return shelf / f"edition-{edition:06d}.zip"


def _read_built(out: Path) -> dict[str, object]:
    try:
        record = json.loads((out / MANIFEST).read_bytes())
    except (OSError, ValueError) as error:
        raise NotBuiltError from error
    return record if isinstance(record, dict) else {}


@dataclass(frozen=True, slots=True)
class _Last:
    """The newest edition on the shelf. previews: by `_kept_by` of the file, `b""` for one that has no text."""

    manifest: Manifest
    previews: Mapping[str, bytes]


def _last_edition(request: PackRequest) -> tuple[int, _Last | None]:
    """The highest number on the shelf, and that edition unless it cannot be trusted."""
    numbers = sorted(
        int(match[1])
        for path in (request.shelf.iterdir() if request.shelf.is_dir() else ())
        if (match := _NAME.fullmatch(path.name))
    )
    if not numbers:
        return 0, None
    try:
        with Container(shelf_file(request.shelf, numbers[-1]), public_key_of(request.private)) as container:
            base = open_base(container)
            known = base.manifest.by_path
            previews = {
                _kept_by(path, entry.sha256): base.read(script)
                if (script := _script_of(path)) in known
                else b""
                for path, entry in known.items()
                if _is_previewed(path.removeprefix(SITE))
            }
    except RefusedError:
        return numbers[-1], None
    return numbers[-1], _Last(base.manifest, previews)


def _script_of(path: str) -> str:
    """Where in an edition the preview of a file of it lies."""
    return SITE + preview_path(path.removeprefix(SITE))


def _kept_by(path: str, digest: str) -> str:
    """What a preview depends on: the bytes of the file, and the suffix that says what they are."""
    return f"{digest}.{path.rpartition('.')[2].lower()}"


def _is_previewed(path: str) -> bool:
    return path.startswith("files/") and path.rpartition(".")[2].lower() in SUFFIXES


def _contents(out: Path) -> tuple[dict[str, bytes | Path], str]:
    """Files of the site and of its Whoosh index, and the digest that vouches for the index."""
    files = list_folder(out, SITE)
    files.pop(SITE + MANIFEST, None)
    place = query_index(out)
    if not place.folder.is_dir() or not place.digest.is_file():
        return files, ""
    return files | list_folder(place.folder, INDEX), place.digest.read_text(encoding="ascii").strip()


@dataclass(frozen=True, slots=True)
class _Learned:
    """What is read out of the built site. until: last days by path; previews: scripts by path of the file; lexicon: a script."""

    until: Mapping[str, str]
    previews: Mapping[str, bytes]
    lexicon: bytes


def _learn(contents: Contents, known: Mapping[str, bytes]) -> _Learned:
    paths = sorted(path.removeprefix(SITE) for path in contents.files if path.startswith(SITE))
    until: dict[str, str] = {}
    for path in paths:
        if path.endswith(".html"):
            until |= shown_until(path, contents.read(SITE + path))
    lexicon = words_script(_phrases(contents, paths), spelled_characters())
    return _Learned(until, _previews(contents, paths, known), lexicon)


def _with_face(
    files: Mapping[str, bytes | Path],
    settings: Settings,
    t: Translate,
    terms: Mapping[str, object],
    learned: _Learned,
) -> Contents:
    faced = dict(files)
    assets = asset_paths(path.removeprefix(SITE) for path in files if path.startswith(SITE))
    contents = Contents(files)
    record = face_record(settings, t, terms, assets, learned.until, sorted(learned.previews))
    for name, addition in ((SWITCH, switch_script(record)), (STYLE, _style(contents, assets))):
        if name in assets:
            faced[SITE + assets[name]] = contents.read(SITE + assets[name]) + addition
    faced |= {SITE + preview_path(path): script for path, script in learned.previews.items()}
    faced[SITE + WORDS] = learned.lexicon
    return Contents(faced)


def _previews(contents: Contents, paths: list[str], known: Mapping[str, bytes]) -> dict[str, bytes]:
    """Previews of the attachments that have text, by path of the file. known: those of the last edition, by `_kept_by`."""
    from govsite.attachments.extract import extract

    found = {}
    for path in filter(_is_previewed, paths):
        data = contents.read(SITE + path)
        script = known.get(_kept_by(path, sha256_of(data)))
        if script is None:
            blocks, cut = preview_blocks(extract(data, path))
            script = preview_script(blocks, cut=cut) if blocks else b""
        if script:
            found[path] = script
    return found


def _style(contents: Contents, assets: Mapping[str, str]) -> bytes:
    return contents.read(SITE + assets[TERMINAL_STYLE]) if TERMINAL_STYLE in assets else b""


def _phrases(contents: Contents, paths: list[str]) -> list[tuple[str, tuple[str, ...], int]]:
    """Phrases of all documents, by the lists of the columns."""
    titles: dict[str, str] = {}
    keywords: dict[str, list[str]] = {}
    for path in paths:
        if path.startswith("columns/") and path.endswith("/list.json"):
            for record in json.loads(contents.read(SITE + path))["documents"]:
                titles[record["id"]] = record["title"]
                keywords[record["id"]] = record["keywords"]
    words = [word for key in sorted(keywords) for word in keywords[key]]
    return list[tuple[str, tuple[str, ...], int]](
        find_phrases([titles[key] for key in sorted(titles)], words)
    )


def _small(request: PackRequest, contents: Contents, manifest: Manifest) -> Path:
    since = request.since
    file = shelf_file(request.shelf, int(since)) if since.isdigit() else Path(since)
    with Container(file, public_key_of(request.private)) as container:
        base = open_base(container)
        small = request.shelf / f"edition-{manifest.edition:06d}-since-{base.manifest.edition:06d}.zip"
        write_delta(small, contents, manifest, base, request.private)
    return small
