"""Same input, same bytes: whatever the order of folders, the number of workers, the hash seed, the place, the clock."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from govsite.pipeline.build import Request, build_site
from running import tree

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The sample site, built by one worker in the order of the file system."""
    out = tmp_path_factory.mktemp("one") / "site"
    assert build_site(Request(ROOT, out, jobs=1)).written
    return tree(out)


class _ShuffledSystem:
    """The module `os`, but folders come in another order."""

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def scandir(self, path: str) -> list[os.DirEntry[str]]:
        entries = list(os.scandir(path))
        random.Random(len(entries)).shuffle(entries)  # noqa: S311 - an order, no secret
        return entries


def _differences(first: dict[str, bytes], second: dict[str, bytes]) -> list[str]:
    return sorted(path for path in first.keys() | second.keys() if first.get(path) != second.get(path))


def test_two_workers_give_the_same_bytes(reference: dict[str, bytes], tmp_path: Path) -> None:
    assert build_site(Request(ROOT, tmp_path / "site", jobs=2)).written
    assert _differences(tree(tmp_path / "site"), reference) == []


def test_the_order_of_folders_does_not_matter(
    reference: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("govsite.load.folders.os", _ShuffledSystem())
    assert build_site(Request(ROOT, tmp_path / "site", jobs=1)).written
    assert _differences(tree(tmp_path / "site"), reference) == []


@pytest.mark.parametrize("seed", ["0", "1234"])
def test_hash_seed_locale_clock_and_place_do_not_matter(
    seed: str, reference: dict[str, bytes], tmp_path: Path
) -> None:
    """Another process, another hash seed, locale and time zone, sources at another place with other file times."""
    site = tmp_path / "别处 elsewhere"
    if (ROOT / ".git").exists() and shutil.which("git"):  # the record of the catalog is read from it
        subprocess.run(["git", "clone", "--quiet", "--no-checkout", str(ROOT), str(site)], check=True)
    site.mkdir(exist_ok=True)
    for name in ("config.yaml", "content", "themes"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, site / name, copy_function=shutil.copyfile)
        elif source.is_file():
            shutil.copyfile(source, site / name)
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("GOVSITE_", "LC_", "SOURCE_DATE"))
    }
    environment |= {"PYTHONHASHSEED": seed, "LANG": "C", "TZ": "America/Lima"}
    subprocess.run(
        [sys.executable, "-m", "govsite", "build", "--jobs", "2", "--quiet"],
        cwd=site,
        env=environment,
        check=True,
    )
    assert _differences(tree(site / "build" / "site"), reference) == []


def test_no_file_holds_the_place_it_was_built_at(reference: dict[str, bytes]) -> None:
    places = [str(ROOT).encode(), str(Path.home()).encode() + b"/", b"/tmp/"]
    assert [path for path, content in reference.items() if any(place in content for place in places)] == []
