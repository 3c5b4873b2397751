"""govsite keygen: a pair of keys to sign approvals and editions with."""

from __future__ import annotations

from pathlib import Path

import click

from govsite.cli.common import Session, UsageProblem, common_options
from govsite.cli.words import SpeakingCommand, option


@click.command("keygen", cls=SpeakingCommand, help="cli.keygen")
@option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("keys"), metavar="DIR")
@common_options
def keygen(session: Session, out: Path) -> int:
    """Write `private.pem` (mode 600) and `public.pem`; never over keys that are there."""
    from govsite.files.signature import PRIVATE_KEY, PUBLIC_KEY, fingerprint, make_keys, write_keys

    keys = make_keys()
    try:
        write_keys(keys, out)
    except FileExistsError as error:
        raise UsageProblem(session.t("keygen.exists", folder=out.as_posix())) from error
    except OSError as error:
        raise UsageProblem(
            session.t("keygen.cannot_write", folder=out.as_posix(), reason=error.strerror or "")
        ) from error
    private, public = (out / name for name in (PRIVATE_KEY, PUBLIC_KEY))
    click.echo(session.t("keygen.written", private=private.as_posix(), public=public.as_posix()))
    click.echo(session.t("keygen.fingerprint", fingerprint=fingerprint(keys.public)))
    if not session.quiet:
        click.echo(session.t("keygen.keep"))
    return 0
