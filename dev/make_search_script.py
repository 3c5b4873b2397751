"""Join the search page's sources (`theme/search/*.js`) to the one file it loads: python dev/make_search_script.py.

Comments, indentation and spaces around operators go, names stay: the result needs no tool but Python. Sources keep
comments on lines of their own, no template literals, and no quotes in regular expressions, which makes that safe. A
test compares the file with the sources.
"""

from __future__ import annotations

import re
from pathlib import Path

THEME = Path(__file__).parents[1] / "src/govsite/theme"
SCRIPT = THEME / "static/search.js"
NOTICE = "/* govsite search. Made from theme/search/*.js by dev/make_search_script.py; change those. */\n"

_COMMENT = re.compile(r"^[ \t]*/\*.*?\*/[ \t]*\n", re.MULTILINE | re.DOTALL)
_STRING_OR_SPACE = re.compile(r"""("(?:[^"\\\n]|\\.)*")| ?([=(){},;:?&|+*<>!]) ?""")
_INDENT = re.compile(r"^[ \t]+|\n(?=\n)", re.MULTILINE)


def join_sources() -> str:
    """Return the script."""
    files = sorted((THEME / "search").glob("*.js"))
    sources = [_COMMENT.sub("", path.read_text(encoding="utf-8")) for path in files]
    if any("`" in source for source in sources):
        raise ValueError("template literals would lose their indentation")
    return NOTICE + "".join(_tighten(_INDENT.sub("", source)).strip() + "\n" for source in sources)


def _tighten(source: str) -> str:
    return _STRING_OR_SPACE.sub(lambda match: match[1] or match[2], source)


def main() -> None:
    """Write the script."""
    SCRIPT.write_text(join_sources(), encoding="utf-8", newline="\n")
    print(f"{SCRIPT.name}: {SCRIPT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
