"""What the terminal's scripts are told: settings, words, where their files lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from govsite.edition.face import ENGINE, SCRIPTS, WORDS
from govsite.messages.catalogue import Translate, catalogue
from govsite.model.addresses import HOME
from govsite.settings.settings import Settings

_PREFIX = "terminal."


def face_record(
    settings: Settings,
    t: Translate,
    terms: Mapping[str, object],
    assets: Mapping[str, str],
    until: Mapping[str, str],
    previewed: Sequence[str],
) -> dict[str, object]:
    """The record for `switch_script`. terms: number and days of the edition; assets: paths of static files by plain name;
    until: last days by path; previewed: files whose text a terminal can show.
    """
    kiosk = settings.kiosk
    return {
        **terms,
        "site": settings.site.name,
        "idle": kiosk.idle_seconds,
        "stale": kiosk.stale_days,
        "printer": kiosk.printer,
        "home": kiosk.home or HOME,
        "staff": kiosk.staff_code,
        "request": settings.request.online,
        "feedback": kiosk.feedback_url,
        "address": settings.site.address_prefix,
        "until": until,
        "engine": assets.get(ENGINE, ""),
        "previewed": previewed,
        "lexicon": WORDS,
        "scripts": [assets[name] for name in SCRIPTS if name in assets],
        "words": {name: t(f"terminal.{name}") for name in _word_names()},
    }


def _word_names() -> list[str]:
    """Names of the words that the terminal's scripts use."""
    return sorted(key.removeprefix(_PREFIX) for key in catalogue() if key.startswith(_PREFIX))
