"""A county with its townships: linked at both ends, the same bytes in any order, edits that reach who depends on them."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from county import ENVIRON, county, interpretation, policy, write

from running import govsite, tree

if TYPE_CHECKING:
    from pathlib import Path

ROAD = "示例县人民政府关于加强乡村道路养护工作的实施意见"
TOWN_PAGE = "qingshan/policies/2024/7.html"
COUNTY_PAGE = "xian/policies/2024/1.html"


def build(root: Path, *words: str, code: int = 0) -> str:
    found, said = govsite("build", "--workspace", "--site", root, *words, environ=ENVIRON)
    assert found == code, said
    return said


def outputs(root: Path) -> dict[str, bytes]:
    files = tree(root / "build/workspace")
    return {
        path: content for path, content in files.items() if ".previous/" not in path and ".lock" not in path
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = county(tmp_path_factory.mktemp("county") / "示例 县")
    build(root)
    return root


def test_a_townships_citation_leads_to_the_countys_page(built: Path) -> None:
    town = (built / "build/workspace" / TOWN_PAGE).read_text(encoding="utf-8")
    assert f'<a href="../../../{COUNTY_PAGE}" class="cite" title="{ROAD}">县政发〔2024〕1号</a>' in town
    assert f'<a href="../../../{COUNTY_PAGE}" class="cite" title="{ROAD}">《{ROAD}》</a>' in town
    assert '<a href="../../../xian/catalog/shjz/shjz-05.html">办事指南</a>' in town
    page = (built / "build/workspace" / COUNTY_PAGE).read_text(encoding="utf-8")
    assert page.count("../../../qingshan/interpretations/2024/7.html") >= 1
    assert '<a href="../../../baishui/policies/2024/7.html">白水镇人民政府关于乡村道路养护的通知</a>' in page
    reading = (built / "build/workspace/qingshan/interpretations/2024/7.html").read_text(encoding="utf-8")
    assert f'<a href="../../../{COUNTY_PAGE}">{ROAD}</a>' in reading


def test_every_link_between_sites_has_its_page(built: Path) -> None:
    out = built / "build/workspace"
    for place in ("xian", "qingshan", "baishui"):
        for page in (out / place).rglob("*.html"):
            for piece in page.read_text(encoding="utf-8").split('href="')[1:]:
                target = piece.split('"', 1)[0].partition("#")[0]
                if target.startswith(".") and page.name != "404.html":
                    assert (page.parent / target).exists(), (page, target)


def test_inventories_hold_what_others_may_link_to(built: Path) -> None:
    county_side = json.loads((built / "build/inventories/xian.json").read_text(encoding="utf-8"))
    assert [doc["doc_no"] for doc in county_side["documents"]] == ["县政发〔2024〕1号", "县政发〔2024〕2号"]
    assert county_side["items"] == [
        {"id": "shjz-05", "name": "办事指南", "address": "catalog/shjz/shjz-05.html"}
    ]
    assert [one["name"] for one in county_side["organisations"]] == ["示例县民政局", "示例县人民政府"]
    assert "policies/2024/1.html" in county_side["addresses"]


def test_order_choice_and_number_of_builds_change_no_byte(built: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere"
    county(other)
    for member in ("乡镇/青山镇", "xian", "乡镇/白水镇"):
        build(other, "--member", member, "--jobs", "2")
    build(other, "--join")
    assert outputs(other) == outputs(built)
    assert tree(other / "build/inventories") == tree(built / "build/inventories")


def test_an_edit_reaches_the_sites_that_lean_on_it_and_equals_a_clean_build(tmp_path: Path) -> None:
    root = county(tmp_path / "county")
    build(root)
    before = outputs(root)
    write(root, {"县/content/policies/2024/1.md": policy(
        "示例县乡村道路养护办法", "县政发〔2024〕1号", "示例县人民政府", "2024-03-01", "新的正文。")})  # fmt: skip
    build(root)
    after = outputs(root)
    changed = {path for path in after if before.get(path) != after[path]}
    assert TOWN_PAGE in changed
    assert "qingshan/columns/zhinan/index.html" not in changed
    assert "示例县乡村道路养护办法" in after[TOWN_PAGE].decode()
    shutil.rmtree(root / "build")
    build(root)
    assert outputs(root) == after


def test_a_repealed_county_policy_is_told_at_both_ends(tmp_path: Path) -> None:
    root = county(tmp_path / "county", {"县/content/policies/2024/9.md": policy(
        "示例县人民政府关于废止部分文件的决定", "县政发〔2024〕9号", "示例县人民政府", "2024-06-01", "现予废止。",
        "废止: [县政发〔2024〕1号]\n")})  # fmt: skip
    said = build(root)
    assert "警告[LNK213]" in said
    assert "提示[LNK216]" in said
    assert said.index("LNK216") < said.index("LNK213"), "each in the report of its own site"
    page = (root / "build/workspace/qingshan/interpretations/2024/7.html").read_text(encoding="utf-8")
    assert "废止" in page


def test_a_county_repeals_a_townships_policy(tmp_path: Path) -> None:
    root = county(tmp_path / "county", {"县/content/policies/2024/9.md": policy(
        "示例县人民政府关于废止部分文件的决定", "县政发〔2024〕9号", "示例县人民政府", "2024-04-20", "现予废止。",
        "废止: [青政发〔2024〕7号]\n")})  # fmt: skip
    build(root)
    page = (root / "build/workspace" / TOWN_PAGE).read_text(encoding="utf-8")
    assert "../../../xian/policies/2024/9.html" in page
    assert "已废止" in page or "废止" in page
    inventory = json.loads((root / "build/inventories/qingshan.json").read_text(encoding="utf-8"))
    assert inventory["documents"], "an inventory says what the sources say, the others' view is put on top"


def test_what_vanished_is_an_error_here_and_a_warning_there(tmp_path: Path) -> None:
    named = interpretation("解读", "青山镇人民政府", "xian:2024/5")
    path = "乡镇/青山镇/content/interpretations/2024/7.md"
    root = county(tmp_path / "county", {path: named})
    said = build(root, code=1)
    assert "错误[LNK211]" in said
    assert f"{path.removeprefix('乡镇/青山镇/')}:6" in said
    assert "警告[LNK215]" in said
    write(root, {path: interpretation("解读", "青山镇人民政府", "xian:2024/1")})
    assert "LNK" not in build(root)


def test_nothing_of_a_withheld_document_is_known_to_others(tmp_path: Path) -> None:
    secret = policy("不公开的标题", "县政发〔2024〕8号", "示例县人民政府", "2024-03-01", "不公开的正文。",
                    "不公开理由: 内部事务信息\n").replace("公开属性: 主动公开", "公开属性: 不予公开")  # fmt: skip
    town = policy(
        "青山镇通知", "青政发〔2024〕8号", "青山镇人民政府", "2024-05-01", "按照县政发〔2024〕8号办理。"
    )
    root = county(tmp_path / "county", {
        "县/content/policies/2024/8.md": secret, "乡镇/青山镇/content/policies/2024/8.md": town,
    })  # fmt: skip
    build(root)
    for files in (outputs(root), tree(root / "build/inventories")):
        for path, content in files.items():
            assert "不公开的".encode() not in content, path
    page = outputs(root)["qingshan/policies/2024/8.html"].decode()
    assert "按照县政发〔2024〕8号办理。" in page


def test_a_number_that_two_sites_use_is_ambiguous(tmp_path: Path) -> None:
    twice = policy("另一份", "县政发〔2024〕1号", "白水镇人民政府", "2024-05-01", "正文。")
    root = county(tmp_path / "county", {"乡镇/白水镇/content/policies/2024/8.md": twice})
    said = build(root, code=1)
    assert "错误[LNK212]" in said
    town = (root / "乡镇/青山镇/content/policies/2024/7.md").read_text(encoding="utf-8")
    assert "县政发〔2024〕1号" in town, "in running text the number just stays text"


def test_a_written_address_of_another_site_is_checked(tmp_path: Path) -> None:
    text = "见[意见](https://www.example.gov.cn/xian/policies/2024/{}.html)。"
    path = "乡镇/青山镇/content/policies/2024/8.md"
    for number, expected in ((1, 0), (99, 1)):
        page = policy("青山镇通知", "青政发〔2024〕8号", "青山镇人民政府", "2024-05-01", text.format(number))
        root = county(tmp_path / str(number), {path: page})
        assert build(root).count("警告[LNK214]") == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("名称: 甲\n成员: [县, 没有的]\n", "CFG151"),
        ("名称: 甲\n成员: [../别处]\n", "CFG151"),
        ("名称: 甲\n成员: [县, {文件夹: 乡镇/青山镇, 部署位置: xian}]\n", "CFG152"),
        ("名称: 甲\n成员: [{文件夹: 县, 部署位置: 示例县}]\n", "CFG153"),
        ("名称: 甲\n成员: [县]\n共享: [市]\n", "CFG155"),
        ("名称: 甲\n成员: [县]\n成圆: [县]\n", "CFG102"),
        ("名称: 甲\n", "FM103"),
        ("- 县\n", "CFG103"),
        ("名称: [\n", "SRC105"),
        ("", "CFG104"),
    ],
)
def test_a_faulty_workspace_file_is_told_and_nothing_built(tmp_path: Path, text: str, code: str) -> None:
    root = county(tmp_path / "county", {"workspace.yaml": text})
    said = build(root, code=2)
    assert f"[{code}]" in said
    assert not (root / "build/workspace").exists()


def test_a_site_served_elsewhere_is_told(tmp_path: Path) -> None:
    text = "名称: 甲\n成员: [县, {文件夹: 乡镇/青山镇, 部署位置: zhen}]\n共享: [县]\n"
    root = county(tmp_path / "county", {"workspace.yaml": text})
    assert "警告[CFG154]" in build(root)
    assert (root / "build/workspace/zhen/index.html").is_file()


def test_one_bad_site_leaves_the_others_and_its_own_last_good_one(built: Path, tmp_path: Path) -> None:
    root = tmp_path / "county"
    shutil.copytree(built, root)
    good = (root / "build/workspace" / TOWN_PAGE).read_bytes()
    path = "乡镇/青山镇/content/policies/2024/7.md"
    text = (root / path).read_text(encoding="utf-8")
    write(root, {path: text.replace("公开属性: 主动公开\n", "")})
    assert "错误[" in build(root, code=1)
    assert (root / "build/workspace" / TOWN_PAGE).read_bytes() == good


def test_a_damaged_memory_costs_one_site_a_clean_build(built: Path, tmp_path: Path) -> None:
    root = tmp_path / "county"
    shutil.copytree(built, root)
    for section in (root / "县/build/cache").rglob("sections/*"):
        section.write_bytes(b"x")
    build(root)
    assert outputs(root) == outputs(built)


def test_json_tells_each_site_apart(built: Path) -> None:
    report = json.loads(build(built, "--format", "json", "--verify"))
    assert [site["place"] for site in report["sites"]] == ["xian", "baishui", "qingshan"]
    assert report["problems"] == []
    assert all(site["summary"]["errors"] == 0 for site in report["sites"])


def test_a_member_built_alone_is_told_of_its_workspace(built: Path, tmp_path: Path) -> None:
    town = built / "乡镇/青山镇"
    code, said = govsite("build", "--site", town, "--out", tmp_path / "out", environ=ENVIRON)
    assert code == 1
    assert "govsite build --workspace --member 乡镇/青山镇" in said


def test_a_check_of_all_names_files_from_the_workspace(tmp_path: Path) -> None:
    path = "乡镇/青山镇/content/interpretations/2024/7.md"
    root = county(tmp_path / "county", {path: interpretation("解读", "青山镇人民政府", "xian:2024/5")})
    code, said = govsite("check", "--workspace", "--site", root, "--format", "json", environ=ENVIRON)
    found = {problem["code"]: problem["file"] for problem in json.loads(said)["problems"]}
    assert code == 1
    assert found["LNK211"] == path
    assert found["LNK215"] == "县"
    code, said = govsite("check", "--workspace", "--member", "县", "--site", root / "县", environ=ENVIRON)
    assert (code, "LNK211" in said, "LNK215" in said) == (0, False, True)
    assert not (root / "build/workspace").exists()


def test_words_that_do_not_fit_are_one_sentence(built: Path, tmp_path: Path) -> None:
    for words in (("--workspace", "--member", "丙镇"), ("--join",)):
        code, said = govsite("build", "--site", built, *words, environ=ENVIRON)
        assert (code, said.count("\n")) == (2, 1), said
    code, said = govsite("build", "--workspace", "--site", tmp_path)
    assert (code, said.count("\n")) == (2, 1)
