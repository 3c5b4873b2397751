from __future__ import annotations

from pathlib import Path

import pytest
from edition_files import NOW, Bench, shown_edition

from govsite.edition.folder import TerminalFolder
from govsite.edition.history import shown_on
from govsite.edition.install import Order, install, roll_back
from govsite.edition.refusal import RefusedError
from govsite.files.lock import FileLock
from govsite.files.signature import make_keys


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench.at(tmp_path)


def _shown(bench: Bench) -> int:
    return shown_edition(bench.place / "terminal", bench.keys.public)


def test_an_edition_is_shown_once_all_of_it_is_there(bench: Bench) -> None:
    done = bench.install(bench.pack(1))
    assert (done.changed, done.new_key, _shown(bench)) == (True, True, 1)
    assert (bench.place / "terminal" / "index.html").is_file()
    assert not list((bench.place / "terminal").rglob("*.new"))


def test_the_next_ones_follow_without_the_key_and_two_are_kept(bench: Bench) -> None:
    for number in (1, 2, 3):
        bench.install(bench.pack(number, f"m{number}"), key=bench.keys.public if number == 1 else None)
    assert _shown(bench) == 3
    names = sorted(path.name[:6] for path in (bench.place / "terminal" / "editions").iterdir())
    assert names == ["000002", "000003"]


def test_going_back_shows_the_edition_before_and_the_newer_one_can_be_installed_again(bench: Bench) -> None:
    bench.install(bench.pack(1))
    second = bench.pack(2, "new")
    bench.install(second)
    roll_back(bench.order())
    assert _shown(bench) == 1
    bench.install(second)
    assert _shown(bench) == 2
    events = [row[1:3] for row in TerminalFolder(bench.place / "terminal").read_log()]
    assert events == [("install", "1"), ("install", "2"), ("rollback", "1"), ("install", "2")]


def test_installing_the_same_edition_again_changes_nothing(bench: Bench) -> None:
    file = bench.pack(1)
    bench.install(file)
    assert not bench.install(file).changed


def test_a_small_edition_gives_the_very_bytes_of_the_whole_one(bench: Bench) -> None:
    base = bench.pack(1)
    whole, small = bench.pack(2, "changed"), bench.pack_small(base, 2, "changed")
    for to, files in (("a", (base, whole)), ("b", (base, small))):
        for file in files:
            bench.install(file, to=to)
    trees = [
        {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}
        for root in (bench.place / "a/editions", bench.place / "b/editions")
    ]
    assert trees[0] == trees[1]
    assert small.stat().st_size < whole.stat().st_size / 3


def test_a_small_edition_is_refused_on_any_other_base(bench: Bench) -> None:
    base = bench.pack(1)
    small = bench.pack_small(base, 3, "x")
    bench.install(bench.pack(2, "other"))
    with pytest.raises(RefusedError, match="KSK109"):
        bench.install(small)
    with pytest.raises(RefusedError, match="KSK109"):
        bench.install(small, to="empty")
    assert _shown(bench) == 2


def test_an_older_edition_needs_a_reason_which_is_logged(bench: Bench) -> None:
    older = bench.pack(1)
    bench.install(bench.pack(5, "m"))
    with pytest.raises(RefusedError, match="KSK106"):
        bench.install(older)
    assert _shown(bench) == 5
    bench.install(older, allow_older="第5版有误，县办同意退回")
    assert _shown(bench) == 1
    assert list(TerminalFolder(bench.place / "terminal").read_log())[-1][5] == "第5版有误，县办同意退回"


def test_one_number_cannot_mean_two_editions(bench: Bench) -> None:
    bench.install(bench.pack(1))
    with pytest.raises(RefusedError, match="KSK117"):
        bench.install(bench.pack(1, "other"))


def test_an_expired_edition_and_one_of_another_site_are_refused_with_both_reasons(bench: Bench) -> None:
    bench.install(bench.pack(1))
    foreign = bench.pack(2, "f", site="别处", not_after="2026-11-24")
    with pytest.raises(RefusedError, match="KSK107, KSK110"):
        bench.install(foreign)
    bench.install(bench.pack(3, "today", not_after=NOW.date().isoformat()))
    assert _shown(bench) == 3


def test_without_a_key_or_with_another_one_nothing_is_installed(bench: Bench) -> None:
    file = bench.pack(1)
    with pytest.raises(RefusedError, match="KSK114"):
        bench.install(file, key=None)
    with pytest.raises(RefusedError, match="KSK119"):
        bench.install(file, key=b"no key")
    bench.install(file)
    with pytest.raises(RefusedError, match="KSK120"):
        bench.install(bench.pack(2, "x"), key=make_keys().public)


def test_a_later_reader_is_asked_for_in_words(bench: Bench) -> None:
    with pytest.raises(RefusedError, match="KSK108"):
        bench.install(bench.pack(1, reader=99))


def test_a_folder_with_other_files_is_left_alone(bench: Bench) -> None:
    folder = bench.place / "terminal"
    folder.mkdir()
    (folder / "账册.xlsx").write_bytes(b"x")
    with pytest.raises(RefusedError, match="KSK112"):
        bench.install(bench.pack(1))
    assert [path.name for path in folder.iterdir()] == ["账册.xlsx"]


def test_two_installs_at_a_time_are_one_too_many(bench: Bench) -> None:
    bench.install(bench.pack(1))
    with FileLock(bench.place / "terminal" / ".lock"), pytest.raises(RefusedError, match="KSK113"):
        bench.install(bench.pack(2, "x"))


def test_a_damaged_pointer_is_mended_by_a_whole_edition_that_is_not_older(bench: Bench) -> None:
    older = bench.pack(1)
    bench.install(bench.pack(2, "m"))
    pointer = bench.place / "terminal" / "current.js"
    pointer.write_bytes(b"\x00broken")
    with pytest.raises(RefusedError, match="KSK106"):
        bench.install(older)
    bench.install(bench.pack(3, "x"))
    assert _shown(bench) == 3


def test_going_back_to_a_damaged_edition_is_refused(bench: Bench) -> None:
    bench.install(bench.pack(1))
    bench.install(bench.pack(2, "x"))
    root = bench.place / "terminal"
    next(root.glob("editions/000001-*/site/index.html")).write_bytes(b"changed")
    with pytest.raises(RefusedError, match="KSK116"):
        roll_back(bench.order())
    assert _shown(bench) == 2


def test_going_back_where_nothing_was_before_is_refused(bench: Bench) -> None:
    bench.install(bench.pack(1))
    with pytest.raises(RefusedError, match="KSK115"):
        roll_back(bench.order())


def test_the_log_tells_what_was_public_on_a_day(bench: Bench) -> None:
    root = bench.place / "terminal"
    for number, day in ((1, 3), (2, 9)):
        install(Order(root, NOW.replace(day=day), bench.keys.public, bench.pack(number, f"m{number}")))
    assert [period.edition for period in shown_on(root, "2026-11-02")] == []
    assert [period.edition for period in shown_on(root, "2026-11-05")] == [1]
    assert [period.edition for period in shown_on(root, "2026-11-09")] == [1, 2]
    (period,) = shown_on(root, "2026-12-01")
    assert period.manifest is not None
    assert "site/policies/2024/3.html" in period.manifest.by_path


def test_a_kill_between_switch_and_log_loses_no_line_of_the_log(bench: Bench) -> None:
    bench.install(bench.pack(1))
    log = bench.place / "terminal" / "log.csv"
    log.unlink()
    bench.install(bench.pack(2, "x"))
    assert [row[2] for row in TerminalFolder(bench.place / "terminal").read_log()] == ["1", "2"]
