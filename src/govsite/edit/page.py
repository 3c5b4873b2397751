"""Pages of the form as HTML. They load nothing but their own style and script."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from importlib import resources

from govsite.edit.judge import Remark
from govsite.edit.source import BODY, widget_of
from govsite.messages.catalogue import Translate
from govsite.vocab.keys import Key, keys_of, own_keys
from govsite.vocab.terms import kinds, term_list

_FLAGS = ("yes", "no")
_FIRST = (
    "title",
    "published",
    "disclosure",
    "disclosure_reason",
    "publisher",
    "catalog_items",
    "attachments",
)


def static(name: str) -> bytes:
    """A file of the form: `edit.css`, `edit.js`."""
    return resources.files("govsite.edit").joinpath("static", name).read_bytes()


def frame(t: Translate, title: str, main: str) -> bytes:
    """A whole page."""
    return (
        f'<!DOCTYPE html><html lang="{t("site.language")}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
        f'<link rel="stylesheet" href="/edit.css"><script src="/edit.js" defer></script></head>'
        f'<body><header><a href="/">{escape(t("edit.home"))}</a></header><main>{main}</main></body></html>'
    ).encode()


def home_page(
    t: Translate, files: Iterable[tuple[str, str, str]], recent: Iterable[tuple[str, str, int]]
) -> bytes:
    """What was changed last, kinds to begin, and the documents there are: (kind, path, title).

    recent: (path, title, how many errors it shows by itself), the last first.
    """
    last = "".join(
        f'<li><a href="/edit?file={escape(path)}">{escape(title)}</a> <small>{escape(path)}</small> '
        f'<b class="{"errors" if errors else "clean"}">{escape(t("edit.errors" if errors else "edit.clean", count=errors))}</b></li>'
        for path, title, errors in recent
    )
    latest = f'<h2>{escape(t("edit.recent"))}</h2><ul class="recent">{last}</ul>' if last else ""
    fresh = "".join(
        f'<li><a href="/new?kind={kind.id}">{escape(kind.label)}</a></li>'
        for kind in kinds().values()
        if kind.format == "markdown"
    )
    groups: dict[str, list[str]] = {}
    for kind_id, path, title in files:
        groups.setdefault(kind_id, []).append(
            f'<li><a href="/edit?file={escape(path)}">{escape(title)}</a> <small>{escape(path)}</small></li>'
        )
    listed = "".join(
        f"<details><summary>{escape(kinds()[kind_id].label)} <small>{len(items)}</small></summary><ul>{''.join(items)}</ul></details>"
        for kind_id, items in groups.items()
    )
    title = t("edit.title")
    return frame(t, title, f'<h1>{escape(title)}</h1>{latest}<h2>{escape(t("edit.new"))}</h2><ul class="kinds">{fresh}</ul>'
                 f'<h2>{escape(t("edit.open"))}</h2>{listed}')  # fmt: skip


def form_page(
    t: Translate, kind: str, path: str, values: Mapping[str, str], token: str, digest: str,
    remarks: list[Remark], notice: str = "",
) -> bytes:  # fmt: skip
    """The form of one document."""
    keys = keys_of(kind).keys
    own = [key.id for key in own_keys(kind)]
    first = [key for key in keys if key.id in _FIRST]
    special = [key for key in keys if key.id in own]
    rest = [key for key in keys if key not in first and key not in special and key.id != "kind"]
    by_field: dict[str, list[Remark]] = {}
    for remark in remarks:
        by_field.setdefault(remark.field, []).append(remark)

    def fields(group: Iterable[Key]) -> str:
        return "".join(_field(t, key, values.get(key.id, ""), by_field.get(key.id, [])) for key in group)

    body = escape(values.get(BODY, ""))
    labels = {"": t("edit.whole"), BODY: t("edit.body"), **{key.id: key.label for key in keys}}
    label = kinds()[kind].label
    head = f'<p class="notice" role="status">{escape(notice)}</p>' if notice else ""
    return frame(t, f"{label} {path}", (
        f'<h1>{escape(label)} <small>{escape(path)}</small></h1>{head}'
        f'<form method="post" action="/save"><input type="hidden" name="token" value="{token}">'
        f'<input type="hidden" name="file" value="{escape(path)}">'
        f'<input type="hidden" name="digest" value="{digest}">{_overview(t, remarks, labels)}{_remarks("", by_field.get("", []))}'
        f'{fields(first)}{fields(special)}'
        f'<div class="field"><label for="f-{BODY}">{escape(t("edit.body"))}</label>'
        f'<p class="help">{escape(t("edit.body_help"))}</p>'
        f'<textarea id="f-{BODY}" name="{BODY}" rows="18">{body}</textarea>{_remarks(BODY, by_field.get(BODY, []))}</div>'
        f'<details><summary>{escape(t("edit.more"))}</summary>{fields(rest)}</details>'
        f'<p class="actions"><button>{escape(t("edit.save"))}</button> '
        f'<output data-some="{escape(t("edit.errors"))}" data-none="{escape(t("edit.clean"))}"></output></p></form>'
        f'<section class="preview"><h2>{escape(t("edit.preview"))}</h2><div id="preview"></div></section>'
    ))  # fmt: skip


def _overview(t: Translate, remarks: list[Remark], labels: Mapping[str, str]) -> str:
    """The problems in one place, each leading to its field. The script keeps it up to date."""
    items = "".join(
        f'<li class="{remark.level}"><a href="#{"f-" + remark.field if remark.field else "r-"}" data-line="{remark.line}">'
        f"{escape(labels.get(remark.field, remark.field))}</a> {escape(remark.message)}</li>"
        for remark in remarks
    )
    shown = "" if remarks else " hidden"
    return (
        f'<nav class="overview" aria-label="{escape(t("edit.to_mend"))}" data-whole="{escape(labels[""])}"{shown}>'
        f"<h2>{escape(t('edit.to_mend'))}</h2><ul>{items}</ul></nav>"
    )


def _field(t: Translate, key: Key, value: str, remarks: list[Remark]) -> str:
    needed = f' <b class="needed">{escape(t("edit.needed"))}</b>' if key.need != "never" else ""
    hint = key.help or (t("edit.one_a_line") if widget_of(key) == "list" else "")
    help_ = f'<p class="help" id="h-{key.id}">{escape(hint)}</p>' if hint else ""
    described = f'aria-describedby="{"h-" + key.id + " " if hint else ""}r-{key.id}"'
    return (
        f'<div class="field"><label for="f-{key.id}">{escape(key.label)}{needed}</label>{help_}'
        f"{_control(t, key, value, described)}{_remarks(key.id, remarks)}</div>"
    )


def _control(t: Translate, key: Key, value: str, described: str) -> str:
    widget = widget_of(key)
    name = f'id="f-{key.id}" name="{key.id}" {described}'
    if widget == "choice":
        words = (
            [t(f"edit.{flag}") for flag in _FLAGS]
            if key.base == "flag"
            else list(term_list(key.argument).labels())
        )
        known = words if value in words or not value else [value, *words]
        options = "".join(
            f"<option{' selected' if word == value else ''}>{escape(word)}</option>" for word in known
        )
        return f'<select {name}><option value=""></option>{options}</select>'
    if widget == "line":
        type_ = "date" if key.base == "day" and (not value or len(value) == 10) else "text"
        return f'<input type="{type_}" {name} value="{escape(value)}" autocomplete="off">'
    rows = max(3, min(14, value.count("\n") + 2))
    return f'<textarea {name} rows="{rows}" class="{widget}">{escape(value)}</textarea>'


def _remarks(field: str, remarks: list[Remark]) -> str:
    items = "".join(
        f'<li class="{remark.level}">{escape(remark.message)}<small>{escape(remark.fix)} <code>{remark.code}</code></small></li>'
        for remark in remarks
    )
    return f'<ul class="remarks" id="r-{field}" data-field="{field}">{items}</ul>'
