"""Links to and from other sites of a workspace, as this site shows them and answers for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from govsite.link.citations import Citations
from govsite.link.references import AbroadLinks
from govsite.model.document import Document
from govsite.model.inventory import Abroad, Neighbours
from govsite.model.lifespan import DEAD
from govsite.model.site import CITES, INTERPRETS
from govsite.problems.problem import Problem


def join_abroad(
    documents: Mapping[str, Document], neighbours: Neighbours, stated: AbroadLinks, citations: Mapping[str, Citations]
) -> dict[str, tuple[Abroad, ...]]:  # fmt: skip
    """Links of each document to other sites: those stated here in the order written, citations in running text, then those from there."""
    joined = {}
    for key in documents:
        links = dict.fromkeys([*stated.get(key, ()), *_cited(citations.get(key, {}), neighbours)])
        addresses = {link.address for link in links if link.relation != CITES}
        mine = [link for link in links if link.relation != CITES or link.address not in addresses]
        incoming = [
            link for link in neighbours.incoming.get(key, ())
            if link.relation != CITES or link.address not in addresses
        ]  # fmt: skip
        if mine or incoming:
            joined[key] = (*mine, *incoming)
    return joined


def _cited(citations: Citations, neighbours: Neighbours) -> list[Abroad]:
    found = (
        neighbours.answer(kind, target).found[0]._replace(relation=CITES)
        for (kind, target, _), citation in citations.items()
        if citation.abroad
    )
    return sorted(found, key=lambda link: link.address)


def check_far_ends(
    documents: Mapping[str, Document], neighbours: Neighbours, validity: Mapping[str, str]
) -> Iterator[Problem]:
    """What other sites will miss or have to change: LNK215 for what they name by its id and is not here, LNK216 for a policy that is no
    longer in force while others still interpret it.
    """
    for lost in neighbours.lost:
        yield Problem.at("LNK215", None, found=lost.text, site=lost.site, title=lost.title)
    for key, links in neighbours.incoming.items():
        if key not in documents or validity.get(key, "") not in DEAD:
            continue
        sites = dict.fromkeys(link.site for link in links if link.relation == INTERPRETS and link.is_target)
        if sites:
            span = documents[key].span_of("validity", "expires", "title")
            yield Problem.at("LNK216", span, title=documents[key].title, sites="、".join(sites))
