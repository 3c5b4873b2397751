"""Results kept between runs, each under the digest of all it depends on. A damaged or foreign one is a miss."""

from __future__ import annotations

import os
from pathlib import Path


class KeptResults:
    """A folder of results by key. Several processes may use it at a time; a write that fails keeps nothing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> bytes | None:
        """What was kept under `key`, None where there is nothing to read."""
        try:
            return self._path(key).read_bytes()
        except OSError:
            return None

    def put(self, key: str, content: bytes) -> None:
        """Keep `content` under `key`."""
        path = self._path(key)
        new = path.with_name(f"{path.name}.{os.getpid()}.new")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            new.write_bytes(content)
            new.replace(path)
        except OSError:
            new.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / key[2:]
