"""The command line: exit codes, languages, wrong usage, what each command leaves behind."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from govsite import __version__
from govsite.cli.app import run
from govsite.problems.rules import rule_table
from govsite.vocab.terms import kinds
from running import CONFIG, document, govsite, policy, tree, write_site

FILES: dict[str, str | bytes] = {
    "content/policies/1.md": policy(),
    "content/disclosures/1.md": document(栏目="tzgg"),
}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small site that is the working folder."""
    monkeypatch.chdir(write_site(tmp_path / "我的 站点", FILES))
    return tmp_path / "我的 站点"


def test_help_is_chinese_and_english_on_request(monkeypatch: pytest.MonkeyPatch) -> None:
    for command in ((), ("build",), ("check",), ("init",), ("new",), ("serve",), ("explain",)):
        monkeypatch.setattr("sys.argv", ["govsite", *command, "--help"])
        exit_code, output = govsite(*command, "--help")
        assert exit_code == 0
        assert "用法" in output
        assert "Usage" not in output
        assert "Show this message" not in output
    monkeypatch.setattr("sys.argv", ["govsite", "build", "--lang", "en", "--help"])
    assert "Usage" in govsite("build", "--lang", "en", "--help")[1]


def test_the_version_is_that_of_the_package() -> None:
    assert govsite("--version") == (0, f"govsite {__version__}\n")


@pytest.mark.parametrize(
    "words",
    [
        ("bild",), ("build", "--jbos", "2"), ("build", "--jobs", "0"), ("build", "--jobs", "x"), ("build", "--as-of", "2024-02-30"),
        ("build", "--format", "pdf"), ("explain",), ("explain", "XYZ999"), ("new",), ("new", "letter"), ("new", "policy"),
        ("new", "policy", "--set", "标题"), ("new", "policy", "--set", "无此要素=1"), ("build", "--site", "nowhere"),
    ],
)  # fmt: skip
def test_wrong_usage_is_two_and_a_sentence(words: tuple[str, ...], site: Path) -> None:
    before = tree(site)
    exit_code, output = govsite(*words)
    assert exit_code == 2
    assert output.strip()
    assert "Traceback" not in output
    assert tree(site) == before


def test_a_mistyped_command_or_option_gets_a_proposal(site: Path) -> None:
    assert "build" in govsite("bild")[1]
    assert "--jobs" in govsite("build", "--jbos", "2")[1]
    assert "DOC104" in govsite("explain", "DOC14")[1]


def test_the_site_is_looked_for_upwards(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site / "content" / "policies")
    assert govsite("build", "--quiet") == (0, "")
    assert site.joinpath("build", "site", "index.html").is_file()


def test_checking_says_what_building_says_and_writes_no_site(site: Path) -> None:
    write_site(site, {"content/policies/2.md": policy(标题="", 公开属性="")})
    exit_code, output = govsite("check", "--format", "json")
    checked = json.loads(output)["problems"]
    assert exit_code == 1
    assert not site.joinpath("build", "site").exists()
    exit_code, output = govsite("build", "--format", "json")
    assert exit_code == 1
    assert json.loads(output)["problems"] == checked
    assert {problem["code"] for problem in checked} == {"FM103", "DOC101"}


def test_one_code_can_be_asked_for(site: Path) -> None:
    write_site(site, {"content/policies/2.md": policy(标题="", 公开属性="")})
    exit_code, output = govsite("check", "--format", "json", "--only", "DOC101")
    assert exit_code == 1
    assert [problem["code"] for problem in json.loads(output)["problems"]] == ["DOC101"]


def test_a_report_can_be_confined_to_a_folder_or_a_file(site: Path, tmp_path: Path) -> None:
    write_site(
        site, {"content/policies/2024/1.md": policy(公开属性=""), "content/pages/2.md": document(公开属性="")}
    )
    assert govsite("check")[0] == 1
    for place, wanted in (("content/policies", {"content/policies/2024/1.md"}), ("content/pages/2.md", {"content/pages/2.md"}), ("config.yaml", set())):  # fmt: skip
        exit_code, output = govsite("check", place, "--format", "json")
        assert {one["file"] for one in json.loads(output)["problems"]} == wanted
        assert exit_code == (1 if wanted else 0)
    outside = tmp_path.parent / "elsewhere"
    outside.mkdir(exist_ok=True)
    assert govsite("check", outside)[0] == 2


def test_a_warning_fails_only_when_strict(site: Path) -> None:
    write_site(site, {"content/policies/2.md": policy(发文字号="试政发[2024]2号")})
    assert govsite("check")[0] == 0
    assert govsite("check", "--strict")[0] == 1
    assert govsite("build")[0] == 0
    assert govsite("build", "--strict")[0] == 1
    write_site(site, {"config.yaml": CONFIG.replace("检查:\n", "检查:\n  失败级别: warning\n")})
    assert govsite("check")[0] == 1


def test_settings_alone_that_are_wrong_are_two(site: Path) -> None:
    write_site(site, {"config.yaml": CONFIG + "无此项设置: 1\n"})
    exit_code, output = govsite("build")
    assert "[CFG102]" in output
    assert exit_code == 2


def test_variables_stand_in_for_options_and_options_win(site: Path, tmp_path: Path) -> None:
    assert govsite("build", "--quiet", environ={"GOVSITE_OUT": str(tmp_path / "one")})[0] == 0
    assert (
        govsite(
            "build", "--quiet", "--out", tmp_path / "two", environ={"GOVSITE_OUT": str(tmp_path / "three")}
        )[0]
        == 0
    )
    assert tmp_path.joinpath("one", "index.html").is_file()
    assert tmp_path.joinpath("two", "index.html").is_file()
    assert not tmp_path.joinpath("three").exists()
    exit_code, output = govsite("build", environ={"GOVSITE_OUTT": "x"})
    assert "CFG110" in output
    assert exit_code == 0


