"""Frozen types to plain JSON values and back, by their annotations: what a cache may hold instead of pickles.

Understood are `str`, `bytes`, `int`, `float`, `bool`, `None`, `Decimal`, `date`, `IntEnum`s, `tuple[T, ...]`, `tuple[A, B]`,
`Mapping[str, T]`, `frozenset[T]`, `NamedTuple`s, dataclasses, and unions. A record is a list of its fields in their order;
in a union of several, a value that JSON has stands for itself and any other is preceded by the name of its class. One function is
compiled for each type, so that ten thousand documents cost no more than parsing them.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import IntEnum
from functools import cache, reduce
from operator import or_
from typing import Any, TypeVar, Union

T = TypeVar("T")
_MANY, _NUMBER = "*", "#"
_PLAIN = (str, int, float, bool, type(None), Any)


@cache
def encoder(kind: Any) -> Callable[[Any], Any]:
    """A function from a value of the type `kind` to what `json` can write. Raises TypeError for types not understood."""
    return _compile(kind, "encode", _Encoding())


@cache
def decoder(kind: type[T]) -> Callable[[Any], T]:
    """A function from what `encoder(kind)` gave, once through JSON, back to the value.

    It raises TypeError, ValueError, KeyError or IndexError for most of what is something else.
    """
    compiled: Callable[[Any], T] = _compile(kind, "decode", _Decoding())
    return compiled


def _compile(kind: Any, name: str, coding: _Coding) -> Callable[[Any], Any]:
    source = f"def {name}(v):\n    return {coding.expression(kind, 'v')}"
    exec(compile(source, f"<{name} {kind}>", "exec"), coding.names)  # noqa: S102 - made of annotations of our own types
    compiled: Callable[[Any], Any] = coding.names[name]
    return compiled


class _Coding:
    """Builds one expression out of a type; functions for records are made once and called by name."""

    def __init__(self) -> None:
        self.names: dict[str, Any] = {"_new": tuple.__new__}

    def expression(self, kind: Any, value: str) -> str:
        """An expression that turns the expression `value` of the type `kind`."""
        origin, arguments = typing.get_origin(kind), typing.get_args(kind)
        if kind in _PLAIN:
            return value
        if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
            return self.many(arguments[0], value)
        if origin is tuple:
            parts = [self.expression(part, f"{value}[{place}]") for place, part in enumerate(arguments)]
            return self.fixed(parts)
        if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
            return self.mapping(arguments, value)
        if origin is frozenset:
            return self.members(arguments[0], value)
        if kind is bytes:
            return self.octets(value)
        if isinstance(kind, type) and issubclass(kind, IntEnum):
            return self.number(kind, value)
        if origin in (Union, types.UnionType):
            return self._union(arguments, value)
        if kind is Decimal:
            return self.decimal(value)
        if kind is date:
            return self.day(value)
        if _is_record(kind):
            return f"{self._record(kind)}({value})"
        raise TypeError(f"no JSON form for {kind!r}")

    def many(self, kind: Any, value: str) -> str:
        raise NotImplementedError

    def fixed(self, parts: list[str]) -> str:
        raise NotImplementedError

    def mapping(self, arguments: tuple[Any, ...], value: str) -> str:
        raise NotImplementedError

    def members(self, kind: Any, value: str) -> str:
        raise NotImplementedError

    def octets(self, value: str) -> str:
        raise NotImplementedError

    def number(self, kind: type[IntEnum], value: str) -> str:
        raise NotImplementedError

    def tagged(self, kinds: list[Any], value: str) -> str:
        raise NotImplementedError

    def record(self, kind: Any) -> Callable[[Any], Any]:
        raise NotImplementedError

    def _union(self, arguments: tuple[Any, ...], value: str) -> str:
        kinds = [kind for kind in arguments if kind is not type(None)]
        if len(kinds) > 1 and not all(_is_record(kind) for kind in kinds):
            return f"{self._mixed(kinds)}({value})"
        if len(kinds) == len(arguments):
            return self.tagged(kinds, value)
        inner = reduce(or_, kinds)
        return f"(None if {value} is None else {self.expression(inner, value)})"

    def _mixed(self, kinds: list[Any]) -> str:
        """A function for values of many types: what JSON has stands for itself, all else is told by its name."""
        name = f"_mixed{abs(hash(repr(kinds)))}"
        if name not in self.names:
            self.names[name] = None  # a type may hold itself
            inner = [part for kind in kinds for part in (typing.get_args(kind) or (kind,))]
            records = {kind: self._record(kind) for kind in inner if _is_record(kind)}
            self.names[name] = self.mixed(records)
        return name

    def decimal(self, value: str) -> str:
        raise NotImplementedError

    def day(self, value: str) -> str:
        raise NotImplementedError

    def mixed(self, records: Mapping[Any, str]) -> Callable[[Any], Any]:
        raise NotImplementedError

    def _record(self, kind: Any) -> str:
        name = f"_{kind.__name__}"
        if name not in self.names:
            self.names[name] = None  # a type may hold itself
            self.names[name] = self.record(kind)
            self.names[f"{name}_type"] = kind
        return name

    def part(self, kind: Any) -> str:
        """A variable name for one element, unlike those around it."""
        return f"x{abs(hash(repr(kind))) % 10**8}"


def _is_record(kind: Any) -> bool:
    return isinstance(kind, type) and (dataclasses.is_dataclass(kind) or hasattr(kind, "_fields"))


def _fields(kind: Any) -> list[tuple[str, Any]]:
    hints = typing.get_type_hints(kind)
    names = kind._fields if hasattr(kind, "_fields") else [field.name for field in dataclasses.fields(kind)]
    return [(name, hints[name]) for name in names]


class _Encoding(_Coding):
    def many(self, kind: Any, value: str) -> str:
        inner = self.expression(kind, self.part(kind))
        return value if inner == self.part(kind) else f"[{inner} for {self.part(kind)} in {value}]"

    def fixed(self, parts: list[str]) -> str:
        return f"[{', '.join(parts)}]"

    def mapping(self, arguments: tuple[Any, ...], value: str) -> str:
        inner = self.expression(arguments[1], self.part(arguments))
        return f"{{k: {inner} for k, {self.part(arguments)} in {value}.items()}}"

    def members(self, kind: Any, value: str) -> str:
        return f"sorted({self.many(kind, value)})"

    def day(self, value: str) -> str:
        return f"{value}.isoformat()"

    def octets(self, value: str) -> str:
        return f"{value}.hex()"

    def decimal(self, value: str) -> str:
        return f"str({value})"

    def mixed(self, records: Mapping[Any, str]) -> Callable[[Any], Any]:
        names = self.names

        def encode(value: Any) -> Any:
            kind = type(value)
            if value is None or kind in _PLAIN:
                return value
            if kind is tuple:
                return [_MANY, [encode(part) for part in value]]
            if kind is Decimal:
                return [_NUMBER, str(value)]
            return [kind.__name__, names[records[kind]](value)]

        return encode

    def number(self, kind: type[IntEnum], value: str) -> str:
        return f"int({value})"

    def tagged(self, kinds: list[Any], value: str) -> str:
        table = "{" + ", ".join(f"{self._record(kind)}_type: {self._record(kind)}" for kind in kinds) + "}"
        self.names[f"_table{len(self.names)}"] = eval(table, self.names)  # noqa: S307 - names of our own types
        return f"[type({value}).__name__, _table{len(self.names) - 1}[type({value})]({value})]"

    def record(self, kind: Any) -> Callable[[Any], Any]:
        parts = [self.expression(hint, f"v.{name}") for name, hint in _fields(kind)]
        return self._function(f"[{', '.join(parts)}]", kind)

    def _function(self, expression: str, kind: Any) -> Callable[[Any], Any]:
        scope = self.names
        exec(f"def _made_{kind.__name__}(v):\n    return {expression}", scope)  # noqa: S102 - annotations of our own types
        made: Callable[[Any], Any] = scope[f"_made_{kind.__name__}"]
        return made


class _Decoding(_Coding):
    def many(self, kind: Any, value: str) -> str:
        inner = self.expression(kind, self.part(kind))
        if inner == self.part(kind):
            return f"tuple({value})"
        return f"tuple([{inner} for {self.part(kind)} in {value}])"

    def fixed(self, parts: list[str]) -> str:
        return f"({', '.join(parts)},)"

    def mapping(self, arguments: tuple[Any, ...], value: str) -> str:
        inner = self.expression(arguments[1], self.part(arguments))
        return f"{{k: {inner} for k, {self.part(arguments)} in {value}.items()}}"

    def members(self, kind: Any, value: str) -> str:
        return f"frozenset({self.many(kind, value)})"

    def day(self, value: str) -> str:
        self.names["_date"] = date
        return f"_date.fromisoformat({value})"

    def octets(self, value: str) -> str:
        return f"bytes.fromhex({value})"

    def decimal(self, value: str) -> str:
        self.names["_decimal"] = Decimal
        return f"_decimal({value})"

    def mixed(self, records: Mapping[Any, str]) -> Callable[[Any], Any]:
        names = self.names
        named = {kind.__name__: record for kind, record in records.items()}

        def decode(value: Any) -> Any:
            if not isinstance(value, list):
                return value
            name, inner = value
            if name == _MANY:
                return tuple([decode(part) for part in inner])
            return Decimal(inner) if name == _NUMBER else names[named[name]](inner)

        return decode

    def number(self, kind: type[IntEnum], value: str) -> str:
        self.names[f"_class_{kind.__name__}"] = kind
        return f"_class_{kind.__name__}({value})"

    def tagged(self, kinds: list[Any], value: str) -> str:
        table = "{" + ", ".join(f"{kind.__name__!r}: {self._record(kind)}" for kind in kinds) + "}"
        self.names[f"_table{len(self.names)}"] = eval(table, self.names)  # noqa: S307 - names of our own types
        return f"_table{len(self.names) - 1}[{value}[0]]({value}[1])"

    def record(self, kind: Any) -> Callable[[Any], Any]:
        fields = _fields(kind)
        parts = [self.expression(hint, f"v[{place}]") for place, (_, hint) in enumerate(fields)]
        scope = self.names
        scope[f"_class_{kind.__name__}"] = kind
        if hasattr(kind, "_fields"):
            call = f"_new(_class_{kind.__name__}, ({', '.join(parts)},))"
        else:
            call = f"_class_{kind.__name__}({', '.join(parts)})"
        exec(f"def _made_{kind.__name__}(v):\n    return {call}", scope)  # noqa: S102 - annotations of our own types
        made: Callable[[Any], Any] = scope[f"_made_{kind.__name__}"]
        return made
