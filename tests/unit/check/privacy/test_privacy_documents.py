"""Problems of documents and attachments: the place, the count, and never the value."""

from __future__ import annotations

from dataclasses import replace

from govsite.check.privacy.attachment import check_attachment_privacy
from govsite.check.privacy.document import check_document_privacy, phones_in
from govsite.check.privacy.hiding import hide_lines
from govsite.check.privacy.leak import PrivacyContext
from govsite.hanzi.width import display_width
from govsite.model.body import BodyFacts
from govsite.model.details import DisclosureDetails, GuideDetails
from govsite.model.document import PUBLIC, Document
from govsite.model.extracted import Extracted, Piece
from govsite.model.values import Attachment
from govsite.problems.problem import Problem
from govsite.source.span import Span

ID = "11010519491231002X"
CONTEXT = PrivacyContext()
DOCUMENT = Document(
    "disclosure",
    "x",
    "content/disclosures/x.md",
    "公示",
    "2026-03-01",
    PUBLIC,
    DisclosureDetails(),
    BodyFacts(),
    "",
)
SOURCE = f"""\
---
标题: 公示
概述: 联系人13812345678
---

申请人{ID}。

| 姓名 | 身份证号 |
|:--|--:|
| 张* | {ID} |
| 李* | 110105194912310021 |
""".split("\n")


def facts(problem: Problem) -> dict[str, str]:
    return dict(problem.facts)


def test_each_leak_has_its_line_and_column_and_a_table_column_one_problem() -> None:
    problems = check_document_privacy(DOCUMENT, SOURCE, CONTEXT)
    assert [(problem.code, problem.span and problem.span[1:]) for problem in problems] == [
        ("PRV102", (3, 8, 3, 19)),
        ("PRV101", (6, 4, 6, 22)),
        ("PRV101", (10, 8, 10, 26)),
    ]
    assert facts(problems[2]) == {"found": "1101**********002X", "count": "2", "header": "身份证号"}
    assert ID not in repr(problems)


def test_what_is_not_public_is_not_judged() -> None:
    assert check_document_privacy(replace(DOCUMENT, disclosure="withheld"), SOURCE, CONTEXT) == []


def test_phones_that_a_guide_declares_are_its_own() -> None:
    guide = replace(DOCUMENT, kind="guide", details=GuideDetails(phone="13812345678"))
    assert check_document_privacy(guide, ["联系电话: 13812345678"], CONTEXT) == []


def test_declared_phones_are_read_however_they_are_written() -> None:
    assert phones_in(["0912-3891234、138-1234-5678", "", "86 13912345678"]) == {
        "09123891234", "13812345678", "13912345678",
    }  # fmt: skip


def test_a_file_name_is_judged_and_not_repeated() -> None:
    document = replace(DOCUMENT, file="content/disclosures/zhang_13812345678.md")
    (problem,) = check_document_privacy(document, ["公示"], CONTEXT)
    assert problem.code == "PRV109"
    assert "13812345678" not in repr(problem)


def attached(*pieces: Piece) -> list[Problem]:
    attachment = Attachment("disclosures/a.xlsx", "名单", Span("content/disclosures/x.md", 4, 5, 4, 9), 10)
    return check_attachment_privacy(attachment, Extracted("xlsx", pieces), DOCUMENT, CONTEXT)


def test_a_problem_of_an_attachment_names_the_place_inside() -> None:
    (problem,) = attached(
        Piece("姓名", "清单!A1", "header", 1, 1, 1), Piece("证件", "清单!B1", "header", 1, 2, 1),
        Piece("张*", "清单!A2", "text", 2, 1, 1), Piece(ID, "清单!B2", "hidden", 2, 2, 1),
        Piece("李*", "清单!A3", "text", 3, 1, 1), Piece(ID, "清单!B3", "hidden", 3, 2, 1),
    )  # fmt: skip
    assert problem.code == "PRV201"
    assert problem.span == Span("content/disclosures/x.md", 4, 5, 4, 9)
    expected = {
        "file": "名单",
        "place": "清单!B2",
        "found": "1101**********002X",
        "count": "2",
        "header": "证件",
    }
    assert facts(problem) == expected


def test_comments_properties_and_broken_lines_are_read() -> None:
    assert [
        facts(problem)["place"] for problem in attached(Piece(f"核对{ID}", "清单!B2", "comment", 2, 2, 1))
    ] == ["清单!B2"]
    assert [
        problem.code
        for problem in attached(Piece("经办13812345678", "docProps/core.xml creator", "property"))
    ] == ["PRV202"]
    lines = (Piece("证件 110105", "第1行"), Piece("19491231002X", "第2行"))
    assert [facts(problem)["place"] for problem in attached(*lines)] == ["第1行"]


def test_two_sheets_do_not_lend_each_other_their_headers() -> None:
    assert attached(
        Piece("账号", "一!A1", "header", 1, 1, 1), Piece("姓名", "一!B1", "header", 1, 2, 1),
        Piece("2707010123456", "二!A1", "text", 1, 1, 2), Piece("合计", "二!B1", "text", 1, 2, 2),
    ) == []  # fmt: skip


def test_hidden_lines_keep_their_width() -> None:
    lines = [*SOURCE, "家住示例县东坪村12号。"]
    hidden = hide_lines(lines, CONTEXT)
    assert [display_width(line) for line in hidden] == [display_width(line) for line in lines]
    assert ID not in "\n".join(hidden)
    assert "东坪村" not in "\n".join(hidden)
