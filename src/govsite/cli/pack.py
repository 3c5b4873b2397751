"""govsite pack: the built site as one signed file for a stick."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import click

from govsite.cli.common import Session, UsageProblem, common_options, judged_day, require_site
from govsite.cli.edition import print_refusal
from govsite.cli.words import SpeakingCommand, option


@click.command("pack", cls=SpeakingCommand, help="cli.pack")
@option("--key", of="pack", type=click.Path(path_type=Path, dir_okay=False), required=True, metavar="FILE")
@option("--out", of="pack", type=click.Path(path_type=Path, dir_okay=False), default=None, metavar="FILE")
@option("--since", of="pack", default="", metavar="EDITION")
@option("--not-after", of="pack", default=None, metavar="DATE")
@option("--edition", of="pack", type=click.IntRange(1, 999999), default=None, metavar="N")
@common_options
def pack(
    session: Session, key: Path, out: Path | None, since: str, not_after: str | None, edition: int | None
) -> int:
    """Pack what was built last; 0 packed, 1 refused."""
    from govsite.edition.refusal import RefusedError
    from govsite.files.signature import KeyFault
    from govsite.pipeline.pack import NotBuiltError, PackRequest, pack_site
    from govsite.problems.problem import Problem

    site, t = require_site(session), session.t
    built = Path(os.environ["GOVSITE_OUT"]) if os.environ.get("GOVSITE_OUT") else site / "build" / "site"
    try:
        request = PackRequest(
            site=site, out=built, shelf=site / "build" / "edition", private=key.read_bytes(), edition=edition or 0,
            since=since, not_after=judged_day(session, not_after) if not_after else "", environ=os.environ,
        )  # fmt: skip
        packed = pack_site(request)
        made = packed.small or packed.whole
        if out is not None:
            out.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(made, out)
    except NotBuiltError as error:
        raise UsageProblem(t("pack.not_built")) from error
    except KeyFault:
        return print_refusal(session, [Problem.at("KSK119", None)])
    except RefusedError as error:
        return print_refusal(session, error.problems)
    except OSError as error:
        name = Path(error.filename or key).name
        raise UsageProblem(t("pack.file", file=name, reason=error.strerror or "")) from error
    if session.quiet:
        return 0
    manifest = packed.manifest
    click.echo(t("pack.done", edition=manifest.edition, date=manifest.data_date, files=len(manifest.entries)))
    for file in [packed.whole, *([packed.small] if packed.small else []), *([out] if out else [])]:
        click.echo(f"  {file.as_posix()}  {file.stat().st_size / (1 << 20):.1f} MB")
    if not packed.has_query_index:
        click.echo(t("pack.no_index"))
    return 0
