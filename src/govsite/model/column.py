"""A column (栏目) of the site."""

from __future__ import annotations

from govsite.frozen import dataclass
from govsite.vocab.columns import Collects
from govsite.vocab.records import Basis


@dataclass(frozen=True, slots=True)
class Column:
    """One column. path: names from the top, this one last; children: ids in site order.

    type: 47号 ColumnType; layout: how its first page looks; article: item of 条例 art. 20/21; freshness: update class.
    domain: id of the catalog domain it belongs to, `""` for all others; form: the application (申请表) is filled in here.
    """

    id: str
    name: str
    en: str
    type: str
    layout: str
    parent: str = ""
    path: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    description: str = ""
    description_en: str = ""
    statutory: bool = False
    article: str = ""
    freshness: str = "static"
    domain: str = ""
    collects: tuple[Collects, ...] = ()
    basis: Basis = Basis()
    form: bool = False
