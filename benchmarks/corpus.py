"""A deterministic disclosure site of N documents.

    python -m benchmarks.corpus 1000 OUT [--seed govsite]

Document i depends on (seed, i) only, so a small corpus is a prefix of a large one. Words are drawn at random: the
sentences mean nothing, their lengths, characters, headings, lists and tables are plausible. Four policies, then an
interpretation of one of them; each tenth document fulfils a catalog item.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

_WORDS = [
    "政务公开",
    "基层",
    "标准",
    "规范",
    "目录",
    "领域",
    "事项",
    "主体",
    "时限",
    "渠道",
    "方式",
    "解读",
    "回应",
    "关切",
    "平台",
    "专区",
    "窗口",
    "服务",
    "指南",
    "材料",
    "流程",
    "办理",
    "受理",
    "审批",
    "监督",
    "检查",
    "安全",
    "生产",
    "应急",
    "救灾",
    "救助",
    "低保",
    "特困",
    "养老",
    "医疗",
    "教育",
    "就业",
    "社保",
    "住房",
    "危房",
    "改造",
    "征地",
    "补偿",
    "规划",
    "环境",
    "保护",
    "污染",
    "防治",
    "农业",
    "农村",
    "补贴",
    "耕地",
    "粮食",
    "水利",
    "灌溉",
    "道路",
    "交通",
    "运输",
    "统计",
    "调查",
    "财政",
    "预算",
    "决算",
    "采购",
    "项目",
    "建设",
    "招标",
    "投标",
    "企业",
    "市场",
    "监管",
    "食品",
    "药品",
    "文化",
    "旅游",
    "体育",
    "法律",
    "援助",
    "调解",
    "户籍",
    "居民",
    "村民",
    "委员会",
    "乡镇",
    "街道",
    "部门",
    "单位",
    "机关",
    "干部",
    "群众",
    "责任",
    "落实",
    "推进",
    "加强",
    "完善",
    "健全",
    "建立",
    "开展",
    "组织",
    "协调",
    "配合",
    "保障",
    "提升",
    "优化",
    "公示",
    "公告",
    "通知",
    "意见",
    "方案",
    "办法",
    "细则",
    "措施",
    "要求",
    "原则",
    "目标",
    "任务",
    "步骤",
    "阶段",
    "考核",
    "评估",
    "报告",
    "总结",
    "经验",
    "问题",
    "整改",
    "督促",
    "宣传",
    "培训",
    "信息",
    "数据",
    "网络",
    "系统",
]
_ISSUERS = ("财政所", "民政办", "农业办", "应急办", "党政办", "综合执法队", "规划办", "教育办")
_COLUMNS = tuple(f"bench/c{number:02d}" for number in range(1, 21))
_NUMERALS = "一二三四五六七八九十"


def main() -> None:
    """Write a corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", default="govsite")
    options = parser.parse_args()
    write_corpus(options.out, options.count, options.seed)


def write_corpus(out: Path, count: int, seed: str = "govsite") -> None:
    """Write a site of `count` documents into the folder `out`."""
    _write(out / "config.yaml", _config())
    _write(out / "content/catalog/shjz.yaml", _catalog())
    for number in range(count):
        _write(out / _path(seed, number), _document(seed, number))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _is_interpretation(number: int) -> bool:
    return number % 5 == 4


def _year(seed: str, number: int) -> int:
    return 2016 + random.Random(f"y:{seed}:{number}").randrange(10)


def _path(seed: str, number: int) -> str:
    folder = "interpretations" if _is_interpretation(number) else "policies"
    return f"content/{folder}/{_year(seed, number)}/d{number:06d}.md"


def _title(seed: str, number: int) -> str:
    draw = random.Random(f"t:{seed}:{number}")
    return f"示例县{draw.choice(_ISSUERS)}关于{''.join(draw.choice(_WORDS) for _ in range(4))}工作的通知"


