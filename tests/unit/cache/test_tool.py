"""Which tool this is: whatever could make other results of the same sources is another tool."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import govsite
from govsite.cache import tool
from govsite.cache.tool import tool_digest, tool_mark

LATER = 2**62


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """`site-packages` with a govsite and its record."""
    folder = tmp_path / "site-packages"
    (folder / "govsite").mkdir(parents=True)
    (folder / "govsite" / "__init__.py").write_text("", encoding="utf-8")
    record = folder / f"govsite-{govsite.__version__}.dist-info" / "RECORD"
    record.parent.mkdir()
    record.write_text("govsite/__init__.py,sha256=one,0\n", encoding="utf-8")
    monkeypatch.setattr(govsite, "__file__", str(folder / "govsite" / "__init__.py"))
    tool._mark.cache_clear()
    yield record
    tool._mark.cache_clear()


def _marks() -> tuple[str, str]:
    tool._mark.cache_clear()
    return tool_digest(), tool_mark(LATER)


def test_the_same_tool_is_known_again(installed: Path) -> None:
    assert _marks() == _marks()
    assert all(_marks())


def test_another_wheel_of_the_same_version_is_another_tool(installed: Path) -> None:
    before = _marks()
    installed.write_text("govsite/__init__.py,sha256=two,0\n", encoding="utf-8")
    after = _marks()
    assert before[0] != after[0]
    assert before[1] != after[1]


def test_another_version_of_a_library_is_another_tool(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(installed.parent.parent))
    before = _marks()
    (installed.parent.parent / "jinja2-99.dist-info").mkdir()
    after = _marks()
    assert before[0] != after[0]
    assert before[1] != after[1]


def test_where_nothing_is_recorded_the_version_counts(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed.unlink()
    before = _marks()
    monkeypatch.setattr(govsite, "__version__", "99.0")
    assert before[0] != _marks()[0]


def test_a_checkout_is_known_by_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "src" / "govsite"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("", encoding="utf-8")
    monkeypatch.setattr(govsite, "__file__", str(package / "__init__.py"))
    before = _marks()
    (package / "data.yaml").write_text("a: 1\n", encoding="utf-8")
    after = _marks()
    assert before[0] != after[0]
    assert before[1] != after[1]
    tool._mark.cache_clear()
