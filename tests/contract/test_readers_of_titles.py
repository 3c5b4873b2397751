"""What the short road takes for granted: who, of those that link and judge a whole site, looks at what pages merely show.

A title may change without the site being linked anew (`pipeline/short.py`), a summary, keywords, source, author and editor too. Who
comes to read one of them where the site is assembled, linked or judged, has to say here why that may go on.
"""

from __future__ import annotations

import ast
from pathlib import Path

import govsite
from govsite.cache.linked import SHOWN

PACKAGE = Path(govsite.__file__).parent
OF_ONE_SOURCE = ("check/privacy/", "check/secrecy/")  # judged again with the source itself
NAMED = "names a document in a finding about it, and who stands in a finding is linked anew"
KNOWN = {
    "link/directory.py": {"title": "quoted titles: KnownTitles"},
    "check/duties/citing.py": {"title": "titles looked up: KnownTitles"},
    "check/duties/twice.py": {"title": "namesakes: KnownTitles"},
    "check/duties/interpretations.py": {"title": NAMED},
    "check/duties/validity.py": {"title": NAMED},
    "check/duties/freshness.py": {"title": NAMED},
    "check/duties/catalog.py": {"title": NAMED},
    "check/duties/structured.py": {"title": NAMED},
    "check/duties/consultations.py": {"title": NAMED},
    "check/duties/agenda.py": {"title": "no finding: for `govsite due`"},
    "check/review/ledger.py": {"title": "no finding: for `govsite ledger`"},
    "link/abroad.py": {"title": "of a document of another site, or NAMED"},
    "link/citations.py": {"title": "of a document of another site"},
    "link/neighbourhood.py": {"title": "inventories", "source": "of a question, a key"},
    "link/inventory.py": {"title": "inventories", "source": "of a question, a key"},
}


def _readers() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for room in ("assemble", "link", "check"):
        for file in sorted(PACKAGE.joinpath(room).rglob("*.py")):
            path = file.relative_to(PACKAGE).as_posix()
            if path.startswith(OF_ONE_SOURCE):
                continue
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Attribute) and node.attr in SHOWN:
                    found.setdefault(path, set()).add(node.attr)
    return found


def test_nobody_else_reads_what_pages_merely_show() -> None:
    assert _readers() == {path: set(why) for path, why in KNOWN.items()}
