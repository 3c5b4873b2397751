"""Inventories of all sites to what each of them needs of the others: every question answered once, for both ends."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from typing import NamedTuple

from govsite.files.digest import digest_of
from govsite.hanzi.doc_number import parse_doc_number, suffixes
from govsite.hanzi.title import quoted_titles, title_key
from govsite.link.directory import name_key
from govsite.model.inventory import (
    FULFILS,
    Abroad,
    Answer,
    Ask,
    Inventory,
    Listed,
    ListedItem,
    Lost,
    Neighbours,
    Question,
)
from govsite.model.lifespan import DEAD
from govsite.model.organisation import Organisation
from govsite.model.site import AMENDS, CITES, REPEALS

ITEM = "catalog_item"


class _Held(NamedTuple):
    """Something that a site holds."""

    place: str
    one: Listed | ListedItem


class _Link(NamedTuple):
    """Something asked for that one site alone holds."""

    place: str
    ask: Ask
    held: _Held
    start: int


def make_neighbourhood(
    inventories: Iterable[Inventory], shared: frozenset[str], workspace: str
) -> dict[str, Neighbours]:
    """What each site needs of the others, by place. shared: places whose organisations, catalog items and titles all may use."""
    return _Neighbourhood(tuple(inventories), shared, workspace).neighbours()


class _Neighbourhood:
    def __init__(self, inventories: tuple[Inventory, ...], shared: frozenset[str], workspace: str) -> None:
        self._sites = {inventory.place: inventory for inventory in inventories}
        self._shared = shared
        self._workspace = workspace
        self._documents = {(one.place, doc.key): doc for one in inventories for doc in one.documents}
        self._names: dict[str, list[_Held]] = {}
        self._titles: dict[str, list[_Held]] = {}
        self._items: dict[str, list[_Held]] = {}
        for inventory in inventories:
            self._read(inventory)
        self._links = list(self._resolve())
        self._states = self._judge()

    def _read(self, inventory: Inventory) -> None:
        place = inventory.place
        for doc in inventory.documents:
            held = _Held(place, doc)
            words = [
                doc.index_no,
                name_key(doc.doc_no) if doc.doc_no else "",
                f"{place}:{doc.id}",
                f"{place}:{doc.key}",
            ]
            for word in dict.fromkeys(words):
                if word:
                    self._names.setdefault(word, []).append(held)
            if place in self._shared and doc.kind == "policy":
                for title in quoted_titles(doc.title):
                    self._titles.setdefault(title, []).append(held)
        if place in self._shared:
            for item in inventory.items:
                self._items.setdefault(item.id, []).append(_Held(place, item))

    def _find(self, place: str, question: Question) -> tuple[list[_Held], int]:
        """What others than the site at `place` hold, and the characters before a number proper."""
        how, text, kind = question
        if how == "number":
            number = parse_doc_number(text)
            for start, candidate in enumerate(suffixes(number) if number else ()):
                found = [one for one in self._names.get(f"#{candidate.key}", ()) if one.place != place]
                if found:
                    return found, start
            return [], 0
        if how == "item":
            return [one for one in self._items.get(text, ()) if one.place != place], 0
        if how == "title":
            return [one for one in self._titles.get(title_key(text), ()) if one.place != place], 0
        found = [one for one in self._names.get(name_key(_plain(text)), ()) if one.place != place]
        return [one for one in found if not kind or (isinstance(one.one, Listed) and one.one.kind == kind)], 0

    def _resolve(self) -> Iterator[_Link]:
        self._answers: dict[str, dict[Question, tuple[list[_Held], int]]] = {}
        for place, inventory in self._sites.items():
            answers = self._answers[place] = {}
            for ask in inventory.asks:
                question = (ask.how, ask.text, ask.kind)
                if question not in answers:
                    answers[question] = self._find(place, question)
                found, start = answers[question]
                if len(found) == 1:
                    yield _Link(place, ask, found[0], start)

    def _judge(self) -> dict[tuple[str, str], str]:
        """Validity of documents that another site repeals or amends, as far as they do not say themselves."""
        states: dict[tuple[str, str], str] = {}
        for link in self._links:
            target = link.held.one
            if link.ask.relation not in (REPEALS, AMENDS) or not isinstance(target, Listed) or target.stated:
                continue
            source = self._documents[link.place, link.ask.source]
            if source.effective and source.effective > self._sites[link.held.place].as_of:
                continue
            name = (link.held.place, target.key)
            known = states.get(name, target.validity)
            if link.ask.relation == REPEALS and known not in DEAD:
                states[name] = "repealed"
            elif link.ask.relation == AMENDS and known == "in_force":
                states[name] = "amended"
        return states

    def neighbours(self) -> dict[str, Neighbours]:
        return {place: self._neighbours_of(place) for place in self._sites}

    def _neighbours_of(self, place: str) -> Neighbours:
        answers = {
            question: Answer(start, tuple(self._abroad(one, "", is_target=False) for one in found))
            for question, (found, start) in self._answers[place].items()
            if found
        }
        found = Neighbours(
            workspace=self._workspace,
            places={other: one.name for other, one in self._sites.items() if other != place},
            answers=answers,
            incoming=self._incoming(place),
            states={key: state for (where, key), state in sorted(self._states.items()) if where == place},
            organisations=self._organisations(place),
            lost=tuple(self._lost(place)),
            is_asking=any(not found for found, _ in self._answers[place].values()),
            pages={
                one.prefix: (one.name, frozenset(one.addresses))
                for other, one in self._sites.items()
                if other != place and one.prefix
            },
        )
        return replace(found, digest=_digest(found))

    def _abroad(self, held: _Held, relation: str, *, is_target: bool) -> Abroad:
        one, site = held.one, self._sites[held.place]
        address = f"../{held.place}/{one.address}"
        if isinstance(one, ListedItem):
            return Abroad(relation, is_target, site.name, ITEM, one.name, address)
        validity = self._states.get((held.place, one.key), one.validity)
        return Abroad(
            relation, is_target, site.name, one.kind, one.title, address, one.doc_no, one.published, validity
        )

    def _incoming(self, place: str) -> dict[str, tuple[Abroad, ...]]:
        """Links from others by document: a stated relation says more than a mention in running text."""
        incoming: dict[str, list[_Link]] = {}
        for link in self._links:
            if (
                link.held.place == place
                and isinstance(link.held.one, Listed)
                and link.ask.relation != FULFILS
            ):
                incoming.setdefault(link.held.one.key, []).append(link)
        return {key: tuple(self._ordered(links)) for key, links in sorted(incoming.items())}

    def _ordered(self, links: list[_Link]) -> list[Abroad]:
        stated = {(link.place, link.ask.source) for link in links if link.ask.relation != CITES}
        told: dict[Abroad, None] = {}
        order = {place: number for number, place in enumerate(self._sites)}
        links = sorted(links, key=lambda link: (order[link.place], link.ask.source))
        links.sort(key=lambda link: self._documents[link.place, link.ask.source].published, reverse=True)
        for link in links:
            source = (link.place, link.ask.source)
            if link.ask.relation != CITES or source not in stated:
                held = _Held(link.place, self._documents[source])
                told[self._abroad(held, link.ask.relation, is_target=not link.ask.reverse)] = None
        return list(told)

    def _organisations(self, place: str) -> tuple[Organisation, ...]:
        return tuple(
            replace(one, external=True)
            for other in self._sites
            if other in self._shared and other != place
            for one in self._sites[other].organisations
        )

    def _lost(self, place: str) -> Iterator[Lost]:
        for other, answers in self._answers.items():
            missed = {
                text for (how, text, _), (found, _) in answers.items() if how == "reference" and not found
            }
            for ask in self._sites[other].asks:
                if ask.how == "reference" and ask.text in missed and _plain(ask.text).startswith(f"{place}:"):
                    source = self._documents[other, ask.source]
                    yield Lost(self._sites[other].name, ask.text, source.title)


def _plain(text: str) -> str:
    """A reference with its colon in the narrow form."""
    return text.strip().replace("：", ":")


def _digest(neighbours: Neighbours) -> str:
    """Digest of all that a site may take from the others."""
    facts = asdict(neighbours)
    facts["answers"] = [[*question, answer] for question, answer in neighbours.answers.items()]
    facts["pages"] = {prefix: sorted(pages) for prefix, (_, pages) in neighbours.pages.items()}
    return digest_of(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass"))


def lean_on(
    neighbourhood: Mapping[str, Neighbours], place: str, inventory: Inventory, key: str | None
) -> frozenset[str]:
    """Places of the sites that a change of the document `key` at `place` may reach: those that link to it, and those it links to, which
    link back. key None: of any document there.
    """
    address = next((f"../{place}/{doc.address}" for doc in inventory.documents if doc.key == key), "")
    prefix = f"../{place}/"
    asked = {(ask.how, ask.text, ask.kind) for ask in inventory.asks if key is None or ask.source == key}
    held = {link.address for question in asked for link in neighbourhood[place].answer(*question).found}
    found = set()
    for other, neighbours in neighbourhood.items():
        if other == place:
            continue
        links = [link for answer in neighbours.answers.values() for link in answer.found]
        links += [link for incoming in neighbours.incoming.values() for link in incoming]
        if any(link.address == address if key else link.address.startswith(prefix) for link in links):
            found.add(other)
        if any(target.startswith(f"../{other}/") for target in held):
            found.add(other)
    return frozenset(found)


def plain_inventory(inventory: Inventory) -> str:
    """An inventory as JSON, a line an entry: for people, for other tools, for `diff`."""
    head = {
        "version": 1,
        "place": inventory.place,
        "name": inventory.name,
        "prefix": inventory.prefix,
        "as_of": inventory.as_of,
    }
    lists: Mapping[str, Iterable[Mapping[str, object] | str]] = {
        "documents": [doc._asdict() for doc in inventory.documents],
        "items": [item._asdict() for item in inventory.items],
        "organisations": [{"id": one.id, "name": one.name, "short": list(one.short)} for one in inventory.organisations],
        "addresses": inventory.addresses,
        "asks": [ask._asdict() for ask in inventory.asks],
    }  # fmt: skip
    parts = []
    for name, entries in lists.items():
        rows = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries)
        parts.append(f'"{name}": [\n{rows}\n]' if rows else f'"{name}": []')
    return json.dumps(head, ensure_ascii=False)[:-1] + ",\n" + ",\n".join(parts) + "}\n"
