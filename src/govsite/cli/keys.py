"""A key file that a user names."""

from __future__ import annotations

from pathlib import Path

from govsite.cli.common import Session, UsageProblem


def read_private_key(session: Session, file: Path) -> bytes:
    """PEM of a private key. Raises `UsageProblem` where it is none."""
    from govsite.files.signature import KeyFault, public_key_of

    try:
        pem = file.read_bytes()
        public_key_of(pem)
    except (OSError, KeyFault) as error:
        raise UsageProblem(session.t("approve.bad_key", path=file.as_posix())) from error
    return pem


def read_public_key(session: Session, file: Path) -> bytes:
    """PEM of a public key. Raises `UsageProblem` where it is none."""
    from govsite.files.signature import KeyFault, fingerprint

    try:
        pem = file.read_bytes()
        fingerprint(pem)
    except (OSError, KeyFault) as error:
        raise UsageProblem(session.t("approve.bad_key", path=file.as_posix())) from error
    return pem
