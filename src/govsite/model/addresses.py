"""Where everything lives on the site. Addresses are permanent: changing a rule here breaks links others hold.

All paths are relative to the site root and end in a file name, so that the same bytes work behind any server, under
any sub-path and from a folder.
"""

from __future__ import annotations

from functools import lru_cache

from govsite.files.digest import digest_of
from govsite.vocab.terms import kinds

HOME = "index.html"
SEARCH = "search.html"
SEARCH_MANIFEST = "search/manifest.js"  # what the search page loads first of its index
SITEMAP = "sitemap.html"
NOT_FOUND = "404.html"
BROWSE = "lists/index.html"
STATISTICS = "statistics.html"
STATISTICS_CSV = "statistics.csv"
STATISTICS_XLSX = "statistics.xlsx"
CATALOG_HISTORY = "catalog/history.html"
CATALOG_HISTORY_CSV = "catalog/history.csv"
REQUEST = "request.html"
JOINT = "../joint/search.js"  # beside the sites of a workspace: searches them all
MANIFEST = "site-manifest.json"
# Beside config.yaml, never in the output: where old addresses lead, and the record of what was published.
ADDRESSES_FILE = "addresses.yaml"
PUBLISHED_FILE = "published.txt"


def key_path(key: str) -> str:
    """Page of a document by its key."""
    kind, _, id_ = key.partition("/")
    return document_path(kind, id_)


def document_path(kind: str, document_id: str) -> str:
    """Page of a document."""
    return f"{kinds()[kind].folder}/{document_id}.html"


def column_folder(column_id: str) -> str:
    """Folder of a column's pages, feed and data."""
    return f"columns/{column_id}/"


def column_path(column_id: str) -> str:
    """First page of a column."""
    return f"columns/{column_id}/index.html"


def catalog_folder(domain: str) -> str:
    """Folder of a domain's catalog table, items and data."""
    return f"catalog/{domain}/"


def catalog_path(domain: str) -> str:
    """Catalog table of a domain."""
    return f"catalog/{domain}/index.html"


def item_path(domain: str, item_id: str) -> str:
    """Page of a catalog item."""
    return f"catalog/{domain}/{item_id}.html"


@lru_cache(maxsize=10_000)
def listing_folder(axis: str, value: str) -> str:
    """Folder of the list of one year, topic or issuer. Chinese values become digests: addresses stay ASCII."""
    name = value if value.isascii() and value.isalnum() else digest_of(value.encode())[:10]
    return f"lists/{axis}/{name}/"


def file_path(path: str) -> str:
    """A file from under `content/`."""
    return f"files/{path}"


def page_name(number: int) -> str:
    """File name of an older page of a list; pages are numbered from the oldest, so that they never shift."""
    return f"page-{number}.html"
