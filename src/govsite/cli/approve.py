"""govsite approve: a stage of review, bound to the content that lies there now."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govsite.cli.common import (
    Session,
    UsageProblem,
    common_options,
    judged_day,
    print_findings,
    require_site,
    today_in_china,
)
from govsite.cli.words import SpeakingCommand, option

if TYPE_CHECKING:
    from govsite.model.document import Document
    from govsite.model.values import ReviewStage
    from govsite.pipeline.approval import Reviewed
    from govsite.pipeline.build import Request


@click.command("approve", cls=SpeakingCommand, help="cli.approve")
@click.argument("path", type=click.Path(path_type=Path))
@option("--stage", default="")
@option("--by", default="")
@option("--on", default=None, metavar="DATE")
@option("--conclusion", default="")
@option("--key", type=click.Path(path_type=Path, dir_okay=False), default=None, metavar="FILE")
@option("--form", type=click.Path(path_type=Path, dir_okay=False), default=None, metavar="FILE")
@common_options
def approve(
    session: Session, path: Path, stage: str, by: str, on: str | None, conclusion: str, key: Path | None,
    form: Path | None,
) -> int:  # fmt: skip
    """Record one stage; 1 where the document has problems that would stop the build. `--form` alone only prints the form."""
    from govsite.pipeline.approval import NoDocumentError, examine_document
    from govsite.pipeline.build import Request
    from govsite.pipeline.parallel import default_jobs

    site = require_site(session)
    named = _stage_id(session, stage) if stage or not form else ""
    if named and not by:
        raise UsageProblem(session.t("approve.who"))
    if named == "secrecy" and not conclusion:
        raise UsageProblem(session.t("approve.conclusion"))
    day = judged_day(session, on) if on else today_in_china()
    private = _private(session, key)
    jobs = int(os.environ.get("GOVSITE_JOBS") or default_jobs())
    request = Request(site, None, jobs, today=day, environ={**os.environ, "GOVSITE_DUTIES": "no"})
    try:
        reviewed = examine_document(request, _inside(session, site, path))
    except NoDocumentError as error:
        raise UsageProblem(session.t("approve.no_document", path=path.as_posix())) from error
    if named:
        if not reviewed.is_sound or reviewed.document is None:
            print_findings(session, reviewed.findings)
            click.echo(session.t("approve.not_sound"))
            return 1
        from govsite.model.values import ReviewStage
        from govsite.source.span import Span

        record = ReviewStage(named, by, day, Span.of_file(reviewed.document.file), conclusion)
        _record(session, site, reviewed, record, private)
        print_findings(session, reviewed.findings)
    if form is not None and reviewed.document is not None:
        _write_form(session, request, reviewed.document.file, form)
    return 0


def _stage_id(session: Session, word: str) -> str:
    from govsite.vocab.review import stage_labels

    found = {name: stage for stage, label in stage_labels().items() for name in (stage, label)}.get(word)
    if found is None:
        raise UsageProblem(session.t("approve.stage", value=word, allowed="、".join(stage_labels().values())))
    return found


def _inside(session: Session, site: Path, path: Path) -> str:
    """The document's path relative to the site: as given from here, or from the site, or from its `content/`."""
    root = site.resolve()
    for candidate in (path, site / path, site / "content" / path):
        if candidate.is_file() and candidate.resolve().is_relative_to(root):
            return candidate.resolve().relative_to(root).as_posix()
    raise UsageProblem(session.t("approve.no_document", path=path.as_posix()))


def _private(session: Session, key: Path | None) -> bytes | None:
    from govsite.files.signature import KeyFault, public_key_of

    if key is None:
        return None
    try:
        pem = key.read_bytes()
        public_key_of(pem)
    except (OSError, KeyFault) as error:
        raise UsageProblem(session.t("approve.bad_key", path=key.as_posix())) from error
    return pem


def _record(
    session: Session, site: Path, reviewed: Reviewed, record: ReviewStage, private: bytes | None
) -> None:
    from govsite.files.signature import public_key_of
    from govsite.pipeline.approval import StyleError, record_approval
    from govsite.vocab.review import stage_labels

    document: Document | None = reviewed.document
    if document is None:
        return
    known = reviewed.settings.review.keys.get(record.by)
    if known and private is None:
        raise UsageProblem(session.t("approve.needs_key", by=record.by))
    if (
        known
        and private is not None
        and public_key_of(private).strip() != known.replace(b"\r\n", b"\n").strip()
    ):
        raise UsageProblem(session.t("approve.other_key", by=record.by))
    try:
        bound = record_approval(site, document, record, private)
    except StyleError as error:
        raise UsageProblem(session.t("approve.style", path=document.file)) from error
    except OSError as error:
        raise UsageProblem(
            session.t("approve.cannot_write", path=document.file, reason=error.strerror or "")
        ) from error
    click.echo(
        session.t(
            "approve.done",
            stage=stage_labels()[record.stage],
            by=record.by,
            on=record.on,
            title=document.title,
            digest=bound.digest[:12],
            signed=session.t("approve.signed" if bound.signature else "approve.unsigned"),
        )
    )


def _write_form(session: Session, request: Request, path: str, form: Path) -> None:
    from govsite.pipeline.approval_form import approval_form
    from govsite.report.approval_form import render_form

    form.parent.mkdir(parents=True, exist_ok=True)
    form.write_text(render_form(approval_form(request, path), session.lang), encoding="utf-8", newline="\n")
    click.echo(session.t("cli.written", path=form.as_posix()), err=True)
