"""`python -m govsite` and the console command."""

from __future__ import annotations

import atexit
import os
import sys
from typing import NoReturn


def main() -> None:
    """Run the command line and leave with its exit code."""
    from govsite.cli.app import run

    _leave(run())


def _leave(code: int) -> NoReturn:
    """End this process at once: to take apart what a build holds in memory, object by object, takes longer than to write a page.

    What was registered for the end is done as ever; where what was printed cannot be sent off, Python says so as ever.
    """
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):
        sys.exit(code)
    os._exit(code)


if __name__ == "__main__":
    main()
