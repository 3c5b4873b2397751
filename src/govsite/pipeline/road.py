"""What both roads from the sources to a linked site share."""

from __future__ import annotations

from govsite.model.document import Document
from govsite.model.outline import outline_of
from govsite.model.reads import EVERYTHING, ORDER, OUTLINES, seen_document
from govsite.model.site import Site
from govsite.pipeline.attaching import Results, examine_offered, results_section
from govsite.pipeline.examine import ExamineTask, offered_files
from govsite.pipeline.request import CACHE
from govsite.pipeline.walk import Walk
from govsite.problems.problem import Problem

PROBLEMS = tuple[Problem, ...]


class Road:
    """What both roads share."""

    def __init__(self, walk: Walk) -> None:
        self.way = walk
        self.memory = walk.memory
        self.request = walk.request
        self.settings = walk.settings
        self.sourcing = walk.sourcing
        self.sourced = walk.sourced
        self.scanned = walk.scanned

    def is_same_body(self, path: str) -> bool:
        """Whether a source has the body it had."""
        known, row = self.memory.sources, self.sourced.rows.get(path)
        if row is None or path not in known:
            return False
        return self.sourcing.body(known.row(path)) == self.sourcing.body(row)

    def attachments(self, site: Site) -> Results:
        """Results of all offered files; their problems go to the walk."""
        task = ExamineTask(
            self.request.site,
            self.memory.packs,
            self.request.site / CACHE / "attachments",
            self.sourcing.privacy,
        )
        results = examine_offered(offered_files(site), task, self.memory, self.scanned, self.request.jobs)
        self.keep_attachments(results)
        return results

    def keep_attachments(self, results: Results) -> None:
        """Problems to the walk, texts for the next build."""
        for result in results.values():
            self.way.problems += result.problems
        self.memory.keep({"attachments": results_section(results)})
        self.way.packs |= {result.text.file for result in results.values()}


def document_names(before: Document | None, after: Document | None) -> set[str]:
    """Names (`model/reads.py`) of what changes where one document becomes another, its relations and its body aside."""
    names: set[str] = set()
    if before is None or after is None or seen_document(before) != seen_document(after):
        names |= {"d:" + document.key for document in (before, after) if document}
        names.add(EVERYTHING)
    if before is None or after is None:
        names |= {ORDER, OUTLINES}
    elif outline_of(before) != outline_of(after):
        names.add(OUTLINES)
    return names
