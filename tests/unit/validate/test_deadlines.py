"""公开时限: every text of the real catalogs, and the forms that the rules name."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from govsite.validate.deadline import read_deadline


@pytest.mark.parametrize(
    ("text", "kind", "number", "unit", "day"),
    [
        ("自制定或获取信息之日起10个工作日内", "workdays", 10, "workday", ""),
        ("信息形成（变更）２０个工作日内", "workdays", 20, "workday", ""),
        ("信息形成或变更之日起二十个工作日内公开", "workdays", 20, "workday", ""),
        ("20个工作日", "workdays", 20, "workday", ""),
        ("实时公开", "realtime", 0, "", ""),
        ("及时公开", "prompt", 0, "", ""),
        ("每年1月31日前", "by_date", 0, "", "01-31"),
        ("每年3月31日之前", "by_date", 0, "", "03-31"),
        ("提前一周发通知邀请", "before_event", 1, "week", ""),
        ("会议召开3日前", "before_event", 3, "day", ""),
        ("公示7个工作日", "period", 7, "workday", ""),
        ("公告至少30日", "period", 30, "day", ""),
        ("半年至少更新1次", "interval", 6, "month", ""),
        ("每季度公开一次", "interval", 3, "month", ""),
        ("按月公开，每月更新", "interval", 1, "month", ""),
        ("本级人民代表大会批准后20日内", "days", 20, "day", ""),
        ("长期公开", "long_term", 0, "", ""),
        ("按照法律法规规定的时限", "statute", 0, "", ""),
        ("", "unread", 0, "", ""),
        ("同上", "unread", 0, "", ""),
        ("每年13月1日前", "unread", 0, "", ""),
    ],
)
def test_a_deadline_is_read(text: str, kind: str, number: int, unit: str, day: str) -> None:
    deadline = read_deadline(text)
    assert (deadline.kind, deadline.number, deadline.unit, deadline.month_day) == (kind, number, unit, day)


def test_every_complete_deadline_of_the_real_catalogs_is_read(shared_data: Path) -> None:
    with shared_data.joinpath("catalog", "rows.csv").open(encoding="utf-8-sig", newline="") as file:
        texts = {row["deadline"] for row in csv.DictReader(file)}
    unread = {text for text in texts if read_deadline(text).kind == "unread"}
    # Empty, cut off or pointing elsewhere in the source; the last states no time.
    assert unread <= {"", "同上", "自该信息形成…", "在实地启动拟征收土地工作时,在村公示栏公开"}


def test_a_term_in_workdays_is_never_longer_than_the_text_says(shared_data: Path) -> None:
    with shared_data.joinpath("catalog", "rows.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            deadline = read_deadline(row["deadline"])
            if deadline.kind == "workdays":
                assert f"{deadline.number}个工作日" in row["deadline"]
