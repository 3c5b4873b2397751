"""245 real catalog rows of 28 domains and five real documents, from sources to pages."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from adapter import Text, read_rows, split_channels, split_list, write_catalogs, write_text

from govsite.markup.markdown import OpenPlace, render_markdown
from govsite.model.site import Site
from govsite.pipeline.build import Outcome, Request, build_site
from govsite.problems.problem import Severity
from running import CONFIG, link_site, tree, write_site

# Written after reading each text. What a text does not say of itself is not here: no number on the first, no date on
# the second; their day of publication is that of the page they were found on, or of this collection.
TEXTS = (
    Text(
        "000",
        "policies/yulin.md",
        {
            "标题": "榆林市人民政府办公室关于进一步加强基层政务公开标准化规范化工作的通知",
            "发布日期": "2022-11-21 10:45",
            "公开属性": "主动公开",
            "发文机关": "榆林市人民政府办公室",
            "成文日期": "2022年9月15日",
        },
        ("榆林市人民政府办公室关于", "恢复窄屏", "出处:", "分享"),
    ),
    Text(
        "001",
        "disclosures/beilin.md",
        {
            "标题": "碑林區基層政務公開標準化規范化建設交流發言",
            "发布日期": "2021-05-01",
            "公开属性": "主动公开",
            "栏目": "zwdt",
        },
        ("開公司找",),
    ),
    Text(
        "002",
        "policies/dongguan.md",
        {
            "标题": "東莞市人民政府辦公室關于印發東莞市全面推進政務公開標準化規范化工作實施方案的通知",
            "发布日期": "2020-06-11",
            "公开属性": "主动公开",
            "发文字号": "東府辦函〔2020〕316號",
            "发文机关": "東莞市人民政府辦公室",
            "成文日期": "2020年6月11日",
        },
        ("東府辦函", "東莞市人民政府辦公室關", "全面推進政務公開標準化規范化", "工作實施方案的通知"),
    ),
    Text(
        "003",
        "disclosures/fanwen.md",
        {"标题": "进一步政务公开范文", "发布日期": "2022-06-12", "公开属性": "主动公开", "栏目": "zwdt"},
        ("进一步政务公开范文", "2022-06-12", "上一篇"),
    ),
    Text(
        "004",
        "policies/qinghai.md",
        {
            "标题": "青海省人民政府办公厅关于印发2021年政务公开工作要点的通知",
            "发布日期": "2021-07-05",
            "公开属性": "主动公开",
            "发文字号": "青政办〔2021〕47号",
            "发文机关": "青海省人民政府办公厅",
            "成文日期": "2021年7月5日",
        },
        ("青海省人民政府办公厅关于印发", "青政办〔2021〕47号"),
    ),
)
HEADERS = {
    "policies/yulin.html": {
        "发文机关": "榆林市人民政府办公室",
        "成文日期": "2022年9月15日",
        "有效性": "有效",
    },
    "policies/dongguan.html": {
        "发文机关": "東莞市人民政府辦公室",
        "发文字号": "東府辦函〔2020〕316号",
        "成文日期": "2020年6月11日",
    },
    "policies/qinghai.html": {
        "发文机关": "青海省人民政府办公厅",
        "发文字号": "青政办〔2021〕47号",
        "成文日期": "2021年7月5日",
    },
}
# Numbers that the texts cite, by eye. None is of another text of the five.
CITED = {
    "policies/yulin.md": ["陕政办发〔2020〕20号", "榆政办函〔2021〕178号", "榆政办函〔2022〕151号"],
    "disclosures/beilin.md": [],
    "policies/dongguan.md": [
        "國辦發〔2019〕54號",
        "粵府辦〔2020〕10號",
        "粵辦函〔2020〕42號",
        "國辦公開辦函〔2019〕61號",
    ],
    "disclosures/fanwen.md": [
        "苏安监办„2008‟38号",  # the number of the fourth essay itself, its brackets lost
        "苏廉办[2008]1号",
        "晋政办发〔2020〕38号",
        "国办发〔2017〕47号",
        "国办发〔2018〕123号",
    ],
    "policies/qinghai.md": ["青政办〔2021〕10号"],
}
# Titles by which a text names what it issues itself.
OWN_TITLES = {
    "policies/dongguan.md": "東莞市全面推進政務公開標準化規范化工作實施方案",
    "policies/qinghai.md": "2021年政务公开工作要点",
}


@pytest.fixture(scope="module")
def site(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sources of a county's site made of the real material."""
    folder = tmp_path_factory.mktemp("real") / "site"
    write_site(folder, {"config.yaml": CONFIG.replace("乡级", "县级")})
    write_catalogs(shared_data, folder)
    for text in TEXTS:
        write_text(shared_data, folder, text)
    return folder


@pytest.fixture(scope="module")
def outcome(site: Path) -> Outcome:
    """What the build of the real site gave."""
    return build_site(Request(site, site / "build" / "site", jobs=2, as_of="2024-06-01"))


