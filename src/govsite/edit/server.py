"""The form's server: loopback only, one secret a run, nothing from elsewhere.

A page of another site that a browser has open could try to post here: every post needs the secret that only our own
pages hold, the host must be this machine's own address (no name that could be pointed here), and the origin ours.
"""

from __future__ import annotations

import hmac
import json
import os
import re
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from govsite.edit.judge import Judged, judge
from govsite.edit.page import form_page, home_page, static
from govsite.edit.source import BODY, put_together, take_apart
from govsite.files.digest import digest_of
from govsite.load.scan import scan_content
from govsite.messages.catalogue import translator
from govsite.vocab.keys import keys_of
from govsite.vocab.terms import kind_by_folder, kinds

HOST = "127.0.0.1"
_RECENT = 5
_LONGEST = 8 * 1024 * 1024
_TITLE = re.compile(r"^(?:标题|title)\s*:\s*(.+)$", re.MULTILINE)
_STATIC = {"/edit.css": "text/css; charset=utf-8", "/edit.js": "text/javascript; charset=utf-8"}
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Editor:
    """The site that is edited. Every file it writes is a Markdown source under the folder of its kind."""

    def __init__(self, site: Path, lang: str) -> None:
        self.site = site
        self.lang = lang
        self.t = translator(lang)
        self.token = secrets.token_urlsafe(32)

    def documents(self) -> Iterator[tuple[str, str, str]]:
        """(kind, path, title) of every Markdown source, in path order."""
        scanned, _ = scan_content(self.site)
        for file in scanned.sources:
            if file.kind in kinds() and file.path.endswith(".md"):
                head = (self.site / file.path).read_bytes()[:4096].decode("utf-8", "replace")
                title = _TITLE.search(head)
                yield file.kind, file.path, title[1].strip("\"' ") if title else file.path

    def recent(self) -> list[tuple[str, str, int]]:
        """(path, title, errors) of the documents that were changed last, the last first."""
        known = list(self.documents())
        times = {path: (self.site / path).stat().st_mtime_ns for _, path, _ in known}
        last = sorted(known, key=lambda one: (-times[one[1]], one[1]))[:_RECENT]
        return [
            (path, title, sum(r.level == "error" for r in self.judge(path, kind, self.read(path)).remarks))
            for kind, path, title in last
        ]

    def kind_of(self, path: str) -> str:
        """Kind of a source that may be written at `path`; `""` where nothing may be."""
        parts = path.split("/")
        plain = all(part and part not in {".", ".."} and not part.startswith(".") for part in parts)
        if (
            not plain
            or len(parts) < 3
            or parts[0] != "content"
            or not path.endswith(".md")
            or re.search(r'[\\:*?"<>|\x00-\x1f]', path)
        ):
            return ""
        kind = kind_by_folder().get(parts[1])
        target = self.site.joinpath(*parts)
        inside = target.parent.resolve().is_relative_to((self.site / "content").resolve())
        return kind.id if kind and kind.format == "markdown" and inside and not target.is_symlink() else ""

    def read(self, path: str) -> str:
        """The text of a source, `""` where there is none yet."""
        file = self.site / path
        return file.read_text(encoding="utf-8-sig", errors="replace") if file.is_file() else ""

    def free_path(self, kind: str) -> str:
        """Where a new document goes: `content/<folder>/<year>/<date>-<n>.md`."""
        today = datetime.now(UTC) + timedelta(hours=8)
        number = 1
        while (
            self.site / (path := f"content/{kinds()[kind].folder}/{today:%Y}/{today:%Y%m%d}-{number}.md")
        ).exists():
            number += 1
        return path

    def judge(self, path: str, kind: str, text: str) -> Judged:
        """What is wrong with a text."""
        scanned, _ = scan_content(self.site)
        return judge(path, kind, text, scanned.files, self.lang)

    def save(self, path: str, text: str) -> None:
        """Write a source in one step."""
        file = self.site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(f".{file.name}.{os.getpid()}.new")
        fresh.write_text(text, encoding="utf-8", newline="\n")
        fresh.replace(file)


