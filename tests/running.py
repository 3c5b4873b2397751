"""govsite run in this process, and what lies in a folder."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from click.testing import CliRunner

from govsite.cli.app import run
from govsite.model.addresses import MANIFEST
from govsite.pipeline.request import Request
from govsite.pipeline.survey import walked_site

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govsite.model.site import Site
    from govsite.problems.problem import Problem


def govsite(*words: str | Path, environ: Mapping[str, str] | None = None) -> tuple[int, str]:
    """Exit code and everything printed of `govsite WORDS…`, with one worker."""
    with CliRunner().isolation(env={"GOVSITE_JOBS": "1", **(environ or {})}) as (_, _, output):
        exit_code = run([str(word) for word in words])
        sys.stdout.flush()
        sys.stderr.flush()
        return exit_code, output.getvalue().decode()


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below `folder` with its bytes, by path."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()
    }


def write_site(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write a small site; `config.yaml` is that of a township unless given."""
    for path, content in {"config.yaml": CONFIG, **files}.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def link_site(site: Path, as_of: str = "") -> tuple[Site, list[Problem]]:
    """A site read, validated, assembled and linked, with all problems found so far."""
    with walked_site(Request(site, None, as_of=as_of), judge=True) as (walk, walked):
        return walked.site, walk.problems


def read_manifest(folder: Path) -> dict[str, tuple[str, int]]:
    """Path to (SHA-256, size) of every file that the manifest of a built site lists."""
    manifest = json.loads(folder.joinpath(MANIFEST).read_text(encoding="utf-8"))
    return {path: (sha256, size) for path, sha256, size in manifest["entries"]}


CONFIG = """\
站点:
  名称: 试验镇人民政府
  层级: 乡级
  域名: www.example.gov.cn
  路径: /shiyan/
  标识码: "9908020000"
  主办单位: 试验县人民政府办公室
  承办单位: 试验镇人民政府
检查:
  履职检查: 否    # what a whole site must have is not asked of a few files
"""


def document(body: str = "正文。\n", **keys: str) -> str:
    """A Markdown source; a policy's or any other's keys as given, the common ones filled in."""
    front = {"标题": "关于试验的通知", "发布日期": "2024-03-01", "公开属性": "主动公开", **keys}
    lines = "".join(f"{key}: {value}\n" for key, value in front.items() if value)
    return f"---\n{lines}---\n\n{body}"


def catalog(**keys: str) -> str:
    """A catalog of one item of 社会救助; its keys as given, the others as they mostly are."""
    item = {
        "编号": "shjz-01", "序号": '"1"', "一级事项": "综合业务", "二级事项": "政策法规", "公开内容": "[法规文件]",
        "公开依据": "[《社会救助暂行办法》]", "公开时限": "自制定或获取信息之日起10个工作日内", "公开主体": "[县民政局]",
        "公开渠道": "[政府网站]", "公开对象": "[全社会]", "公开方式": "[主动]", "公开层级": "[县级, 乡级]", **keys,
    }  # fmt: skip
    lines = "\n    ".join(f"{key}: {value}" for key, value in item.items())
    return f"领域: 社会救助\n依据文件: 社会救助领域基层政务公开标准目录\n事项:\n  - {lines}\n"


def policy(body: str = "正文。\n", **keys: str) -> str:
    """A policy, issued by the township itself."""
    return document(body, **{"发文机关": "试验镇人民政府", "成文日期": "2024-02-28", **keys})


def interpretation(body: str = "解读正文。\n", **keys: str) -> str:
    """An interpretation in words."""
    return document(body, **{"解读形式": "文字", **keys})
