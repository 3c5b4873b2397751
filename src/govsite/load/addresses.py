"""The two files beside config.yaml that keep addresses permanent."""

from __future__ import annotations

from pathlib import Path

from govsite.problems.problem import Problem
from govsite.source.span import Span
from govsite.source.text import TextFault, decode_text
from govsite.source.yaml import Node, YamlFault, parse_yaml

_FAULTS = {"encoding": "SRC101", "nul": "SRC102", "size": "SRC103", "line": "SRC104"}


def read_yaml_file(site: Path, name: str) -> tuple[Node | None, list[Problem]]:
    """A YAML file of the site's root, None where it is not there, is empty, or cannot be read (SRC101-SRC106)."""
    text, problems = read_text_file(site, name)
    node = parse_yaml(text, name) if text else None
    if isinstance(node, YamlFault):
        code = "SRC105" if node.reason == "syntax" else "SRC106"
        return None, [*problems, Problem.at(code, node.span, reason=node.reason, detail=node.detail)]
    return node, problems


def read_text_file(site: Path, name: str) -> tuple[str, list[Problem]]:
    """The text of a file of the site's root, `""` where it is not there or cannot be read (SRC101-SRC104, SRC110)."""
    try:
        data = (site / name).read_bytes()
    except FileNotFoundError:
        return "", []
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return "", [Problem.at("SRC110", Span.of_file(name), reason=reason)]
    text = decode_text(data)
    if isinstance(text, TextFault):
        span = Span.of_line(name, text.line, text.column) if text.line else Span.of_file(name)
        return "", [Problem.at(_FAULTS[text.reason], span, offset=text.offset)]
    return text, []
