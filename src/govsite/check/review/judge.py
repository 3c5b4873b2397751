"""REV101-REV109: records of review against the content they were given for, and against what the site demands."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from govsite.check.review.standing import FileDigest, Standing, standing_of
from govsite.model.document import Document
from govsite.model.site import Site
from govsite.problems.problem import Problem
from govsite.settings.settings import Settings
from govsite.vocab.limits import limits
from govsite.vocab.review import is_clear, stage_labels, stage_orders, stages_of

_SECRECY = "secrecy"
_SIGNATURE_FAULTS = ("wrong", "missing")


def check_reviews(site: Site, settings: Settings, file_digest: FileDigest) -> Iterator[Problem]:
    """What is wrong with the reviews of public documents. file_digest: SHA-256 of a file by its path under `content/`."""
    review = settings.review
    people = settings.duties.limits.get("review_people", limits()["review_people"].value)
    for doc in site.documents.values():
        if review.required and doc.published[:10] >= review.since:
            yield from _missing(doc, review.required)
        if doc.review:
            stands = standing_of(doc, review.keys, file_digest)
            yield from _content(stands)
            yield from _signatures(stands)
            yield from _record(doc)
            yield from _days(doc, stands)
            yield from _people(doc, people)


def _missing(doc: Document, required: tuple[str, ...]) -> Iterator[Problem]:
    there = {stage.stage for stage in doc.review}
    lacking = [stage_labels()[stage] for stage in required if stage not in there]
    if lacking:
        yield Problem.at("REV102", doc.span_of("review", "title"), missing="、".join(lacking), file=doc.file)


def _content(stands: tuple[Standing, ...]) -> Iterator[Problem]:
    """One problem a document: who approved what stands here no longer."""
    changed = [stand.stage for stand in stands if stand.binding == "changed"]
    if changed:
        stages = "、".join(f"{stage_labels()[stage.stage]}（{stage.by}，{stage.on}）" for stage in changed)
        related = tuple(stage.span for stage in changed[1:])
        yield Problem.at("REV101", changed[0].span, related, stages=stages)


def _signatures(stands: tuple[Standing, ...]) -> Iterator[Problem]:
    for stand in stands:
        if stand.signature in _SIGNATURE_FAULTS:
            stage = stand.stage
            code = "REV108" if stand.signature == "wrong" else "REV109"
            yield Problem.at(code, stage.span, stage=stage_labels()[stage.stage], by=stage.by)


def _record(doc: Document) -> Iterator[Problem]:
    """REV103 a stage without person or day · REV107 保密审查 that does not let the document out."""
    for stage in doc.review:
        if not stage.by or not stage.on:
            yield Problem.at("REV103", stage.span, stage=stage_labels()[stage.stage])
        if stage.stage == _SECRECY and not is_clear(stage.conclusion):
            code = "REV107" if stage.conclusion else "REV103"
            yield Problem.at(code, stage.span, stage=stage_labels()[_SECRECY], conclusion=stage.conclusion)


def _days(doc: Document, stands: tuple[Standing, ...]) -> Iterator[Problem]:
    """REV104 days that run backwards · REV105 a record, bound to nothing, made after publication."""
    stages = {stage.stage: stage for stage in doc.review if stage.on}
    for run in stage_orders():
        there = [stages[name] for name in run if name in stages]
        for before, after in itertools.pairwise(there):
            if after.on < before.on:
                labels = stage_labels()
                yield Problem.at(
                    "REV104", after.span, (before.span,), stage=labels[after.stage], on=after.on,
                    before=labels[before.stage], before_on=before.on,
                )  # fmt: skip
    published = doc.published[:10]
    for stand in stands:
        late = published and stand.stage.on > published
        if late and stand.binding == "unbound":  # a bound one is a second approval, of a text that was mended
            stage = stand.stage
            label = stage_labels()[stage.stage]
            yield Problem.at("REV105", stage.span, stage=label, on=stage.on, published=published)


def _people(doc: Document, fewest: int) -> Iterator[Problem]:
    stages = [stage for stage in doc.review if stage.stage in stages_of("people") and stage.by]
    people = {stage.by for stage in stages}
    if len(stages) >= fewest > len(people):
        names = "、".join(stage_labels()[stage.stage] for stage in stages)
        yield Problem.at("REV106", stages[-1].span, stages=names, people=len(people), fewest=fewest)
