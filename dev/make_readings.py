"""Write the table of pinyin readings (读音表) from pypinyin's dictionaries: pip install pypinyin && python dev/make_readings.py.

Only what folded text can meet: simplified characters, phrases of two to six of them in which a character has several
readings. pypinyin (MIT License) is needed only here; govsite reads the file. Three parts with an empty line between:

- each syllable with the characters whose commonest reading it is, `a 阿啊…`;
- phrases whose characters all keep their commonest reading;
- phrases in which they do not, with their syllables, `银行 yin hang`.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from govsite.hanzi.fold import fold
from govsite.hanzi.pinyin import LONGEST_PHRASE, syllables

TABLE = Path(__file__).parents[1] / "src/govsite/hanzi/data/readings.txt"


def strip_tone(reading: str) -> str:
    """Return the syllable of a reading, `""` where that is none."""
    marked = re.sub("[ǖǘǚǜü]", "v", reading.replace("ɡ", "g"))
    plain = "".join(char for char in unicodedata.normalize("NFD", marked) if "a" <= char <= "z")
    return plain if plain in syllables() else ""


def read_characters() -> tuple[dict[str, str], set[str]]:
    """Return (commonest syllable by character, characters with several)."""
    found = {}
    several = set()
    for code, written in PINYIN_DICT.items():
        char = chr(code)
        options = [strip_tone(reading) for reading in written.split(",")]
        if fold(char) == char and options[0]:
            found[char] = options[0]
        if len(set(options)) > 1:
            several.add(char)
    return found, several


def read_phrases(several: set[str]) -> dict[str, tuple[str, ...]]:
    """Return the syllables of every phrase that has a say."""
    phrases = {}
    for phrase, options in PHRASES_DICT.items():
        if not 2 <= len(phrase) <= LONGEST_PHRASE or len(options) != len(phrase) or fold(phrase) != phrase:
            continue
        read = tuple(strip_tone(option[0]) for option in options)
        if all(read) and several & set(phrase):
            phrases[phrase] = read
    return phrases


def main() -> None:
    """Write the table."""
    characters, several = read_characters()
    phrases = read_phrases(several)
    groups = dict.fromkeys(sorted(set(characters.values())), "")
    for char in sorted(characters):
        groups[characters[char]] += char
    usual = [
        phrase
        for phrase, read in sorted(phrases.items())
        if read == tuple(characters.get(char, "") for char in phrase)
    ]
    own = sorted(set(phrases) - set(usual))
    parts = (
        [f"{syllable} {chars}" for syllable, chars in groups.items()],
        [" ".join(usual)],
        [f"{phrase} {' '.join(phrases[phrase])}" for phrase in own],
    )
    TABLE.write_text("\n\n".join("\n".join(part) for part in parts) + "\n", encoding="utf-8", newline="\n")
    print(f"{len(characters)} characters, {len(usual)} + {len(own)} phrases")


if __name__ == "__main__":
    main()
