"""A site of each profile, as `govsite init` writes it: it builds, and its columns are those of the profile."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from outline import main_part, outline
from test_golden import HERE, compare

from govsite.cli.common import CHINA
from govsite.vocab.columns import columns_of
from govsite.vocab.terms import term_list
from running import govsite, tree

PROFILES = [term.label for term in term_list("tier").terms]


@pytest.mark.parametrize("profile", PROFILES)
def test_a_new_site_of_every_profile_builds_at_once(
    profile: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, update: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    exit_code, output = govsite("init", "新站 一", "--profile", profile)
    assert exit_code == 0, output
    exit_code, output = govsite("build", "--site", "新站 一")
    built = tree(tmp_path / "新站 一" / "build" / "site")
    tier = term_list("tier").find(profile)
    assert tier is not None
    for column in columns_of(tier.id):
        if column.when_filled:
            continue
        assert f"columns/{column.id}/index.html" in built
    found = {"output.txt": f"{output}exit {exit_code}\n"}
    for page in ("index.html", "sitemap.html", "columns/zwgk/index.html", "columns/zhudong/index.html"):
        found[f"{page}.txt"] = outline(main_part(built[page].decode()))
    found = {name: _without_day(text) for name, text in found.items()}
    compare(HERE / "profiles" / tier.id / "expected", found, update=update)


def _without_day(text: str) -> str:
    day = datetime.now(CHINA).date()
    words = (day.isoformat(), f"{day.year}年{day.month}月{day.day}日")
    for word in words:
        text = text.replace(word, "TODAY")
    return text.replace(str(day.year), "YEAR")
