"""Values with parts of their own: attachments, media, materials, opinions, review records, silenced checks."""

from __future__ import annotations

from govsite.expect.fields import Field, expect_fields, report_missing
from govsite.expect.values import expect_day, expect_list, expect_prose, expect_term, expect_text, shape_of
from govsite.hanzi.nearest import nearest
from govsite.model.values import Attachment, Ignored, Material, Media, Opinion, Reference, ReviewStage
from govsite.problems.problem import Problem
from govsite.problems.rules import rule_of, rule_table
from govsite.source.yaml import Mapping, Node, Scalar, Sequence
from govsite.validate.context import Context, expect_file
from govsite.vocab.keys import part_keys

Problems = list[Problem]
_STAGE_TEXTS = ("by", "conclusion", "digest", "signature")


def _items(field: Field | None) -> tuple[Node, ...]:
    if field is None:
        return ()
    return field.value.items if isinstance(field.value, Sequence) else (field.value,)


def part_fields(node: Node, name: str, problems: Problems) -> dict[str, Field] | None:
    """Fields of a mapping that is a part (a group under `parts` of keys.yaml); None for anything else (FM104)."""
    keys = part_keys(name)
    if not isinstance(node, Mapping):
        problems.append(
            Problem.at("FM104", node.span, key=keys.keys[0].label, expected="mapping", found=shape_of(node))
        )
        return None
    fields = expect_fields(node, keys, problems)
    report_missing(fields, keys, node.span, problems)
    return fields


def expect_references(field: Field | None, problems: Problems) -> tuple[Reference, ...]:
    """References as written, in order."""
    return tuple(
        Reference(item.text.strip(), item.span) for item in expect_list(field, problems) if item.text.strip()
    )


def expect_attachments(
    field: Field | None, folder: str, context: Context, problems: Problems
) -> tuple[Attachment, ...]:
    """Attachments: a path, `{文件, 名称}`, or a list of these."""
    found = []
    for node in _items(field):
        if isinstance(node, Scalar):
            found.append(expect_file(node, "", folder, context, problems))
        elif (fields := part_fields(node, "attachment", problems)) is not None:
            found.append(
                _file(
                    fields.get("file"), folder, context, problems, expect_text(fields.get("name"), problems)
                )
            )
    return tuple(attachment for attachment in found if attachment)


def _file(
    field: Field | None, folder: str, context: Context, problems: Problems, label: str = ""
) -> Attachment | None:
    if field is None or not isinstance(field.value, Scalar):
        return None
    return expect_file(field.value, label, folder, context, problems)


def expect_media(field: Field | None, folder: str, context: Context, problems: Problems) -> Media | None:
    """Media of an interpretation, None where the file is not there."""
    if field is None or (fields := part_fields(field.value, "media", problems)) is None:
        return None
    file = _file(fields.get("file"), folder, context, problems)
    if file is None:
        return None
    captions = _file(fields.get("captions"), folder, context, problems)
    return Media(file, expect_prose(fields.get("transcript"), problems), captions)


def expect_materials(
    field: Field | None, folder: str, context: Context, problems: Problems
) -> tuple[Material, ...]:
    """Materials of a guide: a name, or `{名称, 份数, 形式, 空白表, 样表}`."""
    materials = []
    for node in _items(field):
        if isinstance(node, Scalar):
            materials.append(Material(node.text.strip()))
        elif (fields := part_fields(node, "material", problems)) is not None:
            name = expect_text(fields.get("name"), problems)
            blank = _file(fields.get("blank"), folder, context, problems)
            sample = _file(fields.get("sample"), folder, context, problems)
            copies, form = (expect_text(fields.get(key), problems) for key in ("copies", "form"))
            materials.append(Material(name, copies, form, blank, sample))
    return tuple(materials)


def expect_opinions(field: Field | None, problems: Problems) -> tuple[Opinion, ...]:
    """Opinions of a consultation and what became of them."""
    opinions = []
    for node in _items(field):
        if (fields := part_fields(node, "opinion", problems)) is not None:
            adopted = expect_term(fields.get("adopted"), "adoption", problems)
            texts = [expect_text(fields.get(key), problems) for key in ("opinion", "reason")]
            opinions.append(Opinion(texts[0], adopted, texts[1]))
    return tuple(opinions)


def expect_review(field: Field | None, problems: Problems) -> tuple[ReviewStage, ...]:
    """Review record: `{初审: {人, 日期}, …, 保密审查: {人, 日期, 结论}}`, in the standard order."""
    if field is None or (stages := part_fields(field.value, "review", problems)) is None:
        return ()
    read = []
    for stage in part_keys("review").keys:
        if (
            stage.id in stages
            and (fields := part_fields(stages[stage.id].value, "review_stage", problems)) is not None
        ):
            texts = {key: expect_text(fields.get(key), problems) for key in _STAGE_TEXTS}
            day = expect_day(fields.get("on"), problems)
            read.append(ReviewStage(stage.id, on=day, span=stages[stage.id].span, **texts))
    return tuple(read)


def expect_ignore(field: Field | None, problems: Problems) -> tuple[Ignored, ...]:
    """Checks silenced in this document: `{代码: 理由}`. FM110 without reason, FM112 where it may not be silenced."""
    if field is None:
        return ()
    if not isinstance(field.value, Mapping):
        problems.append(
            Problem.at("FM104", field.value.span, key=field.key.label, expected="mapping", found="text")
        )
        return ()
    ignored = []
    for code, value in field.value:
        rule = rule_of(code.text)
        if rule is None:
            problems.append(
                Problem.at("FM114", code.span, rule=code.text, nearest=nearest(code.text, rule_table()))
            )
        elif not rule.silenceable:
            problems.append(Problem.at("FM112", code.span, rule=code.text))
        elif not isinstance(value, Scalar) or value.is_nothing or not value.text.strip():
            problems.append(Problem.at("FM110", code.span, rule=code.text))
        else:
            ignored.append(Ignored(code.text, value.text.strip(), code.span))
    return tuple(ignored)
