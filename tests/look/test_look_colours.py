"""Contrast of the tokens in every palette, computed from the style sheets (WCAG 1.4.3, 1.4.11)."""

from __future__ import annotations

import re

import pytest
from ways import ROOT

SITE = ROOT.joinpath("src/govsite/theme/static/site.css").read_text(encoding="utf-8")
QINGYA = ROOT.joinpath("themes/qingya/static/theme.css").read_text(encoding="utf-8")
_TOKEN = re.compile(r"(--[\w-]+):\s*([^;}]+)")
_TEXTS = ("--ink", "--ink-2", "--blue", "--blue-deep")
_GROUNDS = ("--paper", "--wash", "--blue-wash")
PAIRS = [(text, ground) for text in _TEXTS for ground in _GROUNDS] + [
    ("--red", "--red-wash"), ("--red", "--paper"), ("--ochre", "--ochre-wash"), ("--ochre", "--paper"), ("--ink", "--red-wash"),
    ("--ink", "--ochre-wash"), ("--paper", "--blue"), ("--on-band", "--band"), ("--on-band-2", "--band"), ("--on-band", "--glow"),
]  # fmt: skip


def _tokens(css: str, dark: bool, contrast: bool) -> dict[str, str]:
    """Tokens that hold, later rules over earlier ones; rules for paper left out."""
    light, found = css.partition("@media print")[0], {}
    blocks = re.finditer(
        r"(@media \(prefers-color-scheme: dark\) \{\s*)?(:root|html\.contrast) \{([^}]*)\}", light
    )
    for in_dark, selector, body in (match.groups() for match in blocks):
        if (dark or not in_dark) and (contrast or selector == ":root"):
            found |= dict(_TOKEN.findall(body))
    return found


def _palette(theme: str, dark: bool, contrast: bool) -> dict[str, str]:
    """Colours by token. `html.contrast` is more specific than `:root`, wherever it stands."""
    plain = _tokens(SITE, dark, False) | (_tokens(QINGYA, dark, False) if theme else {})
    if contrast:
        for css in (SITE, QINGYA) if theme else (SITE,):
            every, bare = _tokens(css, dark, True), _tokens(css, dark, False)
            plain |= {name: value for name, value in every.items() if value != bare.get(name)}
    while any(value.startswith("var(") for value in plain.values()):
        plain = {
            name: plain[value[4:-1]] if value.startswith("var(") else value for name, value in plain.items()
        }
    return plain


def _luminance(colour: str) -> float:
    digits = colour.strip().lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _ratio(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["", "qingya"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("contrast", [False, True], ids=["standard", "high contrast"])
def test_texts_stand_out_from_their_grounds(theme: str, dark: bool, contrast: bool) -> None:
    palette = _palette(theme, dark, contrast)
    least = 7.0 if contrast else 4.5
    weak = {
        f"{text} on {ground}": round(_ratio(palette[text], palette[ground]), 2)
        for text, ground in PAIRS
        if _ratio(palette[text], palette[ground]) < least
    }
    assert weak == {}
    assert _ratio(palette["--line-2"], palette["--paper"]) >= 3, "borders of fields"


def test_the_measure_is_right() -> None:
    assert round(_ratio("#fff", "#000"), 2) == 21.0
    assert round(_ratio("#777777", "#ffffff"), 2) == 4.48
