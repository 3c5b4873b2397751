"""govsite build --workspace: every site of a county, linked and searched together."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import click

from govsite.cli.common import Session, UsageProblem, print_findings, tell_memory
from govsite.cli.costs import tell_costs
from govsite.frozen import dataclass
from govsite.pipeline.build import Request
from govsite.pipeline.costs import keep_costs
from govsite.pipeline.inventories import INVENTORIES
from govsite.pipeline.joining import join_members, unbuilt_members
from govsite.pipeline.outcome import Outcome
from govsite.pipeline.request import memory_folder
from govsite.pipeline.workspace import build_members, chosen_places, read_workspace
from govsite.problems.problem import Finding, Problem, Severity, grade
from govsite.problems.rules import severities
from govsite.report.records import findings_json
from govsite.settings.names import WORKSPACE_FILE
from govsite.settings.workspace import Member, Workspace
from govsite.source.span import Span

OUT = "build/workspace"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done with a workspace. base: request with all that is the same for every site; words: members named on the
    command line, none for all; join: only join what was built.
    """

    base: Request
    words: tuple[str, ...]
    join: bool
    verify: bool
    timings: bool
    format: str


def find_workspace(session: Session) -> Path:
    """The folder with workspace.yaml, here or above. Raises `UsageProblem`."""
    here = Path(os.path.abspath(session.site))  # noqa: PTH100 - a link stays the path that the user knows
    for folder in (here, *here.parents):
        if (folder / WORKSPACE_FILE).is_file():
            return folder
    raise UsageProblem(session.t("workspace.none", folder=session.site.name or "."))


def load_workspace(
    session: Session, root: Path, environ: Mapping[str, str]
) -> tuple[Workspace, tuple[Finding, ...]]:
    """The workspace, with what is wrong with its file."""
    workspace, problems = read_workspace(root, environ)
    return workspace, graded(problems)


def graded(problems: list[Problem]) -> tuple[Finding, ...]:
    """Findings about the workspace itself, which has no settings of its own."""
    return grade(problems, severities())


def members_named(session: Session, workspace: Workspace, words: tuple[str, ...]) -> frozenset[str]:
    """Places of the members named. Raises `UsageProblem` for one that is none."""
    chosen, unknown = chosen_places(workspace, words)
    if unknown:
        raise UsageProblem(session.t("workspace.no_member", found=unknown[0]))
    return chosen


def request_for(root: Path, out: Path | None, base: Request, member: Member) -> Request:
    """The build of one member; a check where `out` is None."""
    site, target = root / member.folder, out / member.place if out else None
    memory = memory_folder(site, target) if base.memory else None
    return replace(base, site=site, out=target, memory=memory)


def build_workspace(session: Session, root: Path, out: Path, order: Order) -> int:
    """Build the members and join their search; the heaviest exit code of all."""
    workspace, found = load_workspace(session, root, order.base.environ)
    chosen = members_named(session, workspace, order.words)
    tell = _Tell(replace(session, site=root), order)
    tell.workspace(found)
    if any(finding.severity is Severity.ERROR for finding in found):
        return tell.end(2)
    code = 0
    if not order.join:
        costs = {}

        def request(member: Member) -> Request:
            return request_for(root, out, order.base, member)

        for member, outcome in build_members(workspace, request, chosen, root / INVENTORIES):
            tell.member(root, member, outcome)
            code = max(code, outcome.exit_code)
            if outcome.memory in {"new", "foreign", "damaged"} or order.base.clean:
                costs[member.place] = (outcome.documents, sum(seconds for _, seconds in outcome.timings))
        keep_costs(root, costs)
        if code == 0 and order.verify:
            code = _verify(session, workspace, root, out, order, chosen)
    if code == 0 and (order.join or len(chosen) == len(workspace.members)):
        code = _join(session, workspace, out, order)
    return tell.end(code)


