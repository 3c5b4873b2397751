"""config.yaml to `Settings`: every mistake reported, `GOVSITE_*` variables on top."""

from __future__ import annotations

import re
from collections.abc import Mapping as AnyMapping
from dataclasses import replace
from pathlib import Path

from govsite.expect.fields import Field, expect_fields, report_missing
from govsite.expect.values import (
    expect_day,
    expect_flag,
    expect_identifier,
    expect_list,
    expect_number,
    expect_term,
    expect_text,
    expect_texts,
)
from govsite.files.digest import digest_of
from govsite.files.paths import resolve_inside
from govsite.hanzi.nearest import nearest
from govsite.problems.problem import Problem, Severity
from govsite.settings.names import CONFIG_FILE
from govsite.settings.read_duties import read_duties
from govsite.settings.read_packs import with_packs
from govsite.settings.read_review import read_review
from govsite.settings.read_severities import expect_severities
from govsite.settings.read_targets import read_targets
from govsite.settings.settings import (
    ColumnOption,
    FooterLink,
    KioskSettings,
    RequestSettings,
    SearchSettings,
    Settings,
    SiteIdentity,
)
from govsite.source.span import Span
from govsite.source.text import TextFault, decode_text
from govsite.source.yaml import Mapping, Scalar, Sequence, YamlFault, parse_yaml
from govsite.vocab.keys import config_keys

_PREFIX = "GOVSITE_"
_FLAGS = frozenset({"SITE", "LANG", "JOBS", "OUT", "AS_OF", "QUIET", "VERBOSE"})
_ID_CODE = re.compile(r"\d{10}|[Bb][Mm]\d{8}")
_DOMAIN = re.compile(
    r"(?:[\w\u4e00-\u9fff](?:[\w\u4e00-\u9fff-]*[\w\u4e00-\u9fff])?\.)+[\w\u4e00-\u9fff]{2,}"
)
_PATH = re.compile(r"/(?:[A-Za-z0-9._~-]+/)*")
_STAFF_CODE = re.compile(r"pbkdf2:\d{4,7}:[0-9a-f]{32}:[0-9a-f]{64}")
_WEB = re.compile(r"https?://[^\s]{3,200}")
DOWNLOADS = ("docx", "pdf")
LAYOUTS = ("list", "standing", "overview", "catalog", "domains", "villages", "organisations", "register")


def read_settings(site: Path, environ: AnyMapping[str, str]) -> tuple[Settings, list[Problem]]:
    """Settings of the site in folder `site`. Settings that could not be read keep their defaults."""
    problems: list[Problem] = []
    top = _top_fields(site, problems)
    check = _section(top, "check", problems)
    settings = Settings(
        site=_identity(_section(top, "site", problems), environ, problems),
        columns=_columns(top.get("columns"), problems),
        footer=_footer(top.get("footer"), problems),
        fail_on=_fail_on(check.get("fail_on"), environ, problems),
        severities=expect_severities(check.get("severity"), problems),
        search=_search(_section(top, "search", problems), problems),
        kiosk=_kiosk(_section(top, "kiosk", problems), problems),
        request=_request(_section(top, "request", problems), problems),
        targets=read_targets(top.get("publish"), problems),
        duties=read_duties(check, environ, problems),
        review=read_review(site, check, problems),
        theme=environ.get(f"{_PREFIX}THEME", "") or expect_text(top.get("theme"), problems),
        downloads=_downloads(top.get("downloads"), problems),
        catalog_since=expect_day(top.get("catalog_since"), problems),
        beside=_named_files(check),
    )
    settings = with_packs(site, check.get("packs"), settings, problems)
    _report_unknown_variables(environ, problems)
    return replace(settings, digest=digest_of(repr(settings).encode())), problems


def _top_fields(site: Path, problems: list[Problem]) -> dict[str, Field]:
    try:
        text = decode_text((site / CONFIG_FILE).read_bytes())
    except OSError as error:
        problems.append(
            Problem.at("CFG101", Span.of_file(CONFIG_FILE), reason=error.strerror or type(error).__name__)
        )
        return {}
    if isinstance(text, TextFault):
        code = {"encoding": "SRC101", "nul": "SRC102", "size": "SRC103", "line": "SRC104"}[text.reason]
        problems.append(
            Problem.at(code, Span.of_line(CONFIG_FILE, text.line, text.column), offset=text.offset)
        )
        return {}
    node = parse_yaml(text, CONFIG_FILE)
    if isinstance(node, YamlFault):
        problems.append(Problem.at("SRC105", node.span, reason=node.reason, detail=node.detail))
        return {}
    if not isinstance(node, Mapping):
        problems.append(Problem.at("CFG103", Span.of_file(CONFIG_FILE), key=CONFIG_FILE, expected="mapping"))
        return {}
    fields = expect_fields(node, config_keys("config"), problems, "CFG102")
    if "site" not in fields:
        problems.append(Problem.at("CFG104", node.span, key="站点"))
    return fields


