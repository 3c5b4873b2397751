"""The digest of a view: equal views have equal digests, whoever made them and whenever.

A page is a pure function of its view, its template, the theme and govsite's version. So the digests of these decide
whether a page must be made at all.
"""

from __future__ import annotations

from govsite.extend.views import SiteView, View
from govsite.files.digest import digest_of


def view_digest(view: View | SiteView) -> str:
    """Hex digest of everything a view holds. Views are frozen and hold texts, numbers, flags and tuples only."""
    return digest_of(type(view).__name__.encode(), repr(view).encode("utf-8", "surrogatepass"))
