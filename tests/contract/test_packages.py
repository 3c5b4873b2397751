"""What `pip install govsite` brings: wheel and sdist, built and looked into; and wheels for machines without a registry."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from govsite import __version__

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "src"
sys.path.insert(0, str(ROOT / "dev"))


def _project_files(folder: Path) -> set[str]:
    """Files of a folder of the repository, by path."""
    return {
        path.relative_to(ROOT).as_posix()
        for path in folder.rglob("*")
        if path.is_file()
        and not {"__pycache__", "build"} & set(path.relative_to(folder).parts)
        and not path.name.startswith(".")
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    wheel = pytest.importorskip("hatchling.builders.wheel", reason="hatchling is not installed")
    sdist = pytest.importorskip("hatchling.builders.sdist")
    folder = tmp_path_factory.mktemp("packages")
    for builder in (wheel.WheelBuilder, sdist.SdistBuilder):
        assert len(list(builder(str(ROOT)).build(directory=str(folder), versions=["standard"]))) == 1
    return folder


def test_the_wheel_holds_code_theme_and_data_and_nothing_else(built: Path) -> None:
    with zipfile.ZipFile(built / f"govsite-{__version__}-py3-none-any.whl") as wheel:
        names = {name for name in wheel.namelist() if ".dist-info/" not in name}
        entry = wheel.read(f"govsite-{__version__}.dist-info/entry_points.txt").decode()
    wanted = {path.removeprefix("src/") for path in _project_files(SOURCES / "govsite")}
    assert names == wanted
    for name in (
        "theme/templates/base.html", "theme/static/site.css", "preview/static/overlay.js", "vocab/data/keys.yaml",
        "problems/data/PRV.yaml", "messages/data/preview.yaml", "py.typed",
    ):  # fmt: skip
        assert f"govsite/{name}" in names
    assert "govsite = govsite.__main__:main" in entry


def test_the_wheel_runs_without_being_installed(built: Path, tmp_path: Path) -> None:
    """Theme and data are found inside it, wherever it lies: a site is made and built out of the wheel alone."""
    with zipfile.ZipFile(built / f"govsite-{__version__}-py3-none-any.whl") as wheel:
        wheel.extractall(tmp_path / "lib")  # noqa: S202 - built here
    code = (
        "import sys; sys.path.insert(0, sys.argv.pop(1)); import govsite; from govsite.__main__ import main; "
        "assert 'lib' in govsite.__file__; main()"
    )
    run = [sys.executable, "-c", code, str(tmp_path / "lib")]
    said = subprocess.run([*run, "--version"], capture_output=True, text=True, encoding="utf-8", check=False)
    assert __version__ in said.stdout, said.stderr
    site = tmp_path / "新 站点"
    for words in (["init", site, "--profile", "村级"], ["build", "--site", site, "--quiet"]):
        done = subprocess.run(
            [*run, *map(str, words)], capture_output=True, text=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
    assert (site / "build" / "site" / "index.html").is_file()


def test_the_sdist_is_the_project(built: Path) -> None:
    with tarfile.open(built / f"govsite-{__version__}.tar.gz") as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    for folder in ("src", "content", "themes", "tests", "dev", "schemas"):
        assert _project_files(ROOT / folder) - names == set(), folder
    assert {"pyproject.toml", "README.md", "CHANGELOG.md", "config.yaml"} <= names
    assert not [name for name in names if name.startswith(("build/", ".venv/"))]


def test_the_release_notes_know_this_version() -> None:
    heads = [
        line
        for line in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("## ")
    ]
    assert heads[0].startswith(f"## {__version__}")
    assert len(heads) == len(set(heads))


def _wheel(folder: Path, name: str, *requires: str) -> None:
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as wheel:
        lines = "".join(f"Requires-Dist: {need}\n" for need in requires)
        wheel.writestr(
            f"{name}-1.0.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{lines}\n"
        )


def test_wheels_that_only_another_kind_of_machine_needs_are_missed(tmp_path: Path) -> None:
    pytest.importorskip("pip._vendor.packaging.requirements", reason="no pip in this environment")
    from offline import missing_wheels

    _wheel(
        tmp_path, "govsite", 'colorama>=0.4; platform_system == "Windows"', 'old; python_version < "3.12"', "There-Is",
        'extra; extra == "s3"',
    )  # fmt: skip
    _wheel(tmp_path, "there_is", 'tzdata; sys_platform == "win32"')
    assert missing_wheels(tmp_path, "windows", "3.12") == {"colorama>=0.4", "tzdata"}
    assert missing_wheels(tmp_path, "linux", "3.11") == {"old"}
