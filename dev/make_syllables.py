"""Write the list of pinyin syllables (音节表) from pypinyin's characters: python dev/make_syllables.py.

Only syllables of at least one letter a, e, o or of a vowel inside; interjections such as `hm`, `ng` are left out, or
every pair of initials would read as a syllable.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from pypinyin.constants import PINYIN_DICT

LIST = Path(__file__).parents[1] / "src/govsite/hanzi/data/syllables.txt"


def plain(reading: str) -> str:
    """Return a reading without its tone, `v` for `ü`."""
    decomposed = unicodedata.normalize("NFD", reading.replace("ɡ", "g")).replace("u\u0308", "v")
    return "".join(char for char in decomposed if "a" <= char <= "z")


def main() -> None:
    """Write the list."""
    found = {
        plain(reading)
        for code, readings in PINYIN_DICT.items()
        if 0x4E00 <= code < 0xA000
        for reading in readings.split(",")
    }
    kept = sorted(syllable for syllable in found if re.fullmatch("[^aeiouv]*[aeiouv]+[nr]?g?", syllable))
    LIST.write_text("\n".join(kept) + "\n", encoding="utf-8", newline="\n")
    print(f"{len(kept)} syllables; left out: {sorted(found - set(kept))}")


if __name__ == "__main__":
    main()
