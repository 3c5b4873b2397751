"""A theme's own words: `themes/<name>/words.yaml`, key to text, over the built-in ones."""

from __future__ import annotations

import re
from pathlib import Path

from govsite.hanzi.nearest import nearest
from govsite.messages.catalogue import Translate, catalogue, translator_with
from govsite.problems.problem import Problem
from govsite.source.span import Span
from govsite.source.text import TextFault, decode_text
from govsite.source.yaml import Mapping, Node, Scalar, YamlFault, parse_yaml

WORDS_FILE = "words.yaml"
_PLACE = re.compile(r"\{(\w+)\}")


def read_words(theme: Path | None) -> tuple[dict[str, str], list[Problem]]:
    """Texts by key, and what is wrong with the file. THM104 not readable · THM105 an entry that cannot be used."""
    if theme is None or not theme.joinpath(WORDS_FILE).is_file():
        return {}, []
    file = f"themes/{theme.name}/{WORDS_FILE}"
    text = decode_text(theme.joinpath(WORDS_FILE).read_bytes())
    if isinstance(text, TextFault):
        return {}, [Problem.at("THM104", Span.of_file(file), file=file)]
    node = parse_yaml(text, file)
    if isinstance(node, YamlFault):
        return {}, [Problem.at("THM105", node.span, key=WORDS_FILE)]
    if node is None or (isinstance(node, Scalar) and node.is_nothing):
        return {}, []
    if not isinstance(node, Mapping):
        return {}, [Problem.at("THM105", node.span, key=WORDS_FILE)]
    words: dict[str, str] = {}
    problems: list[Problem] = []
    for key, value in node:
        problem = _fault(key, value, words)
        if problem:
            problems.append(problem)
        elif isinstance(value, Scalar):
            words[key.text] = value.text
    return words, problems


def _fault(key: Scalar, value: Node, known: dict[str, str]) -> Problem | None:
    """Why an entry cannot be used. A text may leave out places of the built-in one, but not bring new ones."""
    built_in = catalogue().get(key.text)
    if built_in is None:
        near = nearest(key.text, catalogue())
        return Problem.at("THM105", key.span, key=key.text, nearest=near)
    if key.text in known:
        return Problem.at("THM105", key.span, key=key.text)
    if not isinstance(value, Scalar):
        return Problem.at("THM105", value.span, key=key.text)
    places = set(_PLACE.findall(value.text)) - set(_PLACE.findall(built_in["zh"]))
    if places:
        return Problem.at("THM105", value.span, key=key.text, place="{" + min(places) + "}")
    return None


def site_words(theme: Path | None) -> Translate:
    """`t` of a site with the theme in this folder."""
    return translator_with(read_words(theme)[0])
