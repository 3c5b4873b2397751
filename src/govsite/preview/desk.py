"""The preview's desk: builds, remembers what the last build found, answers what the overlay asks.

One thing at a time: a build and a question never use the memory together.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from govsite.files.damage import DamagedCacheError
from govsite.messages.catalogue import catalogue, translator
from govsite.model.addresses import HOME
from govsite.pipeline.build import Outcome, Request, build_site
from govsite.pipeline.outcome import judge_problems
from govsite.pipeline.recall import recall_site
from govsite.pipeline.survey import Survey
from govsite.preview.facts import PageFacts
from govsite.problems.problem import Finding
from govsite.problems.rules import severities
from govsite.report.summary import message_of
from govsite.settings.read import read_settings

_PREFIX = "preview."


class Desk:
    """Of one preview. told: called after every build with what it gave and how long it took, in seconds; lang: of the overlay's
    words; today: gives the ISO day by which clocks run.
    """

    def __init__(
        self, request: Request, told: Callable[[Outcome, float], None], lang: str, today: Callable[[], str]
    ) -> None:
        self.request = request
        self._told = told
        self._lang = lang
        self._t = translator(lang)
        self.today = today
        self._lock = threading.Lock()
        self._recalled = ExitStack()
        self._facts: PageFacts | None = None
        self._findings: tuple[Finding, ...] = ()
        self._note = ""

    @property
    def out(self) -> Path:
        """Where the pages are."""
        return self.request.out or self.request.site

    @property
    def is_busy(self) -> bool:
        """Whether a build is under way."""
        return self._lock.locked()

    def rebuild(self) -> None:
        """Build anew. Problems do not stop the preview: what can be shown is shown."""
        with self._lock:
            self._forget()
            started = time.perf_counter()
            outcome = self._unread() or build_site(self.request)
            self._findings = outcome.findings
            if outcome.written:
                self._note = ""
            elif not self._note:
                self._note = self._t("preview.failed", reason=self._heaviest(outcome))
            self._told(outcome, time.perf_counter() - started)

    def close(self) -> None:
        """Let go of the memory."""
        with self._lock:
            self._forget()

    def facts(self, path: str, links: Iterable[str]) -> dict[str, Any]:
        """Facts of the page at `path` with the words that the overlay shows; waits for a build that is under way."""
        with self._lock:
            try:
                record = self._page_facts().of(path, links)
            except DamagedCacheError:  # the next build mends it; until then problems alone are told
                self._forget()
                self._facts = self._facts_of(None)
                record = self._facts.of(path, links)
        words = {name: self._t(f"preview.{name}") for name in _word_names()}
        return record | {"words": words, "note": self._note}

    def _unread(self) -> Outcome | None:
        """What is wrong where config.yaml cannot be read and there are pages to keep: with no settings every page would change."""
        self._note = ""
        if not (self.out / HOME).is_file():
            return None
        settings, problems = read_settings(self.request.site, self.request.environ)
        if not any(problem.code.startswith("SRC") for problem in problems):
            return None
        self._note = self._t("preview.unread")
        return Outcome(judge_problems(problems, severities()), 0, 0, False, settings.fail_on)

    def _heaviest(self, outcome: Outcome) -> str:
        found = max(outcome.findings, key=lambda finding: finding.severity, default=None)
        return message_of(found.problem, self._lang) if found else ""

    def _page_facts(self) -> PageFacts:
        if self._facts is None:
            self._facts = self._facts_of(self._recalled.enter_context(recall_site(self.request)))
        return self._facts

    def _facts_of(self, survey: Survey | None) -> PageFacts:
        return PageFacts(self.request.site, survey, self._findings, self._t, self._lang, self.today())

    def _forget(self) -> None:
        self._facts = None
        self._recalled.close()
        self._recalled = ExitStack()


def _word_names() -> list[str]:
    """Names of the words that the overlay shows."""
    return [key.removeprefix(_PREFIX) for key in catalogue() if key.startswith(_PREFIX)]
