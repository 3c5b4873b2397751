"""忽略: findings that a document silences with a reason."""

from __future__ import annotations

from collections.abc import Iterable

from govsite.model.document import Document
from govsite.problems.problem import Problem


def apply_ignored(problems: Iterable[Problem], documents: Iterable[Document]) -> list[Problem]:
    """Problems without those that their own document silences; FM111 for an entry that silenced nothing."""
    entries = {(doc.file, entry.code): entry for doc in documents for entry in doc.ignore}
    used: set[tuple[str, str]] = set()
    kept: list[Problem] = []
    for problem in problems:
        key = (problem.span.file if problem.span else "", problem.code)
        if key in entries:
            used.add(key)
        else:
            kept.append(problem)
    unused = [entry for key, entry in entries.items() if key not in used]
    return kept + [Problem.at("FM111", entry.span, rule=entry.code) for entry in unused]
