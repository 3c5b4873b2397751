"""Incremental equals clean: whatever is edited, in whatever order, the next build gives the bytes and the findings of a first one.

`EDITS` sets how many random edits are tried (200 for a full run).
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from govsite.pipeline.build import Outcome, Request, build_site
from govsite.pipeline.standing import standing_site
from running import CONFIG, catalog, document, interpretation, policy, tree, write_site

pytestmark = pytest.mark.slow
EDITS = int(os.environ.get("EDITS", "30"))
SEED = int(os.environ.get("SEED", "7"))
COLUMNS = ("tzgg", "zwdt", "")
WORDS = "政务公开目录事项标准指南窗口办理材料流程监督救助低保养老医疗教育就业住房改造补偿规划环境农业补贴耕地水利道路".encode().decode()


class Editor:
    """Edits a site at random, as people do: each edit is one of the methods below."""

    def __init__(self, site: Path, seed: int) -> None:
        self.site = site
        self.random = random.Random(seed)  # noqa: S311 - a sequence to repeat, no secret
        self.number = 100

    def sentence(self) -> str:
        return "".join(self.random.choices(WORDS, k=self.random.randint(4, 30))) + "。"

    def title(self) -> str:
        return "关于" + "".join(self.random.choices(WORDS, k=6)) + "的通知"

    def day(self) -> str:
        return f"{self.random.choice((2023, 2024))}-{self.random.randint(1, 12):02d}-{self.random.randint(1, 28):02d}"

    def sources(self) -> list[Path]:
        return sorted(file for file in self.site.joinpath("content").rglob("*.md"))

    def pick(self) -> Path:
        return self.random.choice(self.sources())

    def rewrite(self, file: Path, change: Callable[[str], str]) -> None:
        file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")

    # --- edits

    def add_a_paragraph(self) -> None:
        self.rewrite(self.pick(), lambda text: f"{text}\n{self.sentence()}\n")

    def change_the_first_sentence(self) -> None:
        self.rewrite(self.pick(), lambda text: text.replace("---\n\n", f"---\n\n{self.sentence()}\n\n", 1))

    def cite_another(self) -> None:
        other = self.pick().read_text(encoding="utf-8").split("标题: ", 1)[1].split("\n", 1)[0]
        self.rewrite(self.pick(), lambda text: f"{text}\n根据《{other}》办理。\n")

    def link_to_another(self) -> None:
        target = self.pick()
        file = self.pick()
        self.rewrite(
            file,
            lambda text: (
                f"{text}\n见[另一份]({os.path.relpath(target, file.parent).replace(os.sep, '/')})。\n"
            ),
        )

    def change_a_title(self) -> None:
        title = self.title()
        self.rewrite(self.pick(), lambda text: _with_key(text, "标题", title))

    def change_a_date(self) -> None:
        day = self.day()
        self.rewrite(self.pick(), lambda text: _with_key(text, "发布日期", day))

    def change_a_column(self) -> None:
        self.rewrite(self.pick(), lambda text: _with_key(text, "栏目", self.random.choice(COLUMNS)))

    def withhold_or_publish(self) -> None:
        def turn(text: str) -> str:
            if "公开属性: 主动公开" in text:
                return text.replace("公开属性: 主动公开", "公开属性: 不予公开\n不公开理由: 条例第十六条")
            return text.replace("公开属性: 不予公开\n不公开理由: 条例第十六条", "公开属性: 主动公开")

        self.rewrite(self.pick(), turn)

    def repeal_one(self) -> None:
        self.rewrite(
            self.pick(), lambda text: _with_key(text, "失效日期", self.day()) if "发文字号" in text else text
        )

    def interpret_another(self) -> None:
        number = self.random.randint(1, 6)
        self.rewrite(
            self.pick(),
            lambda text: (
                _with_key(text, "解读文件", f"试政发〔2024〕{number}号") if "解读文件" in text else text
            ),
        )

    def add_a_document(self) -> None:
        self.number += 1
        make = self.random.choice((policy, document))
        kind = "policies" if make is policy else "disclosures"
        text = make(f"{self.sentence()}\n\n{self.sentence()}\n", 标题=self.title(), 发布日期=self.day())
        write_site(self.site, {"config.yaml": self.site.joinpath("config.yaml").read_bytes(),
                               f"content/{kind}/{self.number}.md": text})  # fmt: skip

    def delete_one(self) -> None:
        if len(self.sources()) > 8:
            self.pick().unlink()

    def rename_one(self) -> None:
        self.number += 1
        file = self.pick()
        file.rename(file.with_name(f"{self.number}.md"))

    def break_one(self) -> None:
        self.rewrite(self.pick(), lambda text: text.replace("公开属性: ", "公开属牲: ", 1))

    def mend_all(self) -> None:
        for file in self.sources():
            self.rewrite(file, lambda text: text.replace("公开属牲: ", "公开属性: "))

    def change_an_attachment(self) -> None:
        """As long as before, so that neither name nor size tells."""
        file = self.site / "content" / "policies" / "biao.txt"
        file.write_text("".join(self.random.choices(WORDS, k=50)), encoding="utf-8")

    def change_settings(self) -> None:
        name = "".join(self.random.choices(WORDS, k=3)) + "镇人民政府"
        self.site.joinpath("config.yaml").write_text(
            CONFIG.replace("试验镇人民政府", name, 1), encoding="utf-8"
        )

    def change_an_organisation(self) -> None:
        text = f"机构:\n  - 编号: dzb\n    名称: {self.sentence()[:6]}办公室\n"
        self.site.joinpath("content/organisations.yaml").write_text(text, encoding="utf-8")

    def change_the_catalog(self) -> None:
        item = catalog(二级事项="".join(self.random.choices(WORDS, k=4)))
        self.site.joinpath("content/catalog/救助.yaml").write_text(item, encoding="utf-8")

    def change_the_theme(self) -> None:
        words = self.site / "themes" / "own" / "words.yaml"
        words.parent.mkdir(parents=True, exist_ok=True)
        words.write_text(f"view.home: 首页{self.random.randint(1, 9)}\n", encoding="utf-8")
        config = self.site / "config.yaml"
        if "主题: own" not in config.read_text(encoding="utf-8"):
            self.rewrite(config, lambda text: text + "主题: own\n")

    def make_a_page_that_is_not_let_through(self) -> None:
        """Known only when the page is made; the next time all such titles are mended."""
        bad = [file for file in self.sources() if BAD in file.read_text(encoding="utf-8")]
        for file in bad or [self.pick()]:
            self.rewrite(
                file, lambda text: text.replace(BAD, "") if bad else text.replace("标题: ", f"标题: {BAD}")
            )
        self.change_the_theme()
        template = self.site / "themes" / "own" / "templates" / "document.html"
        template.parent.mkdir(exist_ok=True)
        template.write_text(TEMPLATE, encoding="utf-8")

    def touch_one(self) -> None:
        os.utime(self.pick())

    def spoil_the_output(self) -> None:
        page = self.random.choice(sorted(self.site.joinpath("build/site").rglob("*.html")))
        if self.random.random() < 0.5:
            page.unlink()
        else:
            page.write_text("别人写的", encoding="utf-8")

    def edit(self) -> str:
        """One edit; its name."""
        names = [name for name, call in vars(Editor).items() if callable(call) and name not in _TOOLS]
        name = self.random.choice(names)
        getattr(self, name)()
        return name


_TOOLS = {"__init__", "sentence", "title", "day", "sources", "pick", "rewrite", "edit"}
BAD = "坏页"
TEMPLATE = f"""{{% extends "built-in/document.html" %}}
{{% block main %}}{{{{ super() }}}}{{% if "{BAD}" in view.title %}}<script>1</script>{{% endif %}}{{% endblock %}}
"""


def _with_key(text: str, key: str, value: str) -> str:
    front, _, body = text.removeprefix("---\n").partition("\n---\n")
    lines = [line for line in front.split("\n") if not line.startswith(f"{key}: ")]
    if value:
        lines.append(f"{key}: {value}")
    return "---\n" + "\n".join(lines) + "\n---\n" + body


def _site(folder: Path) -> Path:
    files: dict[str, str | bytes] = {"content/policies/biao.txt": "一" * 50}
    for number in range(1, 7):
        body = f"第一条 为了试验，制定本办法。\n\n见试政发〔2024〕{number % 6 + 1}号。\n"
        files[f"content/policies/{number}.md"] = policy(
            body, 标题=f"示例办法第{number}部", 发文字号=f"试政发〔2024〕{number}号", 发布日期=f"2024-0{number}-10",
            附件="[biao.txt]" if number == 2 else "",
        )  # fmt: skip
        files[f"content/disclosures/{number}.md"] = document(
            f"通知{number}。\n", 标题=f"通知{number}", 栏目="tzgg", 发布日期=f"2024-0{number}-20"
        )
    files["content/interpretations/1.md"] = interpretation(标题="一读就懂", 解读文件="试政发〔2024〕1号")
    files["content/catalog/救助.yaml"] = catalog()
    return write_site(folder, files)


def _differences(first: dict[str, bytes], second: dict[str, bytes]) -> list[str]:
    return sorted(path for path in first.keys() | second.keys() if first.get(path) != second.get(path))


def _clean(site: Path, out: Path) -> Outcome:
    return build_site(Request(site, out))


@pytest.mark.parametrize("first", range(0, EDITS, 10))
def test_incremental_equals_clean_whatever_is_edited(first: int, tmp_path: Path) -> None:
    """Ten edits in a row on one site, each followed by an incremental build and a clean one."""
    site = _site(tmp_path / "site")
    out = site / "build" / "site"
    request = Request(
        site, out, memory=site / "build" / "cache" / "site", tell=lambda outcome: repr(outcome.findings)
    )
    assert build_site(request).written
    editor = Editor(site, SEED * 1000 + first)
    for step in range(10):
        done = [editor.edit() for _ in range(editor.random.randint(1, 2))]
        standing, before = standing_site(request), tree(out)
        outcome = build_site(request)
        clean = _clean(site, tmp_path / f"clean-{step}")
        assert standing is None or (standing.told, before) == (repr(clean.findings), tree(out)), done
        assert outcome.findings == clean.findings, done
        assert (outcome.written, outcome.pages) == (clean.written, clean.pages), done
        if clean.written:
            assert _differences(tree(out), tree(tmp_path / f"clean-{step}")) == [], done


def test_an_edit_of_one_body_makes_few_files_anew(tmp_path: Path) -> None:
    site = _site(tmp_path / "site")
    out = site / "build" / "site"
    request = Request(site, out, memory=site / "build" / "cache" / "site")
    assert build_site(request).written
    before = {path: out.joinpath(path).stat().st_mtime_ns for path in tree(out)}
    source = site / "content/disclosures/3.md"
    source.write_text(source.read_text(encoding="utf-8") + "\n添一段。\n", encoding="utf-8")
    assert build_site(request).written
    after = {path: out.joinpath(path).stat().st_mtime_ns for path in tree(out)}
    changed = {path for path in after if after[path] != before.get(path) and not path.startswith("search/")}
    assert changed == {"disclosures/3.html", "site-manifest.json"}


def test_a_document_that_was_withheld_is_linked_like_a_new_one(tmp_path: Path) -> None:
    """Of a withheld document nothing is kept, so nothing may be compared with it."""
    site = _site(tmp_path / "site")
    request = Request(site, site / "build" / "site", memory=site / "build" / "cache" / "site")
    source = site / "content/disclosures/3.md"
    public = source.read_text(encoding="utf-8")
    for number, text in enumerate(
        (
            public.replace("主动公开", "不予公开\n不公开理由: 条例第十六条"),
            public,
            public.replace("公开属性: ", "公开属牲: "),
            public,
        )
    ):
        source.write_text(text, encoding="utf-8")
        outcome, clean = build_site(request), _clean(site, tmp_path / f"clean-{number}")
        assert (outcome.findings, outcome.pages) == (clean.findings, clean.pages)
        if clean.written:
            assert _differences(tree(site / "build" / "site"), tree(tmp_path / f"clean-{number}")) == []
