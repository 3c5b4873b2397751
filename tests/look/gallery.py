"""Pictures of every kind of page in every mode, a sheet for each kind: `python tests/look/gallery.py SITE FOLDER`.

Made for eyes, kept in `docs/look/`; nothing compares them. SITE: a built sample site; FOLDER: where the sheets go.
"""

from __future__ import annotations

import shutil
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright
from ways import WAYS, opened

# Mode and the width it is shown at.
COLUMNS = {
    "desktop": 560,
    "phone": 230,
    "kiosk": 340,
    "elder": 470,
    "elder phone": 230,
    "contrast": 470,
    "dark": 470,
    "print": 340,
}
TALLEST = 1040
GAP = 14
QUALITY = 40


def sheet(pictures: list[Image.Image]) -> Image.Image:
    """Pictures side by side, cut to the tallest allowed."""
    height = min(TALLEST, max(picture.height for picture in pictures))
    width = sum(picture.width for picture in pictures) + GAP * (len(pictures) - 1)
    whole = Image.new("RGB", (width, height), "#8a8f94")
    left = 0
    for picture in pictures:
        whole.paste(picture.crop((0, 0, picture.width, min(height, picture.height))), (left, 0))
        left += picture.width + GAP
    return whole


def main(site: Path, folder: Path, only: list[str]) -> None:
    """Make the sheets."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = tuple(sorted(file.relative_to(site).as_posix() for file in site.rglob("*.html")))
    from page_kinds import pages_there_are

    kinds = {kind: path for kind, path in pages_there_are(site, pages).items() if path != "404.html"}
    taken: dict[str, list[Image.Image]] = {kind: [] for kind in kinds}
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for way, width in COLUMNS.items():
            with opened(browser, WAYS[way]) as page:
                for kind, path in kinds.items():
                    if only and kind not in only:
                        continue
                    page.goto(site.joinpath(path).resolve().as_uri())
                    picture = Image.open(BytesIO(page.screenshot(full_page=True))).convert("RGB")
                    picture = picture.crop(
                        (0, 0, picture.width, min(picture.height, TALLEST * picture.width // width))
                    )
                    taken[kind].append(
                        picture.resize(
                            (width, picture.height * width // picture.width), Image.Resampling.LANCZOS
                        )
                    )
        browser.close()
    for kind, pictures in taken.items():
        if pictures:
            name = kind.removesuffix(".html").replace(": ", "-").replace(" ", "-").replace("/", "-")
            sheet(pictures).save(folder / f"{name}.webp", quality=QUALITY, method=6)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
