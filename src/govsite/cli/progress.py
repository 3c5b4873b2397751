"""Progress on a terminal, for anything that takes longer than a second; silence otherwise."""

from __future__ import annotations

import sys
import time

from govsite.messages.catalogue import Translate

_WIDTH = 24


class ProgressLine:
    """One line on standard error that is drawn over itself."""

    def __init__(self, t: Translate, *, quiet: bool) -> None:
        self._t = t
        self._shown = not quiet and sys.stderr.isatty()
        self._started = time.monotonic()
        self._drawn = False

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Report that `done` of `total` parts of a stage are finished."""
        if not self._shown or not total or time.monotonic() - self._started < 1:
            return
        filled = _WIDTH * done // total
        bar = "█" * filled + "░" * (_WIDTH - filled)
        sys.stderr.write(f"\r\x1b[K{self._t('stage.' + stage)} {bar} {done}/{total}")
        sys.stderr.flush()
        self._drawn = True

    def clear(self) -> None:
        """Take the line away."""
        if self._drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._drawn = False
