"""Permanent addresses: recorded, moved, withdrawn, vanished; and what real servers make of the rules."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from shutil import which

import pytest

from govsite.model.address_book import AddressBook, Move
from govsite.report.server_rules import SERVERS, server_rules
from govsite.source.span import Span
from running import document, govsite, tree, write_site

QUIET = {"GOVSITE_DUTIES": "no"}
BOOK = """\
移动:
  https://www.example.gov.cn/shiyan/disclosures/jiu.html: /shiyan/disclosures/zhong.html
  disclosures/zhong.html: disclosures/xin.html
撤下:
  disclosures/che.html: {日期: 2024-05-06, 理由: 涉及个人隐私, 依据: 条例第十五条}
  files/disclosures/名 单.xlsx: {日期: 2024-05-06, 理由: 公示期满}
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {"content/disclosures/xin.md": document(标题="新办法"), "addresses.yaml": BOOK}
    return write_site(tmp_path / "site", files)


def test_an_old_address_leads_on_and_a_withdrawn_one_says_why(site: Path) -> None:
    exit_code, output = govsite("build", "--site", site, environ=QUIET)
    assert exit_code == 0, output
    built = tree(site / "build" / "site")
    for name in ("jiu", "zhong"):
        page = built[f"disclosures/{name}.html"].decode()
        assert '<meta http-equiv="refresh" content="0; url=../disclosures/xin.html">' in page
        assert '<a href="../disclosures/xin.html">新办法</a>' in page
        assert '<link rel="canonical" href="https://www.example.gov.cn/shiyan/disclosures/xin.html">' in page
    page = built["disclosures/che.html"].decode()
    assert "涉及个人隐私" in page
    assert "条例第十五条" in page
    assert "refresh" not in page
    assert not [path for path in built if "名 单" in path]
    assert b"jiu.html" not in built["sitemap.xml"] + built["sitemap.html"]
    assert b"che.html" not in built["sitemap.xml"]


def test_what_was_published_is_owed_from_then_on(site: Path, tmp_path: Path) -> None:
    web = tmp_path / "网站"
    assert govsite("publish", web, "--site", site, "--no-record", environ=QUIET)[0] == 0
    assert not (site / "published.txt").exists()
    exit_code, output = govsite("publish", web, "--site", site, environ=QUIET)
    assert exit_code == 0, output
    assert "请与内容一起提交" in output
    record = (site / "published.txt").read_bytes()
    assert "disclosures/xin.html\n" in record.decode()
    govsite("addresses", "--site", site, "--write")
    assert (site / "published.txt").read_bytes() == record  # the same addresses, whoever records them
    (site / "content/disclosures/xin.md").rename(site / "content/disclosures/gengxin.md")
    before = tree(web)
    exit_code, output = govsite("publish", web, "--site", site, environ=QUIET)
    assert exit_code == 1
    assert "[LNK201]" in output
    assert tree(web) == before
    assert (site / "published.txt").read_bytes() == record


def test_the_record_only_grows_and_notices_what_vanished(site: Path) -> None:
    assert govsite("addresses", "--site", site, "--write")[0] == 0
    record = (site / "published.txt").read_text(encoding="utf-8")
    assert "disclosures/xin.html\n" in record
    assert govsite("build", "--site", site, environ=QUIET)[0] == 0
    (site / "content/disclosures/xin.md").rename(site / "content/disclosures/gengxin.md")
    exit_code, output = govsite("build", "--site", site, environ=QUIET)
    assert exit_code == 1
    assert "[LNK201]" in output
    assert output.count("[LNK202]") == 2  # both old addresses led to it
    govsite("addresses", "--site", site, "--write")
    lines = (site / "published.txt").read_text(encoding="utf-8").splitlines()
    assert {"disclosures/xin.html", "disclosures/gengxin.html"} < set(lines)
    rows = json.loads(govsite("addresses", "--site", site, "--format", "json")[1])["rows"]
    assert {row["address"]: row["state"] for row in rows if row["address"].startswith("dis")} == {
        "disclosures/xin.html": "vanished",
        "disclosures/gengxin.html": "live",
        "disclosures/jiu.html": "moved",
        "disclosures/zhong.html": "moved",
        "disclosures/che.html": "withdrawn",
    }