@pytest.fixture(scope="module")
def built(site: Path, outcome: Outcome) -> dict[str, bytes]:
    """Every file of the real site."""
    errors = [finding.problem for finding in outcome.findings if finding.severity >= Severity.ERROR]
    assert errors == []
    assert outcome.written
    return tree(site / "build" / "site")


class _Table(HTMLParser):
    """The cells of a page's first table, merged cells filled in; text of a cell with one space between its parts."""

    def __init__(self) -> None:
        super().__init__()
        self.grid: list[dict[int, str]] = []
        self._below: dict[int, tuple[int, str]] = {}
        self._cell: list[str] | None = None
        self._span = (1, 1)
        self._inside = False
        self._done = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "table":
            self._inside = not self._done
        elif self._inside and tag == "tr":
            self.grid.append({})
            for column, (rows, text) in list(self._below.items()):
                self.grid[-1][column] = text
                self._below[column] = (rows - 1, text)
                if rows == 1:
                    del self._below[column]
        elif self._inside and tag in {"td", "th"}:
            self._cell = []
            self._span = (int(values.get("rowspan") or 1), int(values.get("colspan") or 1))

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self._inside:
            self._inside, self._done = False, True
        elif tag in {"td", "th"} and self._cell is not None:
            text = re.sub(r"\s+", " ", " ".join(self._cell)).strip()
            rows, columns = self._span
            for _ in range(columns):
                column = next(number for number in range(99) if number not in self.grid[-1])
                self.grid[-1][column] = text
                if rows > 1:
                    self._below[column] = (rows - 1, text)
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)


def _table(page: bytes) -> tuple[list[str], list[dict[str, str]]]:
    """Names of the columns (two header rows as one), and the rows by these names."""
    reader = _Table()
    reader.feed(page.decode())
    first, second, *rest = ([row[column] for column in sorted(row)] for row in reader.grid)
    names = [one if one == other else f"{one}/{other}" for one, other in zip(first, second, strict=True)]
    return names, [dict(zip(names, row, strict=True)) for row in rest]


def _plain(text: str) -> str:
    return re.sub(r"[\s●]", "", text)


def test_every_row_stands_in_its_domains_table_with_all_its_fields(
    site: Path, built: dict[str, bytes], shared_data: Path, tmp_path: Path
) -> None:
    domains = write_catalogs(shared_data, tmp_path)
    number = 0
    for domain, rows in domains.items():
        _names, table = _table(built[f"catalog/{domain}/index.html"])
        assert len(table) == len(rows), domain
        for (item_id, row), shown in zip(rows.items(), table, strict=True):
            where = f"{item_id}: {row}"
            cells = {name.partition("/")[2] or name: text for name, text in shown.items()}
            assert cells["序号"] == row["no"], where
            for key, name in (("level1", "一级事项"), ("level2", "二级事项")):
                assert _plain(row[key]) in _plain(cells.get(name, "")), where
            text = _plain(" ".join(shown.values()))
            for part in (
                *split_list(row["content"]),
                *split_list(row["basis"]),
                row["deadline"],
                *split_list(row["subject"]),
            ):
                assert _plain(part) in text, (part, where)
            for channel in split_channels(row["channels"]):
                assert _channel_is_chosen(channel, shown), (channel, where)
            for key, name in (
                ("audience_all", "全社会"),
                ("mode_active", "主动"),
                ("mode_request", "依申请"),
                ("level_county", "县级"),
                ("level_town", "乡级"),
            ):
                assert bool(cells[name].replace("—", "").replace("–", "")) == bool(row[key]), (key, where)
            number += 1
    assert number == 245
    assert len(domains) == 28


def _channel_is_chosen(channel: str, shown: dict[str, str]) -> bool:
    """Whether the cell of channels shows a channel as chosen, be it under its standard name."""
    from govsite.vocab.terms import term_list

    word = re.sub(r"^[■□▲◆]", "", channel)
    term = term_list("channel").find(word)
    wanted = term.label if term and term.id != "other" else re.sub(r"^其他[:：]?", "", word)
    (cell,) = (text for name, text in shown.items() if name.startswith("公开渠道"))
    return _plain(wanted) in _plain(cell)


def test_every_row_has_a_page_and_stands_in_the_open_data(
    built: dict[str, bytes], shared_data: Path, tmp_path: Path
) -> None:
    for domain, rows in write_catalogs(shared_data, tmp_path).items():
        items = json.loads(built[f"catalog/{domain}/catalog.json"])["items"]
        assert [item["id"] for item in items] == list(rows)
        for item, row in zip(items, rows.values(), strict=True):
            assert (item["no"], item["level1"], item["level2"], item["deadline"]) == (
                row["no"],
                row["level1"],
                row["level2"],
                row["deadline"],
            )
            page = built[item["url"]].decode()
            for element in item["content"]:
                assert _plain(_escaped(element)) in _plain(page), item["id"]


def _escaped(text: str) -> str:
    return (
        text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace('"', "&#34;")
        .replace("'", "&#39;")
    )


