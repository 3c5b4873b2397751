"""The local form: what nobody changed stays, problems stand beside their field, and no other page can post to it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest

from govsite.edit.server import Editor, make_server
from govsite.edit.source import BODY, put_together, take_apart
from running import govsite, policy, write_site

TEXT = """---
标题: 关于试验的通知   # 一句注释
发布日期: "2024-03-01"
公开属性: 主动公开
发文机关:
  - 试验镇人民政府
成文日期: 2024-02-28
审核: {初审: {人: 甲, 日期: 2024-02-20}}
---

正文。
"""


def _values(text: str, kind: str) -> dict[str, str]:
    draft = take_apart(text, kind)
    return {key: part.value for key, part in draft.parts.items()} | {BODY: draft.body}


def test_what_nobody_changed_stays_byte_for_byte() -> None:
    draft = take_apart(TEXT, "policy")
    assert put_together(draft, "policy", _values(TEXT, "policy")) == TEXT
    changed = put_together(
        draft, "policy", _values(TEXT, "policy") | {"title": "另一个: 标题", "keywords": "甲\n乙"}
    )
    assert changed == TEXT.replace("标题: 关于试验的通知   # 一句注释", '标题: "另一个: 标题"').replace(
        "---\n\n正文", "关键词:\n  - 甲\n  - 乙\n---\n\n正文"
    )


def test_a_table_pasted_from_a_spreadsheet_becomes_a_block() -> None:
    pasted = "村居\t姓名\t金额\n柳湾村\t张三\t280"
    text = put_together(take_apart("", "subsidy"), "subsidy", {"title": "甲", "payments": pasted})
    assert "发放名单: |\n  村居\t姓名\t金额\n  柳湾村\t张三\t280\n" in text


@pytest.fixture
def place(tmp_path: Path) -> Iterator[tuple[Path, HTTPConnection, Editor, str]]:
    """A site with its form running: folder, connection, editor, host."""
    site = write_site(tmp_path, {"content/policies/2024/1.md": policy(), "content/secret.txt": "x"})
    server = make_server(site, 0)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    host = f"127.0.0.1:{server.server_port}"
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=20)
    yield site, connection, server.RequestHandlerClass.editor, host  # type: ignore[attr-defined]
    connection.close()
    server.shutdown()
    thread.join()
    server.server_close()


def _post(connection: HTTPConnection, path: str, values: dict[str, str], **headers: str) -> tuple[int, str]:
    connection.request(
        "POST", path, urlencode(values), {"Content-Type": "application/x-www-form-urlencoded", **headers}
    )
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def test_a_document_is_mended_and_saved(place: tuple[Path, HTTPConnection, Editor, str]) -> None:
    site, connection, editor, _ = place
    connection.request("GET", "/edit?file=content/policies/2024/1.md")
    page = connection.getresponse().read().decode()
    digest = page.partition('name="digest" value="')[2].partition('"')[0]
    values = _values((site / "content/policies/2024/1.md").read_text(encoding="utf-8"), "policy")
    given = {**values, "token": editor.token, "file": "content/policies/2024/1.md", "digest": digest}
    status, answer = _post(connection, "/check", {**given, "written": "2024-05-01", "validity": "永远有效"})
    assert status == 200
    assert '"field": "validity"' in answer
    assert '"field": "published"' in answer
    assert '"code": "DOC107"' in answer
    assert _post(connection, "/save", {**given, "title": "关于改过的通知"})[0] == 303
    assert '"kind"' not in page
    assert (site / "content/policies/2024/1.md").read_text(encoding="utf-8") == policy().replace(
        "试验的", "改过的"
    )
    assert (
        _post(connection, "/save", {**given, "title": "又一个"})[0] == 409
    )  # the file is no longer what was opened
    assert govsite("build", "--site", site)[0] == 0


def test_no_other_page_can_read_or_write(place: tuple[Path, HTTPConnection, Editor, str]) -> None:
    site, connection, editor, host = place
    before = (site / "content/policies/2024/1.md").read_bytes()
    given = {"title": "坏", "file": "content/policies/2024/1.md", "token": editor.token}
    assert _post(connection, "/save", {**given, "token": "x"})[0] == 403
    assert _post(connection, "/save", given, Origin="https://evil.example")[0] == 403
    assert _post(connection, "/save", given, Host="evil.example")[0] == 403
    connection.request("GET", "/", headers={"Host": "evil.example"})
    assert connection.getresponse().read() == b""
    for path in ("../a.md", "content/../a.md", "content/secret.md", "content/policies/.git/a.md", "content/policies/a.txt",
                 "content/catalog/a.md", "/etc/a.md", "content\\policies\\a.md", "content/policies/a:b.md"):  # fmt: skip
        assert _post(connection, "/save", {**given, "file": path})[0] == 403, path
    assert (site / "content/policies/2024/1.md").read_bytes() == before
    assert host.startswith("127.0.0.1:")
