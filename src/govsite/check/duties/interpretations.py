"""政策解读: who drafts interprets, at the same time as the policy (国办发〔2016〕80号, 三同步)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from govsite.check.duties.inspection import CONFIG, Inspection
from govsite.check.duties.overlap import copied_share
from govsite.model.body import Body
from govsite.model.details import InterpretationDetails, PolicyDetails
from govsite.model.document import Document
from govsite.model.site import INTERPRETS
from govsite.problems.problem import Problem
from govsite.vocab.limits import limits, words_of
from govsite.vocab.terms import NORMATIVE_CLASSES, term_list


def check_interpretations(inspection: Inspection) -> Iterator[Problem]:
    """INT102-INT109. Policies of other bodies and those older than the rule are not judged."""
    externals = external_names(inspection)
    for policy in inspection.of_kind("policy"):
        yield from _policy(inspection, policy, externals)
    for interpretation in inspection.of_kind("interpretation"):
        yield from _interpretation(inspection, interpretation)
    yield from _ratio(inspection)


def external_names(inspection: Inspection) -> frozenset[str]:
    """Every name of the bodies that are not the site's own."""
    organisations = inspection.site.assembly.organisations.values()
    return frozenset(word for org in organisations if org.external for word in (org.id, org.name, *org.short))


def must_interpret(policy: Document, details: PolicyDetails, externals: frozenset[str]) -> bool:
    """Whether the body itself owes an interpretation: 规章 and 行政规范性文件 that it issued as lead, without a waiver."""
    own = not details.issuer or details.issuer[0] not in externals
    return (
        own
        and details.class_ in NORMATIVE_CLASSES
        and not details.interpretation_waiver
        and policy.published[:10] >= limits()["interpretation_workdays"].since
    )


def _policy(inspection: Inspection, policy: Document, externals: frozenset[str]) -> Iterator[Problem]:
    details = policy.details
    if not isinstance(details, PolicyDetails) or not must_interpret(policy, details, externals):
        return
    found = inspection.out(inspection.site.graph.sources(INTERPRETS, policy.key))
    number = inspection.limit("interpretation_workdays")
    published = policy.published[:10]
    due = inspection.add_workdays(published, number)
    if not found:
        if inspection.site.validity.get(policy.key) in {"repealed", "void"} or not due:
            return
        if inspection.today > due:
            yield Problem.at("INT102", policy.span_of("title"), title=policy.title, due=due)
        else:
            yield Problem.at("INT108", policy.span_of("title"), title=policy.title, due=due)
        return
    first = min(found, key=lambda doc: doc.published)
    if due and first.published[:10] > due:
        late = inspection.workdays_between(published, first.published[:10])
        yield Problem.at(
            "INT103", first.span_of("published"), (policy.span_of("published"),),
            title=policy.title, published=published, workdays=late, limit=number,
        )  # fmt: skip


def _interpretation(inspection: Inspection, doc: Document) -> Iterator[Problem]:
    details = doc.details
    if not isinstance(details, InterpretationDetails):
        return
    if not details.interpreter:
        yield Problem.at("INT105", doc.span_of("title"))
    policies = inspection.out(inspection.site.graph.targets(INTERPRETS, doc.key))
    for policy in policies:
        if doc.published[:10] < policy.published[:10]:
            yield Problem.at(
                "INT104", doc.span_of("published"), (policy.span_of("published"),),
                title=policy.title, published=policy.published[:10], found=doc.published[:10],
            )  # fmt: skip
    yield from _copied(inspection, doc, policies)
    wordless = set(details.forms) and set(details.forms) <= set(words_of("wordless_forms"))
    transcript = details.media.transcript if details.media else ""
    if wordless and inspection.length(doc) + len(transcript) < inspection.limit("wordless_length"):
        yield Problem.at("INT109", doc.span_of("forms"), length=inspection.length(doc))


def _copied(inspection: Inspection, doc: Document, policies: Iterable[Document]) -> Iterator[Problem]:
    if inspection.length(doc) < inspection.limit("copied_length"):
        return
    for policy in policies:
        share = inspection.share(doc, policy, partial(_count, inspection, doc, policy))
        if share > inspection.limit("copied_percent"):
            yield Problem.at(
                "INT106", doc.span_of("title"), (policy.span_of("title"),), title=policy.title, percent=share
            )


def _count(inspection: Inspection, doc: Document, policy: Document) -> int:
    return copied_share(_text(inspection.body(doc.key)), _text(inspection.body(policy.key)))


def _text(body: Body) -> str:
    return "\n".join(body.blocks)


def is_diversified(details: InterpretationDetails) -> bool:
    """Whether an interpretation has a form that is not plain text (文字)."""
    terms = (term_list("interpretation_form").find(form) for form in details.forms)
    return any(term is not None and not term.has("plain") for term in terms)


def forms_by_unit(inspection: Inspection) -> dict[tuple[str, str], tuple[int, int]]:
    """(diversified, all) interpretations by calendar year and 解读机关, oldest year first."""
    counts: dict[tuple[str, str], tuple[int, int]] = {}
    for doc in inspection.of_kind("interpretation"):
        if isinstance(doc.details, InterpretationDetails):
            unit = doc.details.interpreter or doc.publisher or inspection.settings.site.publisher
            key = (doc.published[:4], unit)
            diversified, total = counts.get(key, (0, 0))
            counts[key] = (diversified + is_diversified(doc.details), total + 1)
    return dict(sorted(counts.items()))


def _ratio(inspection: Inspection) -> Iterator[Problem]:
    """INT107, only where the site or its profile asks for a share. Shares are cut, never rounded up to pass."""
    target = inspection.limit("forms_percent")
    year = inspection.today[:4]
    for (when, unit), (diversified, total) in forms_by_unit(inspection).items() if target else ():
        if when == year and diversified * 100 < target * total:
            yield Problem.at(
                "INT107", CONFIG, unit=unit, year=when, diversified=diversified, total=total,
                percent=diversified * 100 // total, target=target,
            )  # fmt: skip
