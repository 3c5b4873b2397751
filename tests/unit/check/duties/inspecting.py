"""Small sites, judged on a day."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from govsite.check.duties.judge import check_duties
from govsite.pipeline.build import Request
from govsite.pipeline.survey import survey_site
from running import write_site

NAME = "站点:\n  名称: 试验镇人民政府\n  层级: {tier}\n检查:\n  履职检查: [{only}]\n"


def page(title: str, published: str, text: str = "内容。", **keys: str) -> str:
    """A public document; keys by their Chinese names."""
    front = {"标题": title, "发布日期": published, "公开属性": "主动公开", **keys}
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in front.items()) + f"---\n\n{text}\n"


def judge(
    files: Mapping[str, str], day: str, only: str, settings: str = "", tier: str = "乡级"
) -> list[tuple[str, dict[str, str]]]:
    """(code, facts) of the duty problems of one family or code, in the order found. settings: more lines of 检查."""
    config = NAME.format(tier=tier, only=only) + settings
    with tempfile.TemporaryDirectory() as folder:
        site = write_site(Path(folder), {"config.yaml": config, **files})
        with survey_site(Request(site, None, as_of=day)) as survey:
            found = check_duties(survey.site, survey.settings, day, body=survey.body, lines=survey.lines)
    return [(problem.code, dict(problem.facts)) for problem in found]


def codes(files: Mapping[str, str], day: str, only: str, settings: str = "", tier: str = "乡级") -> list[str]:
    """The codes alone."""
    return [code for code, _ in judge(files, day, only, settings, tier)]
