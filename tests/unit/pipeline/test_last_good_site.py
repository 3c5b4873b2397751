"""The last good site survives: a full disk, a folder that cannot be written, a broken theme, a bad file, a kill."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from govsite.files.digest import sha256_of
from govsite.files.lock import FileLock
from govsite.files.swap import remove_folder
from govsite.model.addresses import MANIFEST
from govsite.pipeline.build import Request, build_site
from govsite.write.staging import Staging
from running import CONFIG, document, govsite, interpretation, policy, read_manifest, tree, write_site

FILES: dict[str, str | bytes] = {
    "content/policies/1.md": policy("见[表](biao.txt)。\n", 发文字号="试政发〔2024〕1号"),
    "content/policies/biao.txt": "一二三" * 1000,
    "content/interpretations/1.md": interpretation(标题="一读就懂", 解读文件="试政发〔2024〕1号"),
    "content/disclosures/1.md": document(栏目="tzgg"),
}


LOCK = Staging(Path("site")).lock.name
KILLS = int(os.environ.get("KILLS", "30"))  # 200 for a full run


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site that was built once."""
    folder = write_site(tmp_path / "site", FILES)
    assert govsite("build", "--site", folder, "--quiet") == (0, "")
    return folder


def _is_whole(folder: Path) -> bool:
    """Whether every file that the manifest lists is there as listed, and no other."""
    if not folder.joinpath(MANIFEST).is_file():
        return False
    listed = {path: sha256 for path, (sha256, _) in read_manifest(folder).items()}
    return listed == {path: sha256_of(content) for path, content in tree(folder).items() if path != MANIFEST}


def _beside(site: Path) -> set[str]:
    """What lies in the folder of the output, but for the cache."""
    return {path.name for path in site.joinpath("build").iterdir()} - {"cache"}


def _change(site: Path, words: str) -> None:
    write_site(site, {"content/disclosures/1.md": document(f"{words}。\n", 栏目="tzgg")})


# --- files and themes that are wrong

BROKEN: dict[str, tuple[str, dict[str, str | bytes]]] = {
    "a file that is no UTF-8": (
        "SRC101",
        {"content/disclosures/2.md": "---\n标题: 通知\n---\n".encode("gbk")},
    ),
    "front matter that is no YAML": ("SRC105", {"content/disclosures/2.md": "---\n标题: [\n---\n"}),
    "a document without disclosure attribute": (
        "DOC101",
        {"content/disclosures/2.md": document(公开属性="")},
    ),
    "a template that is no Jinja": (
        "THM101",
        {"config.yaml": CONFIG + "主题: own\n", "themes/own/templates/document.html": "{% if %}"},
    ),
    "a template that fails over one kind of page": (
        "THM102",
        {"config.yaml": CONFIG + "主题: own\n", "themes/own/templates/document.html": "{{ view.nothing }}"},
    ),
    "a template that is no UTF-8": (
        "THM104",
        {"config.yaml": CONFIG + "主题: own\n", "themes/own/templates/document.html": "中文".encode("gbk")},
    ),
    "a theme that is not there": ("THM103", {"config.yaml": CONFIG + "主题: none\n"}),
    "a theme that drops what a page must carry": (
        "WEB102",
        {
            "config.yaml": CONFIG + "主题: own\n",
            "themes/own/templates/document.html": "<html><body>x</body></html>",
        },
    ),
    "settings that are no YAML": ("SRC105", {"config.yaml": "站点: ["}),
}


@pytest.mark.parametrize("case", BROKEN)
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_is_wrong_in_the_sources_leaves_the_site_as_it_was(case: str, jobs: str, site: Path) -> None:
    before = tree(site / "build" / "site")
    code, files = BROKEN[case]
    write_site(site, {**FILES, "content/disclosures/1.md": document("新。\n", 栏目="tzgg"), **files})
    exit_code, output = govsite("build", "--site", site, "--jobs", jobs)
    assert f"[{code}]" in output
    assert "[BUG" not in output
    assert exit_code == 1
    assert tree(site / "build" / "site") == before
    assert _beside(site) == {"site", LOCK}


# --- a disk that is full or must not be written


