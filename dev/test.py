"""Install what the tests need, then run every check: `python3 dev/test.py`.

On a fresh Debian-like machine with Python 3.11 or newer this one command does everything. Where a tool cannot be had
(no root, no apt, Windows), it says so; the tests that need the tool are then reported as skipped, with the reason.
Further words go to pytest.
"""

from __future__ import annotations

import os
import shutil
import sys
import time

from machine import (
    CHROMIUM_NAMES,
    ROOT,
    TOOLS,
    find_program,
    install_project,
    install_system_packages,
    make_venv,
    require_program,
    require_python,
    run,
    say,
    speak_utf8,
    venv_program,
)

# Checkers that npm brings: name, version, the file that must be there.
NPM_TOOLS = (
    ("axe-core", "4.14.1", "axe.min.js"),
    ("vnu-jar", "26.9.27", "build/dist/vnu.jar"),
)


def main() -> int:
    """0 where every check passed."""
    speak_utf8()
    require_python()
    make_venv()
    install_project("test")
    missing = [*_browser(), *_java(), *_npm_tools(), *_servers()]
    results = [(name, *_check(name, chinese, command)) for name, chinese, command in _checks()]
    print(flush=True)
    for name, passed, seconds in results:
        word = "通过 / passed" if passed else "未通过 / FAILED"
        print(f"{name:14} {word}  {seconds:.0f} s", flush=True)
    for tool, tests in missing:
        say(
            f"这台机器装不上 {tool}，{tests} 没有运行（算作跳过，不算通过）",
            f"{tool} could not be installed here; {tests} did not run (skipped, not passed)",
        )
    return 0 if all(passed for _, passed, _ in results) else 1


def _checks() -> list[tuple[str, str, list[str]]]:
    python = str(venv_program("python"))
    folders = [name for name in ("src", "tests", "dev", "benchmarks") if (ROOT / name).is_dir()]
    return [
        ("ruff check", "代码检查", [python, "-m", "ruff", "check", *folders]),
        ("ruff format", "代码格式", [python, "-m", "ruff", "format", "--check", *folders]),
        ("mypy", "类型检查", [python, "-m", "mypy"]),
        ("lint-imports", "架构约定", [str(venv_program("lint-imports"))]),
        ("pytest", "测试", [python, "-m", "pytest", *_workers(), *sys.argv[1:]]),
    ]


def _workers() -> list[str]:
    """One process more than there are cores: a test that waits for a browser or a server needs none. A file stays together."""
    return ["-n", str((os.cpu_count() or 1) + 1), "--dist", "loadfile"]


def _check(name: str, chinese: str, command: list[str]) -> tuple[bool, float]:
    say(chinese, name)
    started = time.monotonic()
    passed = run(command)
    return passed, time.monotonic() - started


def _browser() -> list[tuple[str, str]]:
    """Chromium with a Chinese font; what is missing, with the tests that need it."""
    if find_program(CHROMIUM_NAMES) or _has_own_chromium():
        return []
    say("安装浏览器 Chromium 和中文字体", "installing the browser Chromium and a Chinese font")
    if require_program(CHROMIUM_NAMES, "chromium", "fonts-noto-cjk"):
        return []
    # Ubuntu's `chromium` is a stub for snap, Windows has no apt: Playwright can bring a browser of its own.
    python = venv_program("python")
    if run([python, "-m", "playwright", "install", "chromium"]) and _has_own_chromium():
        run([python, "-m", "playwright", "install-deps", "chromium"], quiet=True)
        install_system_packages("fonts-noto-cjk")
        return []
    return [("Chromium", "tests/browser")]


def _has_own_chromium() -> bool:
    """Whether Playwright has a Chromium of its own."""
    code = (
        "from pathlib import Path; from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as p: raise SystemExit(not Path(p.chromium.executable_path).is_file())"
    )
    return run([venv_program("python"), "-c", code], quiet=True)


def _java() -> list[tuple[str, str]]:
    if shutil.which("java") or require_program(["java"], "default-jre-headless"):
        return []
    return [("Java", "tests/browser/test_markup.py")]


def _servers() -> list[tuple[str, str]]:
    """Servers to publish to, on loopback; those that are missing."""
    wanted = {"sshd": "openssh-server", "nginx": "nginx-light", "rsync": "rsync", "caddy": "caddy"}
    os.environ["PATH"] = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
    packages = [package for name, package in wanted.items() if not shutil.which(name)]
    if packages and os.name != "nt":
        brotli = "libnginx-mod-http-brotli-static"
        # One by one: where one is unknown to the system, the others still come.
        for package in [*packages, *([brotli] if "nginx-light" in packages else [])]:
            install_system_packages(package)
    return [(name, "tests/publishing") for name in wanted if not shutil.which(name)]


def _npm_tools() -> list[tuple[str, str]]:
    """Checkers from npm, into `build/tools`; those that are missing."""
    wanted = [tool for tool in NPM_TOOLS if not _is_installed(*tool)]
    if wanted:
        npm = require_program(["npm"], "nodejs", "npm")
        if npm:
            say(
                "安装页面检查工具", "installing the page checkers " + ", ".join(name for name, _, _ in wanted)
            )
            TOOLS.mkdir(parents=True, exist_ok=True)
            packages = [f"{name}@{version}" for name, version, _ in NPM_TOOLS]
            flags = ["--no-audit", "--no-fund", "--no-save", "--ignore-scripts", "--loglevel=error"]
            run([npm, "install", "--prefix", os.fspath(TOOLS), *flags, *packages])
    tests = {"axe-core": "tests/browser/test_accessibility.py", "vnu-jar": "tests/browser/test_markup.py"}
    return [
        (name, tests[name]) for name, version, file in NPM_TOOLS if not _is_installed(name, version, file)
    ]


def _is_installed(name: str, version: str, file: str) -> bool:
    folder = TOOLS / "node_modules" / name
    package = folder / "package.json"
    return (
        (folder / file).is_file()
        and package.is_file()
        and f'"version": "{version}"' in package.read_text(encoding="utf-8")
    )


if __name__ == "__main__":
    sys.exit(main())
