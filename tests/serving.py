"""A folder over HTTP at the root of a host, or below a path of it."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *args: object, prefix: str, **words: object) -> None:
        self._prefix = prefix
        super().__init__(*args, **words)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        address = self.path.partition("?")[0]
        if not address.startswith(self._prefix):
            self._not_found()
            return
        self.path = "/" + self.path.removeprefix(self._prefix)
        if not Path(self.translate_path(self.path)).exists():
            self._not_found()
            return
        super().do_GET()

    def _not_found(self) -> None:
        page = Path(self.directory, "404.html")
        content = page.read_bytes() if page.is_file() else b""
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *words: object) -> None:
        """Silence."""


@contextmanager
def serving(folder: Path, prefix: str = "/") -> Iterator[str]:
    """Address of `folder` on a server of its own, with the trailing slash."""
    handler = partial(_Handler, directory=str(folder), prefix=prefix)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{prefix}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
