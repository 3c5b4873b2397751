"""Join the search page's sources (`theme/search/*.js`) to the one file it loads: python dev/make_search_script.py.

Comments, indentation and spaces around operators go, `const` becomes `let`, and variables get short names: the result needs no tool but
Python. Sources keep comments on lines of their own, no template literals, no quotes in regular expressions, no
shorthand properties, each method on a line that ends with its brace, which makes that safe. A variable keeps its name
where a method has the same one; behind a dot and before the colon of a property stands no variable. A test compares
the file with the sources.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

THEME = Path(__file__).parents[1] / "src/govsite/theme"
SCRIPT = THEME / "static/search.js"
NOTICE = "/* made by dev/make_search_script.py */\n"

_COMMENT = re.compile(r"^[ \t]*/\*.*?\*/[ \t]*\n", re.MULTILINE | re.DOTALL)
_STRING_OR_SPACE = re.compile(r"""("(?:[^"\\\n]|\\.)*")| ?([=(){},;:?&|+*<>!]) ?""")
_TOKEN = re.compile(
    r"""("(?:[^"\\\n]|\\.)*"|(?<=[(,=:&|?!;{])\s*/(?![*/ ])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*|(?<=[{,])\s*[\w$]+:)|(?<![\w$]|(?<!\.\.)\.)([A-Za-z_$]{3}[\w$]*)"""
)
_DECLARED = re.compile(r"(?:const|let|function|class) ([A-Za-z_$][\w$]*)")
_PARAMETERS = re.compile(r"\(([\w$, ]+)\)(?: =>| \{)")
_CONSTANT = re.compile(r"^const |(?<=[(;{])const ", re.MULTILINE)
_METHOD = re.compile(r"^ +(?:async |get )?([A-Za-z_$][\w$]*)\(.*\) \{$", re.MULTILINE)
_KEPT = frozenset(
    [
        "constructor",
        "document",
        "event",
        "function",
        "location",
        "history",
        "return",
        "super",
        "this",
        "throw",
        "window",
    ]
)
_INDENT = re.compile(r"^[ \t]+|\n(?=\n)", re.MULTILINE)


def join_sources() -> str:
    """Return the script."""
    files = sorted((THEME / "search").glob("*.js"))
    sources = [_COMMENT.sub("", path.read_text(encoding="utf-8")) for path in files]
    if any("`" in source for source in sources):
        raise ValueError("template literals would lose their indentation")
    short = _shorten("".join(sources))
    tight = [_tighten(_INDENT.sub("", short(source))).strip() + "\n" for source in sources]
    return NOTICE + _CONSTANT.sub("let ", "".join(tight))


def _shorten(whole: str) -> Callable[[str], str]:
    """Return what gives variables short names, the same in all sources."""
    declared = set(_DECLARED.findall(whole))
    for found in _PARAMETERS.findall(whole):
        declared.update(name for name in re.split(r", ?", found) if re.fullmatch(r"[A-Za-z_$][\w$]*", name))
    other = set(_METHOD.findall(whole))
    words = [match[2] for match in _TOKEN.finditer(whole) if match[2]]
    often = Counter(word for word in words if word in declared - other - _KEPT)
    names = (first + second for first in "$_abcdefghijklmnopqrstuvwxyz" for second in "$_0123456789")
    free = (name for name in names if not re.search(rf"(?<![\w$]){re.escape(name)}(?![\w$])", whole))
    short = dict(zip(sorted(often, key=lambda word: (-often[word], word)), free, strict=False))

    def shorten(source: str) -> str:
        return _TOKEN.sub(lambda match: match[1] or short.get(match[2], match[2]), source)

    return shorten


def _tighten(source: str) -> str:
    return _STRING_OR_SPACE.sub(lambda match: match[1] or match[2], source)


def main() -> None:
    """Write the script."""
    SCRIPT.write_text(join_sources(), encoding="utf-8", newline="\n")
    print(f"{SCRIPT.name}: {SCRIPT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
