"""Preview with live reload: the only door to livereload.

Pages are served as they were built; the overlay's one line is put into them on their way to the browser. Builds run
beside the server, which goes on answering. Only this machine's own names reach it where it listens on loopback: no name
of another site can be pointed here to read drafts.
"""

from __future__ import annotations

import asyncio
import errno
import json
import logging
import mimetypes
import socket
import time
import webbrowser
from html import escape
from importlib import resources
from pathlib import Path
from urllib.parse import urlsplit

from livereload import Server
from livereload.handlers import LiveReloadHandler
from livereload.watcher import Watcher
from tornado.ioloop import IOLoop
from tornado.web import RequestHandler

from govsite.files.damage import DamagedCacheError
from govsite.messages.catalogue import translator
from govsite.model.addresses import HOME, NOT_FOUND
from govsite.preview.desk import Desk
from govsite.preview.terminal import faced
from govsite.preview.watch import stamps_of
from govsite.settings.read import read_settings

WATCHED = ("content", "config.yaml", "themes")
RESERVED = ".govsite/"
TERMINAL = RESERVED + "terminal/"
_log = logging.getLogger("govsite.preview")
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_SHORTEST = 0.1  # seconds between two looks at the sources
_SHARE = 6  # times as long as a look takes, so that looking costs a seventh of one processor at most
_PATIENCE = 40  # looks for a page while a build swaps folders
_STATIC = {"overlay.js": "text/javascript; charset=utf-8", "overlay.css": "text/css; charset=utf-8"}


class PortTakenError(Exception):
    """Another program listens on the port."""


