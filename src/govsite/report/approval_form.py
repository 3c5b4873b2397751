"""信息发布审核表: one sheet of paper for one document, with room to sign. A page of its own, no script, no request."""

from __future__ import annotations

from functools import cache
from html import escape
from importlib import resources
from string import Template

from govsite.frozen import dataclass
from govsite.hanzi.dates import chinese_date
from govsite.messages.catalogue import Translate, translator


@dataclass(frozen=True, slots=True)
class FormStage:
    """A stage: its name, and who, when, with what conclusion, or empty where it is still to be signed."""

    label: str
    by: str = ""
    on: str = ""
    conclusion: str = ""
    binding: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class FormFile:
    """An attachment. size in bytes; digest: SHA-256 in hex."""

    name: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Form:
    """What the sheet shows. digest: of the content the stages are bound to; counts: findings by severity word."""

    site: str
    title: str
    file: str
    kind: str
    number: str
    index_no: str
    publisher: str
    published: str
    disclosure: str
    reason: str
    digest: str
    files: tuple[FormFile, ...]
    counts: tuple[tuple[str, int], ...]
    stages: tuple[FormStage, ...]


_FACTS = ("title", "kind", "number", "index_no", "publisher", "published", "disclosure", "reason", "file")


@cache
def _template() -> Template:
    text = (
        resources.files("govsite.report").joinpath("data", "approval_form.html").read_text(encoding="utf-8")
    )
    return Template(text)


def render_form(form: Form, lang: str) -> str:
    """The page."""
    t = translator(lang)
    facts = [
        _row(t(f"review.form.{name}"), escape(getattr(form, name))) for name in _FACTS if getattr(form, name)
    ]
    if form.files:
        facts.append(_row(t("review.form.files"), _files(form.files)))
    checks = "，".join(f"{t('severity.' + word)} {number}" for word, number in form.counts)
    facts.append(_row(t("review.form.checks"), escape(checks)))
    facts.append(_row(t("review.form.digest"), f"<code>{form.digest}</code>"))
    heads = "".join(f'<th scope="col">{escape(t(f"review.form.{name}"))}</th>' for name in _STAGE_HEADS)
    return _template().substitute(
        lang="en" if lang == "en" else "zh-CN",
        title=escape(t("review.form.heading")),
        site=escape(form.site),
        facts="\n".join(facts),
        caption=escape(t("review.form.stages")),
        heads=heads,
        stages="\n".join(_stage(stage, t, lang) for stage in form.stages),
        note=escape(t("review.form.note")),
    )


_STAGE_HEADS = ("stage", "opinion", "signed", "day")


def _row(label: str, content: str) -> str:
    return f'<tr><th scope="row">{escape(label)}</th><td>{content}</td></tr>'


def _files(files: tuple[FormFile, ...]) -> str:
    items = (f"<li>{escape(file.name)}<br><code>{file.digest}</code></li>" for file in files)
    return f"<ol>{''.join(items)}</ol>"


def _stage(stage: FormStage, t: Translate, lang: str) -> str:
    day = stage.on if lang == "en" or not stage.on else chinese_date(stage.on)
    states = [t(f"review.binding.{stage.binding}")] if stage.binding else []
    states += [t(f"review.signature.{stage.signature}")] if stage.signature not in {"", "none"} else []
    state = f"<small>{escape('，'.join(states))}</small>" if states else ""
    opinion = "<br>".join(part for part in (escape(stage.conclusion), state) if part)
    cells = (opinion, escape(stage.by), escape(day))
    return (
        f'<tr><th scope="row">{escape(stage.label)}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'
    )
