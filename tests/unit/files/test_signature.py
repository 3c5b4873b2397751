import stat
import subprocess
import sys
from pathlib import Path
from shutil import which

import pytest

from govsite.files.signature import (
    PRIVATE_KEY,
    PUBLIC_KEY,
    SIGNATURE_BYTES,
    KeyFault,
    fingerprint,
    is_signed,
    make_keys,
    public_key_of,
    sign,
    write_keys,
)

MESSAGE = "示镇政发〔2026〕21号".encode()


def test_a_signature_holds_for_its_message_and_its_key_only() -> None:
    keys, others = make_keys(), make_keys()
    signature = sign(keys.private, MESSAGE)
    assert len(signature) == SIGNATURE_BYTES
    assert signature == sign(keys.private, MESSAGE)
    assert is_signed(keys.public, MESSAGE, signature)
    assert not is_signed(keys.public, MESSAGE + b" ", signature)
    assert not is_signed(others.public, MESSAGE, signature)
    assert not is_signed(keys.public, MESSAGE, signature[:-1])
    assert public_key_of(keys.private) == keys.public
    assert fingerprint(keys.public) != fingerprint(others.public)


def test_a_private_key_is_its_owners_alone_and_never_overwritten(tmp_path: Path) -> None:
    keys = make_keys()
    write_keys(keys, tmp_path / "我的 密钥")
    private = tmp_path / "我的 密钥" / PRIVATE_KEY
    if sys.platform != "win32":
        assert stat.S_IMODE(private.stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        write_keys(make_keys(), private.parent)
    assert private.read_bytes() == keys.private
    private.unlink()
    with pytest.raises(FileExistsError):
        write_keys(make_keys(), private.parent)
    assert (private.parent / PUBLIC_KEY).read_bytes() == keys.public


@pytest.mark.parametrize(
    "text", [b"", b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", b"\xff"]
)
def test_what_is_no_key_is_a_fault(text: bytes) -> None:
    for read in (fingerprint, public_key_of):
        with pytest.raises(KeyFault) as fault:
            read(text)
        assert fault.value.reason == "unreadable"


def test_another_kind_of_key_is_a_fault_of_its_own() -> None:
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
        PublicFormat,
    )

    key = generate_private_key(SECP256R1())
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    with pytest.raises(KeyFault, match="kind"):
        sign(private, MESSAGE)
    with pytest.raises(KeyFault, match="kind"):
        is_signed(public, MESSAGE, bytes(64))


def test_openssl_verifies_what_was_signed(tmp_path: Path) -> None:
    openssl = which("openssl")
    if openssl is None:
        pytest.skip("no openssl here")
    keys = make_keys()
    for name, content in (
        ("public.pem", keys.public),
        ("message", MESSAGE),
        ("signature", sign(keys.private, MESSAGE)),
    ):
        (tmp_path / name).write_bytes(content)
    arguments = [
        "pkeyutl",
        "-verify",
        "-pubin",
        "-inkey",
        "public.pem",
        "-rawin",
        "-in",
        "message",
        "-sigfile",
        "signature",
    ]
    done = subprocess.run([openssl, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
