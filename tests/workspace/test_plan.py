"""govsite plan: what a change touches, packed the same way every time, and shards that come to the whole."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import yaml
from county import ENVIRON, county, policy, write

from committing import repository
from govsite.pipeline.shards import Touched, pack_shards
from running import govsite, tree

if TYPE_CHECKING:
    from pathlib import Path


def plan(root: Path, *words: str) -> str:
    code, said = govsite("plan", "--site", root, *words, environ=ENVIRON)
    assert code == 0, said
    return said


def folders(root: Path, *words: str) -> list[str]:
    shards = json.loads(plan(root, "--format", "json", *words))["shards"]
    return sorted(site["folder"] for shard in shards for site in shard["sites"])


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return county(tmp_path_factory.mktemp("plan") / "county")


EVERY = ["乡镇/白水镇", "乡镇/青山镇", "县"]


@pytest.mark.parametrize(
    ("file", "touched"),
    [
        ("县/content/policies/2024/1.md", EVERY),
        ("县/content/catalog/shjz.yaml", EVERY),
        ("县/content/organisations.yaml", EVERY),
        ("县/themes/own/base.html", ["县"]),
        ("县/content/policies/2024/map.pdf", ["县"]),
        ("乡镇/青山镇/content/policies/2024/7.md", ["乡镇/青山镇", "县"]),
        ("乡镇/青山镇/content/organisations.yaml", ["乡镇/青山镇"]),
        ("乡镇/青山镇/config.yaml", ["乡镇/青山镇", "县"]),
        ("乡镇/青山镇/build/site/index.html", []),
        ("workspace.yaml", EVERY),
        ("rules/shared.yaml", EVERY),
    ],
)
def test_a_file_touches_its_site_and_those_that_lean_on_it(root: Path, file: str, touched: list[str]) -> None:
    assert folders(root, file) == sorted(touched)


def test_without_a_change_named_all_sites_are_built(root: Path) -> None:
    assert folders(root) == sorted(EVERY)
    (root / "empty.txt").write_text("", encoding="utf-8")
    assert folders(root, "--files-from", root / "empty.txt") == []
    assert "没有涉及" in plan(root, "--files-from", root / "empty.txt")


def test_git_tells_a_new_text_from_a_new_name(tmp_path: Path) -> None:
    (tmp_path / "county").mkdir()
    with repository(tmp_path / "county") as commit:
        root = county(tmp_path / "county")
        commit("2024-07-01T09:00:00+08:00")
        assert folders(root, "--since", "HEAD") == []
        page = root / "县/content/policies/2024/2.md"
        text = page.read_text(encoding="utf-8")
        page.write_text(text + "\n又一段。\n", encoding="utf-8")
        assert folders(root, "--since", "HEAD") == ["县"]
        page.write_text(text.replace("县政发〔2024〕2号", "县政发〔2024〕3号"), encoding="utf-8")
        assert folders(root, "--since", "HEAD") == ["县"], "nobody asks for anything that is not there"
        page.unlink()
        (root / "乡镇/白水镇/content/policies/2024/8.md").write_text(
            policy(
                "通知", "白政发〔2024〕8号", "白水镇人民政府", "2024-05-02", "按照国办发〔2019〕54号办理。"
            ),
            encoding="utf-8",
        )
        assert folders(root, "--since", "HEAD") == ["乡镇/白水镇", "县"]
        code, said = govsite("plan", "--site", root, "--since", "没有的版本")
        assert (code, "Traceback" in said) == (2, False)


def test_packing_is_even_and_always_the_same() -> None:
    sites = [Touched(f"s{number}", f"s{number}", cost, ()) for number, cost in enumerate((7, 6, 5, 4, 4, 2))]
    first = pack_shards(sites, 3)
    assert [shard.cost for shard in first] == [9, 10, 9]
    assert [[site.place for site in shard.sites] for shard in first] == [
        ["s0", "s5"],
        ["s1", "s4"],
        ["s2", "s3"],
    ]
    assert pack_shards(list(reversed(sites)), 3)[0].cost == 9
    assert len(pack_shards(sites[:1], 3)) == 1
    assert pack_shards([], 3) == ()


def test_measured_costs_come_before_counted_documents(tmp_path: Path) -> None:
    root = county(tmp_path / "county")
    (root / "build").mkdir()
    (root / "build/costs.json").write_text('{"xian": [2, 9.0], "baishui": [1, 5.0]}', encoding="utf-8")
    shards = json.loads(plan(root, "--format", "json"))["shards"]
    assert [[site["folder"] for site in shard["sites"]] for shard in shards] == [
        ["县"],
        ["乡镇/白水镇", "乡镇/青山镇"],
    ]
    (root / "build/costs.json").write_text("[]", encoding="utf-8")
    assert len(json.loads(plan(root, "--format", "json"))["shards"]) == 2


def test_the_gitlab_pipeline_and_the_github_matrix_can_be_read(root: Path) -> None:
    pipeline = yaml.safe_load(plan(root, "--format", "gitlab", "--include", ".gitlab/govsite.yml"))
    jobs = {name: job for name, job in pipeline.items() if name.startswith("govsite ")}
    assert list(jobs) == ["govsite 1/2", "govsite 2/2", "govsite join"]
    assert pipeline["include"] == [{"local": ".gitlab/govsite.yml"}]
    assert all(job["stage"] in pipeline["stages"] and job["script"] for job in jobs.values())
    assert "build/workspace/xian/" in jobs["govsite 2/2"]["artifacts"]["paths"]
    matrix = json.loads(plan(root, "--format", "github"))
    assert [one["shard"] for one in matrix["include"]] == [1, 2]
    assert all(one["run"].startswith("govsite build --workspace") for one in matrix["include"])


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_the_makefile_run_by_two_jobs_comes_to_the_same_bytes(tmp_path: Path) -> None:
    whole, shards = county(tmp_path / "whole"), county(tmp_path / "in shards")
    code, said = govsite("build", "--workspace", "--site", whole, environ=ENVIRON)
    assert code == 0, said
    plan(shards, "--format", "make", "--output", shards / "plan.mk")
    command = f"'{sys.executable}' -m govsite"
    made = subprocess.run(
        ["make", "-f", "plan.mk", "-j2", f"GOVSITE={command}"], cwd=shards, capture_output=True, text=True, check=False,
        env={**os.environ, **ENVIRON},
    )  # fmt: skip
    assert made.returncode == 0, made.stdout + made.stderr
    assert "busy" not in made.stderr

    def result(root: Path) -> dict[str, bytes]:
        files = tree(root / "build/workspace") | tree(root / "build/inventories")
        return {path: content for path, content in files.items() if not path.endswith(".lock")}

    assert result(shards) == result(whole)


def test_a_build_of_one_site_reads_the_others_inventories_as_they_are_kept(tmp_path: Path) -> None:
    root = county(tmp_path / "county")
    plan(root)
    kept = root / "build/inventories/xian.known"
    good = kept.read_bytes()
    for damaged in (b"", good[:-5], good.replace("县政发".encode(), "县政办".encode())):
        kept.write_bytes(damaged)
        code, said = govsite("build", "--workspace", "--site", root, "--member", "qingshan", environ=ENVIRON)
        assert code == 0, said
        assert kept.read_bytes() == good
    write(root, {"县/content/policies/2024/1.md": None})
    code, said = govsite("build", "--workspace", "--site", root, "--member", "qingshan", environ=ENVIRON)
    assert code == 1
    assert "LNK101" in said
