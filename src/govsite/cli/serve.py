"""govsite serve: a local preview."""

from __future__ import annotations

import os
import signal

import click

from govsite.cli.common import (
    Session,
    UsageProblem,
    common_options,
    print_findings,
    require_site,
    today_in_china,
)
from govsite.cli.words import SpeakingCommand, option
from govsite.pipeline.build import Outcome, Request
from govsite.pipeline.parallel import default_jobs
from govsite.pipeline.request import memory_folder


@click.command("serve", cls=SpeakingCommand, help="cli.serve")
@option("--port", type=click.IntRange(1, 65535), default=8000)
@option("--host", default="127.0.0.1")
@option("--no-open", is_flag=True)
@common_options
def serve(session: Session, port: int, host: str, no_open: bool) -> int:
    """Build with drafts, serve, and rebuild when something changes."""
    from govsite.preview.desk import Desk
    from govsite.preview.server import PortTakenError, Preview, preview_folder

    site = require_site(session)

    def told(outcome: Outcome, seconds: float) -> None:
        print_findings(session, outcome.findings)
        if not session.quiet:
            click.echo(session.t("cli.serve.rebuilt", seconds=f"{seconds:.2f}"))

    request = Request(
        site,
        preview_folder(site),
        default_jobs(),
        drafts=True,
        preview=True,
        environ=os.environ,
        memory=memory_folder(site, preview_folder(site)),
    )
    # Ended from outside as by Ctrl+C: a build under way takes its processes along.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    click.echo(session.t("cli.serve.at", url=f"http://{host}:{port}/"))
    try:
        Preview(Desk(request, told, session.lang, today_in_china)).serve(host, port, open_browser=not no_open)
    except PortTakenError as error:
        raise UsageProblem(session.t("cli.serve.port_taken", port=port)) from error
    return 0
