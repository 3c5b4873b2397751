"""The 22 real table layouts: what import reads of them, against what a careful reader takes from them.

`layouts.yaml` is that reader's, written by hand; `layouts.txt` the table of layout × rows × fields, kept as golden.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from govsite.hanzi.fold import fold
from govsite.intake.catalog.domains import domains_of
from govsite.intake.catalog.items import Item, Value
from govsite.intake.material import Material
from govsite.intake.read import read_material
from govsite.source.yaml import load_data

HERE = Path(__file__).parent
_FIELDS = ("no", "level1", "level2", "level3", "content", "basis", "deadline", "subject", "channels", "audience", "mode",
           "tier", "responsible_section")  # fmt: skip
_COLUMNS = ("right", "marked", "open", "wrong")


@pytest.fixture(scope="module")
def layouts() -> list[dict[str, object]]:
    file = Path(__file__).resolve().parents[3] / "shared" / "data" / "catalog" / "raw-tables.jsonl"
    if not file.is_file():
        pytest.skip("the real tables do not lie beside the repository")
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _material(text: str) -> Material:
    return read_material(text.encode(), "表.txt")


def _judge(value: Value | None, expected: object) -> str:
    """`right` · `marked`: right, and marked 待核 · `open`: nothing claimed · `wrong`: claimed and not so."""
    known = [expected] if isinstance(expected, str) else list(expected or ())  # type: ignore[call-overload]
    if value is None or not value.texts:
        return "open"
    said = [text.removeprefix("待核：") for text in value.texts]
    is_marked = bool(value.doubt) or any(text.startswith("待核") for text in value.texts)
    meant = [str(text).rstrip("?") for text in known]
    if sorted(map(fold, said)) == sorted(map(fold, meant)):
        return "marked" if value.doubt else "right"
    return "open" if is_marked else "wrong"


def _table(layouts: list[dict[str, object]]) -> tuple[str, Counter[str], list[str]]:
    truth = load_data((HERE / "layouts.yaml").read_text(encoding="utf-8"))
    lines = [f"{'':2}  {'layout':24} {'rows':>9}  " + "  ".join(f"{name:>6}" for name in _COLUMNS)]
    totals: Counter[str] = Counter()
    wrong = []
    for number, record in enumerate(layouts, 1):
        found = domains_of(_material(str(record["raw_excerpt"])), clean=True)
        items = [item for domain in found for item in domain.items]
        expected = truth[number] if number in truth else truth[str(number)]
        counts: Counter[str] = Counter()
        for item, row in zip(items, expected, strict=False):
            for key in _FIELDS:
                verdict = _judge(item.values.get(key), row.get(key, "?" if key in item.values else ""))
                if key not in row and verdict == "open":
                    continue
                counts[verdict] += 1
                if verdict == "wrong":
                    wrong.append(f"{number} {_name(item)} {key}: {item.values[key].texts} / {row.get(key)}")
        rows = f"{len(items)}/{len(expected)}"
        lines.append(
            f"{number:2}  {record['format']!s:24} {rows:>9}  "
            + "  ".join(f"{counts[name]:6}" for name in _COLUMNS)
        )
        totals += counts
        totals["rows"] += len(items)
    lines.append(
        f"    {'all':24} {totals['rows']:>9}  " + "  ".join(f"{totals[name]:6}" for name in _COLUMNS)
    )
    return "\n".join(lines) + "\n", totals, wrong


def _name(item: Item) -> str:
    return "／".join(filter(None, item.names))


def test_every_readable_row_of_the_22_layouts_is_read_as_the_golden_table_says(
    layouts: list[dict[str, object]], update: bool
) -> None:
    table, _, _ = _table(layouts)
    golden = HERE / "layouts.txt"
    if update:
        golden.write_text(table, encoding="utf-8", newline="\n")
    assert table == golden.read_text(encoding="utf-8")


def test_nothing_is_claimed_that_the_source_does_not_say(layouts: list[dict[str, object]]) -> None:
    _, _, wrong = _table(layouts)
    assert wrong == []


def test_what_cannot_be_read_as_rows_is_reported_with_its_place(layouts: list[dict[str, object]]) -> None:
    for number in (12, 21):
        found = domains_of(_material(str(layouts[number - 1]["raw_excerpt"])))
        notes = [note for domain in found for note in domain.notes]
        assert [note.kind for note in notes if note.weight == "lost"][:1] == ["unread"]
        assert all(note.place for note in notes if note.kind == "unread")
