"""Make `build/offline/govsite-offline-<version>-<platform>.zip`: govsite for machines without any registry.

    python3 dev/offline.py                          # for this kind of machine and this Python
    python3 dev/offline.py --platform windows       # for 64-bit Windows, made anywhere
    python3 dev/offline.py --platform linux --python 3.12
    python3 dev/offline.py --check                  # afterwards install from the folder alone and build a new site

The archive holds wheels of govsite and of all it needs, and a script for Windows and one for Linux that install them beside it,
asking nobody. Wheels are fetched with pip; only finished ones are taken, so that nothing is compiled anywhere.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from email import message_from_bytes
from email.message import Message
from pathlib import Path

from machine import ROOT, require_python, say, speak_utf8

OUT = ROOT / "build" / "offline"
FILES = ROOT / "dev" / "offline"
# What pip calls them. Older ones first: a wheel for an older system runs on a newer one.
PLATFORMS = {
    "windows": ("win_amd64",),
    "linux": (
        "manylinux2014_x86_64",
        "manylinux_2_17_x86_64",
        "manylinux_2_28_x86_64",
        "manylinux_2_34_x86_64",
    ),
    "linux-arm": (
        "manylinux2014_aarch64",
        "manylinux_2_17_aarch64",
        "manylinux_2_28_aarch64",
        "manylinux_2_34_aarch64",
    ),
}
MACHINES = {
    "windows": {
        "sys_platform": "win32",
        "platform_system": "Windows",
        "os_name": "nt",
        "platform_machine": "AMD64",
    },
    "linux": {
        "sys_platform": "linux",
        "platform_system": "Linux",
        "os_name": "posix",
        "platform_machine": "x86_64",
    },
    "linux-arm": {
        "sys_platform": "linux",
        "platform_system": "Linux",
        "os_name": "posix",
        "platform_machine": "aarch64",
    },
}
_DAY = (2020, 1, 1, 0, 0, 0)  # of every entry: the archive depends on what is in it alone


def main() -> int:
    """0 made (and checked) · 1 not."""
    speak_utf8()
    require_python()
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--platform", choices=sorted(PLATFORMS), default="windows" if os.name == "nt" else "linux"
    )
    parser.add_argument("--python", default=".".join(map(str, sys.version_info[:2])), metavar="3.11")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        wheels = Path(folder) / "wheels"
        if not _gather(wheels, options.platform, options.python):
            return 1
        archive = _pack(wheels, options.platform, options.python)
    say(f"已生成 {archive}", f"made {archive}")
    return 0 if not options.check or check(archive) else 1


def _gather(wheels: Path, platform: str, python: str) -> bool:
    """Build govsite's own wheel and fetch those of what it needs."""
    say("打包 govsite", "building govsite's own wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
    if not _run([*pip, "wheel", "--no-deps", "--wheel-dir", wheels, ROOT]):
        return False
    own = next(wheels.glob("govsite-*.whl"))
    say("下载所需的安装包", "fetching what it needs")
    names = [word for name in PLATFORMS[platform] for word in ("--platform", name)]
    fetch = [
        *pip, "download", "--only-binary=:all:", "--implementation", "cp", "--python-version", python, *names,
        "--dest", wheels,
    ]  # fmt: skip
    if not _run([*fetch, own]):
        return False
    # pip asks what this machine needs: what only the other kind of machine needs comes now.
    while missing := missing_wheels(wheels, platform, python):
        if not _run([*fetch, *sorted(missing)]):
            return False
    return True


def missing_wheels(wheels: Path, platform: str, python: str) -> set[str]:
    """Requirements of the wheels in a folder that none of them meets, on a machine of the kind `platform`."""
    from pip._vendor.packaging.requirements import Requirement
    from pip._vendor.packaging.utils import canonicalize_name, parse_wheel_filename

    machine = {"python_version": python, "python_full_version": f"{python}.0", "extra": ""} | MACHINES[
        platform
    ]
    there = {parse_wheel_filename(file.name)[0]: file for file in wheels.glob("*.whl")}
    missing = set()
    for file in there.values():
        for line in _metadata(file).get_all("Requires-Dist", []):
            need = Requirement(line)
            wanted = need.marker is None or need.marker.evaluate(machine)
            if wanted and canonicalize_name(need.name) not in there:
                missing.add(f"{need.name}{need.specifier}")
    return missing


def _metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as opened:
        name = next(name for name in opened.namelist() if name.endswith(".dist-info/METADATA"))
        return message_from_bytes(opened.read(name))


def _pack(wheels: Path, platform: str, python: str) -> Path:
    """The archive, the same bytes for the same wheels."""
    version = next(wheels.glob("govsite-*.whl")).name.split("-")[1]
    name = f"govsite-offline-{version}-{platform}-py{python}"
    OUT.mkdir(parents=True, exist_ok=True)
    archive = OUT / f"{name}.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        for file in [*sorted(FILES.iterdir()), *sorted(wheels.iterdir())]:
            inside = f"wheels/{file.name}" if file.parent == wheels else file.name
            entry = zipfile.ZipInfo(f"{name}/{inside}", _DAY)
            entry.external_attr = (0o755 if file.suffix == ".sh" else 0o644) << 16
            entry.compress_type = zipfile.ZIP_STORED if file.suffix == ".whl" else zipfile.ZIP_DEFLATED
            content = file.read_bytes()
            if file.suffix in {".bat", ".txt"}:  # as Windows writes lines
                content = re.sub(rb"\r?\n", b"\r\n", content)
            made.writestr(entry, content)
    return archive


def check(archive: Path) -> bool:
    """Whether the archive alone installs, and builds a new site and this repository's. For this kind of machine only."""
    say("只凭这个文件安装，不连网", "installing from the archive alone")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "离线 安装"
        with zipfile.ZipFile(archive) as made:
            made.extractall(place)
        inside = next(place.iterdir())
        # No registry can be reached: pip is told of none, and of a proxy that is not there.
        closed = {"PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull, "https_proxy": "http://127.0.0.1:9"}
        environ = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PIP_", "PYTHON", "VIRTUAL"))
        } | closed
        script = (
            ["cmd", "/c", inside / "install.bat"]
            if os.name == "nt"
            else ["sh", inside / "install.sh", sys.executable]
        )
        program = inside / "govsite" / ("Scripts/govsite.exe" if os.name == "nt" else "bin/govsite")
        python = program.with_name("python.exe" if os.name == "nt" else "python")
        site = place / "新 站点"
        shutil.copytree(ROOT / "content", place / "sample" / "content")
        shutil.copytree(ROOT / "themes", place / "sample" / "themes")
        for name in ("config.yaml", "addresses.yaml"):
            if (ROOT / name).is_file():
                shutil.copy(ROOT / name, place / "sample" / name)
        steps = (
            script,
            [program, "--version"],
            [python, "-m", "govsite", "--version"],
            [program, "init", site, "--profile", "乡级"],
            [program, "build", "--site", site],
            [program, "build", "--site", place / "sample"],
        )
        for step in steps:
            if not _run(step, environ, place):
                say("没有成功", "failed: " + " ".join(map(str, step)))
                return False
    return True


def _run(command: list[object], environ: dict[str, str] | None = None, folder: Path = ROOT) -> bool:
    return (
        subprocess.run([os.fspath(word) for word in command], env=environ, cwd=folder, check=False).returncode
        == 0
    )  # type: ignore[call-overload]


if __name__ == "__main__":
    sys.exit(main())
