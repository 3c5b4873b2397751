"""Write the traditional → simplified table (繁简单字表) from OpenCC's data.

    pip install opencc && python dev/make_simplified.py

One character for one character, both in the Basic Multilingual Plane, chains followed to their end (薴 → 苧 → 苎).
The file has two lines of equal length: traditional characters in code-point order, their simplified forms below.
OpenCC (Apache License 2.0) is needed only here; govsite reads the file.
"""

from __future__ import annotations

from pathlib import Path

import opencc

TABLE = Path(__file__).parents[1] / "src/govsite/hanzi/data/simplified.txt"


def read_pairs() -> dict[str, str]:
    """Return every BMP ideograph that OpenCC's `t2s` turns into another single BMP character."""
    convert = opencc.OpenCC("t2s").convert
    pairs = {}
    for code in range(0x3400, 0xA000):
        char = chr(code)
        simple = convert(char)
        if simple != char and len(simple) == 1 and ord(simple) < 0x10000:
            pairs[char] = simple
    return pairs


def follow(pairs: dict[str, str], char: str) -> str:
    """Follow a chain of replacements to its end."""
    while char in pairs:
        char = pairs[char]
    return char


def main() -> None:
    """Write the table."""
    pairs = read_pairs()
    traditional = sorted(pairs)
    lines = "".join(traditional), "".join(follow(pairs, char) for char in traditional)
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(f"{len(traditional)} characters in {TABLE.name}")


if __name__ == "__main__":
    main()
