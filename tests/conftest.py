"""What every test may ask for: the sample site, real data, a browser, a server."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from govsite.pipeline.build import Request, build_site
from running import read_manifest
from serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
CHROMIUM_WORDS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update", action="store_true", help="write expected files anew; read the diff before keeping it"
    )


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether expected files are to be written instead of compared."""
    return bool(request.config.getoption("--update"))


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """A developer's own GOVSITE_* variables and build date must not reach the tests."""
    for name in os.environ:
        if name.startswith("GOVSITE_") and name != "GOVSITE_SHARED_DATA":
            monkeypatch.delenv(name)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


@dataclass(frozen=True, slots=True)
class SampleSite:
    """The built sample site. folder: where; files: path to size, as the manifest has them; pages: built HTML files."""

    folder: Path
    files: Mapping[str, int]

    @property
    def pages(self) -> tuple[str, ...]:
        """Every page, in path order."""
        return tuple(sorted(path for path in self.files if path.endswith(".html")))


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> SampleSite:
    """The sample site of this repository, built once, with two workers."""
    folder = tmp_path_factory.mktemp("sample") / "site"
    outcome = build_site(Request(ROOT, folder, jobs=2))
    assert outcome.written, [finding.problem for finding in outcome.findings]
    return SampleSite(folder, {path: size for path, (_, size) in read_manifest(folder).items()})


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real catalog rows and documents that lie beside the repository, not in it."""
    named = os.environ.get("GOVSITE_SHARED_DATA")
    folder = Path(named) if named else ROOT.parent / "shared" / "data"
    if not folder.joinpath("catalog", "rows.csv").is_file():
        pytest.skip("no real data: neither ../shared/data nor the folder in GOVSITE_SHARED_DATA is there")
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium. One a module: two drivers of Playwright cannot live in one thread."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with playwright.sync_playwright() as driver:
        path = next((found for name in CHROMIUM_NAMES if (found := shutil.which(name))), None)
        if path is None and not Path(driver.chromium.executable_path).is_file():
            pytest.skip("no Chromium on this machine: run `python3 dev/test.py`, or install one")
        chromium = driver.chromium.launch(executable_path=path, args=CHROMIUM_WORDS)
        yield chromium
        chromium.close()


Serve = Callable[[Path, str], str]


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """`serve(folder, prefix)`: address under which a local server offers `folder`; prefix: `/` or `/a/b/`.

    An address that does not exist gets the folder's 404.html with status 404, as on a real server.
    """
    with ExitStack() as stack:
        yield lambda folder, prefix="/": stack.enter_context(serving(folder, prefix))
