"""govsite approve, govsite ledger and 信息发布审核表: what was approved is what goes out, and nobody outside sees by whom."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path

import openpyxl
import pytest

from running import govsite, tree, write_site

POLICY = "content/policies/2024/7.md"
TEXT = """\
---
标题: 示例镇防汛工作办法
发布日期: 2024-03-18
公开属性: 主动公开
发文字号: 示政发〔2024〕7号
发文机关: 示例镇人民政府
成文日期: 2024-03-15
附件: 名单.csv
# 这一行注释留着
---

第一条　为做好防汛工作，制定本办法。
"""
ROOT = Path(__file__).parents[3]
STAGES = (("初审", "经办人龘", "2024-03-15"), ("终审", "镇长靐", "2024-03-16"))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {POLICY: TEXT, "content/policies/2024/名单.csv": "村,户数\n东村,3\n"}
    return write_site(tmp_path / "站 点", files)


def approve(site: Path, path: str = POLICY, *more: str | Path) -> None:
    for stage, by, on in STAGES:
        exit_code, output = govsite(
            "approve", path, "--site", site, "--stage", stage, "--by", by, "--on", on, *more
        )
        assert exit_code == 0, output


def build(site: Path) -> tuple[int, str]:
    return govsite("build", "--site", site, environ={"GOVSITE_DUTIES": "no"})


def test_an_approved_document_is_published_and_nobody_sees_by_whom(site: Path) -> None:
    approve(site)
    assert build(site)[0] == 0
    digest = next(
        line.split()[-1]
        for line in (site / POLICY).read_text(encoding="utf-8").splitlines()
        if "内容摘要" in line
    )
    for path, content in tree(site / "build" / "site").items():
        text = gzip.decompress(content) if path.endswith(".gz") else content
        for word in ("经办人龘", "镇长靐", "龘", digest, digest[:12], "初审"):
            assert word.encode() not in text, (path, word)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (POLICY, "为做好防汛", "为了做好防汛"),
        (POLICY, "2024-03-18", "2024-03-17"),
        (POLICY, "附件: 名单.csv\n", ""),
        ("content/policies/2024/名单.csv", "东村,3", "东村,4"),
    ],
)
def test_an_edit_after_approval_stops_the_build(site: Path, path: str, old: str, new: str) -> None:
    approve(site)
    file = site / path
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    exit_code, output = build(site)
    assert exit_code == 1
    assert output.count("[REV101]") == 1
    assert not (site / "build" / "site").exists()
    approve(site)
    assert build(site)[0] == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n", "\r\n"),
        ("# 这一行注释留着\n", ""),
        ("标题: 示例镇防汛工作办法", '标题: "示例镇防汛工作办法"'),
        ("标题:", "草稿: 否\n标题:"),
    ],
)
def test_what_changes_nothing_leaves_the_approval_alone(site: Path, old: str, new: str) -> None:
    approve(site)
    file = site / POLICY
    file.write_bytes(file.read_bytes().replace(old.encode(), new.encode()))
    assert build(site)[0] == 0


def test_corrections_between_first_and_final_review_are_no_fault(site: Path) -> None:
    govsite("approve", POLICY, "--site", site, "--stage", "初审", "--by", "甲", "--on", "2024-03-15")
    file = site / POLICY
    file.write_text(
        file.read_text(encoding="utf-8").replace("为做好", "为了做好"), encoding="utf-8", newline="\n"
    )
    assert "[REV101]" in build(site)[1]
    govsite("approve", POLICY, "--site", site, "--stage", "终审", "--by", "乙", "--on", "2024-03-16")
    assert build(site)[0] == 0
    rows = json.loads(govsite("ledger", "--site", site, "--format", "json")[1])["rows"]
    assert [(row["stage"], row["binding"]) for row in rows] == [("first", "superseded"), ("final", "bound")]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_everything_but_the_record_stays_byte_for_byte(site: Path, mark: bytes) -> None:
    file = site / POLICY
    before = mark + TEXT.replace("\n", "\r\n").encode()
    file.write_bytes(before)
    approve(site)
    after = file.read_bytes()
    head, _, rest = before.partition("# 这一行".encode())
    assert after.startswith(head + "审核:\r\n".encode())
    assert after.endswith("# 这一行".encode() + rest)
    assert after.count(b"\n") == after.count(b"\r\n")


def test_a_report_in_yaml_can_be_approved(site: Path) -> None:
    file = site / "content/reports/2024.yaml"
    file.parent.mkdir(parents=True)
    report = (ROOT / "content/reports/2024.yaml").read_text(encoding="utf-8").rstrip() + "\n"
    file.write_text(report, encoding="utf-8", newline="\n")
    approve(site, "content/reports/2024.yaml")
    text = file.read_text(encoding="utf-8")
    assert text.startswith(report + "审核:\n  初审:\n    人: 经办人龘\n    日期: 2024-03-15\n")
    assert build(site)[0] == 0


def test_a_document_with_errors_is_not_approved(site: Path) -> None:
    file = site / POLICY
    text = TEXT.replace("公开属性: 主动公开\n", "")
    file.write_text(text, encoding="utf-8", newline="\n")
    exit_code, output = govsite("approve", POLICY, "--site", site, "--stage", "终审", "--by", "甲")
    assert exit_code == 1
    assert "[DOC101]" in output
    assert file.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    "words",
    [
        ("--by", "甲"),
        ("--stage", "九审", "--by", "甲"),
        ("--stage", "初审"),
        ("--stage", "保密审查", "--by", "甲"),
        ("--stage", "初审", "--by", "甲", "--key", "nowhere.pem"),
    ],
)
def test_wrong_usage_is_a_sentence_and_changes_nothing(site: Path, words: tuple[str, ...]) -> None:
    exit_code, output = govsite("approve", POLICY, "--site", site, *words)
    assert exit_code == 2
    assert "govsite 自身出错" not in output
    assert (site / POLICY).read_text(encoding="utf-8") == TEXT


def test_front_matter_on_one_line_is_refused_with_a_sentence(site: Path) -> None:
    front = "{标题: 示例镇防汛办法, 发布日期: 2024-03-18, 公开属性: 主动公开}"
    (site / "content/disclosures").mkdir(parents=True)
    (site / "content/disclosures/a.md").write_text(f"---\n{front}\n---\n\n内容。\n", encoding="utf-8")
    exit_code, output = govsite(
        "approve", "disclosures/a.md", "--site", site, "--stage", "初审", "--by", "甲", "--on", "2024-03-01"
    )
    assert (exit_code, "一行" in output) == (2, True)


def test_only_the_right_key_signs_for_somebody(site: Path, tmp_path: Path) -> None:
    for name in ("right", "wrong"):
        govsite("keygen", "--out", tmp_path / name)
    (site / "keys").mkdir()
    (site / "keys/a.pem").write_bytes((tmp_path / "right/public.pem").read_bytes())
    config = site / "config.yaml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text + "  审核: {公钥: {镇长靐: keys/a.pem}}\n", encoding="utf-8")
    words = ("approve", POLICY, "--site", site, "--stage", "终审", "--by", "镇长靐", "--on", "2024-03-16")
    assert govsite(*words)[0] == 2
    assert govsite(*words, "--key", tmp_path / "wrong/private.pem")[0] == 2
    assert govsite(*words, "--key", tmp_path / "right/private.pem")[0] == 0
    assert build(site)[0] == 0
    file = site / POLICY
    file.write_text(
        file.read_text(encoding="utf-8").replace("日期: 2024-03-16", "日期: 2024-03-17"), encoding="utf-8"
    )
    assert "[REV108]" in build(site)[1]


def test_the_ledger_in_every_format(site: Path, tmp_path: Path) -> None:
    assert "还没有审核记录" in govsite("ledger", "--site", site)[1]
    approve(site)
    exit_code, text = govsite("ledger", "--site", site)
    assert exit_code == 0
    assert [line.split()[2] for line in text.splitlines()] == ["环节", "初审", "终审"]
    rows = list(
        csv.DictReader(
            io.StringIO(govsite("ledger", "--site", site, "--format", "csv")[1].removeprefix("\ufeff"))
        )
    )
    assert [(row["审核人"], row["与现在的内容相比"]) for row in rows] == [
        ("经办人龘", "内容一致"),
        ("镇长靐", "内容一致"),
    ]
    assert len(rows[0]["内容摘要"]) == 64
    out = tmp_path / "台账.xlsx"
    assert govsite("ledger", "--site", site, "--format", "xlsx", "--output", out)[0] == 0
    assert openpyxl.load_workbook(out).active.max_row == 3
    early = json.loads(govsite("ledger", "--site", site, "--format", "json", "--as-of", "2024-03-15")[1])
    assert [row["stage"] for row in early["rows"]] == ["first"]


def test_the_sheet_shows_the_document_and_leaves_room_to_sign(site: Path, tmp_path: Path) -> None:
    form = tmp_path / "审核表.html"
    assert govsite("approve", POLICY, "--site", site, "--form", form)[0] == 0
    page = form.read_text(encoding="utf-8")
    for word in ("信息发布审核表", "示例镇防汛工作办法", "示政发〔2024〕7号", "名单.csv", "保密审查"):
        assert word in page
    assert "http" not in page.replace("http-equiv", "")
    assert (site / POLICY).read_text(encoding="utf-8") == TEXT
    words = ("--stage", "终审", "--by", "镇长<b>", "--on", "2024-03-16", "--form", form)
    assert govsite("approve", POLICY, "--site", site, *words)[0] == 0
    page = form.read_text(encoding="utf-8")
    assert "镇长&lt;b&gt;" in page
    assert "2024年3月16日" in page
    assert "内容一致" in page
