"""govsite search: the query language on the command line."""

from __future__ import annotations

import os
from pathlib import Path

import click

from govsite.cli.common import Session, UsageProblem, common_options, require_site
from govsite.cli.words import SpeakingCommand, option
from govsite.index.answer import FILTERS, SearchAnswer, answer_json
from govsite.index.answer import search as find
from govsite.index.place import query_index
from govsite.index.whoosh import BrokenIndexError
from govsite.vocab.terms import label_of


@click.command("search", cls=SpeakingCommand, help="cli.search")
@click.argument("query")
@option("--json", "as_json", is_flag=True)
@option("--limit", type=click.IntRange(1, 1000), default=10, metavar="N")
@option("--sort", type=click.Choice(["relevance", "date"]), default="relevance")
@option("--filter", "filters", multiple=True, metavar="KEY=VALUE")
@common_options
def search(
    session: Session, query: str, as_json: bool, limit: int, sort: str, filters: tuple[str, ...]
) -> int:
    """Answer a query; 0 with results or without, 2 where there is no index to ask."""
    site = require_site(session)
    out = Path(os.environ["GOVSITE_OUT"]) if os.environ.get("GOVSITE_OUT") else site / "build" / "site"
    place = query_index(out)
    try:
        digest = place.digest.read_text(encoding="ascii").strip()
        answer = find(
            place.folder, query, digest=digest, limit=limit, sort=sort, filters=_filters(session, filters)
        )
    except OSError as error:
        raise UsageProblem(session.t("cli.search.no_index")) from error
    except BrokenIndexError as error:
        key = "cli.search.no_index" if error.reason == "missing" else "cli.search.broken"
        raise UsageProblem(session.t(key, reason=error.reason)) from error
    if as_json:
        click.echo(answer_json(answer))
    else:
        _print(session, query, answer)
    return 0


def _filters(session: Session, assignments: tuple[str, ...]) -> dict[str, str]:
    chosen = {}
    for assignment in assignments:
        key, mark, value = assignment.partition("=")
        if not mark or key not in FILTERS:
            raise UsageProblem(
                session.t("cli.search.bad_filter", filter=assignment, known="、".join(FILTERS))
            )
        chosen[key] = value
    return chosen


def _print(session: Session, query: str, answer: SearchAnswer) -> None:
    if not answer.hits:
        click.echo(session.t("cli.search.none", query=query))
        return
    for hit in answer.hits:
        facts = [hit.published, hit.doc_no, label_of("validity", hit.validity)]
        click.echo(f"{hit.title}\n  {' · '.join(fact for fact in facts if fact)}\n  {hit.url}")
        if hit.snippet:
            click.echo(f"  {hit.snippet}")
        click.echo("")
    click.echo(session.t("cli.search.total", total=answer.total))
