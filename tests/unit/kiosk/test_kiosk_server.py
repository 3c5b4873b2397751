# ruff: noqa: F401, F811 - a fixture is imported by its name
from __future__ import annotations

import http.client
import json
import os
import random
import shlex
import socket
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from terminals import Running, running, write_document

from govsite.edition.refusal import RefusedError
from govsite.kiosk.browser import SYSTEMS, browser_command, browser_words, find_program
from govsite.kiosk.counters import Counters
from govsite.kiosk.served import open_served

HOSTILE = int(os.environ.get("TRIALS", "1500"))


def ask(
    running: Running, path: str, method: str = "GET", headers: Mapping[str, str] | None = None
) -> tuple[int, Mapping[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=20)
    try:
        connection.request(method, path, headers=dict(headers or {}))
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


def test_pages_come_with_strict_headers_and_nothing_to_keep(running: Running) -> None:
    status, headers, body = ask(running, "/")
    assert status == 200
    assert "示例镇人民政府".encode() in body
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "Server" not in headers


def test_only_reading_is_possible_and_only_from_this_machine_s_names(running: Running) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "CONNECT", "BREW"):
        assert ask(running, "/index.html", method)[0] in {400, 405}
    assert ask(running, "/index.html", headers={"Host": "evil.example"})[0] == 403
    assert ask(running, "/index.html", headers={"Host": "localhost:1"})[0] == 200
    assert ask(running, "/index.html", headers={"Sec-Fetch-Site": "cross-site"})[0] == 403


