"""Words by key, in Chinese or English, from `data/*.yaml`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

LANGUAGES = ("zh", "en")
Translate = Callable[..., str]


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Every text by key: `{"zh": …, "en": …}`. A key that stands in two files is a bug and raises."""
    # Read here: who says nothing needs no YAML.
    from importlib import resources

    from govsite.source.yaml import load_data

    texts: dict[str, Mapping[str, str]] = {}
    folder = resources.files("govsite.messages").joinpath("data")
    for file in sorted(folder.iterdir(), key=lambda item: item.name):
        if file.name.endswith(".yaml"):
            for key, words in (load_data(file.read_text(encoding="utf-8")) or {}).items():
                if key in texts:
                    raise ValueError(f"message key {key!r} stands twice ({file.name})")
                texts[key] = words
    return texts


class _Facts(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def translator_with(own: Mapping[str, str]) -> Translate:
    """`t` of a site whose theme brings its own words (`words.yaml`), key to text.

    `site.language` among them, a tag of BCP 47, also decides which built-in texts stand where the theme has none:
    English ones for `en…`, Chinese ones for any other. Without words of its own a site speaks Chinese.
    """
    built_in = translator("en" if own.get("site.language", "").lower().startswith("en") else "zh")
    if not own:
        return built_in

    def translate(key: str, /, **facts: object) -> str:
        text = own.get(key)
        if text is None:
            return built_in(key, **facts)
        return text.format_map(_Facts(facts)) if facts else text

    return translate


@cache
def translator(lang: str = "zh") -> Translate:
    """`t(key, **facts)` for one language. An unknown key raises KeyError: it is a bug, or a theme's slip."""

    def translate(key: str, /, **facts: object) -> str:
        words = catalogue()[key]
        text = words.get(lang) or words["zh"]
        return text.format_map(_Facts(facts)) if facts else text

    return translate
