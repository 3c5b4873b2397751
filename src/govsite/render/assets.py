"""Static files under names that carry their digest, so that they may be cached for ever."""

from __future__ import annotations

from collections.abc import Mapping

from govsite.files.digest import digest_of


def asset_paths(files: Mapping[str, bytes]) -> dict[str, str]:
    """Path in the site for each static file by plain name: `site.css` → `assets/site.1a2b3c4d5e.css`."""
    paths = {}
    for name, content in files.items():
        stem, dot, suffix = name.rpartition(".")
        digest = digest_of(content)[:10]
        paths[name] = f"assets/{stem}.{digest}.{suffix}" if dot else f"assets/{name}.{digest}"
    return paths
