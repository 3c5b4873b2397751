"""Trees remember folders; a leaf is changed in place where it can be."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

from govsite.files.stamps import NEVER, Stamp
from govsite.files.trees import Tree, amended_tree, is_untouched, remember_tree, sound_files
from running import write_site

Files = dict[str, tuple[Stamp, str]]
DIGESTS = [f"{number:064x}" for number in range(8)]


def _files(chance: random.Random, count: int) -> Files:
    names = [f"{folder}{number}.html" for folder in ("", "a/", "a/b/", "栏目/") for number in range(9)]
    return {
        name: (Stamp(chance.randrange(99), chance.randrange(1 << 60), chance.randrange(1 << 62)), chance.choice(DIGESTS))
        for name in chance.sample(names, count)
    }  # fmt: skip


def test_a_tree_is_what_its_files_are_however_it_came_about() -> None:
    chance = random.Random(5)  # noqa: S311 - a sequence to repeat, no secret
    for _ in range(200):
        first, came = _files(chance, chance.randrange(30)), _files(chance, chance.randrange(6))
        gone = chance.sample(sorted(first), min(len(first), chance.randrange(4)))
        whole = {path: known for path, known in first.items() if path not in gone} | came
        tree = Tree.of(first).changed(came, gone)
        assert dict(tree) == whole
        assert len(tree) == len(whole)
        assert dict(Tree.from_bytes(tree.to_bytes())) == whole
        for folder, leaf in tree.leaves.items():
            before = Tree.of(first).leaves.get(folder)
            known = before.files if before else {}
            unlike = [(name, digest) for name, (_, digest) in leaf.files.items()
                      if known.get(name, (NEVER, ""))[1] != digest]  # fmt: skip
            assert before is None or leaf.unlike(before) == unlike


def test_a_folder_is_known_again_and_every_change_of_it(tmp_path: Path) -> None:
    write_site(tmp_path, {"a/1.html": "一", "a/2.html": "二", "b.html": "三", "config.yaml": "x"})
    from govsite.files.digest import sha256_of_file

    digests = {
        path.relative_to(tmp_path).as_posix(): sha256_of_file(path)
        for path in sorted(tmp_path.rglob("*"))
        if path.is_file()
    }
    seen = time.time_ns() + 10_000_000_000
    tree = remember_tree(tmp_path, digests, Tree(), digests, seen)
    assert is_untouched(tmp_path, tree)
    os.utime(tmp_path / "a/1.html", ns=(0, 0))
    assert is_untouched(tmp_path, tree)
    (tmp_path / "a/1.html").write_text("乙", encoding="utf-8")
    assert not is_untouched(tmp_path, tree)
    sound, others = sound_files(tmp_path, tree)
    assert (others, sorted(sound)) == (["a/1.html"], sorted(digests.keys() - {"a/1.html"}))
    new = {"a/1.html": sha256_of_file(tmp_path / "a/1.html")}
    (tmp_path / "b.html").unlink()
    amended = amended_tree(tmp_path, tree, new, ["b.html"], seen)
    assert is_untouched(tmp_path, amended)
    assert sorted(amended) == sorted(digests.keys() - {"b.html"})
    young = amended_tree(tmp_path, amended, new, [], 0)
    assert young["a/1.html"][0] == NEVER
    assert is_untouched(tmp_path, young)
    assert amended_tree(tmp_path, young, {}, [], seen)["a/1.html"][0] != NEVER
