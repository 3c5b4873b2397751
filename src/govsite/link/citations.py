"""Document numbers and 《titles》 in running text, and links between documents, to targets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from govsite.link.directory import Directory
from govsite.model.document import Document
from govsite.model.site import Assembly, Citation
from govsite.problems.problem import Problem
from govsite.source.span import Span

# (kind of place, target as written) to the key of the document it leads to.
Citations = Mapping[tuple[str, str], Citation]


def resolve_citations(
    documents: Iterable[Document], assembly: Assembly, directory: Directory, problems: list[Problem]
) -> dict[str, Citations]:
    """For each document, where the open places of its body lead.

    A number or title that several documents answer to, that the site does not hold, or that stands in its own
    document stays text. A link to a source that is not there is LNK105, to one that is not public LNK103, to an
    anchor that the target does not have LNK106.
    """
    by_file = {doc.file.removeprefix("content/"): doc for doc in assembly.documents.values()}
    withheld = {doc.file.removeprefix("content/") for doc in assembly.withheld.values()}
    citations: dict[str, Citations] = {}
    for doc in documents:
        found: dict[tuple[str, str], Citation] = {}
        for kind, target, anchor, line, column in doc.body.slots:
            span = Span.of_line(doc.file, line, column, len(target))
            if kind in {"number", "title"}:
                _cite(found, kind, target, doc, assembly, directory)
            elif kind == "document":
                other = by_file.get(target)
                if other is None:
                    code = "LNK103" if target in withheld else "LNK105"
                    problems.append(
                        Problem.at(code, span, found=target, target=target, looked=f"content/{target}")
                    )
                    continue
                found[(kind, target)] = Citation(other.key)
                _check_anchor(anchor, other, span, problems)
            elif kind == "anchor":
                _check_anchor(anchor, doc, span, problems)
        if found:
            citations[doc.key] = found
    return citations


def _cite(
    found: dict[tuple[str, str], Citation],
    kind: str,
    target: str,
    doc: Document,
    assembly: Assembly,
    directory: Directory,
) -> None:
    keys, start = directory.find_number(target) if kind == "number" else (directory.find_title(target), 0)
    public = [key for key in keys if key in assembly.documents]
    if len(public) == 1 and public[0] != doc.key:
        found[(kind, target)] = Citation(public[0], start)


def _check_anchor(anchor: str, target: Document, span: Span, problems: list[Problem]) -> None:
    if anchor and anchor not in target.body.anchors:
        problems.append(Problem.at("LNK106", span, anchor=anchor, file=target.file))
