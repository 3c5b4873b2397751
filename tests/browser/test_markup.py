"""The Nu HTML checker over every page of the sample site: no errors, no warnings."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import SampleSite

pytestmark = pytest.mark.slow
VNU = (
    Path(__file__).parents[2] / "build" / "tools" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
)


@pytest.fixture(scope="module")
def checker() -> list[str]:
    """The words of the checker's command line."""
    java = shutil.which("java")
    if java is None:
        pytest.skip("no Java on this machine: run `python3 dev/test.py`, or install a Java runtime")
    if not VNU.is_file():
        pytest.skip("the Nu HTML checker is not in build/tools: run `python3 dev/test.py`")
    return [java, "-Xss4m", "-jar", str(VNU), "--format", "json", "--exit-zero-always", "--stdout"]


def _messages(words: list[str], folder: Path, *options: str) -> list[dict[str, Any]]:
    done = subprocess.run([*words, *options, str(folder)], capture_output=True, encoding="utf-8", check=True)
    messages: list[dict[str, Any]] = json.loads(done.stdout)["messages"]
    return messages


def _is_policy(message: dict[str, Any]) -> bool:
    """A remark on the policy of the page. In files the checker takes 'self' for nothing at all and data blocks for
    scripts; `test_crawl.py` sees in a real browser, at three places, that the policy refuses nothing."""
    return message["type"] == "info" and "Content Security Policy" in message["message"]


def test_every_page_is_valid_html(checker: list[str], sample_site: SampleSite) -> None:
    messages = [
        item for item in _messages(checker, sample_site.folder, "--skip-non-html") if not _is_policy(item)
    ]
    found = [
        (
            message["url"].partition("/site/")[2],
            message.get("lastLine", 0),
            message["type"],
            message["message"],
        )
        for message in messages
    ]
    assert found == []


def test_style_sheets_and_pictures_are_valid(checker: list[str], sample_site: SampleSite) -> None:
    messages = _messages(
        checker, sample_site.folder / "assets", "--also-check-css", "--also-check-svg", "--skip-non-html"
    )
    assert [(message["url"], message.get("lastLine", 0), message["message"]) for message in messages] == []


def test_the_checker_finds_a_fault_where_there_is_one(checker: list[str], tmp_path: Path) -> None:
    tmp_path.joinpath("bad.html").write_text("<!DOCTYPE html><html lang=zh-CN><title>x</title><ul><p>x</ul>")
    assert _messages(checker, tmp_path)
