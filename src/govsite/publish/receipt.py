"""The receipt (回执) of a publication: what, where, which bytes, by whom, from which revision, and what was compared."""

from __future__ import annotations

import json
import os
import platform
import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from govsite.frozen import dataclass
from govsite.publish.edition import Edition
from govsite.publish.run import Moved
from govsite.publish.target import Target

CHINA = timezone(timedelta(hours=8))
# Where programs that build say on whose behalf they do.
_PERSONS = (
    "GITLAB_USER_NAME",
    "GITLAB_USER_LOGIN",
    "GITHUB_ACTOR",
    "GITEA_ACTOR",
    "BUILD_USER",
    "USER",
    "USERNAME",
)


@dataclass(frozen=True, slots=True)
class Revision:
    """The git revision a site was built from. commit: `""` outside git; clean: nothing was changed since."""

    commit: str = ""
    clean: bool = True


def publisher(environ: Mapping[str, str]) -> str:
    """Who publishes: a person as far as one is named, and the machine."""
    person = next((environ[name] for name in _PERSONS if environ.get(name)), "")
    return f"{person}@{platform.node()}" if person else platform.node()


def make_receipt(
    action: str,
    target: Target,
    edition: Edition | None,
    published: Mapping[str, str],
    moved: Moved,
    revision: Revision,
    checked: Mapping[str, Any],
    moment: datetime,
) -> dict[str, Any]:
    """The receipt as JSON data. published: `edition`, `root`, `data_date` of what is public now."""
    return {
        "version": 1,
        "action": action,
        "time": moment.astimezone(CHINA).isoformat(timespec="seconds"),
        "target": {"name": target.name, "address": target.shown, "layout": target.layout, "url": target.url},
        "edition": dict(published),
        "generator": edition.generator if edition else "",
        "before": moved.before,
        "commit": revision.commit,
        "commit_clean": revision.clean,
        "by": publisher(os.environ),
        "changes": {
            "added": len(moved.added),
            "changed": len(moved.changed),
            "removed": len(moved.removed),
            "sent_files": moved.sent,
            "sent_bytes": moved.sent_bytes,
        },
        "checked": dict(checked),
    }


def keep_receipt(receipt: Mapping[str, Any], folder: Path) -> Path:
    """Write a receipt under a name made of its moment. Raises OSError."""
    moment = re.sub(r"\D", "", str(receipt["time"])[:19])
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{moment}-{receipt['edition']['edition']}.json"
    path.write_text(json.dumps(receipt, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path
