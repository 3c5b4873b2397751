"""For each code the smallest site that has the fault, what govsite says about it, and how it is mended.

    tests/invalid/<CODE>/
      site/             the bad site, complete; samples share nothing
      expected.txt      everything that `govsite build --site site` prints, then a line `exit N`
      mended/           only the files that differ to make the fault go away
      environment.txt   NAME=value lines, environment variables of the first run
      history.txt       the site is a git repository: a line a commit, its moment and the folder laid over the site for it;
                        a line `clone N`: what is looked at is a clone of the last N commits
      command.txt       what is run instead of `govsite build`
      mended.txt        lines of git that mend the site, where no file does

What a repository cannot hold as it is stands there under another name:

    x.md.hex       the bytes of x.md as hexadecimal text
    x.md.repeat    x.md with every line `N × text` replaced by N times the text
    x.md.link      x.md as a symbolic link to the path in the file
    x.md.gone      in mended/ only: x.md is deleted
    x%3F.md        x?.md; any character of a name may be written so

The number of pages is left out (`… 个页面`): a new page is no change to a problem. So is the day it is (`今天（…）`).
Expected files are written by `pytest tests/invalid --update`; read the diff as a clerk would.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from samples import HERE, govsite, lay_over

from committing import git, repository
from govsite.problems.rules import rule_table

if TYPE_CHECKING:
    from pathlib import Path

CODES = sorted(folder.name for folder in HERE.iterdir() if (folder / "site").is_dir())
_JUDGED = ("GOVSITE_DUTIES", "GOVSITE_AS_OF")
_PAGES = re.compile(r"\d+ 个页面")
_TODAY = re.compile(r"今天（\d{4}-\d\d-\d\d）")


def _environment(folder: Path) -> dict[str, str]:
    lines = _lines(folder / "environment.txt")
    return {name: value for name, _, value in (line.partition("=") for line in lines)}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines() if file.is_file() else []


def _command(folder: Path) -> str:
    return next(iter(_lines(folder / "command.txt")), "build")


def _lay_out(folder: Path, site: Path) -> None:
    history = [line.split() for line in _lines(folder / "history.txt")]
    site.mkdir()
    try:
        if history:
            _commit(folder, site, history)
        lay_over(folder / "site", site)
    except OSError as error:
        pytest.skip(f"this file system cannot hold the sample: {error.strerror}")


def _commit(folder: Path, site: Path, history: list[list[str]]) -> None:
    with repository(site) as commit:
        for moment, name in history:
            if moment == "clone":
                origin = site.rename(site.with_name("origin"))
                git(origin.parent, "clone", "--quiet", f"--depth={name}", origin.as_uri(), site.name)
            else:
                lay_over(folder / name, site)
                commit(moment)


def _mend(folder: Path, site: Path) -> None:
    lay_over(folder / "mended", site)
    for line in _lines(folder / "mended.txt"):
        program, *words = line.split()
        assert program == "git"
        git(site, *words)


@pytest.mark.parametrize("code", CODES)
def test_the_site_is_reported_word_for_word(code: str, here: Path, update: bool) -> None:
    site = here / "site"
    _lay_out(HERE / code, site)
    exit_code, output = govsite(_command(HERE / code), "--site", "site", environ=_environment(HERE / code))
    found = _TODAY.sub("今天（…）", _PAGES.sub("… 个页面", f"{output}exit {exit_code}\n"))
    expected = HERE / code / "expected.txt"
    if update:
        expected.write_text(found, encoding="utf-8", newline="\n")
    assert found == expected.read_text(encoding="utf-8")
    assert f"[{code}]" in output
    assert str(here) not in output


@pytest.mark.parametrize("code", CODES)
def test_the_exit_code_follows_from_the_severity(code: str) -> None:
    last = (HERE / code / "expected.txt").read_text(encoding="utf-8").splitlines()[-1]
    failed = rule_table()[code].severity.word == "error"
    assert last in ({"exit 1", "exit 2"} if failed else {"exit 0"})


@pytest.mark.parametrize("code", CODES)
def test_the_mended_site_has_the_fault_no_more(code: str, here: Path) -> None:
    site = here / "site"
    _lay_out(HERE / code, site)
    _mend(HERE / code, site)
    judged = {name: value for name, value in _environment(HERE / code).items() if name in _JUDGED}
    for command in sorted({"build", _command(HERE / code)}):
        exit_code, output = govsite(command, "--site", "site", environ=judged)
        assert exit_code == 0, output
        assert f"[{code}]" not in output
    assert (site / "build" / "site" / "index.html").is_file()
