"""索引号 by the site's rule, without collisions: not in the sources, not in any branch, and hardly between clones.

The sequence is no count: two branches that count on from the same commit would allocate the same. It is taken from a
digest of the document's path, which two different documents never share, and moved on where a branch has it already.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

from govsite.files.digest import digest_of

DEFAULT_RULE = "{id_code}/{year}-{number:5}"
_PLACE = re.compile(
    r"\{(?:(?P<code>标识码|id_code)|(?P<month>年月|month)|(?P<year>年|year)|(?P<number>序号|number)(?::(?P<width>[1-9]))?)\}"
)
_LINE = re.compile(r"^(?:索引号|index_no)\s*[:：]\s*[\"']?([^\"'\s#]+)", re.MULTILINE)
_GREP = "^(索引号|index_no)[ ]*:"
_SECONDS = 20
_HEAD_BYTES = 4096
_MOST_REFS = 200


def allocate(site: Path, rule: str, id_code: str, day: str, path: str, taken: Iterable[str] = ()) -> str:
    """A free number for the document at `path`; `""` where the rule needs a 标识码 that the site has not.

    rule: as in the settings, `""` for the usual one; day: ISO day of the document; taken: numbers given out meanwhile.
    """
    rule = rule or DEFAULT_RULE
    places = [match.groupdict() for match in _PLACE.finditer(rule)]
    if not id_code and any(place["code"] for place in places):
        return ""
    width = int(next((place["width"] for place in places if place["width"]), "5"))
    used = {*taken, *used_numbers(site)}
    start = int(digest_of(path.encode())[:12], 16)
    room = 10**width
    for step in range(room):
        sequence = (start + step) % room
        number = _filled(rule, id_code, day, f"{sequence:0{width}d}")
        if sequence and number not in used:
            return number
    return ""


def _filled(rule: str, id_code: str, day: str, sequence: str) -> str:
    def fill(match: re.Match[str]) -> str:
        if match["code"]:
            return id_code
        if match["number"]:
            return sequence
        return day[:4] + (day[5:7] if match["month"] else "")

    return _PLACE.sub(fill, rule)


def used_numbers(site: Path) -> set[str]:
    """Numbers in the sources as they are, and in every branch that this clone knows."""
    found: set[str] = set()
    for file in sorted((site / "content").rglob("*.md")):
        with file.open("rb") as stream:
            found.update(_LINE.findall(stream.read(_HEAD_BYTES).decode("utf-8", "replace")))
    refs = _git(site, "for-each-ref", "--format=%(refname)", "refs/heads", "refs/remotes").split()[
        :_MOST_REFS
    ]
    if refs:
        text = _git(site, "grep", "-h", "-E", _GREP, *refs, "--", "content")
        found.update(_LINE.findall(text))
    return found


def _git(site: Path, *words: str) -> str:
    """What git says, `""` where it is not there, takes too long or finds nothing."""
    try:
        answer = subprocess.run(  # noqa: S603 - fixed words, names of refs from git itself
            ["git", "--no-pager", "-C", str(site), *words],  # noqa: S607 - the user's own git
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout.decode("utf-8", "replace") if answer.returncode == 0 else ""
