"""What reading one document may know of the rest of the site."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import field

from govsite.files.paths import is_absolute, resolve_inside
from govsite.frozen import dataclass
from govsite.model.values import Attachment
from govsite.problems.problem import Problem
from govsite.source.span import Span
from govsite.source.yaml import Scalar

CONTENT = "content/"
SHARED_FILES = "files"


@dataclass(frozen=True, slots=True)
class Context:
    """files: path under `content/` to size, of everything that is no source."""

    files: Mapping[str, int] = field(default_factory=dict)


def folder_of(path: str) -> str:
    """The folder of a source under `content/`, without that prefix."""
    return posixpath.dirname(path.removeprefix(CONTENT))


def find_file(name: str, folder: str, context: Context) -> str | None:
    """Path under `content/` of the file that `name` means: beside the document, under `content/`, or under `files/`.

    None where `name` leaves `content/`; the first place where it could stand, if no such file exists.
    """
    candidates = [resolve_inside(name, place) for place in (folder, "", SHARED_FILES)]
    if candidates[0] is None and (is_absolute(name) or candidates[1] is None):
        return None
    known = [path for path in candidates if path is not None and path in context.files]
    return known[0] if known else next(path for path in candidates if path is not None)


def expect_file(
    scalar: Scalar, label: str, folder: str, context: Context, problems: list[Problem]
) -> Attachment | None:
    """The file that a value names; `DOC112` where it is not there, `DOC113` where the path leaves `content/`."""
    name = scalar.text.strip()
    path = find_file(name, folder, context)
    if path is None:
        problems.append(Problem.at("DOC113", scalar.span, path=name))
        return None
    if path not in context.files:
        problems.append(Problem.at("DOC112", scalar.span, path=name, looked=f"content/{path}"))
        return None
    return Attachment(path, label or posixpath.basename(path), scalar.span, context.files[path])


def line_span(path: str, line: int, column: int = 1, length: int = 0) -> Span:
    """A place in the body of a source."""
    return Span.of_line(path, line, column, length)