def test_a_ring_of_moves_leads_nowhere(site: Path) -> None:
    book = "移动:\n  a.html: b.html\n  b.html: a.html\n"
    (site / "addresses.yaml").write_text(book, encoding="utf-8")
    exit_code, output = govsite("build", "--site", site, environ=QUIET)
    assert (exit_code, output.count("[LNK202]")) == (1, 2)


def test_the_file_of_an_expired_list_may_go(tmp_path: Path) -> None:
    page = document(公示期="2024-03-10", 附件="mingdan.csv")
    files = {"content/disclosures/a.md": page, "content/disclosures/mingdan.csv": "村,户数\n东村,3\n"}
    site = write_site(tmp_path / "site", files)
    govsite("addresses", "--site", site, "--write", environ={"GOVSITE_AS_OF": "2024-03-05"})
    assert "mingdan.csv" in (site / "published.txt").read_text(encoding="utf-8")
    exit_code, output = govsite("build", "--site", site, "--as-of", "2024-03-20", environ=QUIET)
    assert exit_code == 0, output


def test_long_chains_end_where_they_end() -> None:
    nowhere = Span.of_file("addresses.yaml")
    moves = tuple(Move(f"{number}.html", f"{number + 1}.html", nowhere) for number in range(3000))
    assert AddressBook(moves).destinations()["0.html"] == "3000.html"


MOVES = [("a/旧 页.html", "b/新.html"), ("a+b(1).html", "c.html"), ("plain.html", "b/新.html")]
GONE = ["files/名 单.xlsx", "kept.html"]


@pytest.mark.parametrize("server", SERVERS)
def test_rules_name_every_move_and_no_page_that_has_a_notice(server: str) -> None:
    text = server_rules(server, "/shiyan/", MOVES, GONE)
    assert text.count("/shiyan/b/%E6%96%B0.html") == 2
    assert "kept.html" not in text
    assert ("410" in text) == (server != "iis")


def test_nginx_does_what_the_rules_say(tmp_path: Path) -> None:
    nginx = which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin")
    if nginx is None:
        pytest.skip("no nginx here")
    rules = server_rules("nginx", "/shiyan/", MOVES, GONE)
    (tmp_path / "rules.conf").write_text(rules, encoding="utf-8")
    logs = "".join(f"{name} {tmp_path}/{name};" for name in ("client_body_temp_path", "proxy_temp_path"))
    logs += "".join(f"{name}_temp_path {tmp_path}/{name};" for name in ("fastcgi", "uwsgi", "scgi"))
    (tmp_path / "nginx.conf").write_text(
        f"daemon off; pid {tmp_path}/pid; error_log stderr; events {{}}\n"
        f"http {{ access_log off; {logs} server {{ listen unix:{tmp_path}/s; include {tmp_path}/rules.conf; }} }}\n",
        encoding="utf-8",
    )
    server = subprocess.Popen([nginx, "-p", tmp_path, "-c", tmp_path / "nginx.conf", "-e", "stderr"])
    try:
        answers = {
            path: _ask(tmp_path / "s", path) for path in ("a/%E6%97%A7%20%E9%A1%B5.html", "a+b(1).html")
        }
        assert answers["a/%E6%97%A7%20%E9%A1%B5.html"] == (301, "/shiyan/b/%E6%96%B0.html")
        assert answers["a+b(1).html"] == (301, "/shiyan/c.html")
        assert _ask(tmp_path / "s", "files/%E5%90%8D%20%E5%8D%95.xlsx")[0] == 410
        assert _ask(tmp_path / "s", "kept.html")[0] in {403, 404}
    finally:
        server.terminate()
        server.wait(10)


def _ask(socket_path: Path, path: str) -> tuple[int, str]:
    """Status and the path of Location of a GET over a Unix socket."""
    import http.client
    import socket
    import time

    for _ in range(100):
        if socket_path.exists():
            break
        time.sleep(0.05)
    connection = http.client.HTTPConnection("localhost")
    connection.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.sock.connect(str(socket_path))
    connection.request("GET", f"/shiyan/{path}")
    answer = connection.getresponse()
    location = answer.getheader("Location", "")
    connection.close()
    return answer.status, "/" + location.partition("//")[2].partition("/")[2]
