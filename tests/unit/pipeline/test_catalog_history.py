"""What was added, changed and removed in the catalog, from git: the days, the words, and what must never be told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from committing import git, repository
from govsite.messages.catalogue import translator
from govsite.model.body import Body
from govsite.render.catalog_history import catalog_history_csv
from govsite.render.context import RenderContext
from govsite.settings.read import read_settings
from running import govsite, link_site, tree, write_site

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="no git on this machine")
CSV = "catalog/history.csv"
HEAD = "日期,变动,领域,编号,事项,要素,原为,现为"


def _catalog(domain: str, *items: str) -> str:
    return f"领域: {domain}\n事项:\n" + "".join(items)


def _item(id_: str, name: str, deadline: str = "自制定或获取信息之日起20个工作日内", **more: str) -> str:
    keys = {
        "编号": id_, "一级事项": "综合业务", "二级事项": name, "公开内容": "[办理条件]", "公开依据": "[《社会救助暂行办法》]",
        "公开时限": deadline, "公开主体": "[试验镇人民政府]", "公开渠道": "[政府网站]", "公开对象": "[全社会]", "公开方式": "[主动]", **more,
    }  # fmt: skip
    return "  - " + "    ".join(f"{key}: {value}\n" for key, value in keys.items())


def _day(day: str, hour: int = 9) -> str:
    return f"{day}T{hour:02d}:00:00+08:00"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Six commits: begun, changed twice on a day, broken, a domain more, one taken away, one nothing to do with it."""
    folder = write_site(
        tmp_path / "镇 里",
        {
            "content/catalog/shjz.yaml": _catalog(
                "社会救助", _item("shjz-01", "政策法规"), _item("shjz-02", "监督检查")
            )
        },
    )
    shjz = folder / "content/catalog/shjz.yaml"
    with repository(folder) as commit:
        commit(_day("2024-01-05"))
        shjz.write_text(
            _catalog("社会救助", _item("shjz-01", "政策法规", "实时"), _item("shjz-02", "监督检查")),
            encoding="utf-8",
        )
        commit(_day("2024-03-01"))
        faster = _item("shjz-01", "政策法规", "自制定或获取信息之日起10个工作日内")
        secret = _item("shjz-09", "内部事项", 公开属性="不予公开", 不公开理由="内部管理信息")
        shjz.write_text(_catalog("社会救助", faster, _item("shjz-02", "监督检查"), secret), encoding="utf-8")
        commit(_day("2024-03-01", 20))
        shjz.write_text("领域: [社会救助\n", encoding="utf-8")
        commit(_day("2024-03-05"))
        shjz.write_text(_catalog("社会救助", faster, _item("shjz-02", "监督检查"), secret), encoding="utf-8")
        write_site(
            folder,
            {"content/catalog/jy.yaml": _catalog("就业", _item("jy-01", "岗位"), _item("jy-02", "补贴"))},
        )
        commit(_day("2024-05-01"))
        phone = _item("shjz-03", "热线13812345678")
        shjz.write_text(_catalog("社会救助", faster, phone), encoding="utf-8")
        commit(_day("2024-06-01"))
        shjz.write_text(_catalog("社会救助", faster, _item("shjz-03", "热线")), encoding="utf-8")
        commit(_day("2024-06-02"))
        (folder / "README.md").write_text("说明", encoding="utf-8")
        commit(_day("2024-07-01"))
    return folder


RECORD = (
    "2024-06-02,调整,社会救助,shjz-03,热线,二级事项,热线***********,热线",
    "2024-06-01,新增,社会救助,shjz-03,热线***********,,,",
    "2024-06-01,取消,社会救助,shjz-02,监督检查,,,",
    "2024-05-01,新增,就业,,整个领域，2 项,,,",
    "2024-03-01,调整,社会救助,shjz-01,政策法规,公开时限,自制定或获取信息之日起20个工作日内,自制定或获取信息之日起10个工作日内",
)


def _built(site: Path, *words: str) -> dict[str, bytes]:
    exit_code, output = govsite("build", "--site", site, *words)
    assert exit_code == 0, output
    return tree(site / "build" / "site")


def _rows(files: dict[str, bytes]) -> tuple[str, ...]:
    head, *rows = files[CSV].decode("utf-8-sig").splitlines()
    assert head == HEAD
    return tuple(rows)


def _record(site: Path) -> tuple[str, ...]:
    """The rows of the record, without making pages."""
    linked, _ = link_site(site)
    context = RenderContext(linked, read_settings(site, {})[0], translator("zh"), body=lambda key: Body())
    return _rows({CSV: catalog_history_csv(context)})


def test_every_day_is_told_once_and_nothing_that_is_withheld_or_personal(site: Path) -> None:
    files = _built(site)
    assert _rows(files) == RECORD
    page = files["catalog/history.html"].decode()
    assert "记录从2024年1月5日起：当时有 1 个领域、2 个事项。" in page
    for path, content in files.items():
        assert "内部事项".encode() not in content, path
        assert b"13812345678" not in content, path
    assert "目录动态调整记录" in files["catalog/shjz/index.html"].decode()


