"""Lists as open data: a line is made of its own document, so that one line is made anew where one document has changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from govsite.model.body import Body
from govsite.model.document import Document
from govsite.model.outline import Outline, OutlinedDocuments, outline_of, outlines_of
from govsite.model.reads import Reads, traced_site
from govsite.model.site import Site
from govsite.pipeline.request import Request
from govsite.pipeline.survey import survey_site
from govsite.render.columns import column_view
from govsite.render.context import RenderContext
from govsite.render.data import csv_list, csv_record, json_line, json_list
from govsite.render.plan import Job
from govsite.render.revising import Revision, revise_list
from govsite.render.words import site_words
from govsite.settings.settings import Settings
from running import document, interpretation, policy, write_site

ROOT = Path(__file__).parents[3]


def _context(site: Site, settings: Settings) -> RenderContext:
    reads = Reads()
    return RenderContext(
        traced_site(site, reads), settings, site_words(None), lambda key: Body(), reads=reads
    )


def _small(folder: Path) -> tuple[Site, Settings]:
    files = {
        f"content/policies/{number}.md": policy(
            标题=f"示例办法第{number}部", 发文字号=f"试政发〔2024〕{number}号"
        )
        for number in range(1, 4)
    }
    files["content/interpretations/1.md"] = interpretation(标题="一读就懂", 解读文件="试政发〔2024〕2号")
    files["content/disclosures/1.md"] = document(标题="通知", 发布日期="2023-05-01")
    write_site(folder, files)
    with survey_site(Request(folder, None)) as survey:
        return survey.site, survey.settings


def _with_title(site: Site, key: str, title: str) -> Site:
    documents = dict(site.documents)
    documents[key] = replace(documents[key], title=title)
    return replace(site, assembly=replace(site.assembly, documents=documents))


def test_a_line_is_made_of_its_own_document_alone() -> None:
    """Of whatever kind; else a line could be kept that is no longer right."""
    with survey_site(Request(ROOT, None)) as survey:
        context = _context(survey.site, survey.settings)
        kinds = set()
        for key, found in survey.site.documents.items():
            kinds.add(found.kind)
            for make in (json_line, csv_record):
                context.reads.take()
                make(context, key)
                assert context.reads.take() <= {f"d:{key}", f"r:{key}"}, key
        assert len(kinds) > 8


@pytest.mark.parametrize("maker", ["column_json", "column_csv"])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_revised_list_is_the_list_made_anew(maker: str, place: int, tmp_path: Path) -> None:
    site, settings = _small(tmp_path)
    keys = tuple(key for key in site.documents if key.startswith("policy/"))

    def whole(of: Site) -> bytes:
        context = _context(of, settings)
        return csv_list(context, keys) if maker == "column_csv" else json_list(context, "政策文件", keys)

    after = _with_title(site, keys[place], "换了的，“名字”\n分两行")
    known = Revision(lambda: whole(site), b"", {keys[place], "disclosure/1"})
    revised = revise_list(_context(after, settings), Job("list", maker), keys, known)
    assert revised == whole(after)
    assert revised != whole(site)


def test_a_file_of_another_shape_is_not_revised(tmp_path: Path) -> None:
    site, settings = _small(tmp_path)
    keys = tuple(site.documents)
    context = _context(site, settings)
    for content in (None, b"", json_list(context, "", keys[1:]), json_list(context, "", keys) + b"\n"):
        known = Revision(lambda content=content: content, b"", set(keys[:1]))
        assert revise_list(context, Job("list", "column_json"), keys, known) is None


def test_the_years_of_a_column_are_those_of_its_documents(tmp_path: Path) -> None:
    days = ("2019-02-03", "2021-01-01", "2021-12-31", "2022-01-01", "2024-05-06", "2024-05-07")
    files = {
        f"content/disclosures/{number}.md": document(栏目="tzgg", 发布日期=day)
        for number, day in enumerate(days)
    }
    write_site(tmp_path, files)
    with survey_site(Request(tmp_path, None)) as survey:
        context = _context(survey.site, survey.settings)
        view = column_view(context, "tzgg", 1, lambda path: path)
        assert [link.path for link in view.years] == [
            f"lists/year/{year}/index.html" for year in (2024, 2022, 2021, 2019)
        ]


def test_outlines_are_read_as_one_and_hold_no_title(tmp_path: Path) -> None:
    site, settings = _small(tmp_path)
    context = _context(site, settings)
    outlines = outlines_of(context.site.documents)
    assert context.reads.take() == {"D", "O"}
    assert dict(outlines) == {key: outline_of(found) for key, found in site.documents.items()}
    assert outlines["interpretation/1"] == Outline("interpretation", "2024-03-01", "", "", ("text",))
    renamed = _with_title(site, "policy/1", "换了的名字")
    assert outlines_of(renamed.documents) == outlines


def test_documents_that_know_their_outlines_are_not_looked_at() -> None:
    class Known(dict[str, Document], OutlinedDocuments):
        outlines = {"policy/1": Outline("policy", "2024-03-01", "", "")}  # noqa: RUF012

    assert outlines_of(Known()) is Known.outlines
