"""What an edition adds to a built site so that its pages show the terminal's face: the pages stay byte for byte the same.

`mode.js`, which every page runs first, gets the terminal's settings and the scripts to load; `site.css`, which every
page has, gets the rules of the terminal.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from importlib import resources
from urllib.parse import unquote, urljoin

SCRIPTS = ("qr.js", "terminal.js", "keyboard.js", "staff.js")
"""Static files of the theme that a terminal loads on every page, in this order, where the theme has them."""
SWITCH = "mode.js"
STYLE = "site.css"
TERMINAL_STYLE = "terminal.css"
ENGINE = "search.js"
WORDS = "search/words.js"
_UNTIL = re.compile(rb'data-until="(\d{4}-\d\d-\d\d)"')
_FILE = re.compile(rb'href="([^"#?]*(?:files|preview)/[^"#?]+)"')
_PLACE = "/*terminal*/{}"


def asset_paths(paths: Iterable[str]) -> dict[str, str]:
    """Paths of static files by plain name: `assets/mode.1a2b3c4d5e.js` is `mode.js`."""
    found = {}
    for path in paths:
        match = re.fullmatch(r"assets/(.+)\.[0-9a-f]{10}\.(\w+)", path)
        if match:
            found[f"{match[1]}.{match[2]}"] = path
    return found


def switch_script(settings: Mapping[str, object]) -> bytes:
    """What goes behind `mode.js`."""
    text = resources.files("govsite.edition").joinpath("data", "switch.js").read_text(encoding="utf-8")
    record = json.dumps(settings, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.replace(_PLACE, record.replace("</", "<\\/").replace("\u2028", "\\u2028")).encode()


def shown_until(path: str, page: bytes) -> dict[str, str]:
    """Last day on which a page, and the files it offers, may be shown; nothing where there is no such day."""
    found = _UNTIL.search(page)
    if found is None:
        return {}
    day = found[1].decode()
    files = {unquote(urljoin(path, match.decode("utf-8", "replace"))) for match in _FILE.findall(page)}
    return {path: day, **dict.fromkeys(sorted(files), day)}


def words_script(phrases: Iterable[tuple[str, tuple[str, ...], int]], characters: str) -> bytes:
    """What the keyboard knows, as a script: `["zheng wu 政务", …]`, and all common characters by syllable."""
    lines = [f"{' '.join(syllables)} {text}" for text, syllables, _ in phrases]
    words = json.dumps(lines, ensure_ascii=False, separators=(",", ":"))
    return f"govsiteWords({words}, {json.dumps(characters, ensure_ascii=False)});\n".encode()
