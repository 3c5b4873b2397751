"""The swap, the recovery after a kill at each of its steps, and the lock."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from govsite.files import swap
from govsite.files.lock import FileLock, LockedError


def _folder(path: Path, word: str) -> Path:
    path.mkdir()
    path.joinpath("word").write_text(word)
    return path


def _words(parent: Path) -> dict[str, str]:
    return {path.name: path.joinpath("word").read_text() for path in parent.iterdir()}


@pytest.fixture(params=["exchange", "two renames"], autouse=True)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways to swap, whatever this system can do."""
    if request.param == "two renames":
        monkeypatch.setattr(swap, "exchange", lambda first, second: False)
    return str(request.param)


def test_the_first_site_has_no_previous_one(tmp_path: Path) -> None:
    swap.replace_folder(_folder(tmp_path / "new", "1"), tmp_path / "site", tmp_path / "previous")
    assert _words(tmp_path) == {"site": "1"}


def test_the_site_replaced_is_kept_and_the_one_before_it_goes(tmp_path: Path) -> None:
    for word in ("1", "2", "3"):
        swap.replace_folder(_folder(tmp_path / "new", word), tmp_path / "site", tmp_path / "previous")
    assert _words(tmp_path) == {"site": "3", "previous": "2"}


def test_what_an_earlier_kill_left_does_not_matter(tmp_path: Path) -> None:
    _folder(tmp_path / "site", "1")
    _folder(tmp_path / "previous", "0")
    _folder(tmp_path / "previous.old", "-1")
    swap.replace_folder(_folder(tmp_path / "new", "2"), tmp_path / "site", tmp_path / "previous")
    assert _words(tmp_path) == {"site": "2", "previous": "1"}


def test_recovery_gives_the_last_good_folder_its_name_back(tmp_path: Path) -> None:
    _folder(tmp_path / "previous", "1")
    swap.recover(tmp_path / "site", tmp_path / "previous")
    assert _words(tmp_path) == {"site": "1"}


def test_recovery_leaves_a_site_that_is_there_alone(tmp_path: Path) -> None:
    _folder(tmp_path / "site", "2")
    _folder(tmp_path / "previous", "1")
    swap.recover(tmp_path / "site", tmp_path / "previous")
    assert _words(tmp_path) == {"site": "2", "previous": "1"}


def test_removing_follows_no_link(tmp_path: Path) -> None:
    _folder(tmp_path / "kept", "1")
    link = tmp_path / "link"
    try:
        link.symlink_to(tmp_path / "kept", target_is_directory=True)
    except OSError:
        pytest.skip("this system makes no links for this user")
    swap.remove_folder(link)
    assert _words(tmp_path) == {"kept": "1"}
    swap.remove_folder(tmp_path / "not there")


def test_a_file_is_replaced_in_one_step_and_left_alone_where_it_is_the_same(tmp_path: Path) -> None:
    file = tmp_path / "word"
    swap.replace_content(file, b"first")
    before = file.stat()
    swap.replace_content(file, b"first")
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    swap.replace_content(file, b"second")
    assert file.read_bytes() == b"second"
    assert file.stat().st_ino != before.st_ino  # never written into: its bytes may have another name
    assert [path.name for path in tmp_path.iterdir()] == ["word"]


def test_a_lock_is_held_by_one_and_given_back_by_the_dead(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "lock"
    hold = "import sys, time\nfrom pathlib import Path\nfrom govsite.files.lock import FileLock\n"
    hold += (
        "lock = FileLock(Path(sys.argv[1]))\nlock.__enter__()\nprint('held', flush=True)\ntime.sleep(600)\n"
    )
    holder = subprocess.Popen([sys.executable, "-c", hold, str(path)], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdout.readline().strip() == b"held"
    with pytest.raises(LockedError), FileLock(path):
        pytest.fail("two hold one lock")
    holder.kill()
    holder.wait()
    holder.stdout.close()
    with FileLock(path):
        pass
    with FileLock(path):
        pass
