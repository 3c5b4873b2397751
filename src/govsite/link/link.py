"""An `Assembly` to a `Site`: every reference resolved once, readable from both ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from govsite.link.abroad import check_far_ends, join_abroad
from govsite.link.citations import Citations, resolve_citations
from govsite.link.directory import Directory, build_directory
from govsite.link.references import Edge, Resolver, resolve_items
from govsite.link.validity import compute_validity
from govsite.model.column import Column
from govsite.model.document import Document
from govsite.model.inventory import ALONE, Abroad, Neighbours
from govsite.model.site import AMENDS, CITES, INTERPRETS, REPEALS, Assembly, Graph, Site
from govsite.problems.problem import Problem
from govsite.settings.settings import FooterLink
from govsite.vocab.columns import Collects


def link(
    assembly: Assembly, unread: Iterable[str] = (), footer: Iterable[FooterLink] = (),
    neighbours: Neighbours = ALONE,
) -> tuple[Site, list[Problem]]:  # fmt: skip
    """The site with its graph, validity, members of columns and citations.

    unread: names of documents whose source could not be read; references to them are not reported again. neighbours: the other
    sites of a workspace.

    Reports LNK101-LNK111, LNK211-LNK216 and INT101 (an interpretation of nothing).
    """
    problems: list[Problem] = []
    documents = assembly.documents
    everyone = [*documents.values(), *assembly.withheld.values()]
    directory = build_directory(everyone)
    resolver = Resolver(assembly, directory, unread, problems, neighbours)
    edges = list(resolver.edges(documents.values()))
    citations = resolve_citations(documents.values(), assembly, directory, problems, neighbours)
    graph = _graph([*edges, *_cites(citations, edges)], documents)
    fulfils = resolve_items(documents.values(), assembly, problems, neighbours, resolver.abroad)
    abroad = join_abroad(documents, neighbours, resolver.abroad, citations)
    _check_interpretations(documents, graph, abroad, problems)
    validity = compute_validity(documents, graph, assembly.as_of) | {
        key: state for key, state in neighbours.states.items() if key in documents
    }
    problems += check_far_ends(documents, neighbours, validity)
    fulfilled_by: dict[str, list[str]] = {}
    for key, item_ids in fulfils.items():
        for item_id in item_ids:
            fulfilled_by.setdefault(item_id, []).append(key)
    site = Site(
        assembly=assembly,
        graph=graph,
        validity=validity,
        members=_members(assembly, fulfils),
        fulfils=fulfils,
        fulfilled_by={item_id: tuple(keys) for item_id, keys in fulfilled_by.items()},
        citations=citations,
        abroad=abroad,
        workspace=neighbours.workspace,
        footer=tuple((entry.name, _footer_target(entry, assembly, directory, problems)) for entry in footer),
    )
    return site, problems


def _footer_target(
    entry: FooterLink, assembly: Assembly, directory: Directory, problems: list[Problem]
) -> str:
    """Key of the document that a link of the foot names; http addresses as they are; `""` for text alone."""
    if not entry.link or entry.link.startswith(("https://", "http://")):
        return entry.link
    found = [key for key in directory.find(entry.link) if key in assembly.documents]
    if len(found) == 1:
        return found[0]
    code = "LNK102" if found else "LNK101"
    problems.append(Problem.at(code, entry.span, found=entry.link, nearest="", files="、".join(found)))
    return ""


def _cites(citations: Mapping[str, Citations], edges: Iterable[Edge]) -> list[Edge]:
    """Citations in running text that say more than a stated relation between the same two documents."""
    stated = {(source, target) for _, source, target in edges}
    found = {
        (CITES, source, target)
        for source, places in citations.items()
        for target in {citation.document for citation in places.values()} - {""}
        if (source, target) not in stated and (target, source) not in stated and target != source
    }
    return sorted(found)


def _graph(edges: list[Edge], documents: Mapping[str, Document]) -> Graph:
    place = {key: index for index, key in enumerate(documents)}
    forward: dict[tuple[str, str], list[str]] = {}
    backward: dict[tuple[str, str], list[str]] = {}
    for relation, source, target in dict.fromkeys(edges):
        forward.setdefault((relation, source), []).append(target)
        backward.setdefault((relation, target), []).append(source)
    for (relation, _), targets in forward.items():
        if relation == CITES:
            targets.sort(key=place.__getitem__)
    for sources in backward.values():
        sources.sort(key=place.__getitem__)
    return Graph(
        {key: tuple(targets) for key, targets in forward.items()},
        {key: tuple(sources) for key, sources in backward.items()},
    )


def _check_interpretations(
    documents: Mapping[str, Document], graph: Graph, abroad: Mapping[str, Iterable[Abroad]], problems: list[Problem]
) -> None:  # fmt: skip
    for key, doc in documents.items():
        explains = any(link.relation == INTERPRETS for link in abroad.get(key, ()))
        if doc.kind == "interpretation" and not explains and not graph.targets(INTERPRETS, key):
            problems.append(Problem.at("INT101", doc.span_of("interprets", "title")))
    for relation in (REPEALS, AMENDS):
        for (name, source), targets in graph.forward.items():
            for target in targets:
                if name == relation and source < target and source in graph.targets(relation, target):
                    related = (documents[source].span_of(relation),)
                    problems.append(
                        Problem.at("LNK111", documents[target].span_of(relation), related, relation=relation)
                    )


def _members(assembly: Assembly, fulfils: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Documents of each column, newest first: those at home in it or below it, and those it collects."""
    chosen: dict[str, set[str]] = {column_id: set() for column_id in assembly.columns}
    for key, column_id in assembly.home.items():
        current = column_id
        while current:
            chosen[current].add(key)
            parent = assembly.columns[current].parent
            current = parent if parent and assembly.columns[parent].layout == "list" else ""
    for column in assembly.columns.values():
        if column.collects or column.domain:
            chosen[column.id].update(
                key for key, doc in assembly.documents.items() if _collected(column, doc, assembly, fulfils)
            )
    return {
        column_id: tuple(key for key in assembly.documents if key in keys) if keys else ()
        for column_id, keys in chosen.items()
    }


def _collected(
    column: Column, doc: Document, assembly: Assembly, fulfils: Mapping[str, tuple[str, ...]]
) -> bool:
    if column.domain:
        return any(assembly.items[item_id].domain == column.domain for item_id in fulfils.get(doc.key, ()))
    return any(_matches(rule, doc) for rule in column.collects)


def _matches(rule: Collects, doc: Document) -> bool:
    if doc.kind != rule.kind:
        return False
    return (
        not rule.key or getattr(doc.details, f"{rule.key}_", getattr(doc.details, rule.key, "")) in rule.terms
    )
