"""govsite edit: a local form for people who do not know YAML."""

from __future__ import annotations

import webbrowser

import click

from govsite.cli.common import Session, UsageProblem, common_options, require_site
from govsite.cli.words import SpeakingCommand, option


@click.command("edit", cls=SpeakingCommand, help="cli.edit")
@option("--port", type=click.IntRange(1, 65535), default=8010)
@option("--no-open", is_flag=True)
@common_options
def edit(session: Session, port: int, no_open: bool) -> int:
    """Serve the form on this machine alone until Ctrl+C."""
    from govsite.edit.server import HOST, make_server

    site = require_site(session)
    try:
        server = make_server(site, port, session.lang)
    except OSError as error:
        raise UsageProblem(session.t("cli.serve.port_taken", port=port)) from error
    url = f"http://{HOST}:{port}/"
    click.echo(session.t("cli.edit.at", url=url))
    if not no_open:
        webbrowser.open(url)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()
    return 0
