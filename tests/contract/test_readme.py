"""What the README says can be done, can be done."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from govsite.cli.app import cli
from govsite.problems.rules import rule_table
from running import govsite

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
COMMANDS = cli.list_commands(click.Context(cli))
sys.path.insert(0, str(ROOT / "dev"))
import machine  # noqa: E402 - a script beside the tests, not a package


def _commands() -> list[list[str]]:
    """The words of every command that stands in a fenced block for a shell."""
    text = README.read_text(encoding="utf-8")
    blocks = re.findall(r"```(?:sh|bash|console)\n(.*?)```", text, re.DOTALL)
    return [
        shlex.split(line, comments=True) for block in blocks for line in block.splitlines() if line.strip()
    ]


def test_two_commands_do_all_set_up_in_both_languages() -> None:
    scripts = [words for words in _commands() if words[0].startswith("python")]
    assert scripts == [["python3", "dev/sample.py"], ["python3", "dev/test.py"]] * 2
    for _, path in scripts:
        assert ROOT.joinpath(path).is_file()


def test_the_commands_run_one_after_the_other_as_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a terminal, but for four: `new` gets its answers as options, `serve`, `kiosk` and `edit` are not waited for."""
    monkeypatch.chdir(tmp_path)
    run = []
    for words in _commands():
        if words[0] == "cd":
            monkeypatch.chdir(words[1])
        if words[0] != "govsite":
            continue
        if words[1] == "init":
            monkeypatch.chdir(tmp_path)
        if words[1] in {"serve", "kiosk", "edit"}:
            assert govsite(words[1], "--help")[0] == 0
            continue
        more = (
            ["--title", "甲", "--set", "发文字号=示政发〔2026〕1号", "--set", "发文机关=示例镇人民政府"]
            if words[1] == "new"
            else []
        )
        exit_code, output = govsite(*words[1:], *more)
        assert exit_code == 0, (words, output)
        run.append(words[1])
    half = len(run) // 2
    assert run[:half] == run[half:], "both languages name the same commands"
    assert run[:6] == ["init", "new", "import", "export", "check", "build"]


def test_every_command_and_code_that_is_named_exists() -> None:
    text = README.read_text(encoding="utf-8")
    assert set(re.findall(r"govsite ([a-z]+)\b(?= |`|$)", text)) <= {*COMMANDS} | _english(text)
    assert set(re.findall(r"\b[A-Z]{2,3}\d{3}\b", text)) <= rule_table().keys()


def _english(text: str) -> set[str]:
    """Words after the product's name in running English text."""
    outside = re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.DOTALL)
    return set(re.findall(r"govsite ([a-z]+)\b", outside))


def test_every_link_leads_to_a_file() -> None:
    for name in ("README.md", "CONTRIBUTING.md"):
        text = ROOT.joinpath(name).read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
            assert ROOT.joinpath(target).exists(), (name, target)


def test_the_first_command_builds_the_sample_site_and_says_where_to_open_it() -> None:
    if not machine.is_installed():
        pytest.skip("this .venv was not made by dev/sample.py or dev/test.py")
    done = subprocess.run(
        [sys.executable, "dev/sample.py"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    page = re.search(r"file://\S+index\.html", done.stdout)
    assert page
    assert ROOT.joinpath("build", "site", "index.html").as_uri() == page[0]


def test_the_continuous_integration_calls_the_second_command() -> None:
    script = ROOT / ".ci" / "run"
    text = script.read_text(encoding="utf-8")
    assert "set -euo pipefail" in text
    assert "exec python3 dev/test.py" in text
    assert script.stat().st_mode & 0o111 or sys.platform == "win32"
