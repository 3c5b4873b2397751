"""A cell of channels (公开渠道): which boxes are ticked, whatever the boxes became on their way."""

from __future__ import annotations

import difflib
import re

from govsite.frozen import dataclass
from govsite.hanzi.fold import fold, simplified, without_pinyin
from govsite.vocab.catalog_table import catalog_table
from govsite.vocab.terms import label_of, term_list

_BLANKS = re.compile(r"[_＿\s]+$")
_OTHER = re.compile(r"^其他[_＿：:（(\s]*(.*?)[_＿)）\s]*$")
_MOUTH = r"口(?=\s*(?:政府|两微|发布|广播|纸质|公开|政务|便民|入户|人户|社区|精准|其他|征地|投资))"
"""OCR takes an open box for 口; only before the beginning of a channel is it one."""
_LIKE = 0.8


@dataclass(frozen=True, slots=True)
class Channels:
    """chosen: labels in order; doubtful: names that may be chosen; slips: (written, meant); has_two_marks: ■ and ▲ both."""

    chosen: tuple[str, ...]
    doubtful: tuple[str, ...]
    slips: tuple[tuple[str, str], ...] = ()
    has_two_marks: bool = False


def uses_marks(text: str) -> bool:
    """Whether a cell tells ticked from open boxes."""
    return bool(_pieces(text)[1])


def read_channels(text: str, *, marked: bool) -> Channels:
    """What a cell says. marked: whether cells of this table have marks, so that a name without one has lost it."""
    chosen: list[str] = []
    doubtful: list[str] = []
    slips: list[tuple[str, str]] = []
    pieces, marks = _pieces(text)
    for mark, name in pieces:
        label, slip = _label(name)
        if not label:
            continue
        is_known = bool(_known(label)) or bool(_OTHER.match(label))
        if slip and mark not in catalog_table().open:
            slips.append((name, label))
        if mark in catalog_table().chosen:
            (
                doubtful
                if label == label_of("channel", "other") or slip or (len(label) < 3 and not is_known)
                else chosen
            ).append(label)
        elif not mark:
            (doubtful if marked or not is_known else chosen).append(label)
    unique = dict.fromkeys(chosen)
    return Channels(
        tuple(unique),
        tuple(name for name in dict.fromkeys(doubtful) if name not in unique),
        tuple(slips),
        "■" in marks and "▲" in marks,
    )


def _pieces(text: str) -> tuple[list[tuple[str, str]], set[str]]:
    """(mark, name) of every channel in order, and the marks met."""
    words = simplified(without_pinyin(text)).replace("\u3000", " ")
    table = catalog_table()
    signs = "".join(sorted((table.chosen | table.open) - {"R", "t", "£", "口", "●", "○"}))
    letters = r"(?<![A-Za-z])[Rt£](?=\s*[\u3400-\u9fff])"
    pattern = re.compile(rf"([{re.escape(signs)}●○]|{letters}|{_MOUTH})")
    parts = pattern.split(words)
    pieces: list[tuple[str, str]] = []
    for name in _names(parts[0]):
        pieces.append(("", name))
    for mark, rest in zip(parts[1::2], parts[2::2], strict=True):
        names = _names(rest)
        if names:
            pieces.append((mark, names[0]))
            pieces += [("", name) for name in names[1:]]
    return pieces, set(parts[1::2])


def _names(text: str) -> list[str]:
    """Names in a stretch without marks: apart by line ends, 、 or wide gaps; a word broken by a space is one name."""
    names: list[str] = []
    for line in re.split(r"\n|、(?=政府|两微|政务|公开查|便民|精准)|；|;", text):
        for part in line.split(" "):
            word = _BLANKS.sub("", part.strip())
            if not word:
                continue
            last = names[-1] if names else ""
            if (last and not _known(last) and (_known(last + word) or _open(last))) or (
                last and line and _known(last) and _known(last + word) and not _known(word)
            ):
                names[-1] = last + word
            else:
                names.append(word)
    return names


def _open(word: str) -> bool:
    return word.count("（") + word.count("(") > word.count("）") + word.count(")")


def _known(word: str) -> str:
    key = fold(word)
    for term in term_list("channel").terms:
        if any(fold(name) == key for name in (term.label, *term.aliases)):
            return term.label
    return ""


def _label(name: str) -> tuple[str, bool]:
    """The standard label of a channel, or its own name; and whether it was taken for a slip of the pen."""
    word = _BLANKS.sub("", name.replace(" ", ""))
    known = _known(word)
    if known or not word:
        return known, False
    other = _OTHER.match(word)
    if other:
        name = label_of("channel", "other")
        return (f"{name}：{other[1]}" if other[1] else name), False
    for term in term_list("channel").terms:
        for label in (term.label, *term.aliases):
            if difflib.SequenceMatcher(None, fold(word), fold(label), autojunk=False).ratio() >= _LIKE:
                return term.label, True
    return word, False
