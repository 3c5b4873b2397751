"""有效性: what is marked in force must be, and what leans on a dead policy goes stale."""

from __future__ import annotations

from collections.abc import Iterator

from govsite.check.duties.citing import PolicyNames
from govsite.check.duties.inspection import Inspection
from govsite.model.details import GuideDetails, PolicyDetails, QuestionDetails
from govsite.model.document import Document
from govsite.model.lifespan import DEAD, died_on, in_effect_from
from govsite.model.site import ABOUT, CITES, REPEALS
from govsite.problems.problem import Problem
from govsite.vocab.terms import term_list


def check_validity(inspection: Inspection, names: PolicyNames) -> Iterator[Problem]:
    """TIM113 lapsed but marked in force · TIM114 repealed but marked in force · TIM115 leans on a dead policy."""
    for policy in inspection.of_kind("policy"):
        yield from _marked(inspection, policy)
    for doc in inspection.of_kind("question", "guide", "benefit"):
        yield from _leaning(inspection, doc, names)


def _marked(inspection: Inspection, policy: Document) -> Iterator[Problem]:
    details = policy.details
    if not isinstance(details, PolicyDetails) or not details.validity:
        return
    term = term_list("validity").find(details.validity)
    if term is None or not term.has("in_force"):
        return
    if details.expires and details.expires < inspection.today:
        yield Problem.at(
            "TIM113",
            policy.span_of("validity"),
            (policy.span_of("expires"),),
            expires=details.expires,
            found=term.label,
        )
    repealing = [
        doc for doc in inspection.out(inspection.site.graph.sources(REPEALS, policy.key))
        if in_effect_from(doc) <= inspection.today
    ]  # fmt: skip
    if repealing and details.validity == "in_force":
        yield Problem.at(
            "TIM114", policy.span_of("validity"), (repealing[0].span_of("repeals"),), title=repealing[0].title,
            found=term.label,
        )  # fmt: skip


def _leaning(inspection: Inspection, doc: Document, names: PolicyNames) -> Iterator[Problem]:
    """Somebody looked at a question after the policy died and left it: that is a statement of its own."""
    site = inspection.site
    targets = [*site.graph.targets(ABOUT, doc.key)]
    reviewed = ""
    if isinstance(doc.details, QuestionDetails):
        reviewed = doc.details.reviewed_on
        targets += site.graph.targets(CITES, doc.key)
    if isinstance(doc.details, GuideDetails):
        targets += [key for line in doc.details.legal_basis for key in names.found_in(line)]
    for key in dict.fromkeys(targets):
        if site.validity.get(key) in DEAD and not (reviewed and reviewed >= died_on(site, key) != ""):
            key_span = doc.span_of("legal_basis" if isinstance(doc.details, GuideDetails) else "about")
            yield Problem.at(
                "TIM115", key_span, (site.documents[key].span_of("title"),), title=site.documents[key].title,
                died=died_on(site, key),
            )  # fmt: skip
