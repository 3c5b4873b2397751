"""The server configurations that the documentation hands out, run as they stand, with a site that was really published."""

from __future__ import annotations

import gzip
import http.client
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from editions import build_editions
from machines import ended, free_port, need, running_nginx, wait_for

from running import CONFIG, govsite

DOCS = Path(__file__).parents[2] / "docs" / "server"
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
Ask = Callable[..., tuple[int, dict[str, str], bytes]]

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="servers as Linux has them")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A web root with release folders and precompressed files."""
    base = tmp_path_factory.mktemp("server")
    edition = build_editions(base)[0]
    site = base / "site"
    site.mkdir()
    (site / "config.yaml").write_text(
        f"{CONFIG}发布:\n  - {{名称: t, 地址: '{base / 'www'}', 预压缩: 是}}\n", encoding="utf-8"
    )
    code, said = govsite("publish", "t", "--site", site, "--from", edition)
    assert code == 0, said
    return base / "www" / "current"


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def ask(request: pytest.FixtureRequest, root: Path, tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    """`ask(path, **headers)`: status, headers and body of what the server gives below `/shilizhen/`."""
    folder = tmp_path_factory.mktemp(request.param)
    with (_nginx if request.param == "nginx" else _caddy)(root, folder) as address:
        host = urlsplit(address).netloc

        def get(path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
            connection = http.client.HTTPConnection(host, timeout=10)
            connection.request(
                method, f"/shilizhen/{path}", headers={"Host": "www.example.gov.cn", **headers}
            )
            answer = connection.getresponse()
            body = answer.read()
            connection.close()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body

        yield get


def _nginx(root: Path, folder: Path):  # type: ignore[no-untyped-def]
    text = (
        (DOCS / "nginx.conf").read_text(encoding="utf-8").replace("/srv/www/shilizhen/current/", f"{root}/")
    )
    modules = ""
    if BROTLI.is_file():
        text, modules = text.replace("# brotli_static on;", "brotli_static on;"), f"load_module {BROTLI};"
    http_part, _, server = text.partition("server {")
    inside = (
        server.rstrip()
        .removesuffix("}")
        .replace("listen 80;", "")
        .replace("server_name www.example.gov.cn;", "")
    )
    return running_nginx(folder, inside, http=http_part, modules=modules)


def _caddy(root: Path, folder: Path):  # type: ignore[no-untyped-def]
    from contextlib import contextmanager

    @contextmanager
    def running():  # type: ignore[no-untyped-def]
        caddy, port = need("caddy"), free_port()
        text = (
            (DOCS / "Caddyfile").read_text(encoding="utf-8").replace("/srv/www/shilizhen/current", str(root))
        )
        text = text.replace("http://www.example.gov.cn", f"http://www.example.gov.cn:{port}")
        (folder / "Caddyfile").write_text(f"{{\n\tadmin off\n}}\n{text}", encoding="utf-8")
        words = [caddy, "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
        environ = {"HOME": str(folder), "PATH": "/usr/bin"}
        with (
            (folder / "log").open("wb") as log,
            ended(subprocess.Popen(words, stdout=log, stderr=log, env=environ)) as process,
        ):
            wait_for(port, process)
            yield f"http://127.0.0.1:{port}"

    return running()


def test_pages_come_as_they_are_with_their_type_and_their_headers(ask: Ask, root: Path) -> None:
    status, headers, body = ask("index.html")
    assert (status, body) == (200, (root / "index.html").read_bytes())
    assert headers["content-type"].lower() == "text/html; charset=utf-8"
    assert headers["cache-control"] == "no-cache"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "frame-ancestors 'self'"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert ask("")[2] == body
    assert ask("index.html", **{"If-None-Match": headers["etag"]})[0] == 304


@pytest.mark.parametrize("coding", ["gzip", "br"])
def test_precompressed_files_are_sent_to_those_who_read_them(
    ask: Ask, root: Path, coding: str, request
) -> None:  # type: ignore[no-untyped-def]
    if coding == "br" and "nginx" in request.node.name and not BROTLI.is_file():
        pytest.skip("nginx has no brotli module on this machine")
    _, headers, body = ask("index.html", **{"Accept-Encoding": coding})
    assert headers["content-encoding"] == coding
    assert "accept-encoding" in headers["vary"].lower()
    page = (root / "index.html").read_bytes()
    assert body == (root / f"index.html.{'gz' if coding == 'gzip' else 'br'}").read_bytes()
    if coding == "gzip":
        assert gzip.decompress(body) == page


def test_assets_are_kept_for_good_and_scripts_are_scripts(ask: Ask, root: Path) -> None:
    style = next((root / "assets").glob("site.*.css")).name
    assert ask(f"assets/{style}")[1]["cache-control"] == "public, max-age=31536000, immutable"
    script = next((root / "assets").glob("*.js")).name
    assert "javascript" in ask(f"assets/{script}")[1]["content-type"]


def test_what_is_not_there_gets_the_page_for_it_and_records_are_not_shown(ask: Ask, root: Path) -> None:
    status, _, body = ask("policies/none.html")
    assert (status, body) == (404, (root / "404.html").read_bytes())
    (root / ".govsite").mkdir(exist_ok=True)
    (root / ".govsite" / "state.json").write_text("{}", encoding="utf-8")
    assert ask(".govsite/state.json")[0] == 404
    assert ask("index.html", method="POST")[0] in {403, 405}
