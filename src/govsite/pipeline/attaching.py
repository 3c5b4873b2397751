"""Attachments that the site offers: those that are what they were from memory, the others examined anew."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from govsite.cache.linked import dump
from govsite.check.privacy.leak import PrivacyContext
from govsite.files.bodies import Stored
from govsite.files.digest import digest_of
from govsite.files.typed_json import decoder, encoder
from govsite.model.sources import Scanned
from govsite.model.values import Attachment
from govsite.pipeline.examine import Batch, ExamineTask, Offered, examine_batch, make_examiner
from govsite.pipeline.memory import Memory
from govsite.pipeline.parallel import chunked, map_chunks
from govsite.problems.problem import Problem

BATCH = 20


class FileResult(NamedTuple):
    """What is known of an attachment. key: digest of all it depends on, `""` where it must be looked at again."""

    key: str
    text: Stored
    problems: tuple[Problem, ...]


Results = dict[str, FileResult]


def known_results(memory: Memory) -> Results:
    """Results of the last build by path under `content/`."""
    decode = decoder(tuple[Problem, ...])
    return {
        path: FileResult(key, Stored(*text), decode(problems))
        for path, (key, text, problems) in memory.facts("attachments").items()
    }


def results_section(results: Results) -> bytes:
    """For the next build."""
    encode = encoder(tuple[Problem, ...])
    return dump({
        path: [result.key, result.text, encode(result.problems)] for path, result in results.items()
    })  # fmt: skip


def examine_offered(
    offered: Iterable[Offered], task: ExamineTask, memory: Memory, scanned: Scanned, jobs: int
) -> Results:
    """A result for every file of `offered`."""
    known = known_results(memory)
    keys = {file.path: _key(file, memory, scanned, task.privacy) for file in offered}
    results: Results = {}
    stale: list[Offered] = []
    for file in offered:
        found = known.get(file.path)
        if found is not None and found.key and found.key == keys[file.path]:
            results[file.path] = found
        else:
            stale.append(file)
    batches = [Batch(f"{memory.run}a{number:06d}", part) for number, part in enumerate(chunked(stale, BATCH))]
    for examined in map_chunks(make_examiner, task, examine_batch, batches, jobs):
        for one in examined:
            key = keys[one.path] if one.settled else ""
            results[one.path] = FileResult(key, one.text, one.problems)
    return results


def changed_texts(old: Results, new: Results) -> set[str]:
    """Names (`model/reads.py`) of the texts that may differ."""
    return {
        f"x:{path}"
        for path in old.keys() | new.keys()
        if path not in old or path not in new or not old[path].key or old[path].key != new[path].key
    }


def _key(file: Offered, memory: Memory, scanned: Scanned, privacy: PrivacyContext) -> str:
    encode = encoder(Attachment)
    try:
        content = memory.files.sha256(file.path, scanned)
    except OSError:
        return ""
    by = [[encode(attachment), document.digest] for attachment, document in file.by]
    return digest_of(content.encode(), dump([privacy.as_of, sorted(privacy.phones), by]))
