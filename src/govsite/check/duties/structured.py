"""What structured kinds owe beside arithmetic: complete sets, order, display periods, bodies that may publish them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from govsite.check.duties.inspection import Inspection, add_days
from govsite.model.details import ConsultationDetails, GuideDetails, value_of
from govsite.model.document import Document
from govsite.model.lifespan import DEAD
from govsite.model.values import Material, Row
from govsite.problems.problem import Problem
from govsite.vocab.keys import own_keys, part_keys
from govsite.vocab.terms import kinds, label_of, term_list

_LIST = "、"


def check_structured(inspection: Inspection) -> Iterator[Problem]:
    """COL304-COL311, TIM116, in the order of the kinds."""
    for doc in inspection.of_kind("scene"):
        yield from _materials(inspection, doc)
    for doc in inspection.of_kind("budget"):
        yield from _tables(doc)
        yield from _approval(inspection, doc)
    for doc in inspection.of_kind("decision"):
        yield from _stages(doc)
    for doc in inspection.of_kind("cleanup"):
        yield from _kept(inspection, doc)
    for doc in inspection.of_kind("consultation"):
        yield from _reasons(doc)
    for doc in inspection.of_kind(*kinds()):
        yield from _profile(inspection, doc)
        yield from _persons(doc)


def _rows(doc: Document, key: str) -> tuple[Row, ...]:
    value = value_of(doc.details, key)
    return tuple(row for row in value if isinstance(row, Row)) if isinstance(value, tuple) else ()


def _materials(inspection: Inspection, doc: Document) -> Iterator[Problem]:
    """COL305: a list that 一件事 wrote itself leaves out what one of its items asks for."""
    own = value_of(doc.details, "materials")
    named = {item.name for item in own if isinstance(item, Material)} if isinstance(own, tuple) else set()
    if not named:
        return
    missing = []
    for key in inspection.site.graph.targets("scene.guides", doc.key):
        details = inspection.site.documents[key].details
        if isinstance(details, GuideDetails):
            missing += [material.name for material in details.materials if material.name not in named]
    if missing:
        names = tuple(dict.fromkeys(missing))
        yield Problem.at("COL305", doc.span_of("materials"), missing=_LIST.join(names), count=len(names))


def _tables(doc: Document) -> Iterator[Problem]:
    """COL304: tables of the set that are neither there nor said to be empty."""
    level = str(value_of(doc.details, "budget_level") or "")
    rows = _rows(doc, "tables")
    known = {row.values.get("table") for row in rows if "file" in row.values or "remark" in row.values}
    missing = [
        term.label for term in term_list("budget_table").terms if term.has(level) and term.id not in known
    ]
    if missing:
        yield Problem.at(
            "COL304", doc.span_of("tables", "title"), missing=_LIST.join(missing), count=len(missing)
        )


def _approval(inspection: Inspection, doc: Document) -> Iterator[Problem]:
    """TIM116: published later than 20 days after it was approved (预算法第十四条)."""
    approved = str(value_of(doc.details, "approved") or "")
    due = add_days(approved, inspection.limit("budget_days")) if approved else ""
    if due and doc.published[:10] > due:
        yield Problem.at(
            "TIM116", doc.span_of("published"), (doc.span_of("approved"),), approved=approved, due=due,
            published=doc.published[:10],
        )  # fmt: skip


def _stages(doc: Document) -> Iterator[Problem]:
    """COL306: stages of a decision that was taken are missing, or their days run backwards."""
    rows = [(str(row.values.get("stage", "")), str(row.values.get("on", ""))) for row in _rows(doc, "stages")]
    order = [term.id for term in term_list("decision_stage").terms]
    names = {stage for stage, _ in rows}
    taken = bool(names & set(order[order.index("collective") :])) or bool(value_of(doc.details, "outcome"))
    due = [term.id for term in term_list("decision_stage").terms if term.has("due")]
    missing = [stage for stage in due if stage not in names] if taken else []
    days: dict[str, str] = {}
    for stage, on in rows:
        days.setdefault(stage, on)
    dated = [(stage, days[stage]) for stage in order if days.get(stage)]
    backwards = [later for (_, first), (later, second) in pairwise(dated) if second < first]
    if missing or backwards:
        labels = [
            _LIST.join(label_of("decision_stage", stage) for stage in group) for group in (missing, backwards)
        ]
        yield Problem.at("COL306", doc.span_of("stages", "title"), missing=labels[0], backwards=labels[1])


def _kept(inspection: Inspection, doc: Document) -> Iterator[Problem]:
    """COL309: a review of documents says that one stays in force which is not."""
    for key in inspection.site.graph.targets("cleanup.kept", doc.key):
        state = inspection.site.validity.get(key, "")
        policy = inspection.site.documents[key]
        newer = any(
            str(value_of(other.details, "cleaned_on") or "") > str(value_of(doc.details, "cleaned_on") or "")
            for other in inspection.of_kind("cleanup")
        )
        if state in DEAD and not newer:
            yield Problem.at(
                "COL309", doc.span_of("kept"), (policy.span_of("title"),), title=policy.title,
                state=label_of("validity", state),
            )  # fmt: skip


def _reasons(doc: Document) -> Iterator[Problem]:
    """COL311: an opinion that was not, or not wholly, adopted, and nobody says why."""
    details = doc.details
    if isinstance(details, ConsultationDetails):
        count = sum(1 for opinion in details.opinions if opinion.adopted != "adopted" and not opinion.reason)
        if count:
            yield Problem.at("COL311", doc.span_of("opinions"), count=count)


def _profile(inspection: Inspection, doc: Document) -> Iterator[Problem]:
    """COL307: a kind that a body of this profile does not publish (乡镇、部门不办公报)."""
    kind = kinds()[doc.kind]
    tier = inspection.settings.site.tier
    if kind.profiles and tier not in kind.profiles:
        yield Problem.at("COL307", doc.span_of("title"), kind=kind.label, tier=label_of("tier", tier))


def _persons(doc: Document) -> Iterator[Problem]:
    """COL308: a list of persons that nobody takes down again."""
    if doc.shown_until:
        return
    for key in own_keys(doc.kind):
        if key.base != "rows":
            continue
        persons = [
            part for part in part_keys(key.argument).keys if part.base == "person" and part.need == "always"
        ]
        if persons and _rows(doc, key.id):
            yield Problem.at("COL308", doc.span_of(key.id), key=key.label)
