"""The server: the only door to Tornado. Loopback only; a path is looked up in the manifest, never on the disk."""

from __future__ import annotations

import asyncio
import json
import re
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote_to_bytes

from tornado.httpserver import HTTPServer
from tornado.ioloop import PeriodicCallback
from tornado.iostream import StreamClosedError
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError, RequestHandler

from govsite.edition.folder import POINTER, TerminalFolder
from govsite.edition.manifest import SITE
from govsite.edition.refusal import RefusedError
from govsite.index.answer import FILTERS, SORTS
from govsite.kiosk.asking import Question
from govsite.kiosk.counters import EVENTS, Counters
from govsite.kiosk.headers import STRICT, type_of
from govsite.kiosk.searching import BusyError, Searching
from govsite.kiosk.served import ChangedError, Served, open_served
from govsite.messages.catalogue import translator

HOST = "127.0.0.1"
_HOSTS = ("127.0.0.1", "localhost", "[::1]")
_BLOCK = 1 << 16
_LOOK_SECONDS = 3
_SAVE_SECONDS = 20
_LONGEST_PATH = 1200
_LARGEST_HEAD = 16 << 10
_LARGEST_BODY = 1 << 10
_SOON_SECONDS = 2
_SAID = {404: "kiosk.not_found", 410: "kiosk.over", 429: "kiosk.busy", 503: "kiosk.changed"}
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@dataclass
class Terminal:
    """What the server knows. served: what is shown, replaced whole when a new edition is installed; key: PEM or None;
    fault: code of why a newer edition was not opened, `""` if none; clock: the terminal's time.
    """

    root: Path
    served: Served
    counters: Counters
    key: bytes | None = None
    fault: str = ""
    verified: str = ""
    clock: Callable[[], datetime] = field(default=lambda: datetime.now().astimezone())
    searching: Searching | None = field(init=False)
    seen: int = 0

    def __post_init__(self) -> None:
        self.searching = _searching(self.served)

    @property
    def today(self) -> str:
        """ISO day on the terminal's clock."""
        return self.clock().date().isoformat()

    async def look(self) -> None:
        """Switch to what was installed meanwhile, once it is verified; the old one is shown until then."""
        stamp = _changed_at(self.root / POINTER)
        if stamp == self.seen:
            return
        self.seen = stamp
        try:
            current = TerminalFolder(self.root).current()
            if current is None or current.sha256 == self.served.manifest.digest:
                return
            fresh = await asyncio.to_thread(open_served, self.root, self.key)
        except RefusedError as error:
            self.fault = error.problems[0].code
            return
        self.served, self.fault = fresh, ""
        self.verified = self.clock().isoformat(timespec="seconds")
        before, self.searching = self.searching, _searching(fresh)
        if self.searching is not None:
            self.searching.warm()
        if before is not None:
            await asyncio.to_thread(before.close)


def _searching(served: Served) -> Searching | None:
    return Searching(served.index, served.manifest.index_digest) if served.index is not None else None


class _Handler(RequestHandler):
    """What all answers share: strict headers, no other host, no method but GET and HEAD, errors in plain words."""

    SUPPORTED_METHODS = ("GET", "HEAD")

    def initialize(self, terminal: Terminal) -> None:
        self.terminal = terminal

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        for name, value in STRICT.items():
            self.set_header(name, value)

    def prepare(self) -> None:
        host = self.request.host.rpartition(":")[0] if ":" in self.request.host else self.request.host
        site = self.request.headers.get("Sec-Fetch-Site", "none")
        if host not in _HOSTS or site not in {"none", "same-origin"}:
            raise HTTPError(403)

    def compute_etag(self) -> None:
        return None

    def write_error(self, status_code: int, **_: object) -> None:
        t = translator("zh")
        en = translator("en")
        key = _SAID.get(status_code, "kiosk.refused")
        if status_code == 429:
            self.set_header("Retry-After", str(_SOON_SECONDS))
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{t(key)}\n{en(key)}\n")

    async def head(self, *words: str) -> None:
        await self.get(*words)  # type: ignore[misc]


class _Files(_Handler):
    """Files of the edition, by exact name."""

    async def get(self, raw: str) -> None:
        terminal = self.terminal
        served = terminal.served
        if len(raw) > _LONGEST_PATH:
            raise HTTPError(404)
        path = unquote_to_bytes(raw).decode("utf-8", "replace") or served.manifest.home
        if path == POINTER:
            self._answer("js", _pointer(served))
            return
        if path.endswith("/"):
            path += "index.html"
        if SITE + path not in served.manifest.by_path:
            raise HTTPError(404)
        is_page = path.endswith(".html")
        if not is_page and served.is_over(path, terminal.today):
            raise HTTPError(410)
        try:
            large = served.large(path)
            data = b"" if large else served.read(path)
        except ChangedError as error:
            terminal.fault = "KSK116"
            raise HTTPError(503) from error
        if is_page and self.request.method == "GET":
            terminal.counters.count("page", terminal.today)
        if large:
            await self._stream(path, large)
        else:
            self._answer(path, data)

    def _answer(self, path: str, data: bytes) -> None:
        self.set_header("Content-Type", type_of(path))
        self.set_header("Content-Length", str(len(data)))
        if self.request.method == "HEAD":
            self.finish()
        else:
            self.finish(data)

    async def _stream(self, path: str, file: Path) -> None:
        """A large file in blocks, or the part of it that a player asks for."""
        size = file.stat().st_size
        start, end = _asked_range(self.request.headers.get("Range", ""), size)
        self.set_header("Content-Type", type_of(path))
        self.set_header("Accept-Ranges", "bytes")
        if (start, end) != (0, size):
            self.set_status(206)
            self.set_header("Content-Range", f"bytes {start}-{end - 1}/{size}")
        self.set_header("Content-Length", str(end - start))
        if self.request.method == "HEAD":
            return
        with file.open("rb") as source:
            source.seek(start)
            left = end - start
            while left > 0 and (block := source.read(min(_BLOCK, left))):
                left -= len(block)
                self.write(block)
                try:
                    await self.flush()
                except StreamClosedError:
                    return


