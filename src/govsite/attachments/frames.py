"""Messages between a process and its helper: a length of eight bytes, then the bytes."""

from __future__ import annotations

from typing import IO

_LENGTH_BYTES = 8


def write_frame(pipe: IO[bytes], data: bytes) -> None:
    """Write one message. Raises OSError where the other side is gone."""
    pipe.write(len(data).to_bytes(_LENGTH_BYTES, "big"))
    pipe.write(data)
    pipe.flush()


def read_frame(pipe: IO[bytes]) -> bytes | None:
    """The next message, None where the pipe ended before it did."""
    length = pipe.read(_LENGTH_BYTES)
    if len(length) < _LENGTH_BYTES:
        return None
    size = int.from_bytes(length, "big")
    data = pipe.read(size)
    return data if len(data) == size else None
