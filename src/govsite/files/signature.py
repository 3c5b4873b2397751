"""Signatures: Ed25519 (RFC 8032), keys as PEM. The only door to `cryptography`.

Private keys are PKCS #8, public keys SubjectPublicKeyInfo: what `openssl pkey` reads and writes, so that a signature can
be checked without govsite (`openssl pkeyutl -verify -rawin`).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from govsite.files.digest import sha256_of
from govsite.frozen import dataclass

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

PRIVATE_KEY = "private.pem"
PUBLIC_KEY = "public.pem"
SIGNATURE_BYTES = 64
_MODE = 0o600


class KeyFault(ValueError):  # noqa: N818 - a fault of the file somebody named, told like other faults
    """A text that is no key we can use. reason: `unreadable` · `kind` (a key, but not Ed25519)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A new pair. Both PEM."""

    private: bytes
    public: bytes


def make_keys() -> KeyPair:
    """A new pair of keys from the system's source of chance."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return KeyPair(private, public_key_of(private))


def write_keys(keys: KeyPair, folder: Path) -> None:
    """Both files into `folder`; the private one is its owner's alone (mode 600; on Windows what the folder allows).

    Raises FileExistsError where one of them is there: a key that was lost cannot be made again. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    public = folder / PUBLIC_KEY
    if public.exists():
        raise FileExistsError(os.fspath(public))
    handle = os.open(folder / PRIVATE_KEY, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE)
    with os.fdopen(handle, "wb") as file:
        file.write(keys.private)
    public.write_bytes(keys.public)


def public_key_of(private: bytes) -> bytes:
    """The public key that belongs to a private one, PEM. Raises `KeyFault`."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return _private(private).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def sign(private: bytes, message: bytes) -> bytes:
    """The 64 bytes of the signature. Raises `KeyFault`."""
    return _private(private).sign(message)


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether `signature` of `message` was made with the private key of `public`. Raises `KeyFault`."""
    from cryptography.exceptions import InvalidSignature

    key = _public(public)
    try:
        key.verify(signature, message)
    except InvalidSignature:
        return False
    return True


def fingerprint(public: bytes) -> str:
    """A name for a public key: SHA-256 of its 32 bytes, hex, the first 16 characters. Raises `KeyFault`."""
    return sha256_of(_public(public).public_bytes_raw())[:16]


def _private(pem: bytes) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(pem, None)
    except (ValueError, TypeError) as error:  # TypeError: the key is locked with a password
        raise KeyFault("unreadable") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyFault("kind")
    return key


def _public(pem: bytes) -> Ed25519PublicKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(pem)
    except ValueError as error:
        raise KeyFault("unreadable") from error
    if not isinstance(key, Ed25519PublicKey):
        raise KeyFault("kind")
    return key