def test_an_item_that_is_withheld_today_is_gone_from_the_record(site: Path) -> None:
    text = (site / "content/catalog/shjz.yaml").read_text(encoding="utf-8")
    hidden = text.replace(
        "    公开时限: 自制定或获取信息之日起10",
        "    公开属性: 不予公开\n    不公开理由: 内部管理信息\n    公开时限: 自制定或获取信息之日起10",
    )
    (site / "content/catalog/shjz.yaml").write_text(hidden, encoding="utf-8")
    assert _record(site) == RECORD[:4]


def test_what_is_not_committed_does_not_appear_and_a_commit_makes_it_appear(site: Path) -> None:
    assert _rows(_built(site)) == RECORD
    jy = site / "content/catalog/jy.yaml"
    jy.write_text(
        _catalog("就业", _item("jy-01", "岗位"), _item("jy-02", "补贴"), _item("jy-03", "培训")),
        encoding="utf-8",
    )
    assert _rows(_built(site)) == RECORD
    git(site, "commit", "--quiet", "--all", "--message", "x", moment=_day("2024-08-01"))
    after = _built(site)
    assert _rows(after) == ("2024-08-01,新增,就业,jy-03,培训,,,", *RECORD)
    assert _built(site, "--clean") == after


def test_a_merge_counts_on_the_day_it_came_in(site: Path) -> None:
    git(site, "checkout", "--quiet", "-b", "work", "HEAD~2")
    (site / "content/catalog/jy.yaml").write_text(_catalog("就业", _item("jy-01", "岗位")), encoding="utf-8")
    git(site, "commit", "--quiet", "--all", "--message", "x", moment=_day("2024-06-20"))
    git(site, "checkout", "--quiet", "main")
    git(site, "merge", "--quiet", "--no-ff", "--message", "m", "work", moment=_day("2024-09-09"))
    assert _record(site) == ("2024-09-09,取消,就业,jy-02,补贴,,,", *RECORD)


def test_the_record_can_begin_later(site: Path) -> None:
    config = site / "config.yaml"
    config.write_text(config.read_text(encoding="utf-8") + "目录记录起点: 2024-05-15\n", encoding="utf-8")
    files = _built(site)
    assert _rows(files) == RECORD[:3]
    assert "记录从2024年5月15日起。" in files["catalog/history.html"].decode()


def test_without_a_whole_repository_there_is_no_record(site: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut"
    git(tmp_path, "clone", "--quiet", "--depth=2", site.as_uri(), str(cut))
    shutil.copytree(site, tmp_path / "plain", ignore=shutil.ignore_patterns(".git", "build"))
    for folder in (cut, tmp_path / "plain"):
        files = _built(folder)
        assert _rows(files) == ()
        assert "目录今后的调整在这里公布" in files["catalog/history.html"].decode()
    assert _built(cut) == files


def test_a_site_in_a_folder_of_a_repository_has_its_own_record(site: Path, tmp_path: Path) -> None:
    outer = tmp_path / "county"
    town = outer / "towns" / "甲镇"
    write_site(town, {"content/catalog/jy.yaml": _catalog("就业", _item("jy-01", "岗位"))})
    write_site(
        outer / "towns" / "乙镇", {"content/catalog/jy.yaml": _catalog("就业", _item("jy-01", "岗位"))}
    )
    with repository(outer) as commit:
        commit(_day("2024-01-05"))
        (town / "content/catalog/jy.yaml").write_text(
            _catalog("就业", _item("jy-01", "招聘")), encoding="utf-8"
        )
        commit(_day("2024-02-05"))
    assert _record(town) == ("2024-02-05,调整,就业,jy-01,招聘,二级事项,岗位,招聘",)
    assert _record(outer / "towns" / "乙镇") == ()


def test_a_commit_elsewhere_costs_no_reading_of_the_catalog(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = link_site(site)[0].catalog_history
    assert [day.day for day in first.days] == ["2024-06-02", "2024-06-01", "2024-05-01", "2024-03-01"]
    assert _record(site) == RECORD
    (site / "README.md").write_text("别的", encoding="utf-8")
    git(site, "commit", "--quiet", "--all", "--message", "x", moment=_day("2024-08-01"))

    def fail(_: Path) -> None:
        raise AssertionError("the catalog was read again")

    monkeypatch.setattr("govsite.pipeline.catalog_history.read_commits", fail)
    assert _record(site) == RECORD


def test_two_days_can_be_compared(site: Path) -> None:
    exit_code, output = govsite("diff", "2024-02-01", "2024-06-30", "--site", site)
    assert exit_code == 0
    part = output.partition("公开事项目录的变化\n")[2].partition("\n\n")[0]
    assert part.splitlines() == [
        "  新增 就业：整个领域，2 项",
        "  修改 社会救助：政策法规（shjz-01）",
        "    公开时限: 自制定或获取信息之日起20个工作日内 → 自制定或获取信息之日起10个工作日内",
        "  新增 社会救助：热线（shjz-03）",
        "  撤下 社会救助：监督检查（shjz-02）",
    ]
    page = govsite("diff", "2024-02-01", "2024-06-30", "--site", site, "--format", "html")[1]
    assert "公开事项目录的变化</h2>" in page
    assert "内部事项" not in output + page