class _Search(_Handler):
    """`/_/search.json?q=…&limit=…&sort=…&kind=…`: the same JSON as `govsite search --json`."""

    async def get(self) -> None:
        query, sort = self.get_query_argument("q", ""), self.get_query_argument("sort", "relevance")
        limit = self.get_query_argument("limit", "10")
        filters = tuple(
            (name, self.get_query_argument(name)) for name in FILTERS if self.get_query_argument(name, "")
        )
        if sort not in SORTS or not limit.isascii() or not limit.isdigit() or not 1 <= int(limit) <= 100:
            raise HTTPError(400)
        terminal = self.terminal
        if terminal.searching is None:
            raise HTTPError(404)
        over = terminal.served.over(terminal.today)
        try:
            found = await terminal.searching.search(Question(query, int(limit), sort, filters, over))
        except BusyError as error:
            raise HTTPError(429) from error
        terminal.counters.count("query", terminal.today)
        if not found.total:
            terminal.counters.count("empty", terminal.today)
        self.set_header("Content-Type", type_of("json"))
        self.finish(found.body)


class _Count(_Handler):
    """`/_/count/query`, `/_/count/empty`: what the search in the page counts."""

    async def get(self, event: str) -> None:
        if event not in EVENTS[1:]:
            raise HTTPError(404)
        self.terminal.counters.count(event, self.terminal.today)
        self.set_status(204)


class _Status(_Handler):
    """`/_/status.json`: for the staff page."""

    async def get(self) -> None:
        terminal, served = self.terminal, self.terminal.served
        today = terminal.today
        record = {
            "version": 1,
            "edition": served.manifest.edition,
            "data_date": served.manifest.data_date,
            "not_after": served.manifest.not_after,
            "sha256": served.manifest.digest,
            "key": served.current.key,
            "installed": served.current.since,
            "verified": terminal.verified,
            "fault": terminal.fault,
            "today": terminal.counters.of_day(today),
            "year": terminal.counters.of_year(today[:4]),
        }
        self.set_header("Content-Type", type_of("json"))
        self.finish(json.dumps(record, ensure_ascii=False))


def make_application(terminal: Terminal) -> Application:
    """All addresses; whatever is none of them is looked up among the edition's files."""
    given = {"terminal": terminal}
    return Application(
        [
            (r"/_/search\.json", _Search, given),
            (r"/_/status\.json", _Status, given),
            (r"/_/count/([a-z]+)", _Count, given),
            (r"/(.*)", _Files, given),
        ],
        log_function=lambda _: None,
        autoreload=False,
        compress_response=False,
        default_handler_class=_Files,
        default_handler_args=given,
    )


async def serve(terminal: Terminal, port: int, ready: Callable[[int], None]) -> None:
    """Serve until cancelled or told to end by SIGTERM. ready: called with the port once it listens. Raises OSError where the port is taken."""
    server = HTTPServer(
        make_application(terminal),
        max_header_size=_LARGEST_HEAD,
        max_body_size=_LARGEST_BODY,
        idle_connection_timeout=60,
    )
    sockets = bind_sockets(port, HOST)
    server.add_sockets(sockets)
    terminal.seen = _changed_at(terminal.root / POINTER)
    look = PeriodicCallback(terminal.look, _LOOK_SECONDS * 1000)
    save = PeriodicCallback(terminal.counters.save, _SAVE_SECONDS * 1000)
    if terminal.searching is not None:
        terminal.searching.warm()
    look.start()
    save.start()
    ended = asyncio.Event()
    with suppress(NotImplementedError, RuntimeError, ValueError):  # Windows has none; tests run in a thread
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    ready(sockets[0].getsockname()[1])
    try:
        await ended.wait()
    finally:
        look.stop()
        save.stop()
        server.stop()
        terminal.counters.save()
        if terminal.searching is not None:
            terminal.searching.close()


def _pointer(served: Served) -> bytes:
    """`current.js` as a page behind the server sees it."""
    record = {
        "edition": served.manifest.edition,
        "since": served.current.since,
        "sha256": served.manifest.digest,
        "key": served.current.key,
        "home": served.manifest.home,
    }
    return f"govsiteCurrent({json.dumps(record, ensure_ascii=False)});\n".encode()


def _asked_range(header: str, size: int) -> tuple[int, int]:
    """First byte and the one behind the last. A range that makes no sense is the whole file."""
    match = _RANGE.fullmatch(header.strip()) if len(header) < 60 else None
    if match is None or not any(match.groups()):
        return 0, size
    if not match[1]:
        return max(0, size - int(match[2])), size
    start = int(match[1])
    end = min(int(match[2]) + 1, size) if match[2] else size
    return (start, end) if start < end else (0, size)


def _changed_at(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
