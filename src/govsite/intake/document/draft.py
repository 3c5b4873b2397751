"""A document that was read, as the text of a source: front matter with what was found, body as Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from govsite.hanzi.pending import PENDING, pending
from govsite.hanzi.title import title_key
from govsite.intake.document.clean import difference, drops, find_spots, mend
from govsite.intake.document.facts import Fact, Facts, find_facts
from govsite.intake.document.tree import Body, body_of
from govsite.intake.material import Block, Grid, Material, Paragraph, Picture
from govsite.intake.notes import Note
from govsite.intake.word_notes import without_marks
from govsite.source.scalars import yaml_list, yaml_scalar
from govsite.vocab.keys import Key, keys_of
from govsite.vocab.terms import term_list

_LISTS = frozenset({"issuer", "attachments", "repeals", "interprets", "forms"})
_BROKEN = re.compile(r"(?:[?？][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}[)）])+|\ufffd+")
_QUOTED = re.compile(r"《([^《》]{4,120})》")
_CITED = {"policy": "issuer", "interpretation": "interpreter", "question": "answered_by", "guide": "handler"}
# Sign marks that a page lost on its way and that never stand in a 公文.
_LOST_TITLE = re.compile(r"•([^‣•]{1,40})‣")


@dataclass(slots=True)
class Entry:
    """A key of front matter. texts: one for a text key; place: in the imported file; doubt: why it must be looked at."""

    texts: tuple[str, ...]
    place: str = ""
    doubt: str = ""


@dataclass(slots=True)
class Draft:
    """A document to be written. entries by key id; changes: lines of the diff of what was cleaned."""

    kind: str
    entries: dict[str, Entry] = field(default_factory=dict)
    body: Body = field(default_factory=Body)
    notes: list[Note] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)

    def text(self, key: str) -> str:
        """First text of a key, `""` for none."""
        entry = self.entries.get(key)
        return entry.texts[0] if entry and entry.texts else ""


def draft_of(material: Material, kind: str, *, clean: bool) -> Draft:
    """A draft of the document that `material` holds. Never raises for any material."""
    draft = Draft(kind)
    blocks = [_marked(block, draft) for block in material.blocks]
    texts = ["" if not isinstance(block, Paragraph) else block.label + block.text for block in blocks]
    facts = find_facts([without_marks(text) for text in texts])
    _report_spots(texts, blocks, draft, clean=clean)
    if clean:
        cleaned = [_cleaned(block) for block in blocks]
        draft.changes = _changes(blocks, cleaned, material.name)
        blocks = cleaned
    _take_facts(draft, facts, blocks)
    kept = [
        index
        for index in range(len(blocks))
        if index not in facts.used or not _is_dropped(texts[index], facts, index, clean=clean)
    ]
    signed = next((at for at, index in enumerate(kept) if index == facts.signed_at), -1)
    draft.body = body_of([blocks[index] for index in kept], facts.text("title"), signed)
    _complete(draft)
    _report_doubts(draft)
    return draft


def _is_dropped(text: str, facts: Facts, index: int, *, clean: bool) -> bool:
    """Whether a paragraph stays out of the body: its content stands in the front matter, or cleaning was asked for."""
    if drops(text):
        return clean
    return index in facts.used


def _marked(block: Block, draft: Draft) -> Block:
    """The block with every stretch of lost characters marked at its place."""
    if isinstance(block, Paragraph):
        text = _mark(block.text, block.place, draft)
        return replace(block, text=text) if text != block.text else block
    if isinstance(block, Grid):
        return replace(
            block,
            cells=tuple(replace(cell, text=_mark(cell.text, cell.place, draft)) for cell in block.cells),
        )
    return block


def _mark(text: str, place: str, draft: Draft) -> str:
    def mark(match: re.Match[str]) -> str:
        draft.notes.append(
            Note.of(
                "broken_characters", place, "check", text=text[max(0, match.start() - 6) : match.end() + 6]
            )
        )
        return f"【{pending(match[0])}】"

    return _BROKEN.sub(mark, text)


def _cleaned(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, text=_LOST_TITLE.sub(r"《\1》", mend(block.text)))
    if isinstance(block, Grid):
        return replace(block, cells=tuple(replace(cell, text=mend(cell.text)) for cell in block.cells))
    return block


def _changes(before: Sequence[Block], after: Sequence[Block], name: str) -> list[str]:
    old = [block.text for block in before if isinstance(block, Paragraph)]
    new = [block.text for block in after if isinstance(block, Paragraph) and not drops(block.text)]
    return difference(old, new, name)


def _report_spots(texts: Sequence[str], blocks: Sequence[Block], draft: Draft, *, clean: bool) -> None:
    """One note a kind of contamination, with how often it is there and where first; whole paragraphs each by itself."""
    counts: dict[str, list[int]] = {}
    examples: dict[str, str] = {}
    for spot in find_spots(texts):
        if spot.kind in {"advertisement", "furniture"}:
            place = blocks[spot.index].place
            draft.notes.append(
                Note.of(f"spot_{spot.kind}", place, "said" if clean else "check", text=spot.text)
            )
        else:
            counts.setdefault(spot.kind, []).append(spot.index)
            examples.setdefault(spot.kind, spot.text[:30])
    for kind, found in counts.items():
        place = blocks[found[0]].place
        weight = "said" if clean or kind == "width" else "check"
        draft.notes.append(Note.of(f"spot_{kind}", place, weight, count=len(found), text=examples[kind]))


def _take_facts(draft: Draft, facts: Facts, blocks: Sequence[Block]) -> None:
    keys = keys_of(draft.kind).by_word

    def place(fact: Fact) -> str:
        return blocks[fact.at].place if fact.at >= 0 else ""

    for key, fact in facts.found.items():
        if key in keys:
            draft.entries[key] = Entry((fact.value,), place(fact), fact.doubt)
    body = _CITED.get(draft.kind)
    if body and facts.issuers:
        first = facts.issuers[0]
        names = tuple(fact.value for fact in facts.issuers) if body in _LISTS else (first.value,)
        draft.entries[body] = Entry(names, place(first), first.doubt)
    if facts.attachments:
        draft.attachments = [fact.value for fact in facts.attachments]
        draft.entries["attachments"] = Entry(
            tuple(draft.attachments), place(facts.attachments[0]), "attachment_missing"
        )
    if facts.repeals and "repeals" in keys:
        draft.entries["repeals"] = Entry(
            tuple(fact.value for fact in facts.repeals), place(facts.repeals[0]), "repeals"
        )
    if draft.kind == "interpretation":
        quoted = _QUOTED.search(facts.text("title"))
        if quoted:
            draft.entries["interprets"] = Entry((quoted[1],), place(facts.found["title"]), "interprets")
        draft.entries["forms"] = Entry((term_list("interpretation_form").terms[0].label,), "", "forms")


def _complete(draft: Draft) -> None:
    """Every key that a document must have stands in the draft, marked where nothing was found."""
    for key in keys_of(draft.kind).keys:
        if key.need != "never" and key.id not in draft.entries:
            draft.entries[key.id] = Entry((), "", "not_found")
    if draft.kind == "policy" and "doc_no" not in draft.entries:
        draft.notes.append(Note.of("no_doc_no", "", "check"))


def _report_doubts(draft: Draft) -> None:
    labels = {key.id: key.label for key in keys_of(draft.kind).keys}
    for key, entry in draft.entries.items():
        if entry.doubt:
            text = "、".join(entry.texts)
            draft.notes.append(
                Note.of(f"doubt_{entry.doubt}", entry.place, "check", key=labels[key], value=text[:80])
            )
        elif entry.place:
            draft.notes.append(
                Note.of("found", entry.place, "said", key=labels[key], value="、".join(entry.texts)[:80])
            )
    for index, block in enumerate(draft.body.blocks):
        if block.startswith(f"![【{PENDING}"):
            draft.notes.append(Note.of("picture_without_words", draft.body.places[index], "check"))


def draft_text(draft: Draft) -> str:
    """The source. Keys stand in the order of the reference; the same draft gives the same bytes."""
    lines = ["---"]
    for key in keys_of(draft.kind).keys:
        entry = draft.entries.get(key.id)
        if entry is not None:
            lines.append(f"{key.label}:{_value(key, entry)}")
    return "\n".join([*lines, "---", "", draft.body.text])


def _value(key: Key, entry: Entry) -> str:
    texts = entry_texts(entry)
    if key.id in _LISTS and (len(texts) > 1 or key.id != "issuer"):
        return yaml_list(texts, "  ")
    return " " + yaml_scalar(texts[0])


def entry_texts(entry: Entry) -> list[str]:
    """What is written for a key: its texts, each behind 待核 where they are in doubt."""
    if not entry.doubt:
        return list(entry.texts)
    return [text if text.startswith(PENDING) else pending(text) for text in entry.texts] or [pending()]


def same_title(one: str, other: str) -> bool:
    """Whether two titles are one, however they are written."""
    return bool(one) and title_key(one) == title_key(other)


def pictures_of(draft: Draft, material: Material) -> list[Picture]:
    """Pictures of the text and files embedded in it, in order."""
    return [*draft.body.pictures, *material.embedded]
