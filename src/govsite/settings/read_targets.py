"""The section 发布 of config.yaml: places to publish to."""

from __future__ import annotations

from govsite.expect.fields import Field, expect_fields, report_missing
from govsite.expect.values import expect_flag, expect_number, expect_term, expect_text
from govsite.problems.problem import Problem
from govsite.settings.settings import TargetOption
from govsite.source.yaml import Mapping, Sequence
from govsite.vocab.keys import config_keys


def read_targets(field: Field | None, problems: list[Problem]) -> tuple[TargetOption, ...]:
    """Targets in the order written. CFG102 to CFG105 for what is wrong with them."""
    if field is None:
        return ()
    if not isinstance(field.value, Sequence):
        problems.append(Problem.at("CFG103", field.value.span, key=field.key.label, expected="list"))
        return ()
    targets: dict[str, TargetOption] = {}
    for item in field.value.items:
        if not isinstance(item, Mapping):
            problems.append(Problem.at("CFG103", item.span, key=field.key.label, expected="mapping"))
            continue
        keys = config_keys("target")
        fields = expect_fields(item, keys, problems, "CFG102")
        report_missing(fields, keys, item.span, problems)
        target = _target(fields, problems)
        if target.name and target.address:
            targets.setdefault(target.name, target)
    return tuple(targets.values())


def _target(fields: dict[str, Field], problems: list[Problem]) -> TargetOption:
    texts = {
        name: expect_text(fields.get(name), problems)
        for name in ("name", "address", "url", "endpoint", "ssh_config")
    }
    for name in ("url", "endpoint"):
        if texts[name] and not texts[name].startswith(("https://", "http://")):
            field = fields[name]
            problems.append(Problem.at("CFG105", field.value.span, key=field.key.label, found=texts[name]))
            texts[name] = ""
    if texts["url"] and not texts["url"].endswith("/"):
        texts["url"] += "/"
    return TargetOption(
        **texts,
        layout=expect_term(fields.get("layout"), "target_layout", problems),
        keep=expect_number(fields["keep"], problems) or 0 if "keep" in fields else 0,
        compress=expect_flag(fields.get("compress"), problems),
    )
