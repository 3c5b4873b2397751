"""A small workspace: a county with two townships that lean on its policies, catalog and organisations."""

from __future__ import annotations

from pathlib import Path

from running import catalog

ENVIRON = {"GOVSITE_DUTIES": "no"}
TOWNS = (("青山镇", "qingshan", "青"), ("白水镇", "baishui", "白"))

WORKSPACE = """名称: 示例县政务公开
成员:
  - 县
  - 乡镇/*
共享: [县]
"""

_CONFIG = """站点:
  名称: {name}人民政府
  层级: {tier}
  域名: www.example.gov.cn
  路径: /{place}/
  标识码: "6108020000"
  主办单位: 示例县人民政府办公室
  承办单位: {name}人民政府
"""


def policy(title: str, number: str, issuer: str, day: str, text: str, more: str = "") -> str:
    """A policy of one page."""
    return (
        f"---\n标题: {title}\n发文字号: {number}\n发文机关: {issuer}\n成文日期: {day}\n发布日期: {day}\n公开属性: 主动公开\n"
        f"发布机构: {issuer}\n{more}---\n\n{text}\n"
    )


def interpretation(title: str, publisher: str, of: str) -> str:
    """An interpretation; of: a reference as written."""
    return (
        f"---\n标题: {title}\n发布日期: 2024-05-03\n公开属性: 主动公开\n发布机构: {publisher}\n解读文件: [{of}]\n解读形式: [文字]\n---\n\n"
        "背景依据：道路养护。\n"
    )


def county(folder: Path, changed: dict[str, str | None] | None = None) -> Path:
    """Write the workspace. changed: texts by path in place of its own."""
    files: dict[str, str | None] = {
        "workspace.yaml": WORKSPACE,
        "县/config.yaml": _CONFIG.format(name="示例县", tier="县级", place="xian"),
        "县/content/organisations.yaml": "机构:\n  - 编号: xzf\n    名称: 示例县人民政府\n  - 编号: xmzj\n    名称: 示例县民政局\n",
        "县/content/catalog/shjz.yaml": catalog(编号="shjz-05", 序号='"5"', 一级事项="最低生活保障", 二级事项="办事指南", 公开内容="[办理事项]"),
        "县/content/policies/2024/1.md": policy(
            "示例县人民政府关于加强乡村道路养护工作的实施意见", "县政发〔2024〕1号", "示例县人民政府", "2024-03-01",
            "县、乡镇、村三级共同养护乡村道路。",
        ),
        "县/content/policies/2024/2.md": policy(
            "示例县人民政府关于印发防汛抗旱应急预案的通知", "县政发〔2024〕2号", "示例县人民政府", "2024-04-01",
            "现将防汛抗旱应急预案印发给你们。",
        ),
    }  # fmt: skip
    for name, place, short in TOWNS:
        base = f"乡镇/{name}"
        files |= {
            f"{base}/config.yaml": _CONFIG.format(name=name, tier="乡级", place=place),
            f"{base}/content/organisations.yaml": f"机构:\n  - 编号: zzf\n    名称: {name}人民政府\n",
            f"{base}/content/policies/2024/7.md": policy(
                f"{name}人民政府关于乡村道路养护的通知", f"{short}政发〔2024〕7号", f"{name}人民政府", "2024-05-01",
                f"根据《示例县人民政府关于加强乡村道路养护工作的实施意见》（县政发〔2024〕1号），现将{name}道路养护安排通知如下。",
                "公开事项: [shjz-05]\n",
            ),
        }  # fmt: skip
    files["乡镇/青山镇/content/interpretations/2024/7.md"] = interpretation(
        "县道路养护实施意见在青山镇怎么落实", "示例县民政局", "县政发〔2024〕1号"
    )
    write(folder, files | (changed or {}))
    return folder


def write(folder: Path, files: dict[str, str | None]) -> None:
    """Write files by path; None removes one."""
    for path, text in files.items():
        file = folder / path
        if text is None:
            file.unlink()
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