def check_workspace(session: Session, root: Path, base: Request, words: tuple[str, ...]) -> Outcome:
    """Everything that is wrong with the workspace and its members, as of one site: files are relative to the workspace.

    Each site's own settings decide how heavy its problems are, and whether it fails.
    """
    workspace, found = load_workspace(session, root, base.environ)
    chosen = members_named(session, workspace, words)
    findings = list(found)
    documents = pages = 0
    failed = any(finding.severity is Severity.ERROR for finding in found)
    if not failed:
        for member, outcome in build_members(
            workspace, lambda one: request_for(root, None, base, one), chosen, root / INVENTORIES
        ):
            findings += [_below(member.folder, finding) for finding in outcome.findings]
            documents, pages = documents + outcome.documents, pages + outcome.pages
            failed = failed or outcome.failed
    findings.sort(key=lambda finding: finding.sort_key)
    heaviest = max((finding.severity for finding in findings), default=Severity.ERROR)
    fail_on = heaviest if failed else Severity(Severity.ERROR)
    return Outcome(tuple(findings), documents, pages, False, fail_on, site=workspace.name)


def _below(folder: str, finding: Finding) -> Finding:
    """A finding of a member as seen from the workspace."""
    problem = finding.problem
    if folder == ".":
        return finding

    def moved(span: Span | None) -> Span | None:
        return span._replace(file=f"{folder}/{span.file}") if span else Span.of_file(folder)

    related = tuple(span for span in map(moved, problem.related) if span)
    return replace(finding, problem=replace(problem, span=moved(problem.span), related=related))


class _Tell:
    """Prints what became of each site, as text or as one JSON at the end."""

    def __init__(self, session: Session, order: Order) -> None:
        self._session = session
        self._order = order
        self._sites: list[dict[str, object]] = []
        self._own: list[object] = []

    def workspace(self, findings: tuple[Finding, ...]) -> None:
        if self._order.format == "json":
            self._own = json.loads(findings_json(findings, 0, 0, self._session.lang))["problems"]
        else:
            print_findings(self._session, findings)

    def member(self, root: Path, member: Member, outcome: Outcome) -> None:
        session = replace(self._session, site=root / member.folder)
        if self._order.format == "json":
            text = findings_json(outcome.findings, outcome.documents, outcome.pages, session.lang)
            record = {key: value for key, value in json.loads(text).items() if key != "version"}
            self._sites.append({"folder": member.folder, "place": member.place, **record})
            return
        if outcome.findings or not session.quiet:
            name = member.identity.name or member.folder
            click.echo(session.t("workspace.site", name=name, folder=member.folder))
        tell_memory(session, outcome)
        print_findings(session, outcome.findings)
        if not outcome.written:
            click.echo(session.t("cli.not_built"))
        elif not session.quiet:
            click.echo(
                session.t("cli.built", documents=outcome.documents, pages=outcome.pages, out=member.place)
            )
        if self._order.timings:
            tell_costs(session, outcome.timings)

    def end(self, code: int) -> int:
        if self._order.format == "json":
            report = {"version": 1, "problems": self._own, "sites": self._sites}
            click.echo(json.dumps(report, ensure_ascii=False, indent=1))
        return code


def _join(session: Session, workspace: Workspace, out: Path, order: Order) -> int:
    missing = unbuilt_members(workspace, out)
    if missing:
        click.echo(session.t("workspace.unbuilt", sites="、".join(missing)), err=True)
        return 1
    joined = join_members(workspace, out)
    if order.format == "text" and not session.quiet:
        click.echo(session.t("workspace.joined", sites=joined, out=out.name))
    return 0


def _verify(
    session: Session, workspace: Workspace, root: Path, out: Path, order: Order, chosen: frozenset[str]
) -> int:
    """Build the chosen members once more, without any memory and in one process, and compare every byte."""
    files = 0
    with tempfile.TemporaryDirectory(prefix="govsite-verify-") as folder:
        base = replace(order.base, jobs=1, memory=None)
        again = Path(folder)
        members = build_members(
            workspace, lambda one: request_for(root, again, base, one), chosen, again / INVENTORIES
        )
        for member, _ in members:
            first, second = _files(out / member.place), _files(again / member.place)
            files += len(first)
            for path in sorted(first.keys() | second.keys()):
                if first.get(path) != second.get(path):
                    click.echo(session.t("workspace.different", site=member.folder, path=path), err=True)
                    return 1
    if order.format == "text":
        click.echo(session.t("cli.verified", path="", files=files))
    return 0


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
