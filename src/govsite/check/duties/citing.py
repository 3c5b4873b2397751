"""Which of the site's policies a line of text names, by 发文字号 or 《title》."""

from __future__ import annotations

import re

from govsite.hanzi.doc_number import find_doc_numbers, parse_doc_number, suffixes
from govsite.hanzi.title import folded_title
from govsite.model.details import PolicyDetails
from govsite.model.site import Site

_TITLE = re.compile(r"《([^《》]{4,120})》")


class PolicyNames:
    """The site's policies by number and by title. asked: gathers the folded titles by which any was sought."""

    def __init__(self, site: Site, asked: set[str] | None = None) -> None:
        self._asked = set() if asked is None else asked
        self._numbers: dict[str, str] = {}
        self._titles: dict[str, str] = {}
        for key, doc in site.documents.items():
            if isinstance(doc.details, PolicyDetails):
                number = parse_doc_number(doc.details.doc_no)
                if number:
                    self._numbers[number.key] = key
                self._titles[folded_title(doc.title)] = key

    def found_in(self, text: str) -> list[str]:
        """Keys of the policies that `text` names, in reading order, each once. A number decides over a title."""
        found = [
            self._numbers[value.key]
            for number in find_doc_numbers(text)
            for value in suffixes(number.value)
            if value.key in self._numbers
        ]
        if not found:
            titles = [folded_title(match[1]) for match in _TITLE.finditer(text)]
            self._asked.update(titles)
            found = [self._titles[title] for title in titles if title in self._titles]
        return list(dict.fromkeys(found))
