"""For each code the smallest site that has the fault, what govsite says about it, and how it is mended.

    tests/invalid/<CODE>/
      site/             the bad site, complete; samples share nothing
      expected.txt      everything that `govsite build --site site` prints, then a line `exit N`
      mended/           only the files that differ to make the fault go away
      environment.txt   NAME=value lines, environment variables of the first run
    history.txt       the site is a git repository: a line a commit, its moment and the folder laid over the site for it

What a repository cannot hold as it is stands there under another name:

    x.md.hex       the bytes of x.md as hexadecimal text
    x.md.repeat    x.md with every line `N × text` replaced by N times the text
    x.md.link      x.md as a symbolic link to the path in the file
    x.md.gone      in mended/ only: x.md is deleted
    x%3F.md        x?.md; any character of a name may be written so

The number of pages is left out (`… 个页面`): a new page is no change to a problem.
Expected files are written by `pytest tests/invalid --update`; read the diff as a clerk would.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from samples import HERE, govsite, lay_over

from committing import repository
from govsite.problems.rules import rule_table

if TYPE_CHECKING:
    from pathlib import Path

CODES = sorted(folder.name for folder in HERE.iterdir() if (folder / "site").is_dir())
_JUDGED = ("GOVSITE_DUTIES", "GOVSITE_AS_OF")
_PAGES = re.compile(r"\d+ 个页面")


def _environment(folder: Path) -> dict[str, str]:
    file = folder / "environment.txt"
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    return {name: value for name, _, value in (line.partition("=") for line in lines)}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _lay_out(folder: Path, site: Path) -> None:
    site.mkdir()
    try:
        history = folder / "history.txt"
        if history.is_file():
            commits = [line.split() for line in history.read_text(encoding="utf-8").splitlines()]
            with repository(site) as commit:
                for moment, name in commits:
                    lay_over(folder / name, site)
                    commit(moment)
        lay_over(folder / "site", site)
    except OSError as error:
        pytest.skip(f"this file system cannot hold the sample: {error.strerror}")


@pytest.mark.parametrize("code", CODES)
def test_the_site_is_reported_word_for_word(code: str, here: Path, update: bool) -> None:
    site = here / "site"
    _lay_out(HERE / code, site)
    exit_code, output = govsite("build", "--site", "site", environ=_environment(HERE / code))
    found = _PAGES.sub("… 个页面", f"{output}exit {exit_code}\n")
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
    lay_over(HERE / code / "mended", site)
    judged = {name: value for name, value in _environment(HERE / code).items() if name in _JUDGED}
    exit_code, output = govsite("build", "--site", "site", environ=judged)
    assert exit_code == 0, output
    assert f"[{code}]" not in output
    assert (site / "build" / "site" / "index.html").is_file()
