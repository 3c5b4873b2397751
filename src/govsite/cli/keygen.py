"""govsite keygen: a pair of keys to sign approvals and editions with."""

from __future__ import annotations

from pathlib import Path

import click

from govsite.cli.common import Session, UsageProblem, common_options
from govsite.cli.words import SpeakingCommand, option

ROUNDS = 210_000
"""Of PBKDF2-HMAC-SHA-256, as OWASP advises; a terminal takes less than a second."""


@click.command("keygen", cls=SpeakingCommand, help="cli.keygen")
@option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("keys"), metavar="DIR")
@option("--code", of="keygen", is_flag=True)
@common_options
def keygen(session: Session, out: Path, code: bool) -> int:
    """Write `private.pem` (mode 600) and `public.pem`, never over keys that are there; or hash a staff code."""
    if code:
        return _hash_code(session)
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


def _hash_code(session: Session) -> int:
    """Ask for the staff code of the terminals (值守口令) and print the line for config.yaml."""
    import hashlib
    import secrets

    from govsite.vocab.keys import config_keys

    again = session.t("keygen.code_again")
    given = click.prompt(session.t("keygen.code"), hide_input=True, confirmation_prompt=again)
    if not (given.isascii() and given.isdigit() and 4 <= len(given) <= 12):
        raise UsageProblem(session.t("keygen.code_digits"))
    salt = secrets.token_bytes(16)
    hashed = hashlib.pbkdf2_hmac("sha256", given.encode(), salt, ROUNDS)
    label = config_keys("kiosk").by_word["staff_code"].label
    line = f"{label}: pbkdf2:{ROUNDS}:{salt.hex()}:{hashed.hex()}"
    click.echo(session.t("keygen.code_line", line=line))
    return 0