def test_a_build_can_be_verified(site: Path) -> None:
    exit_code, output = govsite("build", "--verify", "--jobs", "2")
    assert exit_code == 0
    assert len(output.splitlines()) == 3


def test_time_comes_from_the_source_date_in_chinese_time(site: Path) -> None:
    write_site(site, {"content/policies/2.md": policy(失效日期="2024-05-01")})
    page = site / "build" / "site" / "policies" / "2.html"
    # 2024-05-01 15:59:59 UTC is still the first of May in China; a second later it is not.
    assert govsite("build", "-q", environ={"SOURCE_DATE_EPOCH": "1714579199"})[0] == 0
    assert 'banner-void">' not in page.read_text(encoding="utf-8").replace(" ", "")
    first = page.read_bytes()
    assert govsite("build", "-q", environ={"SOURCE_DATE_EPOCH": "1714579200"})[0] == 0
    assert page.read_bytes() != first


@pytest.mark.parametrize("kind", [kind.id for kind in kinds().values() if kind.format == "markdown"])
def test_a_new_document_of_every_kind_passes_the_checks(kind: str, site: Path) -> None:
    more = {
        "policy": ["--set", "发文字号=试政发〔2026〕9号", "--set", "发文机关=试验镇人民政府"],
        "interpretation": ["--set", "解读文件=1", "--set", "解读形式=文字"],
        "consultation": ["--set", "开始日期=2026-01-01", "--set", "截止日期=2026-02-01"],
        "village": ["--set", "村居=甲村", "--set", "公开期间=2026年第一季度", "--set", "公开类别=村务"],
        "power": ["--set", "权力类型=行政许可", "--set", "实施主体=甲", "--set", "设定依据=乙"],
        "scene": ["--set", "包含事项=zhi"],
        "budget": ["--set", "年度=2026", "--set", "预决算类别=预算", "--set", "预决算主体=政府"],
        "subsidy": ["--set", "补贴项目=甲", "--set", "年度=2026"],
        "decision": ["--set", "年度=2026"],
        "meeting": ["--set", "会议类别=常务会议", "--set", "召开日期=2026-01-01"],
        "proposal": ["--set", "建议提案类别=人大代表建议"],
        "plan": ["--set", "规划类别=总体规划"],
        "cleanup": ["--set", "清理日期=2026-01-01"],
        "leader": ["--set", "职务=镇长"],
        "benefit": ["--set", "享受对象=小微企业", "--set", "支持内容=甲"],
        "gazette": ["--set", "年度=2026", "--set", "期号=1"],
    }
    if kind == "scene":
        write_site(site, {"content/guides/zhi.md": document()})
    title = "关于“甲”: [乙] #丙 & '丁'"
    exit_code, output = govsite("new", kind, "--title", title, *more.get(kind, []))
    assert exit_code == 0, output
    exit_code, output = govsite("build", "--as-of", "2099-01-01")
    assert exit_code == 0, output
    assert any(
        title in content.decode("utf-8", "replace")
        for path, content in tree(site).items()
        if path.endswith("list.json")
    )


def test_a_new_document_never_replaces_another(site: Path) -> None:
    words = ("new", "disclosure", "--title", "甲", "--set", "栏目=tzgg")
    assert govsite(*words)[0] == govsite(*words)[0] == 0
    assert len(list(site.joinpath("content", "disclosures").rglob("*.md"))) == 3


def test_a_new_site_is_written_only_into_an_empty_folder(site: Path) -> None:
    before = tree(site)
    assert govsite("init", ".")[0] == 2
    assert govsite("init", "content")[0] == 2
    assert tree(site) == before


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_code_is_explained_in_both_languages(lang: str) -> None:
    for code, rule in rule_table().items():
        exit_code, output = govsite("explain", code.lower(), "--lang", lang)
        assert exit_code == 0
        assert rule.title.in_language(lang) in output
        assert not re.search(r"\{\w+\}|\[\[", output)


def test_a_bug_is_three_and_a_sentence_and_never_a_traceback(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*words: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("govsite.pipeline.build.build_site", fail)
    exit_code, output = govsite("build")
    assert exit_code == 3
    assert "RuntimeError: broken" in output
    assert "Traceback" not in output
    assert "Traceback" in govsite("build", "--verbose")[1]


def test_a_bug_over_one_file_costs_that_file_and_is_told_with_its_path(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from govsite.validate import document as room

    check = room.check_document

    def fail(source: object, *words: object) -> object:
        if getattr(source, "path", "") == "content/policies/1.md":
            raise RuntimeError("broken")
        return check(source, *words)  # type: ignore[arg-type]

    monkeypatch.setattr("govsite.pipeline.prepare.check_document", fail)
    exit_code, output = govsite("build", "--format", "json")
    (problem,) = json.loads(output)["problems"]
    assert exit_code == 1
    assert (problem["code"], problem["file"]) == ("BUG001", "content/policies/1.md")


def test_words_cut_off_by_the_terminal_are_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*words: object, **more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("govsite.cli.app.cli.main", interrupt)
    assert run(["build"]) == 130


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_can_complete_commands(shell: str) -> None:
    exit_code, output = govsite("completion", shell)
    assert exit_code == 0
    assert "_GOVSITE_COMPLETE" in output
