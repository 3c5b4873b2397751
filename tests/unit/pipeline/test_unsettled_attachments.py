"""An attachment whose reading was cut short by time or memory is read again, whatever else has changed; what is told of it stays told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from govsite.pipeline.build import Request, build_site
from govsite.pipeline.examine import Examiner
from govsite.pipeline.request import memory_folder
from govsite.problems.problem import Problem
from running import document, write_site

if TYPE_CHECKING:
    from govsite.pipeline.build import Outcome
    from govsite.pipeline.examine import Offered

CODE = "SEC212"


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Paths of attachments in the order in which they were read; each reading is cut short."""
    found: list[str] = []

    def cut_short(_self: Examiner, file: Offered) -> tuple[bytes, list[Problem], bool]:
        found.append(file.path)
        return b"", [Problem.at(CODE, None, file=file.path, path=file.path, reason="slow")], False

    monkeypatch.setattr(Examiner, "_one", cut_short)
    return found


def _build(site: Path) -> Outcome:
    out = site / "build" / "site"
    return build_site(Request(site, out, 1, as_of="2024-06-01", memory=memory_folder(site, out)))


def test_another_document_may_change_meanwhile(tmp_path: Path, looks: list[str]) -> None:
    site = write_site(
        tmp_path,
        {
            "content/disclosures/1.md": document(栏目="tzgg", 附件="[biao.txt]"),
            "content/disclosures/biao.txt": "表\n",
            "content/disclosures/2.md": document(栏目="tzgg"),
        },
    )
    first = _build(site)
    assert [found.problem.code for found in first.findings].count(CODE) == 1
    assert len(looks) == 1
    (site / "content/disclosures/2.md").write_text(document("改过的正文。\n", 栏目="tzgg"), encoding="utf-8")
    second = _build(site)
    assert [found.problem.code for found in second.findings] == [
        found.problem.code for found in first.findings
    ]
    assert len(looks) == 2
