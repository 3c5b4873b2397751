"""The style guide in every mode against pictures of it. `--update` makes the pictures anew: look at each one.

Compared at a quarter of the size, where anti-aliasing says nothing: a change shows as many points that differ much.
"""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from ways import ROOT, WAYS, Way, opened

from govsite.pipeline.theme import check_theme

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]
BASELINE = Path(__file__).parent / "baseline"
PICTURES = {
    "desktop": (None, WAYS["desktop"]),
    "phone": (None, WAYS["phone"]),
    "elder": (None, WAYS["elder"]),
    "contrast": (None, WAYS["contrast"]),
    "dark": (None, WAYS["dark"]),
    "dark-contrast": (None, WAYS["dark contrast"]),
    "print": (None, WAYS["print"]),
    "qingya": ("qingya", WAYS["desktop"]),
    "qingya-dark": ("qingya", Way(390, 844, dark=True)),
}
SCALE = 4
MUCH = 48  # of 255, in any of the three colours
MOST = 0.02  # share of points that may differ so much


def _need_fonts() -> None:
    lister = shutil.which("fc-match")
    known = (
        subprocess.run([lister, "Noto Sans CJK SC"], capture_output=True, text=True, check=False).stdout
        if lister
        else ""
    )
    if "NotoSansCJK" not in known.replace(" ", ""):
        pytest.skip("the pictures were made with fonts-noto-cjk, which is not installed here")


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The style guide of both themes."""
    folder = tmp_path_factory.mktemp("samples")
    for theme in (None, "qingya"):
        check_theme(ROOT / "themes" / theme if theme else None, folder / (theme or "built-in"))
    return folder


@pytest.mark.parametrize("name", PICTURES)
def test_the_style_guide_looks_as_it_did(name: str, browser: Browser, samples: Path, update: bool) -> None:
    _need_fonts()
    image = pytest.importorskip("PIL.Image", reason="Pillow is not installed")
    theme, way = PICTURES[name]
    with opened(browser, way) as page:
        page.goto(samples.joinpath(theme or "built-in", "styleguide.html").as_uri())
        taken = image.open(BytesIO(page.screenshot(full_page=True))).convert("RGB")
    size = (taken.width // SCALE, taken.height // SCALE)
    small = taken.resize(size, image.Resampling.BOX)
    file = BASELINE / f"{name}.png"
    if update:
        BASELINE.mkdir(exist_ok=True)
        small.quantize(64).save(file, optimize=True)
        return
    known = image.open(file).convert("RGB")
    assert abs(known.height - small.height) <= known.height * 0.02, "the page has another height"
    assert known.width == small.width
    height = min(known.height, small.height)
    import numpy as np

    a, b = (np.asarray(picture)[:height].astype(int) for picture in (known, small))
    share = float((abs(a - b).max(axis=2) > MUCH).mean())
    assert share <= MOST, (
        f"{share:.1%} of the picture differs; see {file} and run with --update to keep the new one"
    )


def test_the_pictures_stay_small() -> None:
    assert sum(file.stat().st_size for file in BASELINE.glob("*.png")) <= 1_500_000
