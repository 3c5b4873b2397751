"""What a document says of itself: 发文字号、标题、发文机关、成文日期、附件、公开属性, each with the paragraph that says it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from govsite.hanzi.dates import is_impossible_date, parse_date
from govsite.hanzi.doc_number import parse_doc_number
from govsite.intake.document.clean import drops, recognised
from govsite.vocab.official_paper import contamination, official_paper
from govsite.vocab.terms import label_of

_HEAD = 14
"""Paragraphs in which a title is looked for."""
_LONGEST_TITLE = 120
_LONGEST_ISSUER = 40
_SIGNED = re.compile(r"^(.{3,40}?)\s+(\S*\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)$")
_FIELD = re.compile(r"([\u3400-\u9fff]{2,6})\s*[:：]\s*(\S+(?: \d{1,2}:\d{2}(?::\d{2})?)?)")
_PAPERS = re.compile(r"文件$")
_ABOUT = re.compile(r"关于")
_SECONDS = re.compile(r"(\d{1,2}:\d{2}):\d{2}$")


@dataclass(frozen=True, slots=True)
class Fact:
    """One value. at: index of the paragraph that says it, -1 for none; doubt: why it must be looked at."""

    value: str
    at: int = -1
    doubt: str = ""


@dataclass(slots=True)
class Facts:
    """What was found by key id, and which paragraphs are used up by it. attachments: names in order."""

    found: dict[str, Fact] = field(default_factory=dict)
    issuers: list[Fact] = field(default_factory=list)
    attachments: list[Fact] = field(default_factory=list)
    repeals: list[Fact] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    signed_at: int = -1

    def text(self, key: str) -> str:
        """The value of a key, `""` for none."""
        fact = self.found.get(key)
        return fact.value if fact else ""


def find_facts(paragraphs: Sequence[str]) -> Facts:
    """Facts of a document. paragraphs: as found; what is compared is a mended copy, what is kept the mended value."""
    plain = ["" if drops(text) else recognised(text) for text in paragraphs]
    facts = Facts()
    for index, text in enumerate(paragraphs):
        if drops(text) or official_paper()["own_note"].match(text):
            facts.used.add(index)
    _read_header_lines(plain, facts)
    _read_number(plain, facts)
    _read_title(plain, facts)
    _read_signature(plain, facts)
    _read_release(plain, facts)
    _read_attachments(plain, facts)
    _read_force(plain, facts)
    return facts


def _read_header_lines(plain: Sequence[str], facts: Facts) -> None:
    for index, text in enumerate(plain[:_HEAD]):
        if not contamination().header_line.match(text) or len(text) > 120 or text.endswith("。"):
            continue
        facts.used.add(index)
        for label, value in _FIELD.findall(text):
            key = contamination().fields.get(label)
            if key in {"published", "written"}:
                date = parse_date(_SECONDS.sub(r"\1", value))
                if date:
                    facts.found.setdefault(
                        key, Fact(date.iso if key == "published" else date.iso[:10], index)
                    )
            elif key == "doc_no":
                number = parse_doc_number(value)
                if number:
                    facts.found.setdefault(key, Fact(str(number), index))
            elif key:
                facts.found.setdefault(key, Fact(value, index))


def _read_number(plain: Sequence[str], facts: Facts) -> None:
    for index, text in enumerate(plain[:_HEAD]):
        number = parse_doc_number(text) if "号" in text and len(text) < 40 else None
        if number:
            facts.found["doc_no"] = Fact(str(number), index)
            facts.used.add(index)
            return


def _read_title(plain: Sequence[str], facts: Facts) -> None:
    """The lines before the first sentence or the recipients, as many as it takes until a kind of document ends them."""
    paper = official_paper()
    lines: list[int] = []
    for index, text in enumerate(plain[:_HEAD]):
        if not text or index in facts.used:
            continue
        if not lines and _is_mark(plain, index):
            facts.used.add(index)
            continue
        date = parse_date(text)
        if date and lines:
            facts.found.setdefault("published", Fact(date.iso, index, "page_date"))
            facts.used.add(index)
            break
        if _is_body(text) or any(form.pattern.match(text) for form in paper.headings):
            break
        lines.append(index)
        title = "".join(plain[at] for at in lines)
        if paper["title_end"].search(title) or len(title) > _LONGEST_TITLE:
            break
    title = "".join(plain[at] for at in lines)
    if not lines or len(title) > _LONGEST_TITLE:
        return
    facts.used |= set(lines)
    doubt = "" if paper["title_end"].search(title) else "title_shape"
    facts.found["title"] = Fact(title, lines[0], doubt)
    following = next((at for at in range(lines[-1] + 1, min(len(plain), _HEAD)) if plain[at]), -1)
    date = parse_date(plain[following]) if following > 0 else None
    if date and following not in facts.used:
        facts.found.setdefault("published", Fact(date.iso, following, "page_date"))
        facts.used.add(following)


def _is_mark(plain: Sequence[str], index: int) -> bool:
    """Whether a line is the red head (发文机关标志): a body's name, perhaps with 文件, above the document's number."""
    name = _PAPERS.sub("", plain[index])
    following = [text for text in plain[index + 1 : index + 6] if text]
    if following and _ABOUT.match(following[0]):  # the first line of the title
        return False
    return _is_organisation(name) and any(
        parse_doc_number(text) is not None or official_paper()["title_end"].search(text)
        for text in following[:3]
    )


def _is_body(text: str) -> bool:
    return bool(official_paper()["recipients"].match(text)) or "。" in text or len(text) > _LONGEST_TITLE


def _read_signature(plain: Sequence[str], facts: Facts) -> None:
    """The first date that stands alone below the body that signs; else the issuer from the title, in doubt."""
    for index, text in enumerate(plain):
        if index in facts.used or not text or len(text) > 60:
            continue
        signed = _SIGNED.match(text)
        if signed and _is_organisation(signed[1]):
            date = parse_date(signed[2])
            if date:
                facts.issuers = [Fact(name, index) for name in re.split(r"[\s、]+", signed[1]) if name]
                facts.found["written"] = Fact(date.iso[:10], index)
                facts.signed_at = index
                return
        date = parse_date(text)
        is_wrong = date is None and is_impossible_date(text)
        names = _signers(plain, index) if date or is_wrong else []
        if names:
            facts.issuers = [Fact(plain[at].strip(), at) for at in names]
            facts.found["written"] = (
                Fact(date.iso[:10], index) if date else Fact(text.strip(), index, "no_such_day")
            )
            facts.signed_at = index
            return
    about = official_paper()["about"].match(facts.text("title"))
    if about and _is_organisation(about[1]):
        facts.issuers = [Fact(about[1], facts.found["title"].at, "from_title")]


def _signers(plain: Sequence[str], date: int) -> list[int]:
    """Indexes of the bodies that sign above a date, in order."""
    names: list[int] = []
    for at in range(date - 1, max(-1, date - 8), -1):
        if not plain[at]:
            continue
        if not _is_organisation(plain[at]):
            break
        names.insert(0, at)
    return names


def _is_organisation(text: str) -> bool:
    name = text.strip()
    return (
        len(name) <= _LONGEST_ISSUER
        and not re.search(r"[，。；：:,;]", name)
        and bool(official_paper()["organisation_end"].search(name))
    )


def _read_release(plain: Sequence[str], facts: Facts) -> None:
    paper = official_paper()
    for index, text in enumerate(plain):
        match = paper["release"].match(text) or paper["disclosure_line"].match(text)
        term = paper.disclosure.get(match[1].strip()) if match else None
        if term:
            facts.found["disclosure"] = Fact(label_of("disclosure", term), index)
            return


def _read_attachments(plain: Sequence[str], facts: Facts) -> None:
    paper = official_paper()
    for index, text in enumerate(plain):
        match = paper["attachments"].match(text)
        if match is None:
            continue
        facts.used.add(index)
        first = paper["attachment_entry"].match(match[1])
        if match[1].strip():
            facts.attachments.append(Fact(_attachment(first[2] if first else match[1]), index))
        expected = 2 if first else 1
        for at in range(index + 1, len(plain)):
            if not plain[at]:
                continue
            entry = paper["attachment_entry"].match(plain[at])
            if entry is None or int(entry[1]) != expected:
                break
            facts.attachments.append(Fact(_attachment(entry[2]), at))
            facts.used.add(at)
            expected += 1
        if facts.attachments:
            return
        facts.used.discard(index)


def _attachment(text: str) -> str:
    """An attachment's name without what a page wrote behind it."""
    return re.sub(r"[（(]?下载(?:地址)?[:：].*$", "", text).strip(" 。；;")


def _read_force(plain: Sequence[str], facts: Facts) -> None:
    paper = official_paper()
    for key in ("effective", "expires"):
        days = [
            (parse_date(match[1]), index)
            for index, text in enumerate(plain)
            for match in paper[key].finditer(text)
        ]
        read = [(date.iso, index) for date, index in days if date]
        if read:
            doubt = "several_days" if len({day for day, _ in read}) > 1 else ""
            facts.found[key] = Fact(read[-1][0], read[-1][1], doubt)
    for index, text in enumerate(plain):
        for match in paper["repeals"].finditer(text):
            number = parse_doc_number(match[2])
            if number:
                facts.repeals.append(Fact(str(number), index, "repeals"))
