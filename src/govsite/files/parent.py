"""Processes that do part of the work of another one and end when that one is gone, however it went."""

from __future__ import annotations

import os
import threading
from multiprocessing import parent_process


def end_with_parent() -> None:
    """End this process, at once, when the one that started it has ended. Nothing happens in a process nobody started so."""
    parent = parent_process()
    if parent is None:
        return

    def follow() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()
