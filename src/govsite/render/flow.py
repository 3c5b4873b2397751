"""Flow charts (流程图) as SVG, drawn from the steps: one line downwards, a side road where a step asks a question.

Colours come from classes of `kinds.css`, so that a chart follows the page into the dark, high contrast and print.
"""

from __future__ import annotations

from html import escape

from govsite.extend.views import FlowView, TableView
from govsite.messages.catalogue import Translate
from govsite.model.values import Row

_WIDTH = 760
_CENTRE, _BOX, _SIDE, _SIDE_BOX = 220, 320, 590, 250
_LINE, _PAD, _GAP = 22, 14, 38
_LANE = 14
_TIP = (
    '<defs><marker id="flow-tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto">'
    '<path class="flow-tip" d="M0 0l10 5l-10 5z"/></marker></defs>'
)


def _wide(text: str) -> int:
    """Width in half characters: a Chinese character counts two."""
    return sum(1 if ord(sign) < 0x2E80 else 2 for sign in text)


def _wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` half characters."""
    lines, line = [], ""
    for sign in text:
        if line and _wide(line + sign) > width:
            lines.append(line)
            line = ""
        line += sign
    return [*lines, line] if line else lines


def _text(row: Row, key: str) -> str:
    return str(row.values.get(key, "") or "")


class _Step:
    """A box: its lines, its place, and where its side road leads."""

    def __init__(self, row: Row, t: Translate) -> None:
        self.name = _text(row, "step")
        notes = [_text(row, "station"), _text(row, "limit"), _text(row, "control")]
        self.title = _wrap(self.name, 34)
        self.notes = [line for note in notes if note for line in _wrap(note, 40)]
        self.otherwise = _text(row, "otherwise")
        self.top = 0

    @property
    def is_question(self) -> bool:
        return bool(self.otherwise)

    @property
    def height(self) -> int:
        return (len(self.title) + len(self.notes)) * _LINE + 2 * _PAD

    @property
    def middle(self) -> int:
        return self.top + self.height // 2

    @property
    def bottom(self) -> int:
        return self.top + self.height


def flow_view(t: Translate, title: str, label: str, rows: tuple[Row, ...], table: TableView) -> FlowView:
    """The chart of some steps with the same steps as a table."""
    steps = [_Step(row, t) for row in rows]
    top = 8
    for step in steps:
        step.top = top
        top += max(step.height, len(_wrap(step.otherwise, 28)) * _LINE + 2 * _PAD) + _GAP
    height = max(top - _GAP + 8, 16)
    name = t("flow.name", title=title)
    described = t("flow.arrow").join(step.name for step in steps)
    parts = [
        f'<svg class="flow" viewBox="0 0 {_WIDTH} {height}" role="img" aria-labelledby="flow-title flow-text">',
        f'<title id="flow-title">{escape(name)}</title><desc id="flow-text">{escape(described)}</desc>',
        _TIP,
    ]
    for index, step in enumerate(steps):
        parts += _box(step, is_end=index in {0, len(steps) - 1})
        if index + 1 < len(steps):
            after = steps[index + 1].top
            parts.append(_line(f"M{_CENTRE} {step.bottom}V{after - 2}"))
            if step.is_question:
                parts.append(_words(_CENTRE + 10, step.bottom + 22, t("flow.yes"), "flow-note", "start"))
    parts += _side_roads(steps, t)
    return FlowView(label, "".join([*parts, "</svg>"]), table)


def _box(step: _Step, *, is_end: bool) -> list[str]:
    left, right = _CENTRE - _BOX // 2, _CENTRE + _BOX // 2
    if step.is_question:
        slant = 22
        shape = (
            f'<path class="flow-ask" d="M{left} {step.middle}L{left + slant} {step.top}H{right - slant}L{right} {step.middle}'
            f'L{right - slant} {step.bottom}H{left + slant}z"/>'
        )
    else:
        curve = 22 if is_end else 4
        shape = f'<rect class="flow-box" x="{left}" y="{step.top}" width="{_BOX}" height="{step.height}" rx="{curve}"/>'
    lines = [(text, "flow-step") for text in step.title] + [(text, "flow-note") for text in step.notes]
    return [shape, *_lines(_CENTRE, step.top, lines)]


def _lines(centre: int, top: int, lines: list[tuple[str, str]]) -> list[str]:
    return [
        _words(centre, top + _PAD + index * _LINE + 16, text, class_, "middle")
        for index, (text, class_) in enumerate(lines)
    ]


def _side_roads(steps: list[_Step], t: Translate) -> list[str]:
    """Where a question is answered no: to a box beside it, or along a lane to the step that it names."""
    parts: list[str] = []
    places = {step.name: step for step in steps}
    right = _CENTRE + _BOX // 2
    lane = _WIDTH - 8
    for step in steps:
        if not step.is_question:
            continue
        target = places.get(step.otherwise)
        parts.append(_words(right + 12, step.middle - 8, t("flow.no"), "flow-note", "start"))
        if target is not None and target is not step:
            parts.append(_line(f"M{right} {step.middle}H{lane}V{target.middle}H{right + 2}"))
            lane -= _LANE
            continue
        lines = [(text, "flow-note") for text in _wrap(step.otherwise, 32)]
        height = len(lines) * _LINE + 2 * _PAD
        top = step.middle - height // 2
        left = _SIDE - _SIDE_BOX // 2
        parts.append(_line(f"M{right} {step.middle}H{left - 2}"))
        parts.append(
            f'<rect class="flow-side" x="{left}" y="{top}" width="{_SIDE_BOX}" height="{height}" rx="4"/>'
        )
        parts += _lines(_SIDE, top, lines)
    return parts


def _line(path: str) -> str:
    return f'<path class="flow-line" d="{path}" marker-end="url(#flow-tip)"/>'


def _words(x: int, y: int, text: str, class_: str, anchor: str) -> str:
    return f'<text class="{class_}" x="{x}" y="{y}" text-anchor="{anchor}">{escape(text)}</text>'
