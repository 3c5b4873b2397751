"""Where to publish to: a name from config.yaml or an address, and what follows from it."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from govsite.frozen import dataclass
from govsite.hanzi.nearest import nearest
from govsite.problems.problem import Problem
from govsite.publish.failure import PublishError
from govsite.publish.store import FolderStore, Store
from govsite.settings.settings import TargetOption

RELEASES = "releases"
FLAT = "flat"
_NAME = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Target:
    """A place to publish to. kind: `folder` · `ssh` · `sftp` · `s3`; place: folder, or path or prefix there;
    host: `user@host` or the bucket; layout: `releases` or `flat`.
    """

    name: str
    kind: str
    place: str
    host: str = ""
    port: int = 0
    layout: str = RELEASES
    keep: int = 3
    url: str = ""
    endpoint: str = ""
    compress: bool = False
    ssh_config: str = ""

    @property
    def shown(self) -> str:
        """The address without anything secret."""
        if self.kind == "folder":
            return self.place
        port = f":{self.port}" if self.port else ""
        return f"{self.kind}://{self.host}{port}/{self.place.lstrip('/')}"

    @property
    def key(self) -> str:
        """A name for files kept about this target."""
        return _NAME.sub("-", self.name).strip("-.") or "target"


def find_target(word: str, options: tuple[TargetOption, ...], site: Path) -> Target:
    """The target called `word`, or the one at that address. Raises `PublishError` (PUB304, PUB309)."""
    named = {option.name: option for option in options}
    option = named.get(word) or next((each for each in options if each.address == word), None)
    if option is None:
        if not re.search(r"[/\\:.]", word):
            raise PublishError(Problem.at("PUB304", None, target=word, nearest=nearest(word, named) or ""))
        option = TargetOption(word, word if "://" in word else str(Path(word).absolute()))
    target = _at(option, site)
    layout = option.layout or (FLAT if target.kind == "s3" or _is_windows_folder(target) else RELEASES)
    if layout == RELEASES and (target.kind == "s3" or _is_windows_folder(target)):
        raise PublishError(Problem.at("PUB309", None, target=word))
    return replace(
        target,
        layout=layout,
        keep=max(option.keep or 3, 2),
        url=option.url,
        endpoint=option.endpoint,
        compress=option.compress,
        ssh_config=str(site / option.ssh_config) if option.ssh_config else "",
    )


def _at(option: TargetOption, site: Path) -> Target:
    scheme = option.address.partition("://")[0] if "://" in option.address else ""
    if not scheme:
        return Target(option.name, "folder", str((site / option.address).absolute()))
    try:
        parts = urlsplit(option.address)
        port = parts.port or 0
    except ValueError:
        raise PublishError(Problem.at("PUB304", None, target=option.name, nearest="")) from None
    host = parts.netloc.rpartition("@")[2].partition(":")[0]
    path = unquote(parts.path)
    if scheme not in {"ssh", "sftp", "s3"} or not host or parts.password or host.startswith("-"):
        raise PublishError(Problem.at("PUB304", None, target=option.name, nearest=""))
    if scheme == "s3":
        return Target(option.name, scheme, path.strip("/"), host)
    user = f"{parts.username}@" if parts.username else ""
    place = path.removeprefix("/~/") if path.startswith("/~/") else path
    if not place.strip("/"):
        raise PublishError(Problem.at("PUB304", None, target=option.name, nearest=""))
    return Target(option.name, scheme, place, user + host, port)


def _is_windows_folder(target: Target) -> bool:
    return target.kind == "folder" and os.name == "nt"


def open_store(target: Target, token: str) -> Store | FolderStore:
    """A connection to the target. Raises StoreError, `PublishError`."""
    if target.kind == "folder":
        from govsite.publish.folder import LocalFolder

        return LocalFolder(Path(target.place))
    if target.kind == "s3":
        from govsite.publish.s3 import S3Store

        return S3Store(target.host, target.place, target.endpoint)
    from govsite.publish.shell import open_ssh
    from govsite.publish.ssh import Host

    host = Host(target.host, target.port, target.ssh_config)
    return open_ssh(host, target.place, token, sftp_only=target.kind == "sftp")
