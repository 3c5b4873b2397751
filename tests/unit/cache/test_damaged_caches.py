"""A cache that is damaged, foreign or newer is thrown away with one sentence, never trusted, never a traceback."""

from __future__ import annotations

import json
import os
import random
import shutil
from pathlib import Path

import pytest

from govsite.pipeline.build import Request, build_site
from running import document, govsite, interpretation, policy, tree, write_site

DAMAGES = int(os.environ.get("DAMAGES", "12"))  # 200 for a full run

FILES: dict[str, str | bytes] = {
    "content/policies/1.md": policy("见[表](biao.txt)。\n", 发文字号="试政发〔2024〕1号"),
    "content/policies/biao.txt": "一二三" * 100,
    "content/interpretations/1.md": interpretation(标题="一读就懂", 解读文件="试政发〔2024〕1号"),
    "content/disclosures/1.md": document(栏目="tzgg"),
    "content/disclosures/2.md": document(栏目="tzgg", 标题="第二份通知"),
}


@pytest.fixture
def request_(tmp_path: Path) -> Request:
    """A small site that was built once."""
    site = write_site(tmp_path / "site", FILES)
    request = Request(site, site / "build" / "site", memory=site / "build" / "cache" / "site")
    assert build_site(request).written
    return request


def _edit(request: Request, number: int) -> None:
    write_site(request.site, {"content/disclosures/1.md": document(f"第{number}版。\n", 栏目="tzgg")})


def _clean(request: Request, out: Path) -> dict[str, bytes]:
    assert build_site(Request(request.site, out)).written
    return tree(out)


def _cache(request: Request) -> Path:
    assert request.memory
    return request.memory


def test_bytes_that_were_changed_are_never_trusted(request_: Request, tmp_path: Path) -> None:
    """Bytes flipped, cut off, put in, files emptied and deleted, anywhere in the cache."""
    chance = random.Random(20260101)  # noqa: S311 - places, no secret
    for number in range(DAMAGES):
        _edit(request_, number)
        for file in chance.sample(sorted(path for path in _cache(request_).rglob("*") if path.is_file()), 2):
            data = bytearray(file.read_bytes())
            way = chance.randrange(5)
            if way == 0 and data:
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
            elif way == 1:
                del data[chance.randrange(len(data) + 1) :]
            elif way == 2:
                data[chance.randrange(len(data) + 1) : 0] = b"\x00[{"
            elif way == 3:
                data.clear()
            if way == 4:
                file.unlink()
            else:
                file.write_bytes(data)
        outcome = build_site(request_)
        assert outcome.written
        assert not [found for found in outcome.findings if found.problem.code.startswith("BUG")]
        assert request_.out
        assert tree(request_.out) == _clean(request_, tmp_path / f"clean-{number}")


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"version": 99}, "另一个版本"),
        ({"key": "0" * 32}, "另一个版本"),
        ({"check": "0" * 32}, "已损坏"),
        ({"sections": []}, "已损坏"),
        ({"run": "x"}, "已损坏"),
        ({"run": 7}, "已损坏"),
        ({"packs": []}, "已损坏"),
    ],
)
def test_another_versions_cache_and_a_broken_root_are_told_in_one_sentence(
    change: dict[str, object], word: str, request_: Request
) -> None:
    root = _cache(request_) / "root.json"
    root.write_text(json.dumps(json.loads(root.read_text(encoding="ascii")) | change), encoding="ascii")
    exit_code, output = govsite("build", "--site", request_.site)
    assert exit_code == 0
    assert sum(word in line for line in output.split("\n")) == 1
    assert word not in govsite("build", "--site", request_.site)[1]


@pytest.mark.parametrize("what", ["packs", "sections"])
def test_any_file_that_is_gone_or_changed_costs_a_clean_build_and_no_more(
    what: str, request_: Request, tmp_path: Path
) -> None:
    """One file after the other, whichever road the build takes and whoever meets the damage: main process, worker, template."""
    kept = tmp_path / "kept"
    shutil.copytree(_cache(request_), kept)
    _edit(request_, 1)
    clean = _clean(request_, tmp_path / "clean")
    for name in sorted(path.name for path in (kept / what).iterdir()):
        shutil.rmtree(_cache(request_))
        shutil.copytree(kept, _cache(request_))
        (_cache(request_) / what / name).unlink()
        outcome = build_site(request_)
        assert outcome.written, (name, outcome.findings)
        assert request_.out
        assert tree(request_.out) == clean


def test_a_cache_in_use_is_left_alone(request_: Request) -> None:
    from govsite.files.lock import FileLock

    _edit(request_, 1)
    with FileLock(_cache(request_).with_name(".site.lock")):
        exit_code, output = govsite("build", "--site", request_.site)
    assert exit_code == 0
    assert "缓存不能使用" in output


def test_clean_forgets_what_is_known(request_: Request) -> None:
    packs = {path.name for path in (_cache(request_) / "packs").iterdir()}
    _edit(request_, 1)
    assert govsite("build", "--site", request_.site, "--clean", "--quiet") == (0, "")
    assert {
        path.name for path in (_cache(request_) / "packs").iterdir()
    } == packs  # the first run's names again


def test_a_cache_that_moved_to_another_machine_is_used_again(request_: Request, tmp_path: Path) -> None:
    """Other place, other file times: everything is read once, nothing is made anew."""
    moved = tmp_path / "elsewhere"
    shutil.copytree(request_.site, moved, copy_function=shutil.copyfile)
    again = Request(moved, moved / "build" / "site", memory=moved / "build" / "cache" / "site")
    outcome = build_site(again)
    assert outcome.memory == ""
    assert "render" not in dict(outcome.timings)
