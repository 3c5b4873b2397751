"""References that authors wrote to edges of the graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govsite.hanzi.nearest import nearest
from govsite.link.directory import Directory, name_key
from govsite.model.document import Document
from govsite.model.inventory import ALONE, FULFILS, Abroad, Neighbours
from govsite.model.lifespan import DEAD
from govsite.model.site import ABOUT, AMENDS, INTERPRETS, OUTCOME, REPEALS, RESULT_OF, Assembly
from govsite.model.values import Reference
from govsite.problems.problem import Problem
from govsite.vocab.keys import own_keys
from govsite.vocab.terms import term_list

# key in details, relation, kind of the target, whether the document that holds the reference is the target itself
WRITTEN = (
    ("interprets", INTERPRETS, "policy", False),
    ("interpretations", INTERPRETS, "interpretation", True),
    ("repeals", REPEALS, "policy", False),
    ("amends", AMENDS, "policy", False),
    ("about", ABOUT, "", False),
    ("result_of", RESULT_OF, "consultation", False),
    ("outcome", OUTCOME, "policy", False),
)

Edge = tuple[str, str, str]
AbroadLinks = dict[str, list[Abroad]]  # by key of the document here


class Resolver:
    """Resolves references of public documents.

    Reports LNK101 (leads to nothing), LNK102 (to several), LNK103 (to a document that is not public), LNK104 (to
    one of the wrong kind), LNK109 (to itself), LNK211 (to a document that another site no longer holds), LNK212 (to documents of
    several other sites), LNK213 (an interpretation of another site's policy that is no longer in force).

    abroad: links to documents of other sites.
    """

    def __init__(
        self, assembly: Assembly, directory: Directory, unread: Iterable[str], problems: list[Problem],
        neighbours: Neighbours = ALONE,
    ) -> None:  # fmt: skip
        self._assembly = assembly
        self._directory = directory
        self._unread = frozenset(name_key(name) for name in unread)
        self._problems = problems
        self._neighbours = neighbours
        self.abroad: AbroadLinks = {}

    def edges(self, documents: Iterable[Document]) -> Iterator[Edge]:
        """(relation, source, target) of every reference that resolves to one public document."""
        for doc in documents:
            for key, relation, kind, reversed_ in WRITTEN:
                for reference in getattr(doc.details, key, ()):
                    target = self._resolve(doc, reference, kind, relation, reversed_)
                    if target:
                        yield (relation, target, doc.key) if reversed_ else (relation, doc.key, target)
            yield from self._declared(doc)

    def _declared(self, doc: Document) -> Iterator[Edge]:
        """Edges of relations that are data alone (`back` in keys.yaml)."""
        for key in own_keys(doc.kind):
            if key.back:
                for reference in getattr(doc.details, key.id, ()):
                    relation = f"{doc.kind}.{key.id}"
                    target = self._resolve(doc, reference, key.argument, relation)
                    if target:
                        yield relation, doc.key, target

    def _resolve(
        self, doc: Document, reference: Reference, kind: str, relation: str, is_target: bool = False
    ) -> str | None:  # fmt: skip
        found = self._directory.find(reference.text, kind)
        documents = [self._document(key) for key in found]
        if not found and name_key(reference.text) in self._unread:
            return None  # its own file has been reported already
        if not found and self._look_abroad(doc, reference, kind, relation, is_target=is_target):
            return None
        if not found:
            near = nearest(
                reference.text, (name.removeprefix("#").replace("|", " ") for name in self._directory.names)
            )
            self._problems.append(
                Problem.at("LNK101", reference.span, found=reference.text, nearest=_readable(near))
            )
        elif len(found) > 1:
            files = "、".join(document.file for document in documents)
            places = [document.span_of("title") for document in documents]
            self._problems.append(
                Problem.at("LNK102", reference.span, places, found=reference.text, files=files)
            )
        elif found[0] == doc.key:
            self._problems.append(Problem.at("LNK109", reference.span, found=reference.text))
        elif kind and documents[0].kind != kind:
            self._problems.append(
                Problem.at(
                    "LNK104", reference.span, found=reference.text, file=documents[0].file, expected=kind
                )
            )
        elif found[0] not in self._assembly.documents:
            self._problems.append(Problem.at("LNK103", reference.span, found=reference.text))
        else:
            return found[0]
        return None

    def _look_abroad(
        self, doc: Document, reference: Reference, kind: str, relation: str, *, is_target: bool
    ) -> bool:
        """Whether another site answers, or ought to."""
        found = self._neighbours.answer("reference", reference.text, kind).found
        site = self._neighbours.site_of(reference.text)
        if len(found) > 1:
            sites = "、".join(one.site for one in found)
            self._problems.append(Problem.at("LNK212", reference.span, found=reference.text, sites=sites))
        elif found:
            one = found[0]
            self.abroad.setdefault(doc.key, []).append(one._replace(relation=relation, is_target=is_target))
            if relation == INTERPRETS and not is_target and one.validity in DEAD:
                state = term_list("validity").find(one.validity)
                self._problems.append(
                    Problem.at("LNK213", reference.span, found=reference.text, site=one.site,
                               state=state.label if state else one.validity)
                )  # fmt: skip
        elif site:
            self._problems.append(Problem.at("LNK211", reference.span, found=reference.text, site=site))
        else:
            return False
        return True

    def _document(self, key: str) -> Document:
        return self._assembly.documents.get(key) or self._assembly.withheld[key]


def _readable(near: str) -> str:
    """A name of the directory as an author would write it."""
    parts = near.split(" ")
    if len(parts) == 3:
        return f"{parts[0]}〔{parts[1]}〕{parts[2]}号" if parts[1] else f"{parts[0]}第{parts[2]}号"
    return near


def resolve_items(
    documents: Iterable[Document], assembly: Assembly, problems: list[Problem], neighbours: Neighbours,
    abroad: AbroadLinks,
) -> dict[str, tuple[str, ...]]:  # fmt: skip
    """Catalog item ids that each document fulfils, in the order written; LNK110 for an id that is none, here or in a shared catalog."""
    fulfils: dict[str, tuple[str, ...]] = {}
    for doc in documents:
        known = []
        for reference in doc.catalog_items:
            if reference.text in assembly.items:
                known.append(reference.text)
            elif reference.text in assembly.withheld_items:
                problems.append(Problem.at("LNK103", reference.span, found=reference.text))
            elif len(found := neighbours.answer("item", reference.text).found) == 1:
                abroad.setdefault(doc.key, []).append(found[0]._replace(relation=FULFILS))
            else:
                near = nearest(reference.text, assembly.items)
                name = assembly.items[near].name if near else ""
                problems.append(
                    Problem.at("LNK110", reference.span, found=reference.text, nearest=near, name=name)
                )
        if known:
            fulfils[doc.key] = tuple(dict.fromkeys(known))
    return fulfils
