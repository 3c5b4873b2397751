"""What lies under `content/`: sources by kind, everything else as possible attachments."""

from __future__ import annotations

from pathlib import Path

from govsite.files.paths import is_portable_name
from govsite.files.stamps import Stamp
from govsite.load.folders import CONTENT, ContentLook, look_at_content
from govsite.model.sources import Scanned, SourceFile
from govsite.problems.problem import Problem
from govsite.source.span import Span
from govsite.vocab.terms import kind_by_folder

_TEXT_SUFFIXES = (".md", ".markdown")
_YAML_SUFFIXES = (".yaml", ".yml")


def scan_content(site: Path, look: ContentLook | None = None) -> tuple[Scanned, list[Problem]]:
    """Everything under `content/`, in an order that no file system decides. look: what was seen of it a moment ago.

    Reports SRC110 (unreadable folder), SRC111 (a source outside every kind's folder), SRC112 (a link that leaves
    `content/`), SRC113 (a name that Windows cannot hold). Hidden files and Office's lock files are passed over.
    """
    problems: list[Problem] = []
    root = site / CONTENT
    sources: list[SourceFile] = []
    stamps: dict[str, Stamp] = {}
    if not root.is_dir():
        problems.append(Problem.at("SRC110", Span.of_file(CONTENT), reason="missing"))
        return Scanned((), {}), problems
    look = look or look_at_content(site)
    for folder_path, reason in look.unreadable:
        problems.append(Problem.at("SRC110", Span.of_file(f"{CONTENT}/{folder_path}"), reason=reason))
    for path in look.astray:
        problems.append(Problem.at("SRC112", Span.of_file(f"{CONTENT}/{path}")))
    seen = look.seen
    folders: dict[str, str] = {}
    found: list[tuple[str, Stamp]] = []
    for folder in look.folders:
        folders[folder.prefix] = folder.mark(seen)
        found += [(folder.prefix + row[0], Stamp(*row[1:])) for row in folder.rows]
    kinds = {sort: _kind_of(path) for sort, path in {_sort_of(path): path for path, _ in found}.items()}
    for path, stamp in sorted(found):
        name = path.rpartition("/")[2]
        kind = kinds[_sort_of(path)]
        if not is_portable_name(name):
            problems.append(Problem.at("SRC113", Span.of_file(f"{CONTENT}/{path}"), name=name))
        if kind:
            sources.append(SourceFile(f"{CONTENT}/{path}", kind, stamp.size, stamp))
        else:
            stamps[path] = stamp
            if name.endswith(_TEXT_SUFFIXES + _YAML_SUFFIXES) and path.split("/", 1)[0] != "files":
                problems.append(Problem.at("SRC111", Span.of_file(f"{CONTENT}/{path}"), name=name))
    files = {path: stamp.size for path, stamp in stamps.items()}
    return Scanned(tuple(sources), files, stamps, seen, folders), problems


def _sort_of(path: str) -> tuple[str, str]:
    """What the kind of a file depends on: where it lies and how its name ends; the whole path where that is not all."""
    folder, _, rest = path.partition("/")
    return (folder, rest[rest.rfind(".") :]) if "." in rest else (path, "")


def _kind_of(path: str) -> str:
    """Kind of the source at `path` under `content/`; `""` for a file that is no source."""
    if path in {"organisations.yaml", "organisations.yml"}:
        return "organisations"
    folder, _, rest = path.partition("/")
    if folder == "catalog" and rest.endswith(_YAML_SUFFIXES):
        return "catalog"
    kind = kind_by_folder().get(folder)
    if kind is None:
        return ""
    suffixes = _YAML_SUFFIXES if kind.format == "yaml" else _TEXT_SUFFIXES
    return kind.id if rest.endswith(suffixes) else ""