class _Handler(BaseHTTPRequestHandler):
    editor: Editor
    server_version = "govsite"
    sys_version = ""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Nothing: what is typed here is nobody's business."""

    def do_GET(self) -> None:
        if not self._is_ours():
            return self._send(403, b"")
        place = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(place.query).items()}
        if place.path in _STATIC:
            return self._send(200, static(place.path[1:]), _STATIC[place.path])
        if place.path == "/favicon.ico":
            return self._send(204, b"")
        if place.path == "/":
            return self._send(200, home_page(self.editor.t, self.editor.documents(), self.editor.recent()))
        if place.path == "/new" and query.get("kind", "") in kinds():
            kind = query["kind"]
            today = f"{datetime.now(UTC) + timedelta(hours=8):%Y-%m-%d}"
            given = {"published": today, "written": today} if kind == "policy" else {"published": today}
            return self._form(kind, self.editor.free_path(kind), given, "", "")
        kind = self.editor.kind_of(query.get("file", ""))
        if place.path == "/edit" and kind:
            text = self.editor.read(query["file"])
            draft = take_apart(text, kind)
            values = {key: part.value for key, part in draft.parts.items()} | {BODY: draft.body}
            return self._form(
                kind, query["file"], values, text, self.editor.t("edit.saved") if "saved" in query else ""
            )
        return self._send(404, b"")

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if not self._is_ours() or not self._is_from_us() or length > _LONGEST:
            return self._send(403, b"")
        sent = parse_qs(
            self.rfile.read(length).decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=500
        )
        values = {name: words[0] for name, words in sent.items()}
        path = values.get("file", "")
        kind = self.editor.kind_of(path)
        if not hmac.compare_digest(values.get("token", ""), self.editor.token) or not kind:
            return self._send(403, b"")
        before = self.editor.read(path)
        known = {key.id for key in keys_of(kind).keys} | {BODY}
        text = put_together(
            take_apart(before, kind), kind, {name: value for name, value in values.items() if name in known}
        )
        judged = self.editor.judge(path, kind, text)
        if self.path == "/check":
            answer = {"remarks": [remark._asdict() for remark in judged.remarks], "html": judged.html}
            return self._send(200, json.dumps(answer, ensure_ascii=False).encode(), "application/json")
        if values.get("digest", "") != digest_of(before.encode()):
            return self._form(kind, path, values, before, self.editor.t("edit.changed"), judged, 409)
        self.editor.save(path, text)
        self.send_response(303)
        self.send_header("Location", f"/edit?file={_quoted(path)}&saved=1")
        self.send_header("Content-Length", "0")
        self.end_headers()
        return None

    def _form(
        self,
        kind: str,
        path: str,
        values: dict[str, str],
        text: str,
        notice: str,
        judged: Judged | None = None,
        status: int = 200,
    ) -> None:
        editor = self.editor
        found = judged or (editor.judge(path, kind, text) if text else Judged([], ""))
        page = form_page(
            editor.t, kind, path, values, editor.token, digest_of(text.encode()), found.remarks, notice
        )
        self._send(status, page)

    def _is_ours(self) -> bool:
        """Whether the browser was sent to this machine by its number: a name could be made to point here."""
        host = self.headers.get("Host", "")
        return host in {f"{HOST}:{self.server.server_port}", f"localhost:{self.server.server_port}"}  # type: ignore[attr-defined]

    def _is_from_us(self) -> bool:
        origin = self.headers.get("Origin")
        return origin is None or urlsplit(origin).netloc == self.headers.get("Host", "")

    def _send(self, status: int, content: bytes, type_: str = "text/html; charset=utf-8") -> None:
        self.send_response(status)
        for name, value in {**_HEADERS, "Content-Type": type_, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)


def _quoted(path: str) -> str:
    from urllib.parse import quote

    return quote(path)


def make_server(site: Path, port: int, lang: str = "zh") -> ThreadingHTTPServer:
    """A server that waits on the loopback address. Raises OSError where the port is taken; port 0 takes any."""
    handler = type("Handler", (_Handler,), {"editor": Editor(site, lang)})
    return ThreadingHTTPServer((HOST, port), handler)
