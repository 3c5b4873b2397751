"""Planted leaks and false friends, made by script: real check digits, invented persons, one fixed seed.

A leak stands alone in its file among harmless text, so that finding it means finding this one. Places of birth are
region codes of no county (xx9901), so that no number here can belong to anybody.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vessels import ATTACHMENTS, LIST_VESSELS, SOURCES

from govsite.hanzi.id_numbers import birth_in_id18, is_credit_code, is_id18, passes_luhn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SEED = 711
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "秀兰桂英建国玉梅志强淑珍海燕小红永胜晓东春花德福雅琴文博子轩一诺浩然"
_FULL = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


@dataclass(frozen=True, slots=True)
class Leak:
    """A planted leak. kind: what; vessel: where; secret: what may stand in no fact; code: last two digits of the code;
    rows: of a list, header first; text: outside lists.
    """

    kind: str
    vessel: str
    secret: str
    code: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    subject: str = ""

    @property
    def name(self) -> str:
        """For test ids."""
        return f"{self.kind} in {self.vessel}"


@dataclass(slots=True)
class Maker:
    """Numbers and names from one seeded source of chance."""

    chance: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311

    def digits(self, count: int) -> str:
        """So many digits, the first not 0."""
        return str(self.chance.randint(10 ** (count - 1), 10**count - 1))

    def pick(self, words: str) -> str:
        """One of the signs."""
        return self.chance.choice(words)

    def name(self) -> str:
        """A name of two or three characters."""
        return self.pick(_SURNAMES) + "".join(self.pick(_GIVEN) for _ in range(self.chance.randint(1, 2)))

    def region(self) -> str:
        """A region code of a province that exists and a county that does not."""
        return self.chance.choice(["11", "23", "37", "44", "51", "61", "62"]) + "9901"

    def day(self, first: int, last: int) -> str:
        """A day as eight digits."""
        return f"{self.chance.randint(first, last)}{self.chance.randint(1, 12):02d}{self.chance.randint(1, 28):02d}"

    def id18(self, first: int = 1940, last: int = 2003, *, end: str = "") -> str:
        """An identity number with its check digit; end: which that has to be."""
        while True:
            body = self.region() + self.day(first, last) + f"{self.chance.randint(1, 999):03d}"
            number = next(body + sign for sign in "0123456789X" if is_id18(body + sign))
            if number.endswith(end):
                return number

    def id15(self) -> str:
        """One of the old numbers."""
        return self.region() + self.day(1935, 1985)[2:] + f"{self.chance.randint(1, 999):03d}"

    def mobile(self) -> str:
        """A mobile."""
        return "1" + self.pick("3456789") + f"{self.chance.randint(0, 10**9 - 1):09d}"

    def card(self) -> str:
        """A bank card with its check digit."""
        head = self.chance.choice(["621799", "622848", "623058", "621226"])
        body = head + f"{self.chance.randint(0, 10**12 - 1):012d}"
        return next(body + sign for sign in "0123456789" if passes_luhn(body + sign))

    def credit_code(self) -> str:
        """A unified social credit code with its check sign."""
        signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
        head = self.chance.choice(["91", "92", "93", "11", "12", "52", "54"]) + self.region()
        tail = (
            self.digits(9)
            if self.chance.random() < 0.5
            else "MA" + "".join(self.pick(signs) for _ in range(7))
        )
        return next(head + tail + sign for sign in signs if is_credit_code(head + tail + sign))


def planted() -> list[Leak]:
    """Every leak: each kind of text in each vessel that holds text, each kind of list in each that holds tables."""
    maker = Maker()
    leaks = [
        _text_leak(kind, make(maker), vessel)
        for vessel in (*SOURCES, *ATTACHMENTS)
        for kind, make in TEXTS.items()
        if not (vessel.endswith("name") and kind not in _FIT_FOR_NAMES)
        and not (vessel == "md cells" and kind not in {"id", "id with x"})
    ]
    return leaks + [make(maker, vessel) for vessel in LIST_VESSELS for make in LISTS]


def _text_leak(kind: str, made: tuple[str, str], vessel: str) -> Leak:
    text, secret = made
    return Leak(kind, vessel, secret, _CODES[kind], text)


_CODES = {
    "id": "01", "id with x": "01", "id full width": "01", "id with blanks": "01", "id of 15": "01", "disability card": "01",
    "mobile": "02", "mobile with hyphens": "02", "mobile with prefix": "02", "card": "03", "card in groups": "03",
    "home": "04",
}  # fmt: skip
_FIT_FOR_NAMES = frozenset({"id", "id with x", "mobile"})


def _id(m: Maker) -> tuple[str, str]:
    number = m.id18()
    return f"{m.name()} {number}", number


def _id_x(m: Maker) -> tuple[str, str]:
    number = m.id18(end="X")
    return f"经核查，{m.name()}（{number.lower()}）符合条件", number.lower()


def _id_full(m: Maker) -> tuple[str, str]:
    number = m.id18().translate(_FULL)
    return f"公民身份号码：{number}", number


def _id_blanks(m: Maker) -> tuple[str, str]:
    number = m.id18()
    joint = m.pick(" -　")
    return f"{m.name()}，{number[:6]}{joint}{number[6:14]}{joint}{number[14:]}", number[6:14]


def _id15(m: Maker) -> tuple[str, str]:
    number = m.id15()
    return m.chance.choice([f"身份证号{number}", f"{m.name()} {number}"]), number


def _disability(m: Maker) -> tuple[str, str]:
    number = m.id18() + m.pick("1234567") + m.pick("1234")
    return f"残疾证号：{number}", number


def _mobile(m: Maker) -> tuple[str, str]:
    number = m.mobile()
    return m.chance.choice([f"联系人{m.name()}，{number}", f"手机:{number}", f"{m.name()}{number}"]), number


def _mobile_hyphens(m: Maker) -> tuple[str, str]:
    number = m.mobile()
    joint = m.pick("- ")
    return f"联系电话：{number[:3]}{joint}{number[3:7]}{joint}{number[7:]}", number[3:7] + joint + number[7:]


def _mobile_prefix(m: Maker) -> tuple[str, str]:
    number = m.mobile()
    return f"请拨打{m.chance.choice(['+86', '+86 ', '0086-', '86-'])}{number}", number


def _card(m: Maker) -> tuple[str, str]:
    number = m.card()
    return f"{m.name()} {number}", number


def _card_groups(m: Maker) -> tuple[str, str]:
    number = m.card()
    return f"卡号 {' '.join(number[at : at + 4] for at in range(0, len(number), 4))}", number[
        4:8
    ] + " " + number[8:12]


def _home(m: Maker) -> tuple[str, str]:
    number = m.digits(2)
    says = m.chance.choice(["家住", "现住", "家庭住址：", "户籍地："])
    return f"{m.name()}，{says}示例县示例镇东坪村{m.pick('一二三四')}组{number}号", f"组{number}号"


TEXTS: dict[str, Callable[[Maker], tuple[str, str]]] = {
    "id": _id, "id with x": _id_x, "id full width": _id_full, "id with blanks": _id_blanks, "id of 15": _id15,
    "disability card": _disability, "mobile": _mobile, "mobile with hyphens": _mobile_hyphens,
    "mobile with prefix": _mobile_prefix, "card": _card, "card in groups": _card_groups, "home": _home,
}  # fmt: skip


def _accounts(m: Maker, vessel: str) -> Leak:
    account = "27" + m.digits(12)
    rows = (
        ("序号", "户主姓名", "开户行", "账号", "金额"),
        ("1", m.name()[0] + "**", "示例信用社", account, "1200"),
    )
    return Leak("accounts", vessel, account, "03", rows=rows, subject="耕地补贴发放表")


def _addresses(m: Maker, vessel: str) -> Leak:
    place = f"东坪村{m.pick('一二三')}组{m.digits(2)}号"
    rows = (("序号", "姓名", "家庭住址"), ("1", m.name()[0] + "某", place))
    return Leak("addresses", vessel, place, "04", rows=rows, subject="危房改造名单")


def _sensitive(m: Maker, vessel: str) -> Leak:
    header, value = m.chance.choice(
        [
            ("健康状况", "患尿毒症"),
            ("残疾类别", "肢体残疾"),
            ("致贫原因", "丈夫服刑"),
            ("家庭成员", "长子精神分裂"),
        ]
    )
    rows = (("序号", "申请人", header, "金额"), ("1", m.name()[0] + "*", value, "480"))
    return Leak("sensitive column", vessel, value, "05", rows=rows, subject="救助名单")


def _sensitive_names(m: Maker, vessel: str) -> Leak:
    name = m.name()
    subject = m.chance.choice(
        ["重度残疾人护理补贴发放名单", "社区矫正对象名单", "精神障碍患者监护补助名单", "信访人名单"]
    )
    rows = (("序号", "姓名", "村"), ("1", name, "东坪村"), ("2", m.name(), "柳湾村"))
    return Leak("names in a sensitive list", vessel, name, "06", rows=rows, subject=subject)


def _minors(m: Maker, vessel: str) -> Leak:
    name = m.name()
    rows = m.chance.choice(
        [
            (("序号", "姓名", "年龄", "学校"), ("1", name, "9", "示例小学")),
            (("序号", "学生姓名", "学校"), ("1", name, "示例小学")),
            (("序号", "姓名", "监护人"), ("1", name, m.name()[0] + "某")),
        ]
    )
    return Leak("minors", vessel, name, "07", rows=rows, subject="营养午餐名单")


LISTS: tuple[Callable[[Maker, str], Leak], ...] = (
    _accounts,
    _addresses,
    _sensitive,
    _sensitive_names,
    _minors,
)


def friends() -> Iterator[tuple[str, str]]:
    """Kind and text of each false friend that stands in running text."""
    maker = Maker(random.Random(SEED + 1))  # noqa: S311
    for kind, make in FRIENDS.items():
        for _ in range(_EACH):
            yield kind, make(maker)


_EACH = 64


def _phone(m: Maker) -> str:
    return f"0{m.chance.randint(310, 999)}-{m.digits(7 + m.chance.randint(0, 1))}"


def _dated_serial(m: Maker) -> str:
    while True:
        number = m.region() + m.day(2001, 2026) + m.digits(4)
        if birth_in_id18(number):
            return number


def _project(m: Maker) -> str:
    return f"{m.chance.randint(2016, 2026)}-{m.region()}-{m.digits(2)}-{m.digits(2)}-{m.digits(6)}"


FRIENDS: dict[str, Callable[[Maker], str]] = {
    "credit code": lambda m: f"统一社会信用代码：{m.credit_code()}",
    "bare credit code": lambda m: f"示例县{m.pick('东西南北')}风农业有限公司（{m.credit_code()}）",
    "doc number": lambda m: f"示镇政发〔{m.chance.randint(2000, 2026)}〕{m.chance.randint(1, 300)}号",
    "index number": lambda m: f"索引号：{m.digits(9)}/{m.chance.randint(2010, 2026)}-{m.digits(5)}",
    "long index number": lambda m: f"索引号 {_dated_serial(m)}",
    "police record": lambda m: f"示公网安备{m.digits(14)}号",
    "landline": lambda m: f"联系电话：{_phone(m)}",
    "landline with extension": lambda m: f"电话{_phone(m)}-{m.digits(4)}，传真{_phone(m)}",
    "two landlines": lambda m: f"监督电话 {_phone(m)} {_phone(m)}",
    "hotline": lambda m: (
        f"拨打{m.chance.choice(['12345', '12333', '12315', '12348', '12329', '12350', '4008' + m.digits(6)])}热线"
    ),
    "office mobile": lambda m: f"值班手机{OFFICE_MOBILE}",
    "isbn": lambda m: f"ISBN 978-7-{m.digits(4)}-{m.digits(4)}-{m.digits(1)}",
    "issn": lambda m: f"ISSN {m.digits(4)}-{m.digits(4)}",
    "amount": lambda m: f"总投资{m.mobile()}元",
    "amount with point": lambda m: f"一般公共预算收入{m.mobile()}.{m.digits(2)}",
    "amount with sign": lambda m: f"合同价￥{m.mobile()}",
    "large amount": lambda m: f"共{m.digits(16)}元",
    "project code": lambda m: f"项目代码{_project(m)}",
    "bare project code": lambda m: f"示例镇供水工程（{_project(m)}）",
    "dated serial": lambda m: f"登记编号：{_dated_serial(m)}",
    "case number": lambda m: f"案号：{_dated_serial(m)}",
    "ticket": lambda m: f"工单编号{m.day(2020, 2026)}{m.digits(9)}",
    "serial like a mobile": lambda m: f"受理编号：{m.mobile()}",
    "serial like a card": lambda m: f"订单号：{m.card()}",
    "serial with letters": lambda m: f"许可证 JY{m.mobile()}{m.digits(3)}",
    "dates": lambda m: (
        f"{m.chance.randint(1990, 2026)}-{m.digits(2)}-{m.digits(2)} 至 {m.chance.randint(1990, 2026)}-{m.digits(2)}-{m.digits(2)}"
    ),
    "date and time": lambda m: (
        f"{m.chance.randint(2000, 2026)}年{m.chance.randint(1, 12)}月{m.chance.randint(1, 28)}日 {m.digits(2)}:{m.digits(2)}:{m.digits(2)}"
    ),
    "timestamp": lambda m: f"时间戳{m.digits(10)}，{m.chance.randint(2000, 2026)}{m.digits(13)}",
    "coordinates": lambda m: f"东经109.{m.digits(8)}，北纬38.{m.digits(8)}",
    "contract": lambda m: f"合同编号：SLZ-{m.chance.randint(2000, 2026)}-{m.digits(11)}",
    "parcel": lambda m: f"宗地号{m.region()}{m.digits(6)}GB{m.digits(5)}",
    "property unit": lambda m: f"不动产单元号 {m.region()} {m.digits(6)} GB{m.digits(5)} F{m.digits(8)}",
    "registration number": lambda m: f"注册号{m.region()}{m.digits(9)}",
    "masked id": lambda m: f"{m.name()[0]}某，{m.digits(4)}**********{m.digits(4)}",
    "masked mobile": lambda m: f"1{m.pick('3578')}{m.digits(1)}****{m.digits(4)}",
    "masked card": lambda m: f"{m.digits(4)}***********{m.digits(4)}",
    "url": lambda m: f"http://www.example.gov.cn/{m.digits(6)}/t{m.day(2010, 2026)}_{m.mobile()}.html",
    "ordinal": lambda m: f"第{m.mobile()}号",
    "numbers in a row": lambda m: "合计 " + " ".join(m.digits(m.chance.randint(2, 5)) for _ in range(8)),
    "office address": lambda m: f"办公地址：示例县示例镇政通路{m.digits(2)}号政府办公楼{m.digits(3)}室",
    "residence in general": lambda m: f"户籍所在地为本县的居民，可以向{m.pick('东西南北')}街社区申请",
    "office account": lambda m: f"户名：示例镇财政所，账号：27{m.digits(14)}",
    "policy words": lambda m: (
        f"残疾人两项补贴每人每月{m.digits(2)}元，信访事项{m.digits(2)}件，未成年人{m.digits(2)}人"
    ),
}


OFFICE_MOBILE = "13900000000"


def friend_tables() -> Iterator[tuple[str, str, tuple[tuple[str, ...], ...]]]:
    """Kind, subject and rows of tables that hold no personal data though they look like it."""
    m = Maker(random.Random(SEED + 2))  # noqa: S311
    for _ in range(12):
        yield (
            "statistics",
            "残疾人两项补贴",
            (
                ("村", "残疾人数", "重度残疾人数", "补贴金额（元）"),
                *((v + "村", m.digits(2), m.digits(2), m.digits(6)) for v in "东西南北上"),
            ),
        )
        yield "standards", "残疾人补贴标准", (
            ("残疾类别", "残疾等级", "补贴标准"), ("肢体", "一级", "120元/月"), ("视力", "二级", "80元/月"),
        )  # fmt: skip
        yield "staff", "示例镇残疾人联合会人员分工", (
            ("职务", "姓名", "分管工作", "办公电话"), *(("干事", m.name(), "残疾人工作", _phone(m)) for _ in range(4)),
        )  # fmt: skip
        yield (
            "masked list",
            "高龄津贴名单",
            (
                ("序号", "村", "姓名", "身份证号", "标准"),
                *(
                    (str(n), "东坪村", m.name()[0] + "**", f"{m.digits(4)}**********{m.digits(4)}", "60")
                    for n in range(5)
                ),
            ),
        )
        yield (
            "enterprises",
            "小微企业名单",
            (
                ("企业名称", "统一社会信用代码", "联系电话"),
                *((f"示例县{m.pick('兴旺丰盛')}达合作社", m.credit_code(), _phone(m)) for _ in range(5)),
            ),
        )
        yield "projects", "项目清单", (
            ("项目代码", "项目编号", "投资（元）"), *((_project(m), _dated_serial(m), m.digits(11)) for _ in range(5)),
        )  # fmt: skip
        yield "winners", "公益性岗位公示名单", (
            ("序号", "姓名", "年龄", "岗位"), *((str(n), m.name(), str(m.chance.randint(18, 60)), "保洁员") for n in range(5)),
        )  # fmt: skip
        yield "offices", "便民服务点", (
            ("名称", "地址", "联系电话", "负责人"), *((f"{v}街社区", f"{v}街{m.digits(2)}号3号楼2单元101室", _phone(m), m.name()) for v in "东西南"),
        )  # fmt: skip
        yield "catalog", "公开事项目录", (
            ("公开事项", "公开对象", "公开主体", "公开时限"), ("残疾人信访名单", "特定群体", "示例镇人民政府", "20个工作日"),
        )  # fmt: skip
        yield "budget", "预算表", (
            ("科目编码", "科目名称", "预算数"), *((m.digits(7), "一般公共服务支出", m.digits(11)) for _ in range(6)),
        )  # fmt: skip
