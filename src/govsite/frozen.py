"""Frozen records (不变的记录): what `dataclass(frozen=True, slots=True)` makes, in a third of its time.

A dataclass has six functions of its own compiled when its module is read; two hundred of them are a fifth of the time that a short build
takes. Here only `__init__` is; all else that records do they do alike.
"""

from __future__ import annotations

import dataclasses
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(*, frozen, slots):
        """A decorator that makes a class a frozen record with slots: fields, defaults, equality, hash, repr, `replace`, pickling
        as a dataclass has them.

        There is no other kind: both must be True. Raises TypeError for what records do not have: `__post_init__`, keyword-only fields,
        fields that are not given to `__init__`.
        """
        if not (frozen and slots):
            raise TypeError("a record is frozen and has slots")
        return _frozen


def _frozen(kind: Any) -> Any:
    made = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(kind)
    fields = dataclasses.fields(made)
    if hasattr(made, "__post_init__") or any(each.kw_only or not each.init for each in fields):
        raise TypeError(f"{made.__qualname__} is no plain record")
    _set_init(made, fields)
    compared = [each.name for each in fields if each.compare]
    own = vars(made)
    if "__eq__" not in own:
        _set_equality(made, compared)
    if "__repr__" not in own:
        made.__repr__ = _repr_of([each.name for each in fields if each.repr])
    for name, function in _SHARED.items():
        setattr(made, name, function)
    return made


def _set_init(made: Any, fields: tuple[dataclasses.Field[Any], ...]) -> None:
    scope: dict[str, Any] = {"_set": object.__setattr__, "_missing": dataclasses.MISSING}
    words, lines = ["self"], []
    for each in fields:
        name, value = each.name, each.name
        if each.default is not dataclasses.MISSING:
            scope[f"_default_{name}"] = each.default
            words.append(f"{name}=_default_{name}")
        elif each.default_factory is not dataclasses.MISSING:
            scope[f"_make_{name}"] = each.default_factory
            words.append(f"{name}=_missing")
            value = f"_make_{name}() if {name} is _missing else {name}"
        else:
            words.append(name)
        lines.append(f" _set(self, {name!r}, {value})")
    text = f"def __init__({', '.join(words)}):\n" + ("\n".join(lines) or " pass")
    exec(text, scope)  # noqa: S102 - names of our own fields
    init = scope["__init__"]
    init.__qualname__ = f"{made.__qualname__}.__init__"
    made.__init__ = init


def _set_equality(made: Any, names: list[str]) -> None:
    values = attrgetter(*names) if names else _nothing

    def equals(self: Any, other: Any) -> Any:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return values(self) == values(other)

    made.__eq__ = equals
    if vars(made).get("__hash__") is None:
        made.__hash__ = lambda self: hash((values(self),))


def _nothing(_: Any) -> tuple[()]:
    return ()


def _repr_of(names: list[str]) -> Any:
    def shown(self: Any) -> str:
        parts = ", ".join([f"{name}={getattr(self, name)!r}" for name in names])
        return f"{self.__class__.__qualname__}({parts})"

    return shown


def _refuse_to_set(self: Any, name: str, value: Any) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: Any, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _get_state(self: Any) -> list[Any]:
    return [getattr(self, each.name) for each in dataclasses.fields(self)]


def _set_state(self: Any, state: list[Any]) -> None:
    for each, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)


_SHARED = {
    "__setattr__": _refuse_to_set,
    "__delattr__": _refuse_to_delete,
    "__getstate__": _get_state,
    "__setstate__": _set_state,
}

__all__ = ["dataclass"]
