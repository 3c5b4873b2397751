"""Code of the built-in templates, kept beside them as Python keeps that of its modules.

The same folder (`__pycache__`, or where `PYTHONPYCACHEPREFIX` says), the same switch (`PYTHONDONTWRITEBYTECODE`), the same trust:
who may write there may change govsite itself. Nothing of a site's own theme is kept, and nothing of a site lies in it.
"""

from __future__ import annotations

import importlib.util
import marshal
import os
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import CodeType

import jinja2

from govsite.files.digest import digest_of

_KEY = 32


# Modules that say what code comes of a template: a change in one of them makes all that is kept worthless.
_MAKERS = ("compiling.py", "memo.py")


def code_key(source: str, name: str, filename: str) -> str:
    """Digest of all that the code of a template is made from."""
    return digest_of(source.encode(), name.encode(), filename.encode(), _compiler())[:_KEY]


@cache
def _compiler() -> bytes:
    """What turns templates into code here: Jinja, Python, and what this package adds."""
    names = (jinja2.__version__, version("markupsafe"), sys.version)
    own = (Path(__file__).with_name(name).read_bytes() for name in _MAKERS)
    return digest_of(*(name.encode() for name in names), *own).encode("ascii")


def read_code(template: Path, key: str) -> CodeType | None:
    """The code kept for a template, None where there is none or it was made from something else."""
    try:
        data = _place(template).read_bytes()
        if data[: len(_head(key))] != _head(key):
            return None
        code = marshal.loads(data[len(_head(key)) :])  # noqa: S302 - as Python does with the modules in this folder
    except (OSError, ValueError, EOFError, TypeError, NotImplementedError):
        return None
    return code if isinstance(code, CodeType) else None


def keep_code(template: Path, key: str, code: CodeType) -> None:
    """Keep the code of a template, where Python would keep a module's."""
    if sys.dont_write_bytecode:
        return
    try:
        place = _place(template)
        place.parent.mkdir(parents=True, exist_ok=True)
        new = place.with_name(f"{place.name}.{os.getpid()}")
        new.write_bytes(_head(key) + marshal.dumps(code))
        new.replace(place)
    except (OSError, NotImplementedError):
        return


def _place(template: Path) -> Path:
    return Path(importlib.util.cache_from_source(os.fspath(template)))


def _head(key: str) -> bytes:
    return importlib.util.MAGIC_NUMBER + key.encode("ascii")
