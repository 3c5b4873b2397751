"""A job to its bytes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from govsite.extend.samples import styleguide_view
from govsite.extend.views import View
from govsite.model.addresses import NOT_FOUND
from govsite.render import data
from govsite.render.bodies import Url, absolute_url, relative_url
from govsite.render.catalog import catalog_view, item_view
from govsite.render.catalog_history import catalog_history_csv, catalog_history_view
from govsite.render.columns import column_view
from govsite.render.context import RenderContext
from govsite.render.documents import document_view
from govsite.render.frames import home_view, not_found_view, search_view, sitemap_view
from govsite.render.listings import Listings, browse_view, listing_view, value_label
from govsite.render.notices import notice_view
from govsite.render.paper import document_file
from govsite.render.plan import Job
from govsite.render.registers import register_csv, register_table
from govsite.render.request import request_view
from govsite.render.statistics import statistics_csv, statistics_table, statistics_view
from govsite.render.templates import Templates
from govsite.render.villages import board_view
from govsite.vocab.terms import kinds


class Maker:
    """Makes outputs, one at a time. Nothing is kept but views that many pages share."""

    def __init__(self, context: RenderContext, templates: Templates, listings: Listings) -> None:
        self._context = context
        self._templates = templates
        self._listings = listings

    def make(self, job: Job) -> bytes:
        """The content of a job's file. Raises `ThemeError` where a theme is to blame."""
        if job.path.endswith(".html"):
            url = self._url(job.path)
            return self._templates.render(self.view(job, url), url).encode()
        return self._data(job)

    def view(self, job: Job, url: Url) -> View:
        """The view of a page's job: pure data, the same for the same site."""
        context, args = self._context, job.args
        builders: dict[str, Callable[..., View]] = {
            "document": lambda key: document_view(context, key, url),
            "column": lambda column, number: column_view(context, column, number, url),
            "catalog": lambda domain: catalog_view(context, domain),
            "catalog_history": lambda: catalog_history_view(context),
            "item": lambda item, number: item_view(context, item, number),
            "listing": lambda axis, value, number: listing_view(context, self._listings, axis, value, number),
            "home": lambda: home_view(context),
            "statistics": lambda: statistics_view(context),
            "search": lambda: search_view(context),
            "sitemap": lambda: sitemap_view(context),
            "browse": lambda: browse_view(context, self._listings),
            "request": lambda column: request_view(context, column),
            "not_found": lambda: not_found_view(context),
            "notice": lambda path: notice_view(context, path),
            "board": lambda column, village: board_view(context, column, village, url),
            "styleguide": styleguide_view,
        }
        return builders[job.maker](*args)

    def _url(self, path: str) -> Url:
        return absolute_url(self._context.settings.site.path) if path == NOT_FOUND else relative_url(path)

    def _data(self, job: Job) -> bytes:
        context = self._context
        args: tuple[Any, ...] = job.args
        makers: dict[str, Callable[..., bytes]] = {
            "feed": data.atom_feed,
            "column_json": self._column_json,
            "column_csv": lambda _, column: data.csv_list(context, context.site.members.get(column, ())),
            "listing_json": self._listing_json,
            "listing_csv": lambda _, axis, value: data.csv_list(context, self._listings[axis][value]),
            "catalog_json": data.catalog_json,
            "catalog_csv": data.catalog_csv,
            "catalog_xlsx": _catalog_xlsx,
            "catalog_history_csv": catalog_history_csv,
            "register_csv": register_csv,
            "register_xlsx": _register_xlsx,
            "paper": document_file,
            "robots": data.robots_txt,
            "statistics_csv": statistics_csv,
            "statistics_xlsx": _statistics_xlsx,
            "open_data": data.open_data_index,
            "sitemap_xml": lambda _, *paths: data.sitemap_xml(context, paths),
        }
        return makers[job.maker](context, *args)

    def _column_json(self, context: RenderContext, column: str) -> bytes:
        return data.json_list(
            context, context.site.columns[column].name, context.site.members.get(column, ())
        )

    def _listing_json(self, context: RenderContext, axis: str, value: str) -> bytes:
        return data.json_list(context, value_label(context, axis, value), self._listings[axis][value])


def _catalog_xlsx(context: RenderContext, domain: str) -> bytes:
    from govsite.render.workbook import catalog_xlsx

    return catalog_xlsx(context, domain)


def _register_xlsx(context: RenderContext, column: str, kind: str) -> bytes:
    from govsite.render.workbook import list_xlsx

    return list_xlsx(kinds()[kind].label, *register_table(context, column, kind))


def _statistics_xlsx(context: RenderContext) -> bytes:
    from govsite.render.workbook import list_xlsx

    return list_xlsx(context.t("statistics.title"), *statistics_table(context))
