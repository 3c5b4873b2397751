"""The steps of the CI files that `init --ci` writes, run by a shell as the CI would."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from govsite.cli.scaffold import CI_FILES
from govsite.files.signature import make_keys
from running import govsite

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the shells of CI are POSIX shells")
_INSTALL = re.compile(r"pip install|-m venv")


def _site(folder: Path, ci: str) -> Path:
    site = folder / "站点 一"
    code, said = govsite("init", site, "--ci", ci)
    assert code == 0, said
    target = "发布:\n  - {名称: 正式, 地址: ../网站}\n"
    with (site / "config.yaml").open("a", encoding="utf-8") as file:
        file.write(target)
    for words in (
        ["init", "-q", "-b", "main"],
        ["add", "-A"],
        ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "1"],
    ):
        subprocess.run(["git", "-C", str(site), *words], check=True, capture_output=True)
    return site


def _steps(site: Path, ci: str) -> list[str]:
    """Every step of a file, each as one script, in the order of the file."""
    text = (site / CI_FILES[ci][0]).read_text(encoding="utf-8")
    if ci == "jenkins":
        return re.findall(r"sh '(.*?)'\s*(?:\}|\n)", text)
    if ci == "cron":
        return ["sh ./publish.sh || { cat build/cron.log; exit 1; }"]
    data = yaml.safe_load(text)
    if ci == "gitlab":
        jobs = [job for job in data.values() if isinstance(job, dict) and "script" in job]
        return [*data["default"]["before_script"], *("\n".join(job["script"]) for job in jobs)]
    return [step["run"] for step in data["jobs"]["site"]["steps"] if "run" in step]


# Gitea and Forgejo read the very file that GitHub does.
@pytest.mark.parametrize("ci", [ci for ci in CI_FILES if ci != "gitea"])
def test_every_step_runs_and_the_site_is_published(ci: str, tmp_path: Path) -> None:
    site = _site(tmp_path, ci)
    key = tmp_path / "private.pem"
    key.write_bytes(make_keys().private)
    tools = tmp_path / "bin"
    tools.mkdir()
    (tools / "govsite").write_text(f'#!/bin/sh\nexec {sys.executable} -m govsite "$@"\n', encoding="utf-8")
    (tools / "govsite").chmod(0o755)
    environ = {
        **os.environ, "PATH": f"{tools}:{os.environ['PATH']}", "HOME": str(tmp_path), "SSH_KEY": "", "SSH_KNOWN_HOSTS": "",
        "LEDGER_KEY": key.read_text() if ci in {"github", "gitea"} else str(key), "GITHUB_BASE_REF": "main",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": "HEAD",
    }  # fmt: skip
    subprocess.run(["git", "-C", str(site), "update-ref", "refs/remotes/origin/main", "HEAD"], check=True)
    steps = _steps(site, ci)
    assert len(steps) >= (1 if ci == "cron" else 6)
    for step in steps:
        if _INSTALL.search(step):
            continue
        done = subprocess.run(
            ["bash", "-e", "-c", step], cwd=site, env=environ, capture_output=True, text=True, check=False
        )
        # A new site owes its statutory columns: by today's date its strict check has to fail, and nothing else.
        owed = "--strict" in step
        assert done.returncode in ({0, 1} if owed else {0}), f"{step}\n{done.stdout}{done.stderr}"
        if owed and "publish" in step:
            rest = "\n".join(line for line in step.splitlines() if "--strict" not in line)
            done = subprocess.run(
                ["bash", "-e", "-c", f"govsite build\n{rest}"],
                cwd=site,
                env=environ,
                check=False,
                capture_output=True,
                text=True,
            )
            assert done.returncode == 0, f"{rest}\n{done.stdout}{done.stderr}"
    assert (tmp_path / "网站" / "current" / "index.html").is_file()
    receipt = json.loads((site / "report" / "receipt.json").read_text(encoding="utf-8"))
    assert receipt["commit"]
    assert (tmp_path / "网站" / ".govsite" / "ledger.jsonl").read_text(encoding="utf-8").count(
        '"signature":""'
    ) == 0
    assert (site / "report" / "check.html").is_file() or ci == "cron"
    assert not (site / "private.pem").exists()


def test_a_site_that_is_there_gets_the_file_and_keeps_its_own(tmp_path: Path) -> None:
    site = tmp_path / "site"
    govsite("init", site)
    assert CI_FILES["gitea"][1] == CI_FILES["github"][1]
    assert govsite("init", site, "--ci", "gitlab")[0] == 0
    assert (site / ".gitlab-ci.yml").is_file()
    (site / ".gitlab-ci.yml").write_text("own", encoding="utf-8")
    assert govsite("init", site, "--ci", "gitlab")[0] == 2
    assert (site / ".gitlab-ci.yml").read_text(encoding="utf-8") == "own"
