"""Every kind of target: publish, change, publish, go back."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from editions import Expected, make_editions
from machines import free_port, need, running_sshd

from running import CONFIG, govsite, tree

if TYPE_CHECKING:
    from collections.abc import Iterator

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="servers as Linux has them")


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return make_editions(tmp_path_factory.mktemp("editions"))


def make_site(folder: Path, address: str, **options: str) -> Path:
    words = "".join(f", {key}: {value}" for key, value in options.items())
    folder.mkdir(exist_ok=True)
    text = f"{CONFIG}发布:\n  - {{名称: 正式, 地址: '{address}'{words}}}\n"
    (folder / "config.yaml").write_text(text, encoding="utf-8")
    return folder


def publish(site: Path, *words: str | Path, code: int = 0) -> str:
    found, said = govsite("publish", "正式", "--site", site, *words)
    assert found == code, said
    return said


def is_edition(folder: Path, edition: Path) -> bool:
    """Whether `folder` holds this edition, and else only what belongs to publishing."""
    found, wanted = tree(folder), tree(edition)
    rest = [path for path in found if path not in wanted and not path.startswith((".govsite/", "assets/"))]
    rest = [path for path in rest if not path.endswith((".gz", ".br"))]
    return not rest and all(found.get(path) == content for path, content in wanted.items())


@pytest.mark.parametrize("layout", ["版本目录", "直接替换"])
def test_a_folder_gets_an_edition_the_next_one_and_the_one_before(
    layout: str, editions: tuple[Path, Path], tmp_path: Path
) -> None:
    if os.name == "nt" and layout == "版本目录":
        pytest.skip("no symbolic links on Windows")
    site, root = (
        make_site(tmp_path / "site", str(tmp_path / "网站 根"), 方式=layout, 预压缩="是"),
        tmp_path / "网站 根",
    )
    public = root / "current" if layout == "版本目录" else root
    assert "什么都还没有做" in publish(site, "--from", editions[0], "--dry-run")
    assert not root.exists()
    for edition in editions:
        publish(site, "--from", edition)
        assert is_edition(public, edition)
    assert "没有需要传送的" in publish(site, "--from", editions[1])
    assert "已退回" in publish(site, "--rollback")
    assert is_edition(public, editions[0])
    assert "PUB307" in publish(site, "--rollback", code=1)
    assert is_edition(public, editions[0])
    publish(site, "--from", editions[1])
    assert is_edition(public, editions[1])
    assert not list(root.glob(".govsite/incoming/*"))
    assert not (root / ".govsite" / "lock").exists()


def test_assets_of_the_edition_before_stay_for_those_who_just_loaded_a_page(
    editions: tuple[Path, Path], tmp_path: Path
) -> None:
    site, root = make_site(tmp_path / "site", str(tmp_path / "www"), 方式="直接替换"), tmp_path / "www"
    for edition in editions:
        publish(site, "--from", edition)
    before = {path for path in Expected.of(editions[0]).files if path.startswith("assets/")}
    now = {path for path in Expected.of(editions[1]).files if path.startswith("assets/")}
    assert before - now
    assert all((root / path).is_file() for path in before | now)


def test_a_site_that_was_touched_after_the_build_does_not_go_out(
    editions: tuple[Path, Path], tmp_path: Path
) -> None:
    import shutil

    site = make_site(tmp_path / "site", str(tmp_path / "www"))
    for number, spoil in enumerate(("change", "add", "remove")):
        copy = tmp_path / f"copy{number}"
        shutil.copytree(editions[0], copy)
        page = copy / "index.html"
        if spoil == "add":
            (copy / "extra.html").write_text("x", encoding="utf-8")
        elif spoil == "remove":
            page.unlink()
        else:
            page.write_bytes(page.read_bytes() + b" ")
        assert "PUB302" in publish(site, "--from", copy, code=1)
    assert "PUB301" in publish(site, "--from", tmp_path / "nothing", code=1)
    assert not (tmp_path / "www").exists()


def test_files_that_govsite_did_not_put_there_stay(editions: tuple[Path, Path], tmp_path: Path) -> None:
    site, root = make_site(tmp_path / "site", str(tmp_path / "www"), 方式="直接替换"), tmp_path / "www"
    root.mkdir()
    (root / "MP_verify.txt").write_text("another's", encoding="utf-8")
    for edition in editions:
        publish(site, "--from", edition)
    assert (root / "MP_verify.txt").read_text(encoding="utf-8") == "another's"


def test_two_at_a_time_are_refused_and_a_dead_one_is_not_waited_for(
    editions: tuple[Path, Path], tmp_path: Path
) -> None:
    site, root = make_site(tmp_path / "site", str(tmp_path / "www"), 方式="直接替换"), tmp_path / "www"
    publish(site, "--from", editions[0])
    lock = root / ".govsite" / "lock"
    lock.write_text(
        json.dumps({"token": "x", "machine": "another", "process": 1, "until": 4e9}), encoding="utf-8"
    )
    assert "PUB303" in publish(site, "--from", editions[1], code=1)
    assert is_edition(root, editions[0])
    publish(site, "--from", editions[1], "--take-over")
    lock.write_text(
        json.dumps({"token": "x", "machine": "another", "process": 1, "until": 1}), encoding="utf-8"
    )
    publish(site, "--from", editions[0])
    assert is_edition(root, editions[0])


def test_a_receipt_says_what_where_by_whom_and_from_which_revision(
    editions: tuple[Path, Path], tmp_path: Path
) -> None:
    site, root = make_site(tmp_path / "site", str(tmp_path / "www")), tmp_path / "www"
    publish(site, "--from", editions[0], "--receipt", tmp_path / "r" / "receipt.json")
    receipt = json.loads((tmp_path / "r" / "receipt.json").read_text(encoding="utf-8"))
    assert (
        receipt["edition"]["edition"]
        == "-".join(receipt["edition"]["edition"].split("-")[:3]) + "-" + receipt["edition"]["root"][:12]
    )
    assert receipt["target"]["address"] == str(root)
    assert receipt["changes"]["added"] == len(Expected.of(editions[0]).files)
    assert receipt["checked"] == {"target": "content", "files": receipt["changes"]["added"]}
    assert receipt["by"]
    assert receipt["time"].endswith("+08:00")
    kept = list((site / "build" / "publish").rglob("receipts/*.json"))
    assert [json.loads(file.read_text(encoding="utf-8")) for file in kept] == [receipt]


@linux
@pytest.mark.parametrize("scheme", ["ssh", "sftp"])
def test_a_server_reached_by_ssh_gets_editions_and_goes_back(
    scheme: str, editions: tuple[Path, Path], tmp_path: Path
) -> None:
    root = tmp_path / "网站 根"
    with running_sshd(tmp_path / "sshd", sftp_only=scheme == "sftp") as sshd:
        site = make_site(tmp_path / "site", f"{scheme}://target{root}", SSH配置=str(sshd.config))
        for edition in editions:
            said = publish(site, "--from", edition)
            assert is_edition(root / "current", edition), said
        assert ("逐字节" in said) == (scheme == "ssh")
        publish(site, "--rollback")
        assert is_edition(root / "current", editions[0])


@pytest.fixture
def storage(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Address of S3-compatible storage on loopback, with a bucket `zwgk`."""
    boto3 = pytest.importorskip("boto3", reason="boto3 is not installed")
    server = pytest.importorskip("moto.server", reason="moto is not installed")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    running = server.ThreadedMotoServer("127.0.0.1", free_port(), verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    address = f"http://{host}:{port}"
    boto3.client("s3", endpoint_url=address).create_bucket(Bucket="zwgk")
    yield address
    running.stop()


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_s3_compatible_storage_gets_editions_with_their_types(
    storage: str, editions: tuple[Path, Path], tmp_path: Path
) -> None:
    import boto3

    site = make_site(tmp_path / "site", "s3://zwgk/shiyan", 端点=storage)
    client = boto3.client("s3", endpoint_url=storage)
    for edition in editions:
        publish(site, "--from", edition)
        pages = client.get_paginator("list_objects_v2").paginate(Bucket="zwgk", Prefix="shiyan/")
        keys = {item["Key"].removeprefix("shiyan/") for page in pages for item in page["Contents"]}
        wanted = Expected.of(edition).files.keys()
        assert keys >= wanted
        assert all(key.startswith(("assets/", ".govsite/")) for key in keys - wanted)
    home = client.get_object(Bucket="zwgk", Key="shiyan/index.html")
    assert home["Body"].read() == (editions[1] / "index.html").read_bytes()
    assert home["ContentType"] == "text/html; charset=utf-8"
    publish(site, "--rollback")
    assert (
        client.get_object(Bucket="zwgk", Key="shiyan/index.html")["Body"].read()
        == (editions[0] / "index.html").read_bytes()
    )


def test_a_public_address_that_gives_something_else_is_told(
    editions: tuple[Path, Path], tmp_path: Path, serve
) -> None:  # type: ignore[no-untyped-def]
    root = tmp_path / "www"
    address = serve(root)
    site = make_site(tmp_path / "site", str(root), 方式="直接替换", 网址=address)
    assert "已按网址核对" in publish(site, "--from", editions[0])
    wrong = make_site(tmp_path / "site", str(root), 方式="直接替换", 网址=f"{address}elsewhere/")
    assert "PUB311" in publish(wrong, "--from", editions[1], code=1)


@linux
def test_a_host_that_cannot_be_reached_is_a_problem_and_no_traceback(
    editions: tuple[Path, Path], tmp_path: Path
) -> None:
    need("ssh")
    site = make_site(tmp_path / "site", f"ssh://127.0.0.1:{free_port()}/www")
    said = publish(site, "--from", editions[0], code=1)
    assert "PUB305" in said