def _section(top: dict[str, Field], name: str, problems: list[Problem]) -> dict[str, Field]:
    field = top.get(name)
    if field is None:
        return {}
    if not isinstance(field.value, Mapping):
        problems.append(Problem.at("CFG103", field.value.span, key=field.key.label, expected="mapping"))
        return {}
    keys = config_keys(name)
    fields = expect_fields(field.value, keys, problems, "CFG102")
    report_missing(fields, keys, field.span, problems)
    return fields


def _identity(
    fields: dict[str, Field], environ: AnyMapping[str, str], problems: list[Problem]
) -> SiteIdentity:
    texts = {key: expect_text(field, problems) for key, field in fields.items() if key != "tier"}
    for key in ("domain", "path", "name"):
        texts[key] = environ.get(f"{_PREFIX}{key.upper()}", "") or texts.get(key, "")
    tier = expect_term(fields.get("tier"), "tier", problems) or "town"
    for key, pattern in (("id_code", _ID_CODE), ("domain", _DOMAIN), ("path", _PATH)):
        if texts.get(key) and not pattern.fullmatch(texts[key]):
            span = fields[key].value.span if key in fields else Span.of_file(CONFIG_FILE)
            problems.append(
                Problem.at("CFG105", span, key=config_keys("site").by_word[key].label, found=texts[key])
            )
            texts[key] = ""
    texts["path"] = texts["path"] or "/"
    return SiteIdentity(tier=tier, **texts)


def _columns(field: Field | None, problems: list[Problem]) -> tuple[ColumnOption, ...]:
    if field is None:
        return ()
    options: list[ColumnOption] = []
    _read_columns(field, "", options, problems)
    return tuple(options)


def _read_columns(field: Field, parent: str, options: list[ColumnOption], problems: list[Problem]) -> None:
    if not isinstance(field.value, Sequence):
        problems.append(Problem.at("CFG103", field.value.span, key=field.key.label, expected="list"))
        return
    keys = config_keys("column")
    for item in field.value.items:
        if not isinstance(item, Mapping):
            problems.append(Problem.at("CFG103", item.span, key=field.key.label, expected="mapping"))
            continue
        fields = expect_fields(item, keys, problems, "CFG102")
        report_missing(fields, keys, item.span, problems)
        option = _column(fields, item.span, parent, problems)
        if option.id:
            options.append(option)
        if "children" in fields:
            _read_columns(fields["children"], option.id, options, problems)


def _column(fields: dict[str, Field], span: Span, parent: str, problems: list[Problem]) -> ColumnOption:
    layout = expect_text(fields.get("layout"), problems)
    if layout and layout not in LAYOUTS:
        problems.append(
            Problem.at("CFG106", fields["layout"].value.span, found=layout, allowed="、".join(LAYOUTS),
                       nearest=nearest(layout, LAYOUTS))
        )  # fmt: skip
        layout = ""
    return ColumnOption(
        id=expect_identifier(fields.get("id"), problems),
        span=fields["id"].value.span if "id" in fields else span,
        name=expect_text(fields.get("name"), problems),
        type=expect_text(fields.get("type"), problems),
        parent=expect_identifier(fields.get("parent"), problems) or parent,
        description=expect_text(fields.get("description"), problems),
        layout=layout,
        hidden=expect_text(fields.get("hidden"), problems),
        order=expect_number(fields["order"], problems) if "order" in fields else None,
    )