def test_what_the_source_lost_is_told_and_nothing_is_made_up(outcome: Outcome, shared_data: Path) -> None:
    """A row without its ticks, basis or deadline is warned about, once a row; it is not filled in silently."""
    missing = [finding for finding in outcome.findings if finding.problem.code == "CAT103"]
    keys = ("content", "basis", "deadline", "subject", "channels")
    rows = read_rows(shared_data)
    lost = [
        row for row in rows
        if not all(row[key] for key in ("level1", *keys))
        or not (row["audience_all"] or row["audience_specific"])
        or not (row["mode_active"] or row["mode_request"])
    ]  # fmt: skip
    assert len(missing) == len(lost)


@pytest.mark.parametrize("page", HEADERS)
def test_the_header_of_a_document_says_what_its_text_says(page: str, built: dict[str, bytes]) -> None:
    html = built[page].decode()
    text = re.sub(r"<[^>]+>", "\n", html.partition("<main")[2].partition('class="doc-body')[0])
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for label, value in HEADERS[page].items():
        assert value in lines[lines.index(label) : lines.index(label) + 3], (label, lines)


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.path)
def test_every_paragraph_of_a_document_reaches_its_page(
    text: Text, site: Path, built: dict[str, bytes]
) -> None:
    source = site.joinpath("content", text.path).read_text(encoding="utf-8").split("---\n")[2]
    page = _plain(re.sub(r"<[^>]+>", "", built[text.path.replace(".md", ".html")].decode()))
    for paragraph in source.split("\n\n"):
        words = _plain(re.sub(r"[*\\]", "", paragraph))
        assert _escaped(re.sub(r"^\d+\.", "", words)) in page.replace("*", ""), paragraph[:60]


def _numbers(site: Path, path: str) -> list[str]:
    rendered = render_markdown(site.joinpath("content", path).read_text(encoding="utf-8").split("---\n")[2])
    return [part.target for part in rendered.parts if isinstance(part, OpenPlace) and part.kind == "number"]


def test_every_citation_is_seen(site: Path) -> None:
    assert {path: _numbers(site, path) for path in CITED} == CITED


def test_citations_of_documents_that_the_site_does_not_hold_stay_text(site: Path) -> None:
    linked, problems = link_site(site)
    assert [problem for problem in problems if problem.code.startswith("LNK")] == []
    assert linked.citations == {}


def test_a_document_never_links_to_itself_by_the_title_of_what_it_issues(
    site: Path, built: dict[str, bytes]
) -> None:
    for path, title in OWN_TITLES.items():
        page = built[path.replace(".md", ".html")].decode()
        assert f"《{title}》" in page
        assert 'class="cite"' not in page


def _with(site: Path, folder: Path, *documents: tuple[str, str]) -> Site:
    for path in ("policies", "disclosures"):
        for file in site.joinpath("content", path).glob("*.md"):
            write_site(folder, {f"content/{path}/{file.name}": file.read_text(encoding="utf-8")})
    for number, (doc_no, title) in enumerate(documents):
        year = re.search(r"\d{4}", doc_no)
        front = {
            "标题": title,
            "发文字号": doc_no,
            "发文机关": "发文机关",
            "成文日期": f"{year[0] if year else 2019}-01-02",
            "发布日期": "2022-09-01",
            "公开属性": "主动公开",
        }
        lines = "".join(f"{key}: {value}\n" for key, value in front.items())
        write_site(folder, {f"content/policies/other-{number}.md": f"---\n{lines}---\n\n正文。\n"})
    linked, problems = link_site(folder)
    assert [
        problem
        for problem in problems
        if problem.code.startswith(("LNK", "DOC10")) and problem.code != "DOC104"
    ] == []
    return linked


def test_the_same_citations_become_links_once_the_site_holds_the_documents(
    site: Path, tmp_path: Path
) -> None:
    """By number and by title, both ways."""
    linked = _with(
        site,
        tmp_path,
        (
            "陕政办发〔2020〕20号",
            "陕西省人民政府办公厅关于印发全面推进基层政务公开标准化规范化实施方案的通知",
        ),
        ("青政办〔2021〕10号", "青海省人民政府办公厅关于政府信息公开信息处理费收缴有关事项的通知"),
        ("国办发〔2017〕47号", "国务院办公厅关于印发政府网站发展指引的通知"),
        ("苏廉办〔2008〕1号", "关于印发某意见的通知"),
    )
    cited = {
        source: {place.document for place in places.values()} for source, places in linked.citations.items()
    }
    assert cited == {
        "policy/yulin": {"policy/other-0"},
        "policy/qinghai": {"policy/other-1"},
        "disclosure/fanwen": {"policy/other-2", "policy/other-3"},
    }
    assert linked.graph.sources("cites", "policy/other-2") == ("disclosure/fanwen",)
    ways = {place[0] for place in linked.citations["policy/yulin"]}
    assert ways == {"number", "title"}
