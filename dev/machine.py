"""What `sample.py` and `test.py` need of the machine: a virtual environment, system packages, programs.

Standard library only: these scripts run before anything is installed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
STAMP = VENV / "govsite-installed.txt"
TOOLS = ROOT / "build" / "tools"
OLDEST_PYTHON = (3, 11)
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")


def say(chinese: str, english: str) -> None:
    """One line about what happens now, in both languages."""
    print(f"== {chinese} / {english}", flush=True)


def speak_utf8() -> None:
    """Consoles that are set to another encoding show what they can; they never stop the run."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def run(command: Sequence[str | Path], *, quiet: bool = False) -> bool:
    """Whether `command`, run at the root of the repository, ended well."""
    words = [os.fspath(word) for word in command]
    output = subprocess.DEVNULL if quiet else None
    try:
        return subprocess.run(words, cwd=ROOT, stdout=output, stderr=output, check=False).returncode == 0
    except OSError as error:
        if not quiet:
            print(f"{words[0]}: {error.strerror}", flush=True)
        return False


def require_python() -> None:
    """Leave with exit code 2 where Python is too old."""
    if sys.version_info < OLDEST_PYTHON:
        wanted = ".".join(map(str, OLDEST_PYTHON))
        say(
            f"需要 Python {wanted} 或更新版本，现在是 {sys.version.split()[0]}",
            f"Python {wanted} or newer is needed",
        )
        sys.exit(2)


def venv_program(name: str) -> Path:
    """Path of a program in the virtual environment."""
    return VENV / "Scripts" / f"{name}.exe" if os.name == "nt" else VENV / "bin" / name


# --- packages of the system


def _root_words() -> list[str] | None:
    """Words in front of a command that needs root; None where there is no way to be root without a password."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if shutil.which("sudo") and run(["sudo", "-n", "true"], quiet=True) else None


_updated = False


def install_system_packages(*packages: str) -> bool:
    """Install packages with apt, as root or by sudo without password. False where that cannot be done."""
    global _updated  # noqa: PLW0603 - one `apt-get update` a run is enough
    words = _root_words()
    if shutil.which("apt-get") is None or words is None:
        return False
    say(f"安装系统软件包：{'、'.join(packages)}", f"installing system packages: {', '.join(packages)}")
    apt = [*words, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]
    if not _updated:
        _updated = run([*apt, "update"], quiet=True)
    return run([*apt, "install", "--no-install-recommends", *packages], quiet=True)


def require_program(names: Sequence[str], *packages: str) -> str:
    """Path of the first program of `names` that is there, after installing `packages` if need be; else `""`."""
    found = find_program(names)
    if not found and install_system_packages(*packages):
        found = find_program(names)
    return found


def find_program(names: Sequence[str]) -> str:
    """Path of the first program of `names` on the search path, or `""`."""
    return next((path for name in names if (path := shutil.which(name))), "")


# --- the virtual environment


def _can_make_venv() -> bool:
    return run([sys.executable, "-c", "import venv, ensurepip"], quiet=True)


def _is_sound() -> bool:
    python = venv_program("python")
    return python.is_file() and run([python, "-m", "pip", "--version"], quiet=True)


def make_venv() -> None:
    """Make `.venv`, unless there is a sound one. Leaves with exit code 2 where it cannot be made."""
    if _is_sound():
        return
    if not _can_make_venv():
        version = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        if not install_system_packages("python3-venv") or not _can_make_venv():
            install_system_packages(version)
    say("建立虚拟环境 .venv", "making the virtual environment .venv")
    if not run([sys.executable, "-m", "venv", "--clear", VENV]) or not _is_sound():
        say(
            "建不了虚拟环境：请先安装 python3-venv（或带 ensurepip 的 Python），再运行一次",
            "cannot make a virtual environment: install python3-venv (or a Python with ensurepip), then run again",
        )
        sys.exit(2)


def _install_states() -> dict[str, str]:
    """What the two ways to install this project leave in the stamp, by extra."""
    metadata = (ROOT / "pyproject.toml").read_bytes() + str(ROOT).encode()
    return {extra: hashlib.sha256(metadata + extra.encode()).hexdigest() for extra in ("", "test")}


def is_installed(extra: str = "") -> bool:
    """Whether `.venv` holds this project as its metadata are now; with `test` it also serves those who need less."""
    known = STAMP.read_text(encoding="utf-8").splitlines() if STAMP.is_file() else []
    states = _install_states()
    return venv_program("govsite").is_file() and bool({states[extra], states["test"]} & set(known))


def install_project(extra: str = "") -> None:
    """Install this project (editable), once for each state of its metadata. Leaves with exit code 1 where it fails."""
    if is_installed(extra):
        return
    say("安装 govsite 及所需软件包", "installing govsite and the packages it needs")
    pip: list[str | Path] = [
        venv_program("python"),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]
    if not run([*pip, "-e", f"{ROOT}[{extra}]" if extra else str(ROOT)]):
        say("安装失败：上面是 pip 给出的原因", "installation failed: the reason given by pip stands above")
        sys.exit(1)
    STAMP.write_text(_install_states()[extra] + "\n", encoding="utf-8")
