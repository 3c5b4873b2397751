"""govsite fix: safe mends of the sources, shown as a diff, written when asked."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

import click

from govsite.cli.common import Session, UsageProblem, common_options, require_site
from govsite.cli.words import SpeakingCommand, option


@click.command("fix", cls=SpeakingCommand, help="cli.fix")
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, metavar="[FILE…]")
@option("--diff", is_flag=True)
@option("--write", is_flag=True, of="fix")
@common_options
def fix(session: Session, files: tuple[Path, ...], diff: bool, write: bool) -> int:
    """Mend the site's sources, or FILES alone; 0 nothing to mend or written, 1 mends proposed."""
    from govsite.check.mending import mend_source
    from govsite.source.text import decode_text

    if diff and write:
        raise UsageProblem(session.t("mask.one_of_two"))
    site = require_site(session)
    count = changed = 0
    for path, kind in _sources(session, site, files):
        data = (site / path).read_bytes()
        text = decode_text(data)
        if not isinstance(text, str):
            continue  # `check` says what is wrong with it
        mended, mends = mend_source(text, kind)
        if not mends:
            continue
        count += len(mends)
        changed += 1
        if write:
            end = "\r\n" if b"\r\n" in data else "\n"
            mark = "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8"
            (site / path).write_bytes(mended.replace("\n", end).encode(mark))
            click.echo(session.t("fix.written", path=path, count=len(mends)))
        else:
            lines = difflib.unified_diff(
                text.split("\n"), mended.split("\n"), f"a/{path}", f"b/{path}", n=1, lineterm=""
            )
            click.echo("\n".join(lines))
    if not count:
        if not session.quiet:
            click.echo(session.t("fix.clean"))
        return 0
    if not session.quiet:
        click.echo(session.t("fix.mended" if write else "fix.proposed", count=count, files=changed))
    return 0 if write else 1


def _sources(session: Session, site: Path, files: tuple[Path, ...]) -> Iterator[tuple[str, str]]:
    """Path relative to the site, and kind, of every source to be looked at."""
    from govsite.load.scan import scan_content

    known = {source.path: source.kind for source in scan_content(site)[0].sources}
    if not files:
        yield from known.items()
        return
    for file in files:
        try:
            path = file.resolve().relative_to(site.resolve()).as_posix()
        except ValueError:
            path = ""
        if path not in known:
            raise UsageProblem(session.t("fix.no_source", file=file.as_posix()))
        yield path, known[path]