def _document(seed: str, number: int) -> str:
    draw = random.Random(f"d:{seed}:{number}")
    year, month, day = _year(seed, number), draw.randint(1, 12), draw.randint(1, 28)
    lines = [f"编号: d{number:06d}", f"发布日期: {year}-{month:02d}-{day:02d}", "公开属性: 主动公开"]
    words = "、".join(draw.choice(_WORDS) for _ in range(3))
    lines += [
        f"索引号: 9908020000/{year}-{number:05d}",
        f"关键词: {words}",
        f"主题分类: {draw.choice(_WORDS)}",
    ]
    if _is_interpretation(number):
        target = number - 1 - draw.randrange(4)
        lines += [f"标题: 《{_title(seed, target)}》解读", f"解读文件: d{target:06d}", "解读形式: [文字]"]
        lines += ["解读机关: 示例县人民政府"]
    else:
        lines += [
            f"标题: {_title(seed, number)}",
            f"发文字号: 示县发〔{year}〕{number + 1}号",
            "免解读理由: 基准数据",
        ]
        lines += [f"发文机关: 示例县{draw.choice(_ISSUERS)}", f"成文日期: {year}-{month:02d}-{day:02d}"]
        lines += [f"栏目: {draw.choice(_COLUMNS)}"]
    if number % 10 == 0:
        lines.append(f"公开事项: [shjz-{number % 20 + 1:02d}]")
    return "---\n" + "\n".join(lines) + "\n---\n\n" + "\n\n".join(_body(draw)) + "\n"


def _sentence(draw: random.Random) -> str:
    return (
        "".join(
            draw.choice(_WORDS) + ("，" if draw.random() < 0.2 else "") for _ in range(draw.randint(6, 16))
        ).rstrip("，")
        + "。"
    )


def _paragraph(draw: random.Random) -> str:
    return "".join(_sentence(draw) for _ in range(draw.randint(1, 4)))


def _body(draw: random.Random) -> Iterator[str]:
    yield "各乡镇人民政府，县政府各部门："
    yield _paragraph(draw)
    for section in range(draw.randint(2, 6)):
        yield f"## {_NUMERALS[section]}、{draw.choice(_WORDS)}{draw.choice(_WORDS)}"
        yield _paragraph(draw)
        if draw.random() < 0.3:
            yield "\n".join(f"{index}. {_sentence(draw)}" for index in range(1, draw.randint(3, 6)))
    if draw.random() < 0.2:
        rows = [
            f"| {index} | {draw.choice(_WORDS)} | {draw.random() * 900:.2f} |"
            for index in range(1, draw.randint(4, 12))
        ]
        yield "\n".join(["| 序号 | 项目 | 金额（万元） |", "| --- | --- | ---: |", *rows])


def _config() -> str:
    columns = "\n".join(f"      - {{编号: {column}, 名称: 基准{column[-2:]}}}" for column in _COLUMNS)
    return (
        "站点:\n  名称: 示例县人民政府\n  层级: 县级\n  域名: www.example.gov.cn\n  路径: /\n"
        '  标识码: "9900000001"\n  主办单位: 示例县人民政府办公室\n  ICP备案: 示ICP备00000000号\n'
        "  公安备案: 示公网安备00000000000000号\n  地址: 示例县府前路1号\n  电话: 0900-1234567\n"
        f"栏目:\n  - 编号: bench\n    名称: 基准栏目\n    下级:\n{columns}\n"
    )


def _catalog() -> str:
    items = "".join(
        f'  - 编号: shjz-{number:02d}\n    序号: "{number}"\n    一级事项: 综合业务\n    二级事项: {_WORDS[number]}\n'
        f"    公开内容: [{_WORDS[number + 20]}, {_WORDS[number + 40]}]\n    公开依据: [《社会救助暂行办法》]\n"
        "    公开时限: 自制定或获取信息之日起10个工作日内\n    公开主体: [示例县人民政府]\n    公开渠道: [政府网站]\n"
        "    公开对象: [全社会]\n    公开方式: [主动]\n    公开层级: [县级]\n"
        for number in range(1, 21)
    )
    return f"领域: 社会救助\n依据文件: 社会救助领域基层政务公开标准目录\n事项:\n{items}"


if __name__ == "__main__":
    main()
