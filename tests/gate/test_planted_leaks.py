"""Every planted leak is found, in whatever file it stands; nothing that only looks like one is."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import pytest

pytest.importorskip("docx")
pytest.importorskip("xlwt")
pytest.importorskip("reportlab")

from leaks import OFFICE_MOBILE, Leak, friend_tables, friends, planted
from vessels import (
    ATTACHMENTS,
    HEAD,
    LIST_VESSELS,
    SOURCES,
    docx_list,
    markdown_list,
    source,
    txt,
    typed_list,
    xlsx_list,
)

from govsite.attachments.extract import extract
from govsite.check.privacy.attachment import check_attachment_privacy
from govsite.check.privacy.document import check_document_privacy
from govsite.check.privacy.leak import PrivacyContext
from govsite.check.secrecy.attachment import check_attachment_secrecy
from govsite.check.secrecy.document import check_document_secrecy
from govsite.model.body import BodyFacts
from govsite.model.details import DisclosureDetails
from govsite.model.document import PUBLIC, Document
from govsite.model.values import Attachment
from govsite.problems.problem import Problem
from govsite.source.span import Span

LEAKS = planted()
CONTEXT = PrivacyContext(phones=frozenset({OFFICE_MOBILE}), as_of="2026-11-22")
_TEXTS_A_DOCUMENT = 32


def document(path: str, title: str = "补贴发放公示") -> Document:
    return Document(
        "disclosure", "x", path, title, "2026-03-01", PUBLIC, DisclosureDetails(), BodyFacts(), "0" * 64
    )


def found_in(path: str, text: str, title: str) -> list[Problem]:
    return check_document_privacy(document(path, title), text.split("\n"), CONTEXT)


def found_in_file(data: bytes, suffix: str, title: str) -> list[Problem]:
    attachment = Attachment(
        f"disclosures/fujian.{suffix}", "附件", Span("content/x.md", 5, 7, 5, 9), len(data)
    )
    extracted = extract(data, attachment.path)
    return check_attachment_privacy(attachment, extracted, document("content/x.md", title), CONTEXT)


def problems_of(leak: Leak) -> list[Problem]:
    title = leak.subject or "补贴发放公示"
    if leak.vessel == "md list":
        return found_in(*markdown_list(leak.rows, title), title)
    if leak.vessel == "md typed list":
        return found_in(*typed_list(leak.rows, title), title)
    if leak.vessel in SOURCES:
        return found_in(*source(leak.vessel, leak.text), title)
    if leak.vessel in LIST_VESSELS:
        suffix, make_list = LIST_VESSELS[leak.vessel]
        return found_in_file(make_list(leak.rows, title), suffix, "公示")
    suffix, make = ATTACHMENTS[leak.vessel]
    return found_in_file(make(leak.text), suffix, title)


@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak.name)
def test_a_planted_leak_is_found_and_never_repeated(leak: Leak) -> None:
    problems = problems_of(leak)
    codes = {problem.code for problem in problems}
    expected = {"PRV1" + leak.code, "PRV2" + leak.code}
    assert codes & (expected | ({"PRV109"} if leak.vessel == "md name" else set())), problems
    assert leak.secret not in repr(problems)


def test_there_are_enough_leaks_and_file_types(capsys: pytest.CaptureFixture[str]) -> None:
    types = {suffix for suffix, _ in (*ATTACHMENTS.values(), *LIST_VESSELS.values())} | {"yaml"}
    with capsys.disabled():
        sys.stdout.write(f"\n{len(LEAKS)} planted leaks in {len(types)} file types\n")
    assert len(LEAKS) >= 200
    assert len(types) >= 10


@dataclass
class _Count:
    friends: int = 0


_COUNT = _Count()


def _all_problems(path: str, text: str, title: str) -> list[Problem]:
    lines = text.split("\n")
    doc = document(path, title)
    return [*check_document_privacy(doc, lines, CONTEXT), *check_document_secrecy(doc, lines, 5)]


def test_no_false_friend_in_running_text_fires() -> None:
    texts = list(friends())
    _COUNT.friends += len(texts)
    for kind, text in texts:
        body = HEAD.format(title="公示", extra="") + f"\n{text}\n"
        assert _all_problems("content/a.md", body, "公示") == [], (kind, text)
        table = HEAD.format(title="公示", extra="") + f"\n| 序号 | 内容 |\n|---|---|\n| 1 | {text} |\n"
        assert _all_problems("content/a.md", table, "公示") == [], (kind, text)


def test_false_friends_side_by_side_do_not_fire() -> None:
    texts = [text for _, text in friends()]
    mixed = [texts[at :: len(texts) // _TEXTS_A_DOCUMENT] for at in range(len(texts) // _TEXTS_A_DOCUMENT)]
    for group in mixed:
        body = HEAD.format(title="公示", extra="") + "\n".join(["", *group, ""])
        assert _all_problems("content/a.md", body, "公示") == []
        assert found_in_file(txt("\n".join(group)), "txt", "公示") == []


def test_no_false_friend_in_a_table_fires() -> None:
    for kind, subject, rows in friend_tables():
        _COUNT.friends += sum(len(row) for row in rows[1:])
        assert _all_problems(*markdown_list(rows, subject), subject) == [], (kind, rows)
        assert _all_problems(*typed_list(rows, subject), subject) == [], (kind, rows)
        assert found_in_file(xlsx_list(rows, subject), "xlsx", "公示") == [], (kind, rows)


def test_no_false_friend_in_files_fires_and_there_are_enough(capsys: pytest.CaptureFixture[str]) -> None:
    tables = list(friend_tables())[:10]
    for kind, subject, rows in tables:
        assert found_in_file(docx_list(rows, subject), "docx", "公示") == [], (kind, rows)
    total = sum(1 for _ in friends()) + sum(len(row) for _, _, rows in friend_tables() for row in rows[1:])
    with capsys.disabled():
        sys.stdout.write(f"\n{total} false friends\n")
    assert total >= 2000


def test_attachments_without_traces_are_clean() -> None:
    data = xlsx_list((("村", "金额"), ("东坪村", "12")), "补贴")
    attachment = Attachment("a.xlsx", "附件", Span("content/x.md", 5, 7, 5, 9), len(data))
    extracted = extract(data, "a.xlsx")
    assert check_attachment_secrecy(attachment, extracted, document("content/x.md")) == []
