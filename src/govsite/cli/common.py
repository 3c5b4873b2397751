"""What every command shares: the site's folder, the language, how findings are printed."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govsite.cli.words import option
from govsite.frozen import dataclass
from govsite.messages.catalogue import LANGUAGES, Translate, translator
from govsite.settings.names import CONFIG_FILE, WORKSPACE_FILE

if TYPE_CHECKING:
    from govsite.pipeline.outcome import Outcome
    from govsite.problems.problem import Finding

CHINA = timezone(timedelta(hours=8))


class UsageProblem(click.ClickException):
    """Wrong usage in our own words; exit code 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        """Print the sentence alone."""
        click.echo(self.format_message(), err=True)


@dataclass(frozen=True, slots=True)
class Session:
    """How a command was called. site: the site's folder, or where one was looked for."""

    site: Path
    lang: str
    quiet: bool
    verbose: bool

    @property
    def t(self) -> Translate:
        """Words in the chosen language."""
        return translator(self.lang)


def common_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--site --lang --quiet --verbose` and hand them over as one `Session`, the first argument."""

    @option("--site", type=click.Path(path_type=Path), default=None, metavar="DIR")
    @option("--lang", type=click.Choice(LANGUAGES), default=None)
    @option("--quiet", "-q", is_flag=True)
    @option("--verbose", "-v", is_flag=True)
    @functools.wraps(command)
    def wrapped(
        *args: Any, site: Path | None, lang: str | None, quiet: bool, verbose: bool, **kwargs: Any
    ) -> Any:
        chosen = lang or os.environ.get("GOVSITE_LANG", "zh")
        chosen = chosen if chosen in LANGUAGES else "zh"
        return command(Session(_folder(site), chosen, quiet, verbose), *args, **kwargs)

    return wrapped


def _folder(site: Path | None) -> Path:
    named = site or (Path(os.environ["GOVSITE_SITE"]) if os.environ.get("GOVSITE_SITE") else None)
    if named is not None:
        return named
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if (folder / CONFIG_FILE).is_file()), here)


def require_site(session: Session) -> Path:
    """The site's folder. Raises `UsageProblem` where there is no config.yaml."""
    if not (session.site / CONFIG_FILE).is_file():
        raise UsageProblem(session.t("cli.no_site", folder=session.site.name or str(session.site)))
    return session.site


def judged_day(session: Session, as_of: str | None) -> str:
    """ISO day from `--as-of`, `GOVSITE_AS_OF` or `SOURCE_DATE_EPOCH` (a moment, taken in China's time); else `""`."""
    text = as_of or os.environ.get("GOVSITE_AS_OF", "")
    if text:
        from govsite.hanzi.dates import parse_date

        read = parse_date(text)
        if read is None:
            raise UsageProblem(session.t("cli.bad_date", value=text))
        return read.iso[:10]
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC).astimezone(CHINA).date().isoformat()
    return ""


def today_in_china() -> str:
    """ISO day on the clock, in China's time: for checks that judge by today, never for output."""
    return datetime.now(CHINA).date().isoformat()


def source_lines(site: Path) -> Callable[[str], Sequence[str]]:
    """Lines of sources for excerpts, which go into logs and reports: personal data is covered there too."""
    from govsite.check.privacy.hiding import hide_lines
    from govsite.check.privacy.leak import PrivacyContext
    from govsite.pipeline.reading import source_reader

    read = source_reader(site)

    @functools.cache
    def lines(file: str) -> Sequence[str]:
        return hide_lines(read(file), PrivacyContext())

    return lines


def print_findings(session: Session, findings: Sequence[Finding]) -> None:
    """Findings as text on standard output, then the line that counts them."""
    click.echo(findings_text(session, findings), nl=False)


def findings_text(session: Session, findings: Sequence[Finding]) -> str:
    """What `print_findings` prints, `""` without findings."""
    from govsite.report.terminal import render_findings, render_summary

    if not findings:
        return ""
    lines = source_lines(session.site)
    told = list(render_findings(findings, session.t, session.lang, lines, colour=has_colour()))
    return "\n".join([*told, render_summary(findings, session.t), ""])


def has_colour() -> bool:
    """Whether findings are printed in colour."""
    return os.environ.get("NO_COLOR") is None and sys.stdout.isatty()


def tell_workspace(session: Session, command: str, *, seeks_neighbours: bool) -> None:
    """One sentence where something was not found that another site of a workspace may hold."""
    if session.quiet or not seeks_neighbours:
        return
    here = Path(os.path.abspath(session.site))  # noqa: PTH100 - as the user knows it
    for folder in here.parents:
        if (folder / WORKSPACE_FILE).is_file():
            member = here.relative_to(folder).as_posix()
            click.echo(session.t("workspace.hint", command=command, folder=member), err=True)
            return


def tell_memory(session: Session, outcome: Outcome) -> None:
    """One sentence where what earlier builds left could not be used."""
    if outcome.memory in {"damaged", "foreign", "busy"} and not session.quiet:
        click.echo(session.t(f"cli.memory.{outcome.memory}"), err=True)
