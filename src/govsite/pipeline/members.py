"""Annual reports of a county's members (汇总单位): `members/<year>/<单位>.yaml`, beside config.yaml, never published."""

from __future__ import annotations

from pathlib import Path

from govsite.load.read import read_source
from govsite.model.details import ReportDetails
from govsite.model.document import Document
from govsite.model.sources import SourceFile
from govsite.problems.problem import Problem
from govsite.validate.context import Context
from govsite.validate.document import check_document

MEMBERS = "members"


def read_members(site: Path) -> tuple[dict[int, list[Document]], list[Problem]]:
    """The members' reports by year of the folder, in file order, and what is wrong with their sources.

    COL210 for a report of another year than its folder's.
    """
    found: dict[int, list[Document]] = {}
    problems: list[Problem] = []
    root = site / MEMBERS
    for file in sorted(root.glob("*/*.y*ml")) if root.is_dir() else ():
        if not file.parent.name.isdigit():
            continue
        path = file.relative_to(site).as_posix()
        source, faults, _ = read_source(site, SourceFile(path, "report", 0))
        problems += faults
        checked = check_document(source, Context()) if source else None
        if checked is None:
            continue
        problems += checked.problems
        document = checked.document
        if document is None or not isinstance(document.details, ReportDetails):
            continue
        year = int(file.parent.name)
        if document.details.year != year:
            problems.append(
                Problem.at("COL210", document.span_of("year"), found=document.details.year, expected=year)
            )
        else:
            found.setdefault(year, []).append(document)
    return found, problems
