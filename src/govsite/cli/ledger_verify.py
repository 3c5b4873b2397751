"""govsite ledger verify: a proof, or a whole ledger with the site it speaks of; the public key is all that is needed."""

from __future__ import annotations

from pathlib import Path

import click

from govsite.cli.common import Session, UsageProblem, common_options, print_findings
from govsite.cli.keys import read_public_key
from govsite.cli.words import SpeakingCommand, option
from govsite.problems.problem import Problem


@click.command("verify", cls=SpeakingCommand, help="cli.ledger_verify")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE")
@option("--key", type=click.Path(path_type=Path), required=True, metavar="FILE")
@option("--built", of="ledger_verify", type=click.Path(path_type=Path), default=None, metavar="DIR")
@common_options
def verify(session: Session, file: Path, key: Path, built: Path | None) -> int:
    """Check; 0 where everything holds, 1 where anything does not."""
    from govsite.problems.problem import grade
    from govsite.problems.rules import severities
    from govsite.publish.failure import PublishError

    public = read_public_key(session, key)
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UsageProblem(session.t("prove.no_ledger", reason=error.strerror)) from error
    try:
        (_tell_ledger if file.suffix == ".jsonl" else _tell_proof)(session, data, public, built)
    except PublishError as error:
        print_findings(session, grade([error.problem], severities()))
        return 1
    return 0


def _tell_proof(session: Session, data: bytes, public: bytes, built: Path | None) -> None:
    from govsite.files.digest import sha256_of
    from govsite.publish.failure import PublishError
    from govsite.publish.proof import check_proof

    proven = check_proof(data, public)
    if built is not None:  # the file itself, as somebody has it
        content = built.read_bytes() if built.is_file() else b""
        if sha256_of(content) != proven.sha256:
            raise PublishError(Problem.at("PUB313", None, part=built.name))
    facts = {name: getattr(proven, name) for name in ("path", "sha256", "day", "edition", "since", "until")}
    click.echo(session.t("prove.holds", **facts))
    click.echo(session.t("prove.until" if proven.until else "prove.open_end", **facts))


def _tell_ledger(session: Session, data: bytes, public: bytes, built: Path | None) -> None:
    from govsite.publish.edition import read_edition
    from govsite.publish.failure import PublishError
    from govsite.publish.ledger import check_ledger

    records = check_ledger(data, public)
    if built is not None:
        root = read_edition(built).root
        if not records or records[-1].root != root:
            raise PublishError(Problem.at("PUB302", None, path="site-manifest.json"))
    click.echo(session.t("prove.ledger_holds", count=len(records), last=records[-1].time if records else "—"))