def _footer(field: Field | None, problems: list[Problem]) -> tuple[FooterLink, ...]:
    if field is None:
        return ()
    if not isinstance(field.value, Sequence):
        problems.append(Problem.at("CFG103", field.value.span, key=field.key.label, expected="list"))
        return ()
    links = []
    for item in field.value.items:
        if not isinstance(item, Mapping):
            problems.append(Problem.at("CFG103", item.span, key=field.key.label, expected="mapping"))
            continue
        fields = expect_fields(item, config_keys("footer"), problems, "CFG102")
        report_missing(fields, config_keys("footer"), item.span, problems)
        span = fields["link"].value.span if "link" in fields else item.span
        name, link = (expect_text(fields.get(key), problems) for key in ("name", "link"))
        links.append(FooterLink(name, link, span))
    return tuple(links)


def _search(fields: dict[str, Field], problems: list[Problem]) -> SearchSettings:
    groups = [
        re.split(r"\s*[=＝]\s*", line.strip()) for line in expect_texts(fields.get("synonyms"), problems)
    ]
    synonyms = tuple(tuple(word for word in group if word) for group in groups)
    return SearchSettings(synonyms, expect_flag(fields.get("whoosh"), problems))


def _kiosk(fields: dict[str, Field], problems: list[Problem]) -> KioskSettings:
    default = KioskSettings()
    texts = {key: expect_text(fields.get(key), problems) for key in ("home", "staff_code", "feedback_url")}
    for key, pattern in (("staff_code", _STAFF_CODE), ("feedback_url", _WEB)):
        if texts[key] and not pattern.fullmatch(texts[key]):
            label = config_keys("kiosk").by_word[key].label
            problems.append(Problem.at("CFG105", fields[key].value.span, key=label, found=texts[key]))
            texts[key] = ""
    return KioskSettings(
        idle_seconds=expect_number(fields.get("idle_seconds"), problems) or default.idle_seconds,
        stale_days=expect_number(fields.get("stale_days"), problems) or default.stale_days,
        printer=expect_flag(fields.get("printer"), problems),
        **texts,
    )


def _request(fields: dict[str, Field], problems: list[Problem]) -> RequestSettings:
    online = expect_text(fields.get("online"), problems)
    if online and not online.startswith(("https://", "http://")):
        field = fields["online"]
        problems.append(Problem.at("CFG105", field.value.span, key=field.key.label, found=online))
        online = ""
    return RequestSettings(expect_text(fields.get("unit"), problems), online)


def _downloads(field: Field | None, problems: list[Problem]) -> tuple[str, ...]:
    """Formats in their standard order; CFG107 for one that nobody makes."""
    wanted = expect_list(field, problems)
    for scalar in wanted:
        if scalar.text.strip().lower() not in DOWNLOADS:
            problems.append(
                Problem.at("CFG107", scalar.span, found=scalar.text, allowed="、".join(DOWNLOADS))
            )
    words = {scalar.text.strip().lower() for scalar in wanted}
    return tuple(form for form in DOWNLOADS if form in words)


def _fail_on(field: Field | None, environ: AnyMapping[str, str], problems: list[Problem]) -> Severity:
    word = environ.get(f"{_PREFIX}FAIL_ON", "") or expect_text(field, problems) or "error"
    try:
        return Severity.of(word)
    except KeyError:
        span = field.value.span if field else None
        problems.append(Problem.at("CFG107", span, found=word, allowed="error、warning、notice"))
        return Severity.ERROR


def _named_files(check: AnyMapping[str, Field]) -> tuple[str, ...]:
    """Paths of the files beside config.yaml that it names: rule packs and public keys."""
    named = [item.text for item in expect_list(check.get("packs"), [])]
    review = check.get("review")
    if review is not None and isinstance(review.value, Mapping):
        keys = expect_fields(review.value, config_keys("review"), [], "CFG102").get("keys")
        if keys is not None and isinstance(keys.value, Mapping):
            named += [value.text for _, value in keys.value if isinstance(value, Scalar)]
    inside = (resolve_inside(path.strip(), "") for path in named if path.strip())
    return tuple(dict.fromkeys(path for path in inside if path is not None))


def _report_unknown_variables(environ: AnyMapping[str, str], problems: list[Problem]) -> None:
    known = {"DOMAIN", "PATH", "NAME", "THEME", "FAIL_ON", "DUTIES"} | _FLAGS
    for name in sorted(environ):
        if name.startswith(_PREFIX) and name.removeprefix(_PREFIX) not in known and not name.startswith("_"):
            near = nearest(name.removeprefix(_PREFIX), sorted(known))
            problems.append(Problem.at("CFG110", None, name=name, nearest=_PREFIX + near if near else ""))
