"""What a document says beyond the common keys, by kind. Field names are the key ids of `vocab/data/keys.yaml`.

Days are ISO text (`2024-05-01`), `""` where not given; lists keep the order of the source. A kind has a class here only
where code asks for its fields one by one; every other kind is a `RecordDetails`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal

from govsite.frozen import dataclass
from govsite.model.report import AnnualTables
from govsite.model.values import Material, Media, Opinion, Reference, Row, Value


@dataclass(frozen=True, slots=True)
class PolicyDetails:
    """政策文件. doc_no: standard form (发文字号). issuer: organisations, first = lead. class_: term id."""

    doc_no: str = ""
    issuer: tuple[str, ...] = ()
    written: str = ""
    effective: str = ""
    expires: str = ""
    validity: str = ""
    class_: str = ""
    repeals: tuple[Reference, ...] = ()
    amends: tuple[Reference, ...] = ()
    interpretations: tuple[Reference, ...] = ()
    interpretation_waiver: str = ""


@dataclass(frozen=True, slots=True)
class InterpretationDetails:
    """政策解读. forms: term ids of `interpretation_form`."""

    interprets: tuple[Reference, ...] = ()
    forms: tuple[str, ...] = ()
    interpreter: str = ""
    interpreted_by: str = ""
    media: Media | None = None


@dataclass(frozen=True, slots=True)
class DisclosureDetails:
    """主动公开信息 has no keys of its own."""


@dataclass(frozen=True, slots=True)
class PageDetails:
    """常设页面."""

    reviewed_on: str = ""


@dataclass(frozen=True, slots=True)
class GuideDetails:
    """办事指南: the elements of a service guide."""

    item_code: str = ""
    legal_basis: tuple[str, ...] = ()
    handler: str = ""
    conditions: tuple[str, ...] = ()
    materials: tuple[Material, ...] = ()
    steps: tuple[str, ...] = ()
    place: str = ""
    hours: str = ""
    phone: str = ""
    fees: str = ""
    statutory_limit: str = ""
    promised_limit: str = ""
    complaint: str = ""
    audience: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionDetails:
    """关切问答: the title is the question, the body the answer."""

    answered_by: str = ""
    about: tuple[Reference, ...] = ()
    asked_count: int = 0
    reviewed_on: str = ""


@dataclass(frozen=True, slots=True)
class ConsultationDetails:
    """意见征集, or its result where `result_of` names one."""

    opens: str = ""
    closes: str = ""
    short_reason: str = ""
    channels: tuple[str, ...] = ()
    contact: str = ""
    result_of: tuple[Reference, ...] = ()
    outcome: tuple[Reference, ...] = ()
    opinions: tuple[Opinion, ...] = ()


@dataclass(frozen=True, slots=True)
class VillageDetails:
    """村（居）务公开. category: term id of `village_category`."""

    village: str = ""
    period: str = ""
    category: str = ""
    supervised_by: str = ""
    opening: Decimal | None = None
    income: tuple[Row, ...] = ()
    income_total: Decimal | None = None
    spending: tuple[Row, ...] = ()
    spending_total: Decimal | None = None
    closing: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ReportDetails:
    """政府信息公开工作年度报告, six sections (国办公开办函〔2021〕30号)."""

    year: int = 0
    overview: str = ""
    issues: str = ""
    other: str = ""
    tables: AnnualTables = field(default_factory=AnnualTables)


@dataclass(frozen=True, slots=True)
class RecordDetails:
    """A kind that is declared as data alone. values: by key id, only those written.

    A value can be asked for by name as well (`details.outcome`), as of any other kind; one that was not written is no attribute.
    """

    values: Mapping[str, Value] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Value:
        if name.startswith("_") or name == "values" or name not in self.values:
            raise AttributeError(name)
        return self.values[name]


Details = (
    PolicyDetails
    | InterpretationDetails
    | DisclosureDetails
    | PageDetails
    | GuideDetails
    | QuestionDetails
    | ConsultationDetails
    | VillageDetails
    | ReportDetails
    | RecordDetails
)

DETAILS_BY_KIND: dict[str, type[Details]] = {
    "policy": PolicyDetails,
    "interpretation": InterpretationDetails,
    "disclosure": DisclosureDetails,
    "page": PageDetails,
    "guide": GuideDetails,
    "question": QuestionDetails,
    "consultation": ConsultationDetails,
    "village": VillageDetails,
    "report": ReportDetails,
}


def value_of(details: Details, key: str) -> Value:
    """What a document says under a key of its kind; None where nothing was written."""
    if isinstance(details, RecordDetails):
        return details.values.get(key)
    value: Value = getattr(details, f"{key}_", getattr(details, key, None))
    return value if value or isinstance(value, int | Decimal) else None
