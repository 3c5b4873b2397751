"""Every message key that code and templates use exists, in both languages, and none is unused."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import govsite
from govsite.messages.catalogue import catalogue

PACKAGE = Path(govsite.__file__).parent
_HAN = re.compile(r"[\u3400-\u9fff]")
_CALL = re.compile(r"""\bt\(\s*(["'])([\w.]+)\1""")
_BUILT = re.compile(r"""\bt\(\s*(["'])([\w.]+)\1\s*~""")
_PLACE = re.compile(r"\{(\w+)\}")
# Keys put together from parts are matched by pattern; what follows the dot is checked where its list stands.


def _templates() -> dict[str, str]:
    folder = PACKAGE / "theme" / "templates"
    return {
        file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8")
        for file in folder.rglob("*.html")
    }


def _literals() -> tuple[set[str], list[re.Pattern[str]]]:
    """Text constants of the package, and patterns for texts put together from parts."""
    words: set[str] = set()
    patterns: list[re.Pattern[str]] = []
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(part.value) if isinstance(part, ast.Constant) else r"\w+"
                    for part in node.values
                ]
                patterns.append(re.compile("".join(str(part) for part in parts)))
            elif (
                isinstance(node, ast.BinOp)
                and isinstance(node.left, ast.Constant)
                and str(node.left.value).endswith(".")
            ):
                patterns.append(re.compile(re.escape(str(node.left.value)) + r"\w+"))
    return words, [pattern for pattern in patterns if re.match(r"[a-z_]+\\?\.", pattern.pattern)]


def _asked_in_code() -> set[tuple[str, str]]:
    """(file, key) of every `t("…")`, `context.t("…")`, `session.t("…")`, `words()("…")`."""
    found = set()
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)):
                continue
            called, key = node.func, node.args[0].value
            is_t = (isinstance(called, ast.Name) and called.id == "t") or (
                isinstance(called, ast.Attribute) and called.attr == "t"
            )
            speaks = (
                isinstance(called, ast.Call)
                and isinstance(called.func, ast.Name)
                and called.func.id in {"words", "translator"}
            )
            if (is_t or speaks) and isinstance(key, str):
                found.add((file.name, key))
    return found


def test_every_key_that_the_code_asks_for_exists() -> None:
    assert sorted((file, key) for file, key in _asked_in_code() if key not in catalogue()) == []
    assert len(_asked_in_code()) > 40


def test_every_key_that_a_template_asks_for_exists() -> None:
    missing = [
        (name, match[2])
        for name, text in _templates().items()
        for match in _CALL.finditer(text)
        if match[2] not in catalogue() and not _BUILT.match(text, match.start())
    ]
    assert missing == []


def test_no_key_is_unused() -> None:
    words, patterns = _literals()
    texts = "\n".join(_templates().values())
    asked = {match[2] for match in _CALL.finditer(texts)}
    quoted = {match[1] for match in re.finditer(r"""["']([\w.]+)["']""", texts)}
    built = tuple(match[2] for match in _BUILT.finditer(texts))
    unused = [
        key
        for key in catalogue()
        if key not in words
        and key not in asked
        and not (key.startswith(built) and key.rpartition(".")[2] in quoted | words)
        and not any(pattern.fullmatch(key) for pattern in patterns)
    ]
    assert unused == []


def test_every_text_stands_in_both_languages() -> None:
    for key, words in catalogue().items():
        assert set(words) == {"zh", "en"}, key
        assert words["zh"].strip(), key
        assert words["en"].strip(), key


def test_both_languages_use_the_same_facts() -> None:
    for key, words in catalogue().items():
        assert sorted(set(_PLACE.findall(words["zh"]))) == sorted(set(_PLACE.findall(words["en"]))), key


def test_chinese_texts_are_chinese_and_use_chinese_punctuation() -> None:
    for key, words in catalogue().items():
        text = re.sub(r"https?:\S+|`[^`]*`|“[^”]*”|\w+: \{\{.*?\}\}|\{\w+\}", "", words["zh"])
        if _HAN.search(text):
            assert not re.search(r"[\u3400-\u9fff][,;:?!](?!\d)", text), key
