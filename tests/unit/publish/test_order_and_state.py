"""What travels in which order, and what a target remembers."""

from __future__ import annotations

import pytest

from govsite.files.merkle import audit_path, leaf_of, root_from, root_of
from govsite.publish.edition import Entry
from govsite.publish.failure import PublishError
from govsite.publish.order import plan_changes
from govsite.publish.state import Published, State
from govsite.publish.target import find_target
from govsite.settings.settings import TargetOption


def _entries(**digests: str) -> dict[str, Entry]:
    return {name.replace("__", "/").replace("_", "."): Entry(digest, 1) for name, digest in digests.items()}


OLD = _entries(index_html="1", columns__a__index_html="1", policies__x_html="1", policies__gone_html="1",
               assets__site_1_css="1", files__t_csv="1", search__manifest_js="1", search__g_js="1")  # fmt: skip
NEW = _entries(index_html="2", columns__a__index_html="2", policies__x_html="2", policies__new_html="2",
               assets__site_2_css="2", files__t_csv="2", files__u_csv="2", search__manifest_js="2", search__g_js="2")  # fmt: skip


def test_new_files_come_before_pages_that_name_them_and_lists_come_last() -> None:
    plan = plan_changes(OLD, NEW)
    assert plan.add == ("assets/site.2.css", "files/u.csv", "policies/new.html")
    assert plan.change == (
        "files/t.csv", "search/g.js", "search/manifest.js", "policies/x.html", "columns/a/index.html", "index.html",
    )  # fmt: skip
    assert plan.remove == ("policies/gone.html",)
    assert plan.retain == ("assets/site.1.css",)


def test_assets_of_the_replaced_edition_stay_for_one_edition_only() -> None:
    later = {**NEW, **_entries(assets__site_1_css="1")}
    plan = plan_changes(later, NEW, frozenset(), frozenset({"assets/site.1.css"}))
    assert plan.remove == ("assets/site.1.css",)
    assert plan.retain == ()


def test_what_an_interrupted_publication_may_have_touched_travels_again() -> None:
    plan = plan_changes(NEW, NEW, frozenset({"index.html", "policies/half.html"}))
    assert plan.change == ("index.html",)
    assert plan.remove == ("policies/half.html",)


def test_compressed_twins_travel_with_their_files_and_go_before_them() -> None:
    old = _entries(policies__x_html="1", policies__x_html_gz="1")
    assert plan_changes(old, {}).remove == ("policies/x.html.gz", "policies/x.html")
    assert plan_changes({}, old).add == ("policies/x.html", "policies/x.html.gz")


def test_a_rollback_leads_to_what_was_public_before_and_a_new_edition_forgets_what_was_left() -> None:
    state = State()
    for name in "abc":
        state = state.with_edition(Published(name, name), {}, keep=3)
    assert state.before is not None
    assert state.before.edition == "b"
    back = state.back_at("b", {})
    assert back.before is not None
    assert back.before.edition == "a"
    assert [one.edition for one in back.with_edition(Published("d", "d"), {}, 3).releases] == ["a", "b", "d"]
    assert [one.edition for one in state.with_edition(Published("a", "a"), {}, 2).releases] == ["c", "a"]


@pytest.mark.parametrize("count", [1, 2, 3, 5, 8, 13])
def test_every_leaf_is_proven_by_its_path_and_by_no_other(count: int) -> None:
    leaves = [leaf_of(str(number).encode()) for number in range(count)]
    root = root_of(leaves)
    for index, leaf in enumerate(leaves):
        path = audit_path(index, leaves)
        assert root_from(leaf, index, count, path) == root
        assert root_from(leaf_of(b"other"), index, count, path) != root
        assert root_from(leaf, index, count, [*path, leaf]) != root
        assert count == 1 or root_from(leaf, index, count, path[:-1]) != root
    assert root_from(leaves[0], count, count, []) is None


@pytest.mark.parametrize(
    ("address", "kind", "host", "place"),
    [
        ("ssh://web@host:2222/srv/www", "ssh", "web@host", "/srv/www"),
        ("sftp://host/~/www", "sftp", "host", "www"),
        ("s3://bucket/a/b", "s3", "bucket", "a/b"),
    ],
)
def test_an_address_says_where_to(address: str, kind: str, host: str, place: str, tmp_path) -> None:  # type: ignore[no-untyped-def]
    target = find_target("t", (TargetOption("t", address),), tmp_path)
    assert (target.kind, target.host, target.place) == (kind, host, place)
    assert target.layout == ("flat" if kind == "s3" else "releases")


@pytest.mark.parametrize(
    "address",
    ["ftp://host/x", "ssh://user:secret@host/x", "ssh://-oProxyCommand=x/y", "ssh://host", "nowhere"],
)
def test_an_address_that_is_none_is_a_problem(address: str, tmp_path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(PublishError) as caught:
        find_target(address, (TargetOption("other", "x"),), tmp_path)
    assert caught.value.problem.code == "PUB304"
