"""Files that a new site begins with: data under `scaffold/`, filled in."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from govsite.cli.editor import editor_files

# file in the new site, place under `scaffold/` ("{tier}" is the profile's folder)
_FILES = (
    ("config.yaml", "{tier}/config.yaml"),
    (".gitignore", "common/gitignore"),
    ("content/organisations.yaml", "common/organisations.yaml"),
    ("content/pages/zhinan.md", "common/zhinan.md"),
    ("content/pages/ysqgk.md", "common/ysqgk.md"),
)

# For each CI: where its file lies in the site, place under `scaffold/`.
CI_FILES = {
    "gitlab": (".gitlab-ci.yml", "ci/gitlab.yml"),
    "github": (".github/workflows/govsite.yml", "ci/github.yml"),
    "gitea": (".gitea/workflows/govsite.yml", "ci/github.yml"),
    "jenkins": ("Jenkinsfile", "ci/Jenkinsfile"),
    "cron": ("publish.sh", "ci/cron.sh"),
}


def write_scaffold(folder: Path, tier: str, facts: dict[str, str]) -> list[str]:
    """Write the first files of a site of profile `tier` into `folder`; their paths. Raises OSError."""
    return _write(folder, _FILES, tier, facts)


def write_ci(folder: Path, ci: str) -> list[str]:
    """Write the file of a CI; its path, none where there is one already. Raises OSError."""
    return [] if (folder / CI_FILES[ci][0]).exists() else _write(folder, (CI_FILES[ci],), "", {})


def _write(folder: Path, files: tuple[tuple[str, str], ...], tier: str, facts: dict[str, str]) -> list[str]:
    written = []
    for path, source in files:
        file = resources.files("govsite").joinpath("scaffold", *source.format(tier=tier).split("/"))
        text = file.read_text(encoding="utf-8")
        for name, value in facts.items():
            text = text.replace("{" + name + "}", value)
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
        written.append(path)
    for path, text in editor_files().items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
        written.append(path)
    return written
