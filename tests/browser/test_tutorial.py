"""The clerk's tutorial, done as it is written: its commands on a terminal, its form in a browser, what it shows compared."""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from running import govsite

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial"
LEFT_OUT = "……"
SECONDS = 120
DAY = "2026-11-25"
PICTURE_BYTES = 150_000


def _steps() -> list[tuple[str, str]]:
    """(command, what the tutorial shows of its output) in order."""
    text = (TUTORIAL / "README.md").read_text(encoding="utf-8")
    steps = []
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            steps.append((command, shown))
    return steps


def _edits() -> list[list[str]]:
    """(field, what stands there, what it becomes) of the table of the form."""
    text = (TUTORIAL / "README.md").read_text(encoding="utf-8")
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return rows[1:]


def _is_shown(shown: str, output: str) -> bool:
    parts = [re.escape(part.strip("\n")) for part in re.split(rf"^{LEFT_OUT}$", shown, flags=re.MULTILINE)]
    return (
        re.fullmatch(r"(?:.*\n)?".join(f"(?:{part}\n)" if part else "" for part in parts), output, re.DOTALL)
        is not None
    )


@pytest.fixture
def environment() -> dict[str, str]:
    """A terminal of the day of the tutorial, whose browser opens nothing."""
    return {
        **os.environ,
        "GOVSITE_AS_OF": DAY,
        "GOVSITE_JOBS": "1",
        "BROWSER": "true",
        "PYTHONUTF8": "1",
        "PYTHONUNBUFFERED": "1",
    }


def _heed_interrupts() -> None:
    """A job in the background ignores Ctrl+C, and so would what it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def _running(words: list[str], folder: Path, environment: dict[str, str], shown: str) -> Iterator[str]:
    """A command that waits for Ctrl+C; the address it tells. What it prints until it is stopped is compared."""
    with subprocess.Popen(
        words,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        preexec_fn=_heed_interrupts,  # noqa: PLW1509 - it only sets how a signal is taken
    ) as process:
        assert process.stdout
        try:
            first = process.stdout.readline()
            address = re.search(r"http://\S+?/", first)
            assert address, first
            for _ in range(SECONDS * 10):
                try:
                    socket.create_connection(("127.0.0.1", int(words[-1])), 0.1).close()
                    break
                except OSError:
                    assert process.poll() is None
                    time.sleep(0.1)
            yield address[0]
            process.send_signal(signal.SIGINT)
            rest, _ = process.communicate(timeout=SECONDS)
        finally:
            process.kill()
    told = re.sub(r":\d+/", ":PORT/", first + rest)
    assert _is_shown(re.sub(r":\d+/", ":PORT/", shown), told), told
    assert process.returncode in {0, 130}


def _free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@pytest.mark.browser
@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C is sent to a process as on Linux")
def test_the_tutorial_can_be_followed_as_it_is_written(
    tmp_path: Path,
    browser: Browser,
    environment: dict[str, str],
    update: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shutil.copy(TUTORIAL / "高龄补贴.docx", tmp_path)
    folder = tmp_path
    page = browser.new_page(viewport={"width": 1000, "height": 640}, locale="zh-CN")
    noise: list[str] = []
    page.on("console", lambda message: noise.append(message.text))
    done = []
    for command, shown in _steps():
        words = [sys.executable, "-m", *shlex.split(command)]
        if command.startswith("cd "):
            folder = folder / command.removeprefix("cd ")
        elif words[3] in {"edit", "serve"}:
            visit = _mend if words[3] == "edit" else _read
            with _running([*words, "--port", _free_port()], folder, environment, shown) as address:
                visit(page, address, update)
        else:
            monkeypatch.chdir(folder)
            exit_code, output = govsite(*words[3:], environ=environment)
            assert _is_shown(shown, output), (command, output)
            assert exit_code == (1 if "错误 2" in shown else 0)
        done.append(command.split()[1])
    assert done == ["init", "shilizhen", "import", "check", "edit", "check", "build", "serve"]
    assert noise == []
    published = (folder / "build/site/policies/2026/szf-18.html").read_text(encoding="utf-8")
    assert "2026-11-13" in published
    assert "13812345678" not in published
    page.close()


def _mend(page: Page, address: str, update: bool) -> None:
    """What the fifth part of the tutorial says."""
    page.goto(address)
    assert page.locator(".recent li").first.locator(".errors").inner_text() == "有 2 处要改"
    _picture(page, "home", update)
    page.locator(".recent a").first.click()
    page.locator("output.errors").wait_for()
    assert page.locator(".overview a").all_inner_texts() == ["成文日期", "正文"]
    _picture(page, "form", update)
    page.locator(".overview a").last.click()
    chosen = "(field) => field.value.slice(field.selectionStart, field.selectionEnd)"
    assert "13812345678" in page.locator("textarea:focus").evaluate(chosen)
    edits = _edits()
    assert len(edits) == 3
    for label, before, after in edits:
        control = page.get_by_label(label, exact=label == "正文")
        value = control.input_value()
        assert value.count(before) == 1, (label, value)
        control.fill(value.replace(before, after))
    page.locator("output.clean").get_by_text("没有发现问题").wait_for()
    assert page.locator(".remarks li.error").count() == 0
    page.get_by_role("button", name="保存").click()
    page.wait_for_url("**saved=1")
    assert page.locator(".notice").inner_text().startswith("已保存")
    page.goto(address)
    assert page.locator(".recent .errors").count() == 0


def _read(page: Page, address: str, update: bool) -> None:
    """What the seventh part of the tutorial says."""
    page.goto(address)
    page.get_by_role(
        "link", name="示例镇人民政府关于印发《示例镇高龄老人生活补贴发放办法》的通知"
    ).first.click()
    page.wait_for_load_state()
    text = page.locator("main").inner_text()
    for words in ("示政发〔2026〕18号", "2026-11-13", "0900-8765432", "80周岁至89周岁"):
        assert words in text
    assert "13812345678" not in page.content()
    _picture(page, "page", update)


def _picture(page: Page, name: str, update: bool) -> None:
    file = TUTORIAL / f"{name}.webp"
    if update:
        page.evaluate("scrollTo(0, 0)")
        image = pytest.importorskip("PIL.Image").open(io.BytesIO(page.screenshot()))
        image.save(file, quality=60, method=6)
    assert file.is_file()
    assert sum(one.stat().st_size for one in TUTORIAL.glob("*.webp")) < PICTURE_BYTES
