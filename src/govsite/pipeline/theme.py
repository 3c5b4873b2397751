"""A theme on its own: every kind of page made from sample views and checked like a page of a site."""

from __future__ import annotations

from pathlib import Path

from govsite.check.pages import PageCheck
from govsite.extend.samples import sample_site, sample_targets, sample_views
from govsite.extend.views import DocumentView
from govsite.frozen import dataclass
from govsite.pipeline.produce import theme_problem
from govsite.problems.problem import Finding, Problem, grade
from govsite.problems.rules import severities
from govsite.render.assets import asset_paths
from govsite.render.bodies import relative_url
from govsite.render.templates import Templates, ThemeError, read_static
from govsite.render.words import read_words, site_words
from govsite.write.staging import Writer


@dataclass(frozen=True, slots=True)
class ThemeChecked:
    """What a check of a theme gave. unused: templates of the theme that no page asked for, in name order."""

    findings: tuple[Finding, ...]
    pages: int
    unused: tuple[str, ...]


def check_theme(theme: Path | None, out: Path | None = None) -> ThemeChecked:
    """Check the theme in the folder `theme`, None for the built-in one. out: folder for the sample pages."""
    problems = list(read_words(theme)[1])
    static = read_static(theme)
    assets = asset_paths(static)
    t = site_words(theme)
    templates = Templates(theme, sample_site(assets), t)
    views = sample_views()
    check = PageCheck({*views, *assets.values(), *sample_targets()}, language=t("site.language"))
    writer = Writer(out) if out else None
    for path, view in views.items():
        try:
            page = templates.render(view, relative_url(path))
        except ThemeError as fault:
            problems.append(theme_problem(fault, path))
            continue
        groups = ("site", "column", "content") if isinstance(view, DocumentView) else ("site", "column")
        problems += check.check(path, page, groups if "-bare" not in path else ())
        if writer:
            writer.write(path, page.encode())
    if writer:
        for name, path in assets.items():
            writer.write(path, static[name])
    return ThemeChecked(
        grade(_each_once(problems), severities()), len(views), _unused(theme, templates.asked)
    )


def _each_once(problems: list[Problem]) -> list[Problem]:
    """A fault of one template shows on many sample pages; the first one is enough."""
    seen: dict[object, Problem] = {}
    for problem in problems:
        facts = tuple(fact for fact in problem.facts if fact[0] != "page")
        seen.setdefault((problem.code, problem.span, facts), problem)
    return list(seen.values())


def _unused(theme: Path | None, asked: frozenset[str]) -> tuple[str, ...]:
    if theme is None:
        return ()
    folder = theme / "templates"
    names = (file.relative_to(folder).as_posix() for file in folder.rglob("*.html"))
    return tuple(sorted(name for name in names if name not in asked))
