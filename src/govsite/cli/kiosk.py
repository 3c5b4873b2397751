"""govsite kiosk: serve the installed edition to this machine's own screen."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import click

from govsite.cli.common import Session, UsageProblem, common_options
from govsite.cli.edition import clock, print_refusal, read_key
from govsite.cli.words import SpeakingCommand, option


@click.command("kiosk", cls=SpeakingCommand, help="cli.kiosk")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@option("--key", of="install", type=click.Path(path_type=Path), default=None, metavar="FILE")
@option("--port", type=click.IntRange(0, 65535), default=8420)
@option("--system", of="kiosk", type=click.Choice(["windows", "debian", "uos"]), default=None)
@option("--browser", of="kiosk", is_flag=True)
@common_options
def kiosk(
    session: Session, folder: Path, key: Path | None, port: int, system: str | None, browser: bool
) -> int:
    """Verify, then serve until interrupted; 1 where the edition is not whole."""
    from govsite.edition.refusal import RefusedError
    from govsite.kiosk.browser import Screen, browser_command, find_program
    from govsite.kiosk.counters import Counters
    from govsite.kiosk.served import open_served
    from govsite.kiosk.server import HOST, Terminal, serve

    t, given = session.t, read_key(session, key)
    try:
        served = open_served(folder, given)
    except RefusedError as error:
        return print_refusal(session, error.problems)
    terminal = Terminal(
        folder, served, Counters(folder / "usage"), given, verified=clock().isoformat(timespec="seconds")
    )

    named = system or ("windows" if sys.platform == "win32" else "debian")
    screens: list[Screen] = []

    def ready(listening: int) -> None:
        url = f"http://{HOST}:{listening}/"
        manifest = served.manifest
        click.echo(t("kiosk.serving", url=url, edition=manifest.edition, date=manifest.data_date))
        program = find_program(named) if browser else None
        if program is not None:
            screens.append(Screen(program, url, named))
            screens[0].start()
        elif browser:
            click.echo(t("kiosk.no_browser", url=url))
        if program is None and not session.quiet:
            profile = (folder.resolve() / "kiosk-profile").as_posix()
            click.echo(t("kiosk.browser"))
            click.echo("  " + browser_command(url, profile, named))
        sys.stdout.flush()

    try:
        asyncio.run(serve(terminal, port, ready))
    except OSError as error:
        raise UsageProblem(t("cli.serve.port_taken", port=port)) from error
    except KeyboardInterrupt:
        pass
    finally:
        for screen in screens:
            screen.stop()
    click.echo(t("kiosk.stopped"))
    return 0