def test_a_head_request_has_the_length_and_no_body(running: Running) -> None:
    status, headers, body = ask(running, "/index.html", "HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["Content-Length"]) > 1000


def test_folders_are_not_listed_and_what_is_not_in_the_manifest_is_not_there(running: Running) -> None:
    for path in ("/assets/", "/search", "/edition.json", "/../edition.json", "/%2e%2e/edition.sig", "/index/", "/nothing.html"):  # fmt: skip
        assert ask(running, path)[0] == 404, path


def test_searching_answers_as_the_command_line_does(running: Running) -> None:
    status, _, body = ask(running, "/_/search.json?q=" + quote("防汛") + "&limit=3&kind=disclosure")
    record = json.loads(body)
    assert (status, record["version"], record["total"], len(record["results"])) == (200, 1, 7, 3)
    assert set(record["results"][0]) == {"id", "title", "url", "kind", "score", "snippet", "doc_no", "published", "validity"}  # fmt: skip
    assert json.loads(ask(running, "/_/search.json?q=fangxun")[2])["total"] == 7
    assert json.loads(ask(running, "/_/search.json?q=")[2])["total"] == 0
    for bad in ("limit=0", "limit=x", "limit=999", "sort=random", "limit=" + "9" * 400):
        assert ask(running, f"/_/search.json?q=a&{bad}")[0] == 400, bad


def test_a_list_whose_last_day_has_passed_is_neither_found_nor_offered(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = "/_/search.json?q=" + quote("旧公示")
    assert json.loads(ask(running, query)[2])["total"] == 1
    late = datetime(2127, 1, 1).astimezone()
    monkeypatch.setattr(running.terminal, "clock", lambda: late)
    assert json.loads(ask(running, query)[2])["total"] == 0


def test_counters_hold_numbers_by_day_and_nothing_else(running: Running) -> None:
    ask(running, "/index.html")
    ask(running, "/_/search.json?q=" + quote("绝无此词"))
    assert ask(running, "/_/count/query")[0] == 204
    assert ask(running, "/_/count/empty")[0] == 204
    assert ask(running, "/_/count/anything")[0] == 404
    running.terminal.counters.save()
    today = running.terminal.today
    lines = (running.root / "usage" / f"{today[:4]}.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "date,pages,queries,empty_queries"
    day, *numbers = lines[-1].split(",")
    assert day == today
    assert all(number.isdigit() and int(number) > 0 for number in numbers)
    again = Counters(running.root / "usage")
    assert again.of_day(today) == running.terminal.counters.of_day(today)


def test_the_status_tells_what_is_shown_and_since_when(running: Running) -> None:
    record = json.loads(ask(running, "/_/status.json")[2])
    assert record["edition"] == running.terminal.served.manifest.edition
    assert record["fault"] == ""
    assert set(record["today"]) == {"page", "query", "empty"}


def _hostile_paths(count: int) -> list[bytes]:
    chance = random.Random("hostile")  # noqa: S311 - attacks, no secret
    steps = [b"..", b"%2e%2e", b"..%2f", b"%252e%252e", b".%2e", b"..%5c", b"..\\", b"%c0%ae%c0%ae", b"....//", b"index.html", b"edition.json",
             b"etc", b"passwd", b"con", b"nul", b"%00", b"C:", b"assets", b"\xff\xfe", b"%ff", b"%e4%b8", b";", b"?", b"#", b"~", b"%", b"%zz", b"_", b"search.json",
             b"private.pem", b"public.pem", b"log.csv", b"current.js", b".git", b"a" * 300]  # fmt: skip
    paths = []
    for _ in range(count):
        path = b"/" + b"/".join(chance.choice(steps) for _ in range(chance.randrange(1, 9)))
        if chance.random() < 0.2:
            path = chance.choice([b"", b"//", b"http://evil.example", b"file://", b"\\\\host\\share"]) + path
        if chance.random() < 0.2:
            path = path + chance.randbytes(chance.randrange(1, 30)).translate(None, b" \r\n")
        paths.append(path)
    return paths


def _hostile_heads(chance: random.Random) -> bytes:
    return chance.choice(
        [
            b"", b"Range: bytes=0-\r\n", b"Range: bytes=99999999999999999999-1\r\n", b"Range: bytes=-0\r\n", b"Content-Length: -1\r\n",
            b"Content-Length: 99999999999\r\n", b"Transfer-Encoding: chunked\r\n", b"Host: evil\r\n", b"Cookie: " + b"a" * 3000 + b"\r\n", b"X: \xff\xfe\r\n",
            b"X" * 200 + b": 1\r\n", b"Accept-Encoding: gzip\r\n", b"If-None-Match: *\r\n", b"Expect: 100-continue\r\n", b"Upgrade: websocket\r\nConnection: Upgrade\r\n",
        ]
    )  # fmt: skip


def test_hostile_paths_and_headers_neither_leave_the_folder_nor_stop_the_server(running: Running) -> None:
    manifest = running.terminal.served.manifest
    secret = (running.root / "public.pem").read_bytes()[:60]
    known = {running.terminal.served.read(path.removeprefix("site/")) for path in manifest.by_path if path.startswith("site/") and manifest.by_path[path].size < 200_000}  # fmt: skip
    chance = random.Random("heads")  # noqa: S311 - attacks, no secret
    served = 0
    for path in _hostile_paths(HOSTILE):
        with socket.create_connection(("127.0.0.1", running.port), timeout=20) as link:
            head = b"Host: 127.0.0.1\r\nConnection: close\r\n" + _hostile_heads(chance)
            link.sendall(b"GET " + path + b" HTTP/1.1\r\n" + head + b"\r\n")
            link.shutdown(socket.SHUT_WR)
            answer = b""
            try:
                while block := link.recv(1 << 16):
                    answer += block
            except ConnectionResetError:
                pass
        assert secret not in answer
        status, _, body = answer.partition(b"\r\n\r\n")
        if (
            status.startswith((b"HTTP/1.1 200", b"HTTP/1.1 206"))
            and b"govsiteCurrent" not in body
            and b'"version": 1' not in body
        ):
            served += 1
            assert any(body == whole or (body and body in whole) for whole in known)
        assert b"Traceback" not in answer
    assert ask(running, "/index.html")[0] == 200


def test_a_file_changed_after_it_was_verified_is_not_sent(running: Running) -> None:
    current = running.terminal.served
    file = current.root / "robots.txt"
    before = file.read_bytes()
    file.write_bytes(before + b"# changed")
    try:
        assert ask(running, "/robots.txt")[0] == 503
        with pytest.raises(RefusedError, match="KSK116"):
            open_served(running.root, None)
    finally:
        file.write_bytes(before)
        running.terminal.fault = ""
    assert ask(running, "/robots.txt")[0] == 200


def test_an_index_is_opened_from_a_verified_edition_only(running: Running) -> None:
    file = next((running.root / running.terminal.served.current.folder / "index").glob("*.trm"))
    before = file.read_bytes()
    file.write_bytes(before[:-1] + b"\x00")
    try:
        with pytest.raises(RefusedError, match="KSK116"):
            open_served(running.root, None)
    finally:
        file.write_bytes(before)


def test_an_edition_installed_meanwhile_is_shown_without_a_restart(running: Running) -> None:
    first = running.terminal.served.manifest.edition
    write_document(running.site, "new", title="新来的通知", month=7)
    running.install()
    limit = time.monotonic() + 30
    while running.terminal.served.manifest.edition == first and time.monotonic() < limit:
        time.sleep(0.2)
    assert running.terminal.served.manifest.edition == first + 1
    assert json.loads(ask(running, "/_/search.json?q=" + quote("新来的"))[2])["total"] == 1


def test_a_folder_without_an_edition_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="KSK114"):
        open_served(tmp_path, None)


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_browser_s_command_line_keeps_to_this_machine(system: str) -> None:
    words = browser_words("http://127.0.0.1:8420/", "/var/lib/profile", system)
    assert words[-1] == "http://127.0.0.1:8420/"
    assert {"--kiosk", "--incognito"} <= set(words)
    assert any(word.startswith("--host-resolver-rules=MAP * ~NOTFOUND") for word in words)
    line = browser_command("http://127.0.0.1:8420/", "C:/a b", system)
    assert "\n" not in line
    if system == "windows":
        assert line.startswith('start "" msedge.exe --kiosk ')
        assert '"--user-data-dir=C:/a b"' in line
    else:
        assert shlex.split(line) == browser_words("http://127.0.0.1:8420/", "C:/a b", system)


def test_edge_is_found_where_windows_keeps_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "Microsoft/Edge/Application/msedge.exe"
    program.parent.mkdir(parents=True)
    program.write_bytes(b"")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", "")
    assert find_program("windows") is None
    monkeypatch.setenv("ProgramFiles(x86)", str(tmp_path))
    assert find_program("windows") == str(program)
