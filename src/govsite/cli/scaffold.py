"""Files that a new site begins with: data under `scaffold/`, filled in."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

# file in the new site, place under `scaffold/` ("{tier}" is the profile's folder)
_FILES = (
    ("config.yaml", "{tier}/config.yaml"),
    (".gitignore", "common/gitignore"),
    ("content/organisations.yaml", "common/organisations.yaml"),
    ("content/pages/zhinan.md", "common/zhinan.md"),
    ("content/pages/ysqgk.md", "common/ysqgk.md"),
)


def write_scaffold(folder: Path, tier: str, facts: dict[str, str]) -> list[str]:
    """Write the first files of a site of profile `tier` into `folder`; their paths. Raises OSError."""
    written = []
    for path, source in _FILES:
        file = resources.files("govsite").joinpath("scaffold", *source.format(tier=tier).split("/"))
        text = file.read_text(encoding="utf-8")
        for name, value in facts.items():
            text = text.replace("{" + name + "}", value)
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
        written.append(path)
    return written
