"""Build the sample site (示例镇) of this repository: `python3 dev/sample.py`.

Makes `.venv`, installs govsite into it, runs `govsite build`, and says where to open the result. Further words go to
`govsite build`.
"""

from __future__ import annotations

import subprocess
import sys

from machine import ROOT, install_project, make_venv, require_python, say, speak_utf8, venv_program


def main() -> int:
    """Give the exit code of `govsite build`."""
    speak_utf8()
    require_python()
    make_venv()
    # Editable: the sample is built by the code of this checkout, also after it has changed.
    install_project()
    say("生成样例站点", "building the sample site")
    command = [str(venv_program("govsite")), "build", "--site", str(ROOT), *sys.argv[1:]]
    exit_code = subprocess.run(command, cwd=ROOT, check=False).returncode
    if exit_code == 0 and (ROOT / "build" / "site" / "index.html").is_file():
        page = (ROOT / "build" / "site" / "index.html").as_uri()
        say(f"用浏览器打开 {page}", f"open {page} in a browser")
    return exit_code


if __name__ == "__main__":
    sys.exit(main())
