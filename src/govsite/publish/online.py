"""After publishing: what readers get, asked for over HTTP and compared byte by byte."""

from __future__ import annotations

import hashlib
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote

from govsite.model.addresses import HOME, MANIFEST
from govsite.publish.edition import Entry

_MOST = 60
_PATIENCE = 3
_ENOUGH = 5


class Online(NamedTuple):
    """asked: addresses that were asked for; wrong: (path, what came instead): a status, `digest` or an error."""

    asked: int
    wrong: tuple[tuple[str, str], ...]


def check_online(url: str, entries: Mapping[str, Entry], changed: Sequence[str]) -> Online:
    """Ask for the manifest, the home page and what changed, up to a fixed number of files. url: ends with `/`."""
    pages = [path for path in changed if path.endswith(".html") and path != "404.html"]
    others = [
        path
        for path in changed
        if path not in pages and not path.endswith((".gz", ".br")) and path != "404.html"
    ]
    wanted = list(dict.fromkeys([MANIFEST, HOME, *pages[: _MOST // 2], *others]))[:_MOST]
    wrong: list[tuple[str, str]] = []
    asked = [path for path in wanted if path in entries]
    for path in asked:
        ask = _ask if wrong else _ask_patiently
        found = ask(url + quote(path), entries[path])
        wrong += [(path, found)] if found else []
        if len(wrong) == _ENOUGH:
            break
    return Online(len(asked), tuple(wrong))


def _ask_patiently(address: str, entry: Entry) -> str:
    found = _ask(address, entry)
    for attempt in range(1, _PATIENCE):
        if not found:
            break
        time.sleep(attempt)  # a cache between may need a moment
        found = _ask(address, entry)
    return found


def _ask(address: str, entry: Entry) -> str:
    """`""` where the bytes are right, else what was wrong."""
    request = urllib.request.Request(address, headers={"Cache-Control": "no-cache", "User-Agent": "govsite"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310 - the address is the site's own setting
            return "" if hashlib.sha256(answer.read()).hexdigest() == entry.sha256 else "digest"
    except urllib.error.HTTPError as error:
        return str(error.code)
    except (OSError, ValueError) as error:
        return str(getattr(error, "reason", error))[:200]
