"""A local server that compresses and counts, and whole sites to serve."""

from __future__ import annotations

import gzip
import sys
import threading
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govsite.index.labels import IndexLabels
    from govsite.model.search import SearchRecord

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests/browser"))

NOT_COUNTED = (".html", ".css", ".svg", ".ico")
"""The page itself."""


class CountingServer(ThreadingHTTPServer):
    """Counts files and compressed bytes sent since `reset`."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
        self.kept: dict[str, bytes] = {}
        self.reset()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def reset(self) -> None:
        """Begin to count anew."""
        self.files = self.sent = 0

    @property
    def address(self) -> str:
        """Address of the folder, without a slash behind."""
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        server: CountingServer = self.server  # type: ignore[assignment]
        body = server.kept.setdefault(str(path), b"") or gzip.compress(path.read_bytes(), 6)
        server.kept[str(path)] = body
        if not path.name.endswith(NOT_COUNTED):
            server.files += 1
            server.sent += len(body)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def handle(self) -> None:
        with suppress(ConnectionError):  # a page was closed while it loaded
            super().handle()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


def write_site(folder: Path, records: Sequence[SearchRecord], labels: IndexLabels) -> None:
    """Write the search page with its index; pages of documents are not needed here."""
    from search_site import write_search_site

    write_search_site(folder, records, labels, pages=False)
