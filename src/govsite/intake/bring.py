"""One file brought into a site: which sources it becomes, and everything that must be said about it. Nothing is written here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from govsite.attachments.magic import content_of
from govsite.files.digest import digest_of
from govsite.files.paths import is_portable_name
from govsite.hanzi.doc_number import parse_doc_number
from govsite.hanzi.pending import PENDING
from govsite.hanzi.pinyin import default_reading
from govsite.intake.catalog.domains import Domain, domains_of, drop_repeated
from govsite.intake.catalog.items import Item
from govsite.intake.catalog.merge import earlier_basis, earlier_items, settle_ids
from govsite.intake.catalog.write import catalog_yaml
from govsite.intake.document.draft import Draft, Entry, draft_of, draft_text, pictures_of
from govsite.intake.index_numbers import allocate
from govsite.intake.material import Grid, Material
from govsite.intake.notes import Note
from govsite.intake.origin import Origins, catalog_origin, document_origin, origin_path
from govsite.intake.read import REFUSED
from govsite.source.scalars import yaml_scalar
from govsite.source.text import decode_text
from govsite.source.yaml import Mapping as Node
from govsite.source.yaml import YamlFault, parse_yaml
from govsite.vocab.keys import keys_of
from govsite.vocab.terms import kinds

_WEB_PICTURES = frozenset({"jpeg", "png", "gif", "webp"})
_KEPT_FILES = frozenset({"zip", "pdf", "ole", "jpeg", "png"})
_FRESH_DAYS = 30
"""A document that was written so many days ago goes out with today's date unless it says another."""
_UNSAID = frozenset({"location", "wrong_type"})


