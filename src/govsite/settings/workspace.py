"""workspace.yaml (集约化平台): which sites belong together, and where each lies among the others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from govsite.expect.fields import Field, expect_fields, report_missing
from govsite.expect.values import expect_list, expect_text
from govsite.frozen import dataclass
from govsite.problems.problem import Problem
from govsite.settings.names import CONFIG_FILE, WORKSPACE_FILE
from govsite.settings.read import read_settings
from govsite.settings.settings import SiteIdentity
from govsite.source.span import Span
from govsite.source.yaml import Mapping as YamlMapping
from govsite.source.yaml import Node, Scalar, Sequence
from govsite.vocab.keys import config_keys

_PLACE = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


@dataclass(frozen=True, slots=True)
class Member:
    """A site of the workspace (成员站点). folder: relative to the workspace, `.` for its own; place: name of its output's folder."""

    folder: str
    place: str
    span: Span
    identity: SiteIdentity = SiteIdentity()


@dataclass(frozen=True, slots=True)
class Workspace:
    """Sites that are built, linked and searched together. members: in the order of the file, those of a pattern by folder;
    shared: places of the sites whose organisations, catalog and titles all others may use.
    """

    name: str = ""
    members: tuple[Member, ...] = ()
    shared: frozenset[str] = frozenset()


def check_workspace(
    root: Path, node: Node | None, environ: Mapping[str, str], problems: list[Problem]
) -> Workspace:
    """The workspace that a parsed file describes, in the folder `root`.

    Reports CFG102-CFG104, and CFG151 (no site there), CFG152 (two sites at one place), CFG153 (a place that cannot be a folder of the
    web), CFG154 (a site whose own address does not fit), CFG155 (a shared site that is no member).
    """
    if not isinstance(node, YamlMapping):
        found = Span.of_file(WORKSPACE_FILE)
        problems.append(Problem.at("CFG103", found, key=WORKSPACE_FILE, expected="mapping"))
        return Workspace()
    keys = config_keys("workspace")
    fields = expect_fields(node, keys, problems, "CFG102")
    report_missing(fields, keys, node.span, problems)
    members = _unique(_members(root, fields.get("members"), environ, problems), problems)
    for member in members:
        _check_address(member, members, problems)
    return Workspace(
        expect_text(fields.get("name"), problems), members, _shared(fields.get("shared"), members, problems)
    )


def _members(
    root: Path, field: Field | None, environ: Mapping[str, str], problems: list[Problem]
) -> Iterator[Member]:
    if field is None:
        return
    items = field.value.items if isinstance(field.value, Sequence) else (field.value,)
    for item in items:
        if isinstance(item, Scalar):
            pattern, place, span = item.text.strip(), "", item.span
        elif isinstance(item, YamlMapping):
            given = expect_fields(item, config_keys("workspace_member"), problems, "CFG102")
            report_missing(given, config_keys("workspace_member"), item.span, problems)
            pattern, place = (
                expect_text(given.get("folder"), problems),
                expect_text(given.get("place"), problems),
            )
            span = given["place"].value.span if place else item.span
        else:
            problems.append(Problem.at("CFG103", item.span, key=field.key.label, expected="text"))
            continue
        folders = _folders(root, pattern)
        if not folders:
            problems.append(Problem.at("CFG151", span, found=pattern))
        for folder in folders:
            identity = read_settings(root / folder, environ)[0].site
            named = place or _default_place(identity, folder)
            if not _PLACE.fullmatch(named):
                problems.append(Problem.at("CFG153", span, found=named, folder=folder))
                continue
            yield Member(folder, named, span, identity)


def _folders(root: Path, pattern: str) -> list[str]:
    """Folders with a site that a pattern means, relative to the workspace, in order. Nothing outside of it."""
    clean = pattern.replace("\\", "/").rstrip("/") or "."
    if not pattern or clean.startswith("/") or ".." in clean.split("/") or ":" in clean:
        return []
    found = [root] if clean == "." else sorted(root.glob(clean))
    return [
        folder.relative_to(root).as_posix() for folder in found if (folder / CONFIG_FILE).is_file()
    ]  # fmt: skip


def _default_place(identity: SiteIdentity, folder: str) -> str:
    return identity.path.strip("/").rpartition("/")[2] or folder.rpartition("/")[2].lower()


def _unique(members: Iterator[Member], problems: list[Problem]) -> tuple[Member, ...]:
    kept: dict[str, Member] = {}
    folders: set[str] = set()
    for member in members:
        if member.folder in folders:
            continue  # named, and met by a pattern as well: the first says where it lies
        folders.add(member.folder)
        first = kept.setdefault(member.place, member)
        if first is not member:
            problems.append(
                Problem.at("CFG152", member.span, (first.span,), place=member.place, folder=member.folder,
                           other=first.folder)
            )  # fmt: skip
    return tuple(kept.values())


def _check_address(member: Member, members: tuple[Member, ...], problems: list[Problem]) -> None:
    """Links between sites are relative: each must be served beside the others, under the name it has here."""
    first = members[0].identity
    above = first.path.rstrip("/").rpartition("/")[0]
    wanted = replace(member.identity, domain=first.domain, path=f"{above}/{member.place}/")
    if (member.identity.domain, member.identity.path) != (wanted.domain, wanted.path):
        problems.append(
            Problem.at("CFG154", member.span, folder=member.folder, place=member.place,
                       found=member.identity.domain + member.identity.path, expected=wanted.domain + wanted.path)
        )  # fmt: skip


def _shared(field: Field | None, members: tuple[Member, ...], problems: list[Problem]) -> frozenset[str]:
    known = {word: member.place for member in members for word in (member.place, member.folder)}
    shared = set()
    for item in expect_list(field, problems):
        place = known.get(item.text.strip().rstrip("/"))
        if place is None:
            problems.append(Problem.at("CFG155", item.span, found=item.text))
        else:
            shared.add(place)
    return frozenset(shared)
