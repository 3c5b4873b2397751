"""Preview with live reload: the only door to livereload. Walks the same road as a build, drafts included."""

from __future__ import annotations

import errno
import logging
import socket
import time
from collections.abc import Callable
from pathlib import Path

from govsite.pipeline.build import Outcome, Request, build_site

WATCHED = ("content", "config.yaml", "themes")


class PortTakenError(Exception):
    """Another program listens on the port."""


class Preview:
    """A preview of one site. told: called after every build with what it gave and how long it took, in seconds."""

    def __init__(self, request: Request, told: Callable[[Outcome, float], None]) -> None:
        self._request = request
        self._told = told

    def rebuild(self) -> None:
        """Build anew. Problems do not stop the preview: what can be shown is shown."""
        started = time.perf_counter()
        outcome = build_site(self._request)
        self._told(outcome, time.perf_counter() - started)

    def serve(self, host: str, port: int, *, open_browser: bool) -> None:
        """Serve until interrupted. Raises `PortTakenError`."""
        _probe(host, port)
        from livereload import Server

        for name in ("livereload", "tornado.access", "tornado.application"):
            # The library sets its own levels when it starts; a filter stays.
            logging.getLogger(name).addFilter(lambda record: record.levelno >= logging.ERROR)
        self.rebuild()
        server = Server()
        for name in WATCHED:
            path = self._request.site / name
            if path.exists():
                pattern = f"{path}/**/*" if path.is_dir() else str(path)
                server.watch(pattern, self.rebuild)
        if self._request.out is not None:
            server.serve(
                port=port, host=host, root=str(self._request.out), open_url_delay=1 if open_browser else None,
                default_filename="index.html",
            )  # fmt: skip


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
