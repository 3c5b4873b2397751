"""govsite ledger prove: a file that shows, offline, that a page was public on a day."""

from __future__ import annotations

import os
from pathlib import Path

import click

from govsite.cli.common import Session, UsageProblem, common_options, judged_day, print_findings, require_site
from govsite.cli.words import SpeakingCommand, option
from govsite.publish.store import Store


@click.command("prove", cls=SpeakingCommand, help="cli.ledger_prove")
@click.argument("path", metavar="PATH")
@option("--on", of="prove", required=True, metavar="DATE")
@option("--target", of="prove", default="", metavar="TARGET")
@option("--output", type=click.Path(path_type=Path), default=None, metavar="FILE")
@common_options
def prove(session: Session, path: str, on: str, target: str, output: Path | None) -> int:
    """Write the proof; 0 done, 1 where there is nothing to prove."""
    from govsite.problems.problem import grade
    from govsite.problems.rules import severities
    from govsite.publish.failure import PublishError, StoreError
    from govsite.publish.ledger import LEDGER, manifest_place, read_ledger, record_on
    from govsite.publish.proof import make_proof

    site, day = require_site(session), judged_day(session, on)
    try:
        store = _store(session, site, target)
        records = read_ledger(store.read(LEDGER) or b"")
        index = record_on(records, day)
        manifest = store.read(manifest_place(records[index].root)) if index is not None else b""
        proof = make_proof(records, manifest or b"{}", path, day)
        store.close()
    except PublishError as error:
        print_findings(session, grade([error.problem], severities()))
        return 1
    except (StoreError, ValueError) as error:
        raise UsageProblem(session.t("prove.no_ledger", reason=error)) from error
    if output is None:
        click.echo(proof.decode(), nl=False)
        return 0
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_bytes(proof)
    if not session.quiet:
        click.echo(session.t("prove.done", path=output.as_posix()))
    return 0


def _store(session: Session, site: Path, word: str) -> Store:
    """The target whose ledger is asked: the one named, or the only one there is."""
    from govsite.publish.target import find_target, open_store
    from govsite.settings.read import read_settings

    targets = read_settings(site, os.environ)[0].targets
    if not word and len(targets) != 1:
        names = "、".join(target.name for target in targets)
        raise UsageProblem(session.t("prove.which_target", names=names))
    return open_store(find_target(word or targets[0].name, targets, site), "prove")
