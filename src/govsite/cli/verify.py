"""govsite verify: every byte of an edition, or of what is installed; and what was public on a day."""

from __future__ import annotations

from pathlib import Path

import click

from govsite.cli.common import Session, UsageProblem, common_options, judged_day
from govsite.cli.edition import clock, print_refusal, read_key
from govsite.cli.words import SpeakingCommand, option


@click.command("verify", cls=SpeakingCommand, help="cli.verify")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@option("--key", of="install", type=click.Path(path_type=Path), default=None, metavar="FILE")
@option("--shown-on", of="verify", default=None, metavar="DATE")
@option("--page", of="verify", default="", metavar="PATH")
@common_options
def verify(session: Session, file: Path, key: Path | None, shown_on: str | None, page: str) -> int:
    """Verify a file or a terminal's folder; 0 whole and signed, 1 not."""
    from govsite.edition.refusal import RefusedError

    given = read_key(session, key)
    try:
        if shown_on is not None:
            return _tell_shown(session, file, judged_day(session, shown_on), page)
        return (_verify_folder if file.is_dir() else _verify_file)(session, file, given)
    except RefusedError as error:
        return print_refusal(session, error.problems)
    except OSError as error:
        raise UsageProblem(session.t("pack.file", file=file.name, reason=error.strerror or "")) from error


def _verify_file(session: Session, file: Path, given: bytes | None) -> int:
    from govsite.edition.container import DELTA, Container
    from govsite.edition.delta import read_delta
    from govsite.edition.install import choose_key
    from govsite.edition.verify import LARGEST_MANIFEST, check_files, open_edition

    key, t = choose_key(given, None), session.t
    with Container(file, key) as container:
        if (
            DELTA in container.names
        ):  # its other half lies on the terminal: the seal is what can be checked here
            delta = read_delta(container.read(DELTA, LARGEST_MANIFEST))
            click.echo(t("verify.small", edition=delta.head.get("edition"), base=delta.base))
            return 0
        edition = open_edition(container, key, None)
        problems = check_files(edition, None)
        if problems:
            return print_refusal(session, problems)
        manifest = edition.manifest
    today = clock().date().isoformat()
    click.echo(
        t("verify.whole", edition=manifest.edition, site=manifest.site, date=manifest.data_date,
          files=len(manifest.entries))
    )  # fmt: skip
    if manifest.not_after:
        word = "verify.expired" if today > manifest.not_after else "verify.until"
        click.echo(t(word, day=manifest.not_after))
        return int(today > manifest.not_after)
    return 0


def _verify_folder(session: Session, file: Path, given: bytes | None) -> int:
    from govsite.edition.folder import TerminalFolder
    from govsite.edition.install import choose_key
    from govsite.edition.verify import check_folder

    folder = TerminalFolder(file)
    key = choose_key(given, folder.pinned_key())
    current = folder.current()
    if current is None:
        raise UsageProblem(session.t("verify.nothing", folder=file.name))
    manifest = folder.manifest(current.folder, key)
    problems = check_folder(folder.root / current.folder, manifest)
    if problems:
        return print_refusal(session, problems)
    click.echo(
        session.t("verify.whole", edition=manifest.edition, site=manifest.site, date=manifest.data_date,
                  files=len(manifest.entries))
    )  # fmt: skip
    click.echo(session.t("verify.since", since=current.since))
    return 0


def _tell_shown(session: Session, file: Path, day: str, page: str) -> int:
    """What a terminal showed on a day, and whether a page was among it; 1 where nothing was."""
    from govsite.edition.history import shown_on

    periods = shown_on(file, day)
    for period in periods:
        click.echo(
            session.t("verify.shown", edition=period.edition, date=period.data_date, since=period.since,
                      until=period.until or session.t("verify.now"))
        )  # fmt: skip
        if page:
            found = period.manifest is not None and f"site/{page}" in period.manifest.by_path
            unknown = period.manifest is None
            word = "verify.unknown" if unknown else "verify.was_public" if found else "verify.was_not"
            click.echo("  " + session.t(word, page=page))
    if not periods:
        click.echo(session.t("verify.not_shown", day=day))
    return int(not periods)
