"""有效性: from dates and relations, judged on a day."""

from __future__ import annotations

from pathlib import Path

import pytest

from running import link_site, policy, write_site


def _states(tmp_path: Path, as_of: str, **files: str) -> dict[str, str]:
    folder = tmp_path / str(len(list(tmp_path.iterdir())))
    site, problems = link_site(
        write_site(folder, {f"content/policies/{n}.md": text for n, text in files.items()}), as_of
    )
    assert problems == []
    return {key.removeprefix("policy/"): state for key, state in site.validity.items()}


@pytest.mark.parametrize(
    ("as_of", "state"),
    [
        ("2024-02-27", "not_yet"),
        ("2024-03-01", "in_force"),
        ("2024-12-31", "in_force"),
        ("2025-01-01", "void"),
    ],
)
def test_dates_of_force_are_inclusive(as_of: str, state: str, tmp_path: Path) -> None:
    states = _states(tmp_path, as_of, a=policy(施行日期="2024-03-01", 失效日期="2024-12-31"))
    assert states == {"a": state}


@pytest.mark.parametrize(("as_of", "state"), [("2024-04-30", "in_force"), ("2024-05-01", "repealed")])
def test_a_repeal_counts_from_the_day_it_takes_effect(as_of: str, state: str, tmp_path: Path) -> None:
    repealing = policy(废止="a", 施行日期="2024-05-01")
    assert _states(tmp_path, as_of, a=policy(), b=repealing)["a"] == state


def test_a_repeal_is_heavier_than_an_amendment(tmp_path: Path) -> None:
    states = _states(tmp_path, "2024-06-01", a=policy(), b=policy(修改="a"), c=policy(废止="a"))
    assert states == {"a": "repealed", "b": "in_force", "c": "in_force"}


def test_an_amended_document_is_still_in_force(tmp_path: Path) -> None:
    assert _states(tmp_path, "2024-06-01", a=policy(), b=policy(修改="a"))["a"] == "amended"


def test_what_the_author_wrote_wins(tmp_path: Path) -> None:
    states = _states(
        tmp_path,
        "2030-01-01",
        a=policy(失效日期="2024-12-31", 有效性="部分失效"),
        b=policy(有效性="继续有效"),
        c=policy(废止="b"),
    )
    assert states == {"a": "partly_void", "b": "in_force", "c": "in_force"}


def test_a_repealed_repeal_does_not_revive_what_it_repealed(tmp_path: Path) -> None:
    states = _states(tmp_path, "2024-06-01", a=policy(), b=policy(废止="a"), c=policy(废止="b"))
    assert states == {"a": "repealed", "b": "repealed", "c": "in_force"}


def test_without_a_day_the_newest_publication_decides(tmp_path: Path) -> None:
    old = policy(失效日期="2024-05-01")
    assert _states(tmp_path, "", a=old)["a"] == "in_force"
    assert _states(tmp_path, "", a=old, b=policy(发布日期="2024-06-01"))["a"] == "void"


def test_a_withheld_document_repeals_nothing(tmp_path: Path) -> None:
    withheld = policy(废止="a", 公开属性="不予公开", 不公开理由="内部事务")
    assert _states(tmp_path, "2024-06-01", a=policy(), b=withheld) == {"a": "in_force"}
