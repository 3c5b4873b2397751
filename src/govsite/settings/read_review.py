"""`检查: 审核` of config.yaml to `ReviewSettings`."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from pathlib import Path

from govsite.expect.fields import Field, expect_fields
from govsite.expect.values import expect_day, expect_list
from govsite.files.paths import resolve_inside
from govsite.files.signature import KeyFault, fingerprint
from govsite.hanzi.nearest import nearest
from govsite.problems.problem import Problem
from govsite.settings.review import ReviewSettings
from govsite.source.yaml import Mapping, Scalar
from govsite.vocab.keys import config_keys
from govsite.vocab.review import stage_labels


def read_review(site: Path, check: AnyMapping[str, Field], problems: list[Problem]) -> ReviewSettings:
    """Reports CFG103 for another shape, CFG141 for an unknown stage, CFG140 for a key file that is no public key."""
    field = check.get("review")
    if field is None:
        return ReviewSettings()
    if not isinstance(field.value, Mapping):
        problems.append(Problem.at("CFG103", field.value.span, key=field.key.label, expected="mapping"))
        return ReviewSettings()
    fields = expect_fields(field.value, config_keys("review"), problems, "CFG102")
    return ReviewSettings(
        required=_stages(fields.get("required"), problems),
        since=expect_day(fields.get("since"), problems),
        keys=_keys(site, fields.get("keys"), problems),
    )


def _stages(field: Field | None, problems: list[Problem]) -> tuple[str, ...]:
    words = {word: stage for stage, label in stage_labels().items() for word in (stage, label)}
    stages = []
    for item in expect_list(field, problems):
        word = item.text.strip()
        if word in words:
            stages.append(words[word])
        else:
            allowed = "、".join(stage_labels().values())
            near = nearest(word, stage_labels().values())
            problems.append(Problem.at("CFG141", item.span, found=word, allowed=allowed, nearest=near))
    return tuple(stage for stage in stage_labels() if stage in stages)


def _keys(site: Path, field: Field | None, problems: list[Problem]) -> dict[str, bytes]:
    if field is None:
        return {}
    if not isinstance(field.value, Mapping):
        problems.append(Problem.at("CFG103", field.value.span, key=field.key.label, expected="mapping"))
        return {}
    keys = {}
    for person, value in field.value:
        path = value.text.strip() if isinstance(value, Scalar) else ""
        pem = _public_key(site, path)
        if pem is None:
            problems.append(Problem.at("CFG140", value.span, path=path, person=person.text))
        keys[person.text.strip()] = pem or b""
    return keys


def _public_key(site: Path, path: str) -> bytes | None:
    """The key in the file at `path` below the site, None where there is none that can be used."""
    inside = resolve_inside(path, "") if path else None
    if inside is None:
        return None
    try:
        pem = (site / inside).read_bytes()
        fingerprint(pem)
    except (OSError, KeyFault):
        return None
    return pem
