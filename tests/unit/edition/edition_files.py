"""Small editions for tests: a site of a few files, a pair of keys, a terminal's folder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from govsite.edition.container import Container
from govsite.edition.folder import TerminalFolder
from govsite.edition.install import Done, Order, install
from govsite.edition.manifest import Manifest
from govsite.edition.pack import Contents, describe, open_base, write_delta, write_edition
from govsite.edition.verify import check_folder
from govsite.files.signature import KeyPair, make_keys

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=timezone(timedelta(hours=8)))


def site_files(mark: str = "", pages: int = 12) -> dict[str, bytes | Path]:
    """Files of a small site; mark: what differs between two editions."""
    files: dict[str, bytes | Path] = {
        f"site/policies/2024/{number}.html": f"<h1>文件{number}</h1>{mark if number == 3 else ''}".encode()
        * 40
        for number in range(pages)
    }
    files["site/index.html"] = f"<h1>示例镇 {mark}</h1>".encode()
    files["site/files/名册.pdf"] = bytes(range(256)) * 300 + mark.encode()
    files["site/assets/empty.css"] = b""
    return files


@dataclass(frozen=True)
class Bench:
    """A key pair and a place to work in."""

    place: Path
    keys: KeyPair

    @classmethod
    def at(cls, place: Path) -> Bench:
        return cls(place, make_keys())

    def pack(self, edition: int, mark: str = "", **head: object) -> Path:
        """An edition's file."""
        contents = Contents(site_files(mark))
        out = self.place / f"e{edition}{mark}.zip"
        write_edition(out, contents, self.describe(contents, edition, **head), self.keys.private)
        return out

    def describe(self, contents: Contents, edition: int, **head: object) -> Manifest:
        known = {"site": "示例镇", "address": "https://www.example.gov.cn/", "data_date": "2026-11-20"}
        return describe(contents, edition=edition, **{**known, **head})

    def pack_small(self, base: Path, edition: int, mark: str) -> Path:
        """A small edition on top of `base`."""
        contents = Contents(site_files(mark))
        out = self.place / f"small{edition}.zip"
        with Container(base, self.keys.public) as container:
            write_delta(
                out,
                contents,
                self.describe(contents, edition),
                open_base(container),
                self.keys.private,
            )
        return out

    def order(self, file: Path | None = None, to: str = "terminal", **more: object) -> Order:
        settings: dict[str, object] = {"key": self.keys.public, "now": NOW, **more}
        return Order(to=self.place / to, file=file, **settings)  # type: ignore[arg-type]

    def install(self, file: Path, **more: object) -> Done:
        return install(self.order(file, **more))


def shown_edition(root: Path, public: bytes) -> int:
    """Number of the edition that a terminal shows, every byte of it checked; 0 where it shows none."""
    folder = TerminalFolder(root)
    current = folder.current()
    if current is None:
        return 0
    manifest = folder.manifest(current.folder, public)
    assert check_folder(root / current.folder, manifest) == []
    return manifest.edition
