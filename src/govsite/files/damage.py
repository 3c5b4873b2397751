"""The one error for a cache that does not hold what was put there."""

from __future__ import annotations


class DamagedCacheError(Exception):
    """What lies in the cache is not what was put there. No OSError: no file is to blame that a user knows of."""
