"""A terminal that runs in this process, with an edition made from a few documents."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from govsite.edition.install import Order, install
from govsite.files.signature import KeyPair, make_keys
from govsite.kiosk.counters import Counters
from govsite.kiosk.served import open_served
from govsite.kiosk.server import Terminal, serve
from govsite.pipeline.build import Request, build_site
from govsite.pipeline.pack import PackRequest, pack_site

CONFIG = """站点:
  名称: 示例镇人民政府
  层级: 乡级
  域名: www.example.gov.cn
检查: {履职检查: 否}
检索: {whoosh: 是}
终端: {值守口令: "pbkdf2:1000:00112233445566778899aabbccddeeff:HASH"}
"""
DOCUMENT = """---
标题: {title}
发布日期: 2026-0{month}-02
公开属性: 主动公开
发布机构: 示例镇人民政府
{more}---
{body}
"""


@dataclass
class Running:
    """A terminal with a running server."""

    root: Path
    port: int
    terminal: Terminal
    keys: KeyPair
    site: Path

    def pack(self) -> Path:
        """Build and pack once more."""
        outcome = build_site(Request(self.site, self.site / "build" / "site"))
        assert outcome.written, [finding.problem for finding in outcome.findings]
        request = PackRequest(
            self.site, self.site / "build" / "site", self.site / "build" / "edition", self.keys.private
        )
        return pack_site(request).whole

    def install(self) -> None:
        """Pack what the site holds now, and install it."""
        install(Order(self.root, self.terminal.clock(), None, self.pack()))


def write_document(site: Path, name: str, **facts: object) -> None:
    """A document of the site."""
    folder = site / "content" / "disclosures"
    folder.mkdir(parents=True, exist_ok=True)
    words = {"month": 6, "more": "", "body": "正文。", **facts}
    (folder / f"{name}.md").write_text(DOCUMENT.format(**words), encoding="utf-8")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    place = tmp_path_factory.mktemp("终端 kiosk")
    site = place / "site"
    site.mkdir()
    (site / "config.yaml").write_text(CONFIG.replace("HASH", "0" * 64), encoding="utf-8")
    for number in range(1, 8):
        write_document(site, f"d{number}", title=f"防汛通知第{number}号", body=f"防汛值班安排{number}。")
    write_document(
        site, "gongshi", title="低保公示名单", body="本次公示张某某等。", more="公示期: 2026-11-30\n"
    )
    write_document(site, "guoqi", title="旧公示名单", body="不该再看到的内容。", more="公示期: 2126-11-01\n")
    keys = make_keys()
    root = place / "终端"
    # The terminal is opened on the edition that `Running.install` puts there first.
    maker = Running(root, 0, None, keys, site)  # type: ignore[arg-type]
    from datetime import datetime

    install(Order(root, datetime.now().astimezone(), keys.public, maker.pack()))
    terminal = Terminal(root, open_served(root, None), Counters(root / "usage"))
    listening: list[int] = []
    up = threading.Event()

    def ready(port: int) -> None:
        listening.append(port)
        up.set()

    loop = asyncio.new_event_loop()
    task = loop.create_task(serve(terminal, 0, ready))

    def run() -> None:
        asyncio.set_event_loop(loop)
        with pytest.raises(asyncio.CancelledError):
            loop.run_until_complete(task)
        loop.close()

    thread = threading.Thread(target=run)
    thread.start()
    assert up.wait(20)
    yield Running(root, listening[0], terminal, keys, site)
    loop.call_soon_threadsafe(task.cancel)
    thread.join(20)
