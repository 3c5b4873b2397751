"""Code of the built-in templates: kept, trusted only where it was made from what is there now."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from govsite.render import kept_code
from govsite.render.kept_code import code_key, keep_code, read_code

CODE = compile("answer = 42", "theme/templates/page.html", "exec")
OTHER = compile("answer = 43", "theme/templates/page.html", "exec")


@pytest.fixture(autouse=True)
def _python_keeps_code(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    kept_code._compiler.cache_clear()
    yield
    kept_code._compiler.cache_clear()


def template_in(folder: Path) -> Path:
    template = folder / "page.html"
    template.write_text("{{ answer }}", encoding="utf-8")
    return template


def test_what_was_kept_is_read_again(tmp_path: Path) -> None:
    template = template_in(tmp_path)
    key = code_key("{{ answer }}", "page.html", "theme/templates/page.html")
    assert read_code(template, key) is None
    keep_code(template, key, CODE)
    assert read_code(template, key) == CODE
    keep_code(template, key, OTHER)
    assert read_code(template, key) == OTHER
    assert [path.parent.name for path in tmp_path.rglob("*.pyc")] == ["__pycache__"]


def test_other_source_name_or_file_is_another_key() -> None:
    keys = {
        code_key(*words) for words in (("a", "b", "c"), ("x", "b", "c"), ("a", "x", "c"), ("a", "b", "x"))
    }
    assert len(keys) == 4


@pytest.mark.parametrize("maker", ["compiling.py", "memo.py"])
def test_a_change_in_what_makes_the_code_is_another_key(
    maker: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = Path(kept_code.__file__).parent
    before = code_key("a", "b", "c")
    for name in kept_code._MAKERS:
        text = (source / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text + ("\n# changed\n" if name == maker else ""), encoding="utf-8")
    monkeypatch.setattr(kept_code, "__file__", str(tmp_path / "kept_code.py"))
    kept_code._compiler.cache_clear()
    assert code_key("a", "b", "c") != before


@pytest.mark.parametrize("damage", ["cut", "other key", "rubbish", "not code"])
def test_anything_else_in_its_place_is_not_read(damage: str, tmp_path: Path) -> None:
    template = template_in(tmp_path)
    key = code_key("{{ answer }}", "page.html", "theme/templates/page.html")
    keep_code(template, key, CODE)
    place = next(tmp_path.rglob("*.pyc"))
    content = place.read_bytes()
    head = len(kept_code._head(key))
    place.write_bytes(
        {
            "cut": content[:-3],
            "other key": content[: head - 1] + b"!" + content[head:],
            "rubbish": content[:head] + b"\xff" * 40,
            "not code": content[:head] + b"N",
        }[damage]
    )
    assert read_code(template, key) is None


def test_nothing_is_kept_where_python_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    template = template_in(tmp_path)
    keep_code(template, "k" * 32, CODE)
    assert not list(tmp_path.rglob("*.pyc"))
