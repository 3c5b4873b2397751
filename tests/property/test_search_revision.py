"""Random sequences of edits: the changed index is the one that a whole build makes, byte for byte."""

from __future__ import annotations

import os
import random
from dataclasses import replace

import pytest

from govsite.index.extract import extract
from govsite.index.labels import IndexLabels
from govsite.index.merge import merge
from govsite.index.revise import revise
from govsite.model.search import AttachmentText, SearchRecord

LABELS = IndexLabels(columns={"a": "政策文件", "b": "银行年报"}, synonyms=(("医保", "基本医疗保险"),))
COUNT = int(os.environ.get("GOVSITE_REVISIONS", "12"))
"""Edits a sequence; more by hand."""


class _Writer:
    """Makes records by seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311
        self.made = 0

    def text(self, longest: int) -> str:
        pick = self.chance
        usual = "政务公开关于做好工作的通知2024年〔〕号，。\n"
        words = [pick.choice(usual) if pick.random() < 0.7 else chr(pick.randrange(0x4E00, 0x5000)) for _ in range(pick.randrange(longest))]  # fmt: skip
        return "".join(words) + pick.choice(["", "銀行", "𠮷①", "Wi-Fi", "——"])

    def record(self) -> SearchRecord:
        self.made += 1
        pick = self.chance
        year = 2016 + min(8, self.made // 50) if self.made <= 450 else pick.choice([2018, 2024, 2024])
        return SearchRecord(
            key=f"p/{self.made}",
            url=f"p/{self.made}.html" if pick.random() < 0.8 else f"x/{self.made}.html",
            kind=pick.choice(["policy", "policy", "question"]),
            title=self.text(20) if pick.random() < 0.95 else "——",
            doc_no=f"示政发〔{year}〕{self.made}号",
            issuer=pick.choice(["县政府", "镇政府"]),
            column=pick.choice("ab"),
            published=f"{year}-{pick.randrange(1, 13):02}-{pick.randrange(1, 29):02}",
            validity=pick.choice(["有效", "已废止"]),
            in_force=pick.random() < 0.7,
            keywords=tuple(self.text(6) for _ in range(pick.randrange(3))),
            blocks=tuple(self.text(60) for _ in range(pick.randrange(4))),
            interpretations=(("解读", "p/1.html"),) if pick.random() < 0.1 else (),
        )

    def change(self, record: SearchRecord) -> SearchRecord:
        pick = self.chance
        long = tuple(f"第{line}行{self.text(90)}" for line in range(500))
        return pick.choice(
            [
                lambda: replace(record, blocks=(*record.blocks, self.text(40))),
                lambda: replace(record, title=self.text(20)),
                lambda: replace(record, published=f"2024-12-{pick.randrange(10, 29)}"),
                lambda: replace(record, published=f"2017-05-{pick.randrange(10, 29)}"),
                lambda: replace(record, in_force=not record.in_force, validity="失效"),
                lambda: replace(record, blocks=long, attachments=(AttachmentText("附件", "f/a.docx", "\n".join(long)),)),
                lambda: replace(record, blocks=record.blocks[:1], attachments=()),
                lambda: replace(record, issuer=f"第{pick.randrange(4)}局", column="c"),
                lambda: record,
            ]
        )()  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_changed_index_is_the_one_a_whole_build_makes(seed: int) -> None:
    writer = _Writer(seed)
    pick = writer.chance
    records = {record.key: record for record in (writer.record() for _ in range(pick.choice([3, 300, 450])))}
    merged = merge([extract(list(records.values()), LABELS)], LABELS)
    parts = dict(merged.parts)
    memory = merged.memory()
    revised_times = 0
    for _ in range(COUNT):
        came: dict[str, SearchRecord] = {}
        gone: list[str] = []
        for _ in range(pick.choice([1, 1, 1, 2, 5])):
            if pick.random() < 0.3:
                made = writer.record()
                came[made.key] = made
            elif records:
                key = pick.choice(sorted(records))
                if pick.random() < 0.25 and key not in came:
                    gone.append(key)
                elif key not in gone:
                    came[key] = writer.change(records[key])
        for key in gone:
            records.pop(key, None)
        records |= came
        clean = merge([extract(list(records.values()), LABELS)], LABELS)
        expected = dict(clean.parts)
        revised = revise(
            memory, [extract([one], LABELS) for one in came.values()], set(gone), LABELS, parts.__getitem__
        )
        if revised is None:
            parts, memory = expected, clean.memory()
            continue
        revised_times += 1
        changed = {path for path, content in expected.items() if parts.get(path) != content}
        assert revised.written.keys() == changed
        assert set(revised.gone) == parts.keys() - expected.keys()
        parts = {path: content for path, content in parts.items() if path not in revised.gone}
        parts |= revised.written
        memory = revised.memory
        assert parts == expected
        assert memory == clean.memory()
        assert revised.unsearchable == clean.unsearchable
        assert revised.documents == clean.documents
    assert revised_times > 0


def test_memory_of_other_labels_or_parts_that_are_not_there_change_nothing() -> None:
    record = SearchRecord(key="p/1", url="p/1.html", kind="policy", title="通知")
    merged = merge([extract([record], LABELS)], LABELS)
    parts = dict(merged.parts)
    other = extract([replace(record, title="公告")], LABELS)
    assert revise(merged.memory(), [other], [], IndexLabels(), parts.__getitem__) is None
    assert revise(merged.memory(), [other], [], LABELS, {}.__getitem__) is None
    assert revise(b"{", [other], [], LABELS, parts.__getitem__) is None
    assert revise(merged.memory(), [other], ["p/2"], LABELS, parts.__getitem__) is None
    assert revise(merged.memory(), [], [], LABELS, parts.__getitem__) is not None
