"""What a table's header and subject tell of its cells."""

from __future__ import annotations

from govsite.check.privacy.leak import PrivacyContext
from govsite.check.privacy.tables import Cell, find_in_table

Rows = list[list[str]]


def found(rows: Rows, subject: str = "", as_of: str = "2026-11-22") -> list[tuple[str, str]]:
    cells = [
        Cell(number, column, text)
        for number, row in enumerate(rows, 1)
        for column, text in enumerate(row, 1)
        if text
    ]
    leaks = find_in_table(cells, PrivacyContext(subject=subject, as_of=as_of))
    return [(item.leak.kind, cells[item.cell].text) for item in leaks if not item.follows]


def test_an_account_in_a_list_of_persons_needs_no_check_digit() -> None:
    rows = [["户主", "开户行", "账号"], ["张*", "信用社", "2707010123456"]]
    assert found(rows) == [("bank_card", "2707010123456")]


def test_an_account_of_an_office_is_no_leak() -> None:
    assert found([["户名", "开户行", "账号"], ["示例镇财政所", "信用社", "2707010123456"]]) == []


def test_an_address_is_fine_down_to_the_village() -> None:
    assert found([["姓名", "家庭住址"], ["张*", "东坪村"]]) == []
    assert found([["姓名", "家庭住址"], ["张*", "东坪村三组"]]) == [("address", "东坪村三组")]
    assert found([["姓名", "备注"], ["张*", "幸福里3号楼2单元501室"]]) == [
        ("address", "幸福里3号楼2单元501室")
    ]
    assert found([["名称", "办公地址"], ["便民中心", "政通路1号2号楼101室"]]) == []


def test_sensitive_columns_matter_in_lists_of_persons_only() -> None:
    assert found([["姓名", "残疾等级"], ["张*", "一级"]]) == [("sensitive_column", "一级")]
    assert found([["残疾等级", "标准"], ["一级", "120元"]]) == []
    assert found([["村", "残疾人数"], ["东坪村", "12"]]) == []
    assert found([["姓名", "健康状况"], ["张*", "***"]]) == []


def test_full_names_matter_where_the_subject_is_sensitive() -> None:
    rows = [["序号", "姓名"], ["1", "张秀兰"], ["2", "李*"], ["3", "合计"]]
    assert found(rows) == []
    assert found(rows, "残疾人补贴名单") == [("name_in_sensitive_list", "张秀兰")]
    assert found([["社区矫正对象名单"], *rows]) == [("name_in_sensitive_list", "张秀兰")]


def test_officials_are_named_by_their_office() -> None:
    rows = [["姓名", "职务"], ["张秀兰", "残联干事"]]
    assert found(rows, "残疾人联合会") == []


def test_minors_are_told_by_age_birth_header_or_guardian() -> None:
    assert found([["姓名", "年龄"], ["张文博", "9"], ["李建国", "40"]]) == [("minor", "张文博")]
    assert found([["姓名", "出生年月"], ["张文博", "2015年3月"], ["李建国", "1980.3"]]) == [
        ("minor", "张文博")
    ]
    assert found([["学生姓名", "学校"], ["张文博", "中心小学"]]) == [("minor", "张文博")]
    assert found([["姓名", "监护人"], ["张文博", "张某"]]) == [("minor", "张文博")]
    assert found([["姓名", "年龄"], ["张*", "9"]]) == []


def test_a_number_over_several_cells_is_one_number() -> None:
    assert found([["身份证", "110105", "19491231", "002X"]]) == [("id_18", "110105")]
    assert len(found([list("11010519491231002X")])) == 1
    assert found([["合计", "110105", "19491231", "0021"]]) == []


def test_a_column_called_serial_that_holds_identity_numbers_is_found_out() -> None:
    young = ["110105200603070018", "110105200603070026", "110105200603070034"]
    rows = [["户名", "编号"], *(["张*", number] for number in young)]
    valid = [kind for kind, _ in found(rows)]
    assert valid in ([], ["id_18"] * 3)


def test_forms_have_their_labels_on_the_left() -> None:
    rows = [["申请人姓名", "张某某"], ["身份证号", "110105194912310021"], ["注册号", "110105491231002"]]
    assert found(rows) == [("id_18", "110105194912310021")]
