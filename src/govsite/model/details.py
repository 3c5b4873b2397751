"""What a document says beyond the common keys, by kind. Field names are the key ids of `vocab/data/keys.yaml`.

Days are ISO text (`2024-05-01`), `""` where not given; lists keep the order of the source.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from govsite.model.report import AnnualTables
from govsite.model.values import Material, Media, Opinion, Reference


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


@dataclass(frozen=True, slots=True)
class ReportDetails:
    """政府信息公开工作年度报告, six sections (国办公开办函〔2021〕30号)."""

    year: int = 0
    overview: str = ""
    issues: str = ""
    other: str = ""
    tables: AnnualTables = field(default_factory=AnnualTables)


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
