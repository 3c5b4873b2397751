"""govsite install: an edition onto a terminal, or back to the one before."""

from __future__ import annotations

from pathlib import Path

import click

from govsite.cli.common import Session, UsageProblem, common_options
from govsite.cli.edition import clock, print_refusal, read_key
from govsite.cli.words import SpeakingCommand, option


@click.command("install", cls=SpeakingCommand, help="cli.install")
@click.argument("file", type=click.Path(path_type=Path), required=False, metavar="FILE")
@option("--to", of="install", type=click.Path(path_type=Path), required=True, metavar="DIR")
@option("--key", of="install", type=click.Path(path_type=Path), default=None, metavar="FILE")
@option("--rollback", of="install", is_flag=True)
@option("--allow-older", of="install", default="", metavar="REASON")
@common_options
def install(
    session: Session, file: Path | None, to: Path, key: Path | None, rollback: bool, allow_older: str
) -> int:
    """Install or go back; 0 done, 1 refused: then the terminal shows what it showed before."""
    from govsite.edition.install import Order, roll_back
    from govsite.edition.install import install as put
    from govsite.edition.refusal import RefusedError

    t = session.t
    if rollback == (file is not None):
        raise UsageProblem(t("install.one_of_two"))
    if "\n" in allow_older or "\r" in allow_older:
        raise UsageProblem(t("install.reason"))
    order = Order(to, clock(), read_key(session, key), file, allow_older.strip())
    try:
        done = roll_back(order) if rollback else put(order)
    except RefusedError as error:
        code = print_refusal(session, error.problems)
        click.echo(t("install.kept"))
        return code
    if session.quiet:
        return 0
    shown = done.current
    if done.new_key:
        click.echo(t("install.new_key", fingerprint=shown.key))
    key_word = "install.done" if done.changed else "install.same"
    click.echo(t(key_word, edition=shown.edition, date=shown.data_date, files=done.files))
    click.echo(t("install.open", path=(to / "index.html").as_posix()))
    return 0
