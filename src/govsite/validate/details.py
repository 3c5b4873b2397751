"""The keys of each kind to its `Details`."""

from __future__ import annotations

from dataclasses import fields as fields_of
from typing import Any

from govsite.expect.fields import Field
from govsite.model.details import DETAILS_BY_KIND, Details, RecordDetails
from govsite.model.values import Value
from govsite.problems.problem import Problem
from govsite.validate.context import Context
from govsite.validate.report import read_report
from govsite.validate.values import read_value
from govsite.vocab.keys import own_keys

_REPORT = "report"
_VILLAGE = "village"
_NOTHING: tuple[Value, ...] = (None, "", ())


def read_details(
    kind: str, fields: dict[str, Field], folder: str, context: Context, problems: list[Problem]
) -> Details:
    """What a document says under the keys of its kind; every value is read by the type of its key.

    A kind with a class gets that class, any other a `RecordDetails`. A village that is not named is the folder's.
    """
    if kind == _REPORT:
        return read_report(fields, problems)
    values: dict[str, Value] = {
        key.id: read_value(fields[key.id], folder, context, problems)
        for key in own_keys(kind)
        if key.id in fields
    }
    if kind == _VILLAGE and not values.get("village"):
        values["village"] = folder.partition("/")[2].split("/", 1)[0]
    known = DETAILS_BY_KIND.get(kind)
    if known is None:
        return RecordDetails({key: value for key, value in values.items() if value not in _NOTHING})
    names = {field.name for field in fields_of(known)}
    given: dict[str, Any] = {f"{key}_" if f"{key}_" in names else key: value for key, value in values.items()}
    return known(**given)
