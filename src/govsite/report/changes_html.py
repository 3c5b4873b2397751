"""Differences of two states as one page that opens anywhere: no script, no request, readable on a phone, prints well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from importlib import resources
from string import Template

from govsite import __version__
from govsite.messages.catalogue import Translate, translator
from govsite.model.changes import Changes, DocumentChange, Segment
from govsite.report.changes import ORDER, catalog_elements, catalog_name


@cache
def _template() -> Template:
    text = resources.files("govsite.report").joinpath("data", "changes.html").read_text(encoding="utf-8")
    return Template(text)


def changes_html(changes: Changes, site: str, lang: str) -> str:
    """The page."""
    t = translator(lang)
    parts = [(op, _documents(changes, op, t)) for op in ORDER if changes.count(op)]
    if changes.catalog:
        parts.append(("catalog", _catalog(changes, t)))
    if changes.links:
        parts.append(("links", _links(changes, t)))
    parts.append(("pages", _pages(changes, t)))
    if any(changes.problems.values()):
        parts.append(("problems", _problems(changes, t)))
    title = t("diff.title", site=site)
    return _template().substitute(
        lang="en" if lang == "en" else "zh-CN",
        title=escape(title),
        about=escape(t("diff.about", old=changes.old, new=changes.new)),
        counts=_counts(changes, t),
        contents=escape(t("diff.contents")),
        links="\n".join(
            f'<li><a href="#{name}">{escape(t(f"diff.part.{name}"))}</a></li>' for name, _ in parts
        ),
        sections="\n".join(
            f'<section id="{name}" aria-labelledby="{name}-head"><h2 id="{name}-head">'
            f"{escape(t(f'diff.part.{name}'))}</h2>\n{content}\n</section>"
            for name, content in parts
        ),
        foot=escape(t("diff.foot", version=__version__)),
    )


def _counts(changes: Changes, t: Translate) -> str:
    numbers = [(f"diff.count.{op}", changes.count(op)) for op in ("new", "changed", "gone")]
    # Styles, data and the index are files, no pages: a reader of the report counts what can be opened.
    pages = sum(path.endswith(".html") for paths in changes.pages.values() for path in paths)
    numbers.append(("diff.count.pages", pages))
    numbers += [(f"diff.count.problems_{name}", len(changes.problems[name])) for name in ("new", "cured")]
    items = "".join(
        f'<li data-count="{key}"><strong>{number}</strong>{escape(t(key))}</li>' for key, number in numbers
    )
    return f'<ul class="counts">{items}</ul>'


def _catalog(changes: Changes, t: Translate) -> str:
    rows = []
    for change in changes.catalog:
        elements = "".join(
            f"<li>{escape(label)}：<del>{escape(old)}</del> <ins>{escape(new)}</ins></li>"
            for label, old, new in catalog_elements(change, t)
        )
        inside = f'<ul class="lines">{elements}</ul>' if elements else ""
        name = escape(catalog_name(change, t))
        rows.append(f"<li><strong>{escape(t('diff.op.' + change.op))}</strong> {name}{inside}</li>")
    return f'<ul class="lines">{"".join(rows)}</ul>'


def _documents(changes: Changes, op: str, t: Translate) -> str:
    return "\n".join("".join(_document(change, t)) for change in changes.documents if change.op == op)


def _document(change: DocumentChange, t: Translate) -> Iterator[str]:
    yield f'<article class="{change.op}"><h3>{escape(change.title)}</h3>'
    yield f'<p class="about">{escape(change.kind)} · <code>{escape(change.file)}</code> · '
    yield f"{escape(t('diff.characters', added=change.added, removed=change.removed))}</p>"
    if change.marks:
        words = "".join(f"<li>{escape(t('diff.mark.' + mark))}</li>" for mark in change.marks)
        yield f'<p class="look">{escape(t("diff.marks"))}</p><ul class="marks">{words}</ul>'
    if change.moved_from:
        yield f"<p>{escape(t('diff.moved', old=change.moved_from, new=change.url))}</p>"
    if change.fields:
        yield f"<h4>{escape(t('diff.fields'))}</h4><dl>"
        for field in change.fields:
            yield f"<dt>{escape(field.label)}</dt><dd>{_redline(field.segments, t)}</dd>"
        yield "</dl>"
    if change.paragraphs:
        yield f"<h4>{escape(t('diff.body'))}</h4><ol class='text'>"
        for paragraph in change.paragraphs:
            place = t("diff.paragraph", number=paragraph.number)
            yield f'<li><span class="place">{escape(place)}</span> {_redline(paragraph.segments, t)}</li>'
        yield "</ol>"
    yield "</article>"


def _redline(segments: Sequence[Segment], t: Translate) -> str:
    tags = {"same": "span", "gone": "del", "new": "ins"}
    words = {"gone": t("diff.gone_word"), "new": t("diff.new_word")}
    parts = []
    for op, text in segments:
        spoken = f'<span class="spoken">{escape(words[op])}</span>' if op in words else ""
        parts.append(f"<{tags[op]}>{spoken}{escape(text)}</{tags[op]}>")
    return "".join(parts) or escape(t("diff.empty"))


def _links(changes: Changes, t: Translate) -> str:
    rows = "".join(
        f'<li class="{link.op}"><strong>{escape(t("diff.link." + link.op))}</strong> {escape(link.title)} → '
        f"{escape(link.target)}</li>"
        for link in changes.links
    )
    return f'<ul class="lines">{rows}</ul>'


def _pages(changes: Changes, t: Translate) -> str:
    pages = changes.pages
    if not any(pages.values()):
        return f"<p>{escape(t('diff.pages_none') if changes.documents else t('diff.none'))}</p>"
    line = t(
        "diff.pages_line", new=len(pages["new"]), changed=len(pages["changed"]), gone=len(pages["gone"]),
        lists=len(changes.lists),
    )  # fmt: skip
    parts = [f"<p>{escape(line)}</p>"]
    for op in ("new", "changed", "gone"):
        if pages[op]:
            names = "".join(f"<li><code>{escape(path)}</code></li>" for path in pages[op])
            summary = f"{t('diff.op.' + op)} · {t('diff.all', count=len(pages[op]))}"
            parts.append(
                f'<details><summary>{escape(summary)}</summary><ul class="lines">{names}</ul></details>'
            )
    return "\n".join(parts)


def _problems(changes: Changes, t: Translate) -> str:
    parts = []
    for name in ("new", "cured"):
        found = changes.problems[name]
        if found:
            rows = "".join(
                f'<li class="{word}"><strong>{escape(t("severity." + word))}</strong> {escape(text)}</li>'
                for text, word in found
            )
            parts.append(
                f'<h3>{escape(t(f"diff.problems_{name}", count=len(found)))}</h3><ul class="lines">{rows}</ul>'
            )
    return "\n".join(parts)