def _mount(folder: Path, *options: str) -> bool:
    words = ["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", str(folder)]
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 12 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() != 0 or not _mount(folder, "size=12m"):
        pytest.skip("only root can mount a small disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def _fill(disk: Path, leave: int) -> None:
    """Fill a disk up to `leave` bytes."""
    free = os.statvfs(disk)
    (disk / "filler").write_bytes(b"\0" * max(0, free.f_bavail * free.f_frsize - leave))


@pytest.mark.parametrize("leave", [0, 60_000, 400_000])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_full_disk_leaves_the_site_as_it_was(leave: int, jobs: str, small_disk: Path) -> None:
    site = write_site(small_disk / "site", FILES)
    assert govsite("build", "--site", site, "--quiet") == (0, "")
    before = tree(site / "build" / "site")
    _change(site, "\n\n".join(["长" * 1000] * 300))  # more than is left, however little a build writes
    _fill(small_disk, leave)
    exit_code, output = govsite("build", "--site", site, "--jobs", jobs)
    assert "[OUT102]" in output
    assert exit_code == 1
    assert tree(site / "build" / "site") == before
    (small_disk / "filler").unlink()
    assert govsite("build", "--site", site, "--quiet") == (0, "")
    assert _is_whole(site / "build" / "site")


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_full_disk_for_temporary_files_is_a_problem_not_a_bug(
    jobs: int, small_disk: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(site / "build" / "site")
    monkeypatch.setattr("tempfile.tempdir", str(small_disk))
    _fill(small_disk, 0)
    _change(site, "长" * 100_000)
    outcome = build_site(
        Request(site, site / "build" / "site", jobs)
    )  # without a cache it needs room elsewhere
    assert [finding.problem.code for finding in outcome.findings] == ["OUT102"]
    assert outcome.exit_code == 1
    assert tree(site / "build" / "site") == before


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_with_a_cache_a_build_needs_no_temporary_files(
    jobs: str, small_disk: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(small_disk))
    _fill(small_disk, 0)
    _change(site, "长" * 100_000)
    assert govsite("build", "--site", site, "--jobs", jobs, "--quiet") == (0, "")
    assert _is_whole(site / "build" / "site")


def test_a_disk_that_must_not_be_written_leaves_the_site_as_it_was(small_disk: Path) -> None:
    site = write_site(small_disk / "site", FILES)
    assert govsite("build", "--site", site, "--quiet") == (0, "")
    before = tree(site / "build" / "site")
    _change(site, "新")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    exit_code, output = govsite("build", "--site", site)
    assert "[OUT102]" in output
    assert exit_code == 1
    assert tree(site / "build" / "site") == before


@pytest.mark.parametrize("step", ["open", "write", "copy", "commit"])
def test_an_error_of_the_file_system_at_any_step_leaves_the_site_as_it_was(
    step: str, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(site / "build" / "site")
    _change(site, "新")
    (site / "content" / "policies" / "biao.txt").write_text("四五六" * 1000, encoding="utf-8")

    def fail(*words: object) -> None:
        raise OSError(28, "No space left on device")

    owner = "Staging" if step in {"open", "commit"} else "Writer"
    monkeypatch.setattr(f"govsite.write.staging.{owner}.{step}", fail)
    exit_code, output = govsite("build", "--site", site)
    assert "[OUT102]" in output
    assert exit_code == 1
    assert tree(site / "build" / "site") == before
    monkeypatch.undo()
    assert govsite("build", "--site", site, "--quiet") == (0, "")
    assert "新。" in (site / "build" / "site" / "disclosures" / "1.html").read_text(encoding="utf-8")


# --- output that is not ours


def test_a_folder_that_govsite_did_not_write_is_left_alone(site: Path, tmp_path: Path) -> None:
    write_site(tmp_path / "own", {"letter.txt": "important"})
    exit_code, output = govsite("build", "--site", site, "--out", tmp_path / "own")
    assert "[OUT101]" in output
    assert exit_code == 1
    assert (tmp_path / "own" / "letter.txt").read_text() == "important"


@pytest.mark.parametrize("out", [".", "content", "content/policies", ".."])
def test_the_sources_are_never_written_over(out: str, site: Path) -> None:
    before = {path: content for path, content in tree(site).items() if not path.startswith("build/")}
    exit_code, output = govsite("build", "--site", site, "--out", site / out)
    assert "[OUT104]" in output
    assert exit_code == 1
    assert {path: content for path, content in tree(site).items() if not path.startswith("build/")} == before


def test_a_second_build_at_the_same_time_is_refused(site: Path) -> None:
    before = tree(site / "build" / "site")
    _change(site, "新")
    with FileLock(site / "build" / LOCK):
        exit_code, output = govsite("build", "--site", site)
    assert "[OUT105]" in output
    assert exit_code == 1
    assert tree(site / "build" / "site") == before


# --- killed

_DYING = """
import os, sys
from pathlib import Path
from govsite.files import swap
left, can_exchange = int(sys.argv[1]), sys.argv[2] == "exchange"
rename = Path.rename
def die_at_some_rename(self, target):
    global left
    if left == 0:
        os._exit(9)
    left -= 1
    return rename(self, target)
Path.rename = die_at_some_rename
if not can_exchange:
    swap.exchange = lambda first, second: False
from govsite.cli.app import run
sys.exit(run(sys.argv[3:]))
"""


@pytest.mark.parametrize("way", ["exchange", "two renames"])
@pytest.mark.parametrize("renames", range(4))
def test_death_between_two_steps_of_the_swap_leaves_a_whole_site(renames: int, way: str, site: Path) -> None:
    _change(site, "第二版")
    assert govsite("build", "--site", site, "--quiet")[0] == 0  # now there is a previous site as well
    old = tree(site / "build" / "site")
    _change(site, "第三版")
    words = [sys.executable, "-c", _DYING, str(renames), way, "build", "--site", str(site), "--jobs", "1"]
    done = subprocess.run(words, capture_output=True, check=False)
    assert done.returncode in {0, 9}, done.stderr
    folder = site / "build" / "site"
    kept = folder if folder.exists() else folder.with_name("site.previous")
    assert folder.exists() or way == "two renames"
    assert _is_whole(kept)
    assert tree(kept) == old or "第三版" in (kept / "disclosures" / "1.html").read_text(encoding="utf-8")
    _change(site, "第四版")
    assert govsite("build", "--site", site, "--quiet") == (0, "")
    assert _is_whole(folder)
    assert "第四版" in (folder / "disclosures" / "1.html").read_text(encoding="utf-8")
    assert _beside(site) == {"site", "site.previous", LOCK}


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9 on Windows")
def test_a_kill_at_any_moment_leaves_the_old_or_the_new_site(site: Path) -> None:
    folder = site / "build" / "site"
    words = [sys.executable, "-m", "govsite", "build", "--site", str(site), "--quiet", "--jobs", "2"]
    _change(site, "第0版")
    started = time.monotonic()
    subprocess.run(words, check=True)
    whole = time.monotonic() - started
    chance = random.Random(20240601)  # noqa: S311 - moments, no secret
    killed = 0
    standing = "第0版"
    for number in range(1, KILLS + 1):
        written = f"第{number}版"
        _change(site, written)
        build = subprocess.Popen(words, start_new_session=True)
        try:
            build.wait(whole * chance.uniform(0.2, 1.1))
        except subprocess.TimeoutExpired:
            os.killpg(build.pid, 9)
            killed += 1
        build.wait()
        assert _is_whole(folder), number
        page = (folder / "disclosures" / "1.html").read_text(encoding="utf-8")
        found = [version for version in (standing, written) if f"<p>{version}。" in page]
        assert found, (standing, written)
        standing = found[0]
    assert killed
    assert govsite("build", "--site", site, "--quiet") == (0, "")
    assert _is_whole(folder)
    assert govsite("build", "--site", site, "--quiet", "--clean", "--out", site / "build" / "anew") == (0, "")
    assert tree(folder) == tree(site / "build" / "anew")
    for name in ("anew", ".anew.lock"):
        remove_folder(site / "build" / name)
    assert _beside(site) == {"site", "site.previous", LOCK}