class Preview:
    """A preview of one site over HTTP."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def serve(self, host: str, port: int, *, open_browser: bool) -> None:
        """Serve until interrupted. Raises `PortTakenError`."""
        _probe(host, port)
        for name in ("livereload", "tornado.access", "tornado.application"):
            # The library sets its own levels when it starts; a filter stays.
            logging.getLogger(name).addFilter(lambda record: record.levelno >= logging.ERROR)
        sources = tuple(self._desk.request.site / name for name in WATCHED)
        watcher = _Watcher(self._desk, sources)
        self._desk.rebuild()
        server = Server(watcher=watcher)
        server.SFH = type("Pages", (_Pages,), {"desk": self._desk, "own_host": host})
        if open_browser:
            webbrowser.open(f"http://{host}:{port}/")
        try:
            server.serve(
                port=port, host=host, root=str(self._desk.out), default_filename=HOME, live_css=False
            )
        finally:
            self._desk.close()


class _Watcher(Watcher):  # type: ignore[misc]
    """Looks at the sources as often as it may, builds in a thread, then has the pages reloaded."""

    def __init__(self, desk: Desk, sources: tuple[Path, ...]) -> None:
        super().__init__()
        self._desk = desk
        self._sources = sources
        self._seen = stamps_of(sources)
        self._tasks: dict[str, object] = {"": {}}  # the library asks whether there are any

    def start(self, callback: object) -> bool:
        """Watch in our own way; the library's looks at every file in the server's own thread, every 0.8 seconds."""
        IOLoop.current().add_callback(self._watch)
        return True

    async def _watch(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            started = time.perf_counter()
            now = await loop.run_in_executor(None, stamps_of, self._sources)
            took = time.perf_counter() - started
            if now != self._seen:
                self._seen = now
                try:
                    await loop.run_in_executor(None, self._desk.rebuild)
                except Exception:  # noqa: BLE001 - a bug must not end the watch
                    _log.exception("preview")
                LiveReloadHandler.reload_waiters("*")
            else:
                await asyncio.sleep(max(_SHORTEST, took * _SHARE))


class _Pages(RequestHandler):
    """Files of the preview. desk, own_host: set where the server is made."""

    desk: Desk
    own_host: str

    def initialize(self, path: str, default_filename: str) -> None:
        """What the library gives a handler of files."""
        self._root = Path(path)
        self._default = default_filename

    def prepare(self) -> None:
        """Refuse names that are not this machine's."""
        name = urlsplit(f"//{self.request.host}").hostname or ""
        if self.own_host in _LOOPBACK and name not in _LOOPBACK:
            self.send_error(403)

    def set_default_headers(self) -> None:
        """Nothing of a preview is kept anywhere, or shown inside pages from elsewhere."""
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("X-Frame-Options", "SAMEORIGIN")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")

    async def head(self, path: str) -> None:
        """As `get`, without the content."""
        await self.get(path)

    async def get(self, path: str) -> None:
        """A file of the site, of the overlay, or of the site with the terminal's face."""
        if path.startswith(TERMINAL):
            return await self._page(path.removeprefix(TERMINAL), terminal=True)
        if path.startswith(RESERVED):
            name = path.removeprefix(RESERVED)
            if name not in _STATIC:
                return self.send_error(404)
            return self._answer(_static(name), _STATIC[name])
        return await self._page(path)

    async def post(self, path: str) -> None:
        """What the overlay asks about its page."""
        if path != RESERVED + "page" or self.request.headers.get("Content-Type") != "application/json":
            return self.send_error(404)
        try:
            asked = json.loads(self.request.body)
            page, links = str(asked["page"]), [str(link) for link in asked["links"]]
        except (ValueError, KeyError, TypeError):
            return self.send_error(400)
        loop = asyncio.get_running_loop()
        record = await loop.run_in_executor(None, self.desk.facts, page, links)
        return self._answer(
            json.dumps(record, ensure_ascii=False).encode(), "application/json; charset=utf-8"
        )

    async def _page(self, path: str, *, terminal: bool = False) -> None:
        path = path + self._default if not path or path.endswith("/") else path
        content = await self._content(path, terminal=terminal)
        if content is None and (below := self._below_prefix(path)):
            return self.redirect(f"/{TERMINAL if terminal else ''}{below}")
        if content is None and (self._root / path).is_dir():
            return self.redirect(f"/{TERMINAL if terminal else ''}{path}/")
        if content is None:
            self.set_status(404)
            path = NOT_FOUND
            content = await self._content(path, terminal=terminal) or self._nothing()
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        if kind.startswith("text/") or kind.endswith(("javascript", "json", "xml")):
            kind += "; charset=utf-8"
        if path.endswith(".html"):
            content = with_overlay(content, path, terminal=terminal)
        return self._answer(content, kind)

    def _below_prefix(self, path: str) -> str:
        """What follows the path that the site will be served under: 404.html begins its links there."""
        prefix = read_settings(self.desk.request.site, self.desk.request.environ)[0].site.path.lstrip("/")
        return path.removeprefix(prefix) if prefix and path.startswith(prefix) else ""

    async def _content(self, path: str, *, terminal: bool) -> bytes | None:
        """Content of a file, None where there is none; for the moment in which a build swaps folders there is patience."""
        if ".." in path.split("/") or "\\" in path or ":" in path:
            return None
        for _ in range(_PATIENCE):
            try:
                changed = faced(self.desk, self._root, path) if terminal else None
                return changed if changed is not None else (self._root / path).read_bytes()
            except (OSError, DamagedCacheError):
                if not self.desk.is_busy or self._root.is_dir():
                    return None
                await asyncio.sleep(0.05)
        return None

    def _nothing(self) -> bytes:
        title = escape(translator("zh")("preview.nothing"))
        return (
            f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title></head>'
            f"<body><main><h1>{title}</h1></main></body></html>"
        ).encode()

    def _answer(self, content: bytes, kind: str) -> None:
        self.set_header("Content-Type", kind)
        self.finish(content if self.request.method != "HEAD" else b"")


def with_overlay(content: bytes, path: str, *, terminal: bool = False) -> bytes:
    """A page with the overlay's script at its end. The page as it lies in the folder stays what it is."""
    mark = ' data-terminal="1"' if terminal else ""
    script = f'<script src="/{RESERVED}overlay.js" data-page="{escape(path)}"{mark}></script>\n'.encode()
    before, end, after = content.rpartition(b"</body>")
    return before + script + end + after if end else content + script


def _static(name: str) -> bytes:
    return resources.files("govsite.preview").joinpath("static", name).read_bytes()


def _probe(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise PortTakenError(str(port)) from error
            raise


def preview_folder(site: Path) -> Path:
    """Where a preview is built."""
    return site / "build" / "preview"
