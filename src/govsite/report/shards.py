"""What `govsite plan` found, for people and for the systems that run the shards: GitLab, GitHub, make."""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from typing import NamedTuple

from govsite.messages.catalogue import Translate


class SiteRow(NamedTuple):
    """A site to build. because: changed files of its own or folders of other sites; cost: seconds to expect."""

    folder: str
    place: str
    cost: float
    because: tuple[str, ...]


class ShardRow(NamedTuple):
    """Sites that one machine builds."""

    number: int
    sites: tuple[SiteRow, ...]
    cost: float


class PlanReport(NamedTuple):
    """What is to be built where. root: folder of the workspace in its repository, `""` or `a/b/`; options: further words for every build;
    members: (folder, place) of all; include: a local file of the CI that says how govsite comes onto a runner, `""` for none.
    """

    shards: tuple[ShardRow, ...]
    members: tuple[tuple[str, str], ...]
    root: str
    options: tuple[str, ...]
    include: str


def as_text(plan: PlanReport, t: Translate) -> str:
    """For people."""
    if not plan.shards:
        return t("plan.nothing") + "\n"
    lines = []
    for shard in plan.shards:
        lines.append(
            t("plan.shard", number=shard.number, total=len(plan.shards), seconds=f"{shard.cost:.1f}")
        )
        for site in shard.sites:
            why = t("plan.because", files="、".join(_few(site.because))) if site.because else ""
            lines.append("  " + t("plan.site", folder=site.folder, seconds=f"{site.cost:.1f}") + why)
    return "\n".join(lines) + "\n"


def as_json(plan: PlanReport, t: Translate) -> str:
    """For programs: `{"version": 1, "shards": [{"number", "cost", "sites": [{"folder", "place", "cost", "because"}]}]}`."""
    shards = [
        {"number": shard.number, "cost": shard.cost, "sites": [_site(site) for site in shard.sites]}
        for shard in plan.shards
    ]
    return json.dumps({"version": 1, "shards": shards}, ensure_ascii=False, indent=1) + "\n"


def as_github(plan: PlanReport, t: Translate) -> str:
    """A matrix for `strategy: matrix: ${{ fromJSON(…) }}`, on one line."""
    include = [
        {
            "shard": shard.number,
            "members": [site.folder for site in shard.sites],
            "run": _command(plan, shard),
            "artifacts": "\n".join(_artifacts(plan, shard)),
        }
        for shard in plan.shards
    ]
    return json.dumps({"include": include}, ensure_ascii=False) + "\n"


def as_make(plan: PlanReport, t: Translate) -> str:
    """A Makefile: `make -f plan.mk -j2`. Each shard keeps to one process of its own."""
    names = [f"shard-{shard.number}" for shard in plan.shards]
    lines = [
        f"# {t('plan.made')}", "GOVSITE ?= govsite", "", f".PHONY: {' '.join(['all', *names])}",
        f"all: {' '.join(names)}".rstrip(), "\t" + _made(_join(plan)),
    ]  # fmt: skip
    for name, shard in zip(names, plan.shards, strict=True):
        lines += ["", f"{name}:", "\t" + _made(_command(plan, shard, "--jobs", "1"))]
    return "\n".join(lines) + "\n"


def as_gitlab(plan: PlanReport, t: Translate) -> str:
    """A child pipeline: a job a shard, then one that joins the search. Caches and outputs pass as artifacts."""
    lines = [f"# {t('plan.made')}", "stages: [build, join]"]
    if plan.include:
        lines += ["include:", f"  - local: {_quoted(plan.include)}"]
    for shard in plan.shards:
        lines += [
            "", f"{_quoted(f'govsite {shard.number}/{len(plan.shards)}')}:", "  stage: build",
            *_cache(plan, "pull"), "  script:", f"    - {_quoted(_command(plan, shard))}",
            "  artifacts:", "    paths:", *(f"      - {_quoted(path)}" for path in _artifacts(plan, shard)),
        ]  # fmt: skip
    lines += [
        "", f"{_quoted('govsite join')}:", "  stage: join", *_cache(plan, "pull-push"), "  script:",
        f"    - {_quoted(_join(plan))}", "  artifacts:", "    paths:", f"      - {_quoted(plan.root + 'build/workspace/')}",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


WRITERS = {"text": as_text, "json": as_json, "github": as_github, "make": as_make, "gitlab": as_gitlab}


def _site(site: SiteRow) -> dict[str, object]:
    return {
        "folder": site.folder,
        "place": site.place,
        "cost": round(site.cost, 3),
        "because": list(site.because),
    }


def _few(names: Sequence[str]) -> list[str]:
    return [*names[:3], "…"] if len(names) > 3 else list(names)


def _command(plan: PlanReport, shard: ShardRow, *more: str) -> str:
    words = ["govsite", "build", "--workspace", *_site_words(plan), *more]
    for site in shard.sites:
        words += ["--member", site.folder]
    return " ".join(shlex.quote(word) for word in [*words, *plan.options])


def _join(plan: PlanReport) -> str:
    words = ["govsite", "build", "--workspace", *_site_words(plan), "--join"]
    return " ".join(shlex.quote(word) for word in words)


def _site_words(plan: PlanReport) -> list[str]:
    return ["--site", plan.root.rstrip("/")] if plan.root else []


def _made(command: str) -> str:
    """A command as a recipe of make has it."""
    return "$(GOVSITE)" + command.removeprefix("govsite").replace("$", "$$")


def _artifacts(plan: PlanReport, shard: ShardRow) -> list[str]:
    paths = []
    for site in shard.sites:
        folder = "" if site.folder == "." else site.folder + "/"
        paths += [f"{plan.root}build/workspace/{site.place}/", f"{plan.root}{folder}build/cache/"]
    return paths


def _cache(plan: PlanReport, policy: str) -> list[str]:
    folders = ["" if folder == "." else folder + "/" for folder, _ in plan.members]
    paths = [f"{plan.root}{folder}build/cache/" for folder in folders]
    paths += [f"{plan.root}build/{name}/" for name in ("inventories", "workspace")] + [
        f"{plan.root}build/costs.json"
    ]
    return [
        "  cache:", "    key: govsite", f"    policy: {policy}", "    paths:",
        *(f"      - {_quoted(path)}" for path in paths),
    ]  # fmt: skip


def _quoted(text: str) -> str:
    """A YAML scalar: what JSON calls a string."""
    return json.dumps(text, ensure_ascii=False)
