"""Every part of a site is either asked for by name or belongs to the frame; none is forgotten."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from govsite.cache.linked import TRACED_ASSEMBLY, TRACED_SITE, frame_of, tables_of
from govsite.model.reads import Reads, traced_site
from govsite.model.site import Assembly, Site
from running import document, link_site, policy, write_site


def _site(folder: Path) -> Site:
    files: dict[str, str | bytes] = {
        "content/policies/1.md": policy("见《关于试验的通知》。\n", 发文字号="试政发〔2024〕1号"),
        "content/disclosures/1.md": document(栏目="tzgg"),
    }
    return link_site(write_site(folder, files))[0]


def test_what_is_traced_is_what_a_traced_site_wraps(tmp_path: Path) -> None:
    site = _site(tmp_path)
    traced = traced_site(site, Reads())
    wrapped = {
        field.name for field in fields(Site) if getattr(traced, field.name) is not getattr(site, field.name)
    }
    assert wrapped == TRACED_SITE
    inside = {
        field.name
        for field in fields(Assembly)
        if getattr(traced.assembly, field.name) is not getattr(site.assembly, field.name)
    }
    assert inside - {"addresses"} == TRACED_ASSEMBLY


def test_the_frame_is_all_the_rest(tmp_path: Path) -> None:
    frame = frame_of(_site(tmp_path))
    expected = {field.name for field in fields(Site)} - TRACED_SITE
    expected |= {f"assembly.{field.name}" for field in fields(Assembly)} - {
        f"assembly.{n}" for n in TRACED_ASSEMBLY
    }
    assert set(frame) == expected


def test_reads_carry_the_names_of_what_was_asked(tmp_path: Path) -> None:
    reads = Reads()
    site = traced_site(_site(tmp_path), reads)
    assert site.documents["policy/1"].title
    assert site.documents["policy/1"].spans == ()  # what pages may not see
    assert site.validity.get("policy/1")
    assert "disclosure/9" not in site.documents
    assert site.members.get("tzgg")
    assert reads.take() == {"d:policy/1", "r:policy/1", "d:disclosure/9", "m:tzgg"}
    assert list(site.documents.values())
    assert reads.take() == {"D", "V", "d:policy/1", "d:disclosure/1"}


def test_what_is_made_once_is_read_by_all_who_use_it() -> None:
    reads = Reads()

    def make() -> str:
        reads.names.add("d:x")
        return "made"

    reads.names.add("d:before")
    assert reads.within(make) == ("made", {"d:x"})
    assert reads.take() == {"d:before", "d:x"}


def test_tables_are_json_alone(tmp_path: Path) -> None:
    import json

    tables = tables_of(_site(tmp_path))
    assert json.loads(json.dumps(tables)) == tables


def test_every_way_to_ask_is_noted_and_gives_what_pages_may_see(tmp_path: Path) -> None:
    reads = Reads()
    site = traced_site(_site(tmp_path), reads)
    documents = site.assembly.documents
    by_index, by_get = documents["policy/1"], documents.get("policy/1")
    assert by_index is by_get
    assert (by_index.digest, by_index.spans) == ("", ())
    assert reads.take() == {"d:policy/1"}
    assert documents.get("policy/9") is None
    assert site.citations.get("policy/9", ()) == ()
    assert reads.take() == {"d:policy/9", "r:policy/9"}
