"""Rules of web servers for addresses that moved or were withdrawn.

A withdrawn page needs none: its notice stands at its address. A file has no place for a notice, so that a server answers
`410 Gone` for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from urllib.parse import quote

SERVERS = ("nginx", "caddy", "apache", "iis")
Moves = Sequence[tuple[str, str]]


def server_rules(server: str, prefix: str, moves: Moves, withdrawn: Iterable[str]) -> str:
    """The snippet for one of `SERVERS`. prefix: the site's path on its host; moves: (old, new) below it."""
    gone = [f"{prefix}{path}" for path in withdrawn if not path.endswith(".html")]
    led = [(f"{prefix}{old}", f"{prefix}{new}") for old, new in moves]
    return "".join(f"{line}\n" for line in _MAKERS[server](led, gone))


def _nginx(moves: Moves, gone: Sequence[str]) -> Iterator[str]:
    """Inside `server { … }`. `location =` compares with the decoded path."""
    for old, new in moves:
        yield f"location = {_quoted(old)} {{ return 301 {quote(new)}; }}"
    for path in gone:
        yield f"location = {_quoted(path)} {{ return 410; }}"


def _caddy(moves: Moves, gone: Sequence[str]) -> Iterator[str]:
    """Inside the site's block. Caddy's path matchers compare without regard to case."""
    for old, new in moves:
        yield f"redir {_quoted(old)} {quote(new)} 301"
    for path in gone:
        yield f"respond {_quoted(path)} 410"


def _apache(moves: Moves, gone: Sequence[str]) -> Iterator[str]:
    """For `.htaccess` or a virtual host; needs mod_alias."""
    for old, new in moves:
        yield f'RedirectMatch 301 "^{re.escape(old)}$" "{quote(new)}"'
    for path in gone:
        yield f'RedirectMatch 410 "^{re.escape(path)}$"'


def _iis(moves: Moves, gone: Sequence[str]) -> Iterator[str]:
    """A `web.config` in the root of the host; needs the role service HTTP Redirection. What is gone answers 404 by itself."""
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield "<configuration>"
    for old, new in moves:
        yield f'  <location path="{escape(old.lstrip("/"))}">'
        yield (
            f'    <system.webServer><httpRedirect enabled="true" destination="{escape(quote(new))}" '
            'exactDestination="true" httpResponseStatus="Permanent" /></system.webServer>'
        )
        yield "  </location>"
    yield "</configuration>"


_MAKERS: Mapping[str, Callable[[Moves, Sequence[str]], Iterator[str]]] = {
    "nginx": _nginx,
    "caddy": _caddy,
    "apache": _apache,
    "iis": _iis,
}


def _quoted(path: str) -> str:
    return '"' + path.replace("\\", "\\\\").replace('"', '\\"') + '"'