@dataclass(slots=True)
class Brought:
    """files: content by path relative to the site; titles: one line about each source; changes: diff of the cleaning;
    said: what was filled in by custom, a line each.
    """

    name: str
    files: dict[str, bytes] = field(default_factory=dict)
    titles: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    said: list[tuple[str, dict[str, object]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Wishes:
    """How to import. kind: `""` for what the file looks like; to: folder or file relative to the site, `""` for the usual one.

    day: ISO day of today, for paths only; beside: folder of the imported file, where attachments may lie;
    numbering: rule and 标识码 for new 索引号, None for none; taken: numbers that this run gave out.
    """

    kind: str = ""
    to: str = ""
    clean: bool = False
    replace: bool = False
    domain: str = ""
    day: str = ""
    beside: Path | None = None
    numbering: tuple[str, str] | None = None
    taken: frozenset[str] = frozenset()


def bring(material: Material, site: Path, wishes: Wishes) -> Brought:
    """What `material` becomes in `site`. Reads what is there already; writes nothing, never raises for any material."""
    brought = Brought(material.name)
    for fault in material.faults:
        if fault.kind in REFUSED and not material.blocks:
            brought.notes.append(Note.of(f"refused:{fault.kind}", fault.place, "lost", detail=fault.detail))
        elif fault.kind not in _UNSAID:
            weight = (
                "check"
                if material.blocks
                and fault.kind in {"hidden_row", "hidden_column", "too_slow", "broken", "no_text", "note"}
                else "lost"
            )
            brought.notes.append(Note.of(f"fault:{fault.kind}", fault.place, weight, detail=fault.detail))
    if not material.blocks:
        return brought
    kind = wishes.kind or ("catalog" if _is_catalog(material) else "policy")
    if kind == "catalog":
        _bring_catalog(material, site, wishes, brought)
    else:
        _bring_document(material, site, replace(wishes, kind=kind), brought)
    return brought


def _is_catalog(material: Material) -> bool:
    has_grid = any(isinstance(block, Grid) for block in material.blocks)
    return has_grid and any(domain.items for domain in domains_of(material))


# Catalogs


def _bring_catalog(material: Material, site: Path, wishes: Wishes, brought: Brought) -> None:
    found = domains_of(material, clean=wishes.clean, domain=wishes.domain)
    if not any(domain.items for domain in found):
        brought.notes += [note for domain in found for note in domain.notes]
        brought.notes.append(Note.of("no_table", "", "lost"))
        return
    for domain in found:
        brought.notes += domain.notes
        if domain.items:
            _bring_domain(domain, site, wishes, brought, alone=len(found) == 1)


def _bring_domain(domain: Domain, site: Path, wishes: Wishes, brought: Brought, *, alone: bool) -> None:
    prefix = domain.id or _letters(domain.label) or _letters(Path(brought.name).stem) or "mulu"
    path = wishes.to if wishes.to.endswith((".yaml", ".yml")) and alone else ""
    path = path or f"{_folder(wishes.to, 'catalog')}/{prefix}.yaml"
    before = _text_of(site / path)
    items = drop_repeated(domain.items)
    brought.notes += settle_ids(items, earlier_items(before), prefix, _other_ids(site, path))
    label = domain.label
    if not domain.id:
        brought.notes.append(Note.of("unknown_domain", "", "check"))
        label = f"{PENDING}：{label}" if label else PENDING
    text = catalog_yaml(label, earlier_basis(before) or domain.title, items)
    brought.files[path] = text.encode()
    places = {item.id: _places(item) for item in items}
    brought.files[origin_path(path)] = catalog_origin(brought.name, places).encode()
    sure = sum(not value.doubt for item in items for value in item.values.values())
    marked = sum(bool(value.doubt) for item in items for value in item.values.values())
    facts = {"domain": domain.label or PENDING, "items": len(items), "sure": sure, "marked": marked}
    brought.titles.append(("catalog", facts))


def _places(item: Item) -> dict[str, str]:
    """Place of every key, and under `""` that of the row."""
    return {"": item.place, **{key: value.place for key, value in item.values.items() if value.place}}


def _other_ids(site: Path, path: str) -> set[str]:
    folder = site / "content" / "catalog"
    ids: set[str] = set()
    for file in sorted(folder.glob("*.y*ml")) if folder.is_dir() else ():
        if file.relative_to(site).as_posix() != path:
            ids |= {item.id for item in earlier_items(_text_of(file))}
    return ids


# Documents


def _bring_document(material: Material, site: Path, wishes: Wishes, brought: Brought) -> None:
    draft = draft_of(material, wishes.kind, clean=wishes.clean)
    _date(draft, wishes, brought)
    path = wishes.to if wishes.to.endswith((".md", ".markdown")) else _document_path(draft, site, wishes)
    folder, stem = path.rpartition("/")[0], Path(path).stem
    _settle_attachments(draft, folder, wishes, brought)
    _settle_files(draft, material, folder, stem, brought)
    before = _text_of(site / path)
    _number(draft, path, site, wishes, brought)
    body = draft.body.text
    if before:
        body = _keep_made_by_hand(draft, before, site, path, wishes)
    text = (
        draft_text(draft)
        if body == draft.body.text
        else draft_text(draft).removesuffix(draft.body.text) + body
    )
    brought.files[path] = text.encode()
    labels = {key.id: key.label for key in keys_of(wishes.kind).keys}
    keys = {labels[key]: entry.place for key, entry in draft.entries.items() if entry.place}
    blocks = [
        (block.split("\n")[0].strip(), place)
        for block, place in zip(draft.body.blocks, draft.body.places, strict=True)
    ]
    brought.files[origin_path(path)] = document_origin(brought.name, keys, blocks, body).encode()
    brought.notes += draft.notes
    brought.changes = draft.changes
    marked = sum(bool(entry.doubt) for entry in draft.entries.values()) + body.count(f"【{PENDING}")
    facts: dict[str, object] = {
        "title": draft.text("title") or brought.name,
        "sure": sum(not entry.doubt for entry in draft.entries.values()),
        "marked": marked,
        "headings": len(draft.body.headings),
        "blocks": len(draft.body.blocks),
    }
    brought.titles.append(("document", facts))


def _sure(draft: Draft, key: str) -> str:
    """First text of a key that is not in doubt, else `""`."""
    entry = draft.entries.get(key)
    return draft.text(key) if entry and not entry.doubt else ""


def _date(draft: Draft, wishes: Wishes, brought: Brought) -> None:
    """A Word file does not say when it goes out: a fresh one goes out today, and the import says so. Not so an old one."""
    entry = draft.entries.get("published")
    if entry is None or entry.doubt != "not_found" or not wishes.day:
        return
    number = parse_doc_number(_sure(draft, "doc_no")) if _sure(draft, "doc_no") else None
    written = _sure(draft, "written")
    today = date.fromisoformat(wishes.day)
    if written:
        is_fresh = timedelta(0) <= today - date.fromisoformat(written) <= timedelta(_FRESH_DAYS)
    else:
        is_fresh = number is not None and str(number.year) == wishes.day[:4]
    if is_fresh:
        draft.entries["published"] = Entry((wishes.day,))
        label = next(key.label for key in keys_of(draft.kind).keys if key.id == "published")
        draft.notes = [
            note
            for note in draft.notes
            if note.kind != "doubt_not_found" or dict(note.facts).get("key") != label
        ]
        brought.said.append(("published_today", {"day": wishes.day}))


def _number(draft: Draft, path: str, site: Path, wishes: Wishes, brought: Brought) -> None:
    """An 索引号 for a policy that brings none; one that stands in the source already is kept afterwards."""
    if wishes.kind != "policy" or "index_no" in draft.entries or not wishes.numbering:
        return
    rule, id_code = wishes.numbering
    day = _sure(draft, "written") or wishes.day
    number = allocate(site, rule, id_code, day, f"{path} {draft.text('title')}", wishes.taken)
    if number:
        draft.entries["index_no"] = Entry((number,), "", "")
        brought.notes.append(Note.of("index_no", "", "said", value=number))


def _document_path(draft: Draft, site: Path, wishes: Wishes) -> str:
    """`<folder>/<year>/<letters of the number>-<number>.md`; without a number by the day, the first that is free.

    A document that was imported before is found by its number, wherever it lies.
    """
    home = _folder(wishes.to, kinds()[wishes.kind].folder)
    number = parse_doc_number(draft.text("doc_no")) if draft.text("doc_no") else None
    day = _sure(draft, "written") or draft.text("published").removeprefix(f"{PENDING}：") or wishes.day
    if number:
        return f"{home}/{number.year or day[:4]}/{_letters(number.word) or 'wen'}-{int(number.number):02d}.md"
    stem = day[:10].replace("-", "") or "wen"
    title = draft.text("title")
    for count in range(1, 1000):
        path = f"{home}/{day[:4] or 'wen'}/{stem}-{count}.md"
        text = _text_of(site / path)
        if not text or (title and yaml_scalar(title) in text[:2000]):
            return path
    return f"{home}/{stem}.md"


def _settle_attachments(draft: Draft, folder: str, wishes: Wishes, brought: Brought) -> None:
    """Attachments that lie beside the imported file come along."""
    entry = draft.entries.get("attachments")
    if entry is None or wishes.beside is None:
        return
    names: list[str] = []
    missing = False
    nearby = {file.name: file for file in sorted(wishes.beside.iterdir()) if file.is_file()}
    for name in draft.attachments:
        match = next((file for other, file in nearby.items() if name in {other, Path(other).stem}), None)
        if match is None or not is_portable_name(match.name):
            names.append(f"{PENDING}：{name}")
            missing = True
            continue
        names.append(match.name)
        brought.files[f"{folder}/{match.name}"] = match.read_bytes()
        brought.notes.append(Note.of("attachment_found", "", "said", name=match.name))
    draft.entries["attachments"] = Entry(tuple(names), entry.place, "attachment_missing" if missing else "")
    if missing and len(names) > sum(name.startswith(PENDING) for name in names):
        draft.entries["attachments"] = Entry(tuple(names), entry.place, "")
    if not missing:
        draft.notes = [note for note in draft.notes if note.kind != "doubt_attachment_missing"]


def _settle_files(draft: Draft, material: Material, folder: str, stem: str, brought: Brought) -> None:
    """Pictures and embedded files get names of their own beside the document; what no browser shows is left out."""
    for number, file in enumerate(pictures_of(draft, material), 1):
        content = content_of(file.data)
        is_picture = file in draft.body.pictures
        suffix = Path(file.name).suffix.lower()
        if content not in (_WEB_PICTURES if is_picture else _KEPT_FILES) or not is_portable_name(
            f"a{suffix}"
        ):
            kind = "picture_skipped" if is_picture else "embedded_skipped"
            draft.notes.append(Note.of(kind, file.place, "lost", name=file.name))
            if is_picture:
                draft.body.blocks = [block for block in draft.body.blocks if f"]({file.name})" not in block]
            continue
        name = f"{stem}-{number}{suffix}"
        brought.files[f"{folder}/{name}"] = file.data
        if is_picture:
            draft.body.blocks = [
                block.replace(f"]({file.name})", f"]({name})") for block in draft.body.blocks
            ]
        else:
            draft.notes.append(Note.of("embedded", file.place, "said", name=name))
            before = draft.entries.get("attachments", Entry(()))
            draft.entries["attachments"] = Entry(
                (*before.texts, name), before.place or file.place, before.doubt
            )


def _keep_made_by_hand(draft: Draft, before: str, site: Path, path: str, wishes: Wishes) -> str:
    """Keys that only people can know stay as they were; a body that was edited stays, unless it shall be replaced."""
    head, _, rest = before.removeprefix("---\n").partition("\n---\n")
    old_body = rest.lstrip("\n")
    node = parse_yaml(head, path)
    if isinstance(node, YamlFault) or not isinstance(node, Node):
        return draft.body.text
    words = keys_of(draft.kind).by_word
    lines = head.split("\n")
    for key, value in node:
        name = words[key.text].id if key.text in words else ""
        entry = draft.entries.get(name)
        raw = "\n".join(lines[key.span.line - 1 : max(value.span.end_line, key.span.line)])
        if name and (entry is None or entry.doubt or name == "index_no") and PENDING not in raw:
            texts = tuple(_scalars(value))
            if texts and not isinstance(value, Node):
                draft.entries[name] = Entry(texts, "", "")
                draft.notes = [
                    one for one in draft.notes if dict(one.facts).get("key") != words[key.text].label
                ]
                draft.notes.append(Note.of("kept_key", "", "said", key=words[key.text].label))
    imported = Origins(site).imported_body(path)
    was_edited = imported != digest_of(old_body.encode()) and old_body.strip() != draft.body.text.strip()
    if was_edited and not wishes.replace:
        draft.notes.append(Note.of("changed_by_hand", "", "check"))
        return old_body
    return draft.body.text


def _scalars(node: object) -> list[str]:
    items = getattr(node, "items", None)
    if items is not None and not isinstance(node, Node):
        return [text for one in items for text in _scalars(one)]
    return [str(getattr(node, "text", ""))]


# Both


def _folder(to: str, usual: str) -> str:
    if to and not to.endswith((".md", ".markdown", ".yaml", ".yml")):
        return to.rstrip("/")
    return f"content/{usual}"


def _letters(words: str) -> str:
    """First letters of the readings of `words` and its own Latin letters and digits: a name that is safe anywhere."""
    letters = "".join(
        default_reading(char)[:1] or (char if char.isascii() and char.isalnum() else "") for char in words
    )
    return re.sub(r"[^a-z0-9]", "", letters.lower())[:24]


def _text_of(file: Path) -> str:
    try:
        text = decode_text(file.read_bytes())
    except OSError:
        return ""
    return text if isinstance(text, str) else ""


def counted(notes: list[Note]) -> Mapping[str, int]:
    """How many notes there are of each weight."""
    return {weight: sum(note.weight == weight for note in notes) for weight in ("check", "lost", "said")}
