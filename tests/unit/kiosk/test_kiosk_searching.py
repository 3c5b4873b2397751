# ruff: noqa: F401, F811 - a fixture is imported by its name
from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from terminals import Running, running

from govsite.index.answer import answer_json, search
from govsite.kiosk import searching as room
from govsite.kiosk.asking import Answered, Question
from govsite.kiosk.searching import Answers, BusyError, Searching


def question(query: str, **more: object) -> Question:
    words = {"limit": 10, "sort": "relevance", "filters": (), "without": (), **more}
    return Question(query, **words)  # type: ignore[arg-type]


def opened(running: Running) -> Searching:
    served = running.terminal.served
    assert served.index is not None
    return Searching(served.index, served.manifest.index_digest, processes=1)


def test_answers_are_those_of_the_command_line_and_the_same_question_is_asked_once(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "PATIENCE", 60.0)
    searching = opened(running)
    served = running.terminal.served
    assert served.index is not None
    asked = [question("防汛"), question(" 防汛  "), question("防汛", limit=3), question("防汛 OR 低保", sort="date"),
             question("防汛", filters=(("kind", "disclosure"), ("year", "2026"))), question("低保", without=("disclosure/gongshi",)), question("长" * 300)]  # fmt: skip

    async def ask() -> list[Answered]:
        first = await asyncio.gather(*map(searching.search, asked))
        assert first[0] is first[1]
        assert await searching.search(question("防汛")) is first[0]
        return first

    try:
        found = asyncio.run(ask())
    finally:
        searching.close()
    for one, answered in zip(asked, found, strict=True):
        if not one.without:
            said = search(served.index, one.query, digest=served.manifest.index_digest, limit=one.limit, sort=one.sort, filters=dict(one.filters))  # fmt: skip
            assert answered.body.decode() == answer_json(said)
            assert answered.total == said.total
    assert found[5].total == 0
    assert found[0].total == 7


def test_who_would_wait_too_long_is_asked_to_come_again_and_nobody_else(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    searching = opened(running)
    monkeypatch.setattr(room, "PATIENCE", 8 * room._FIRST_GUESS)

    async def ask() -> list[Answered | BaseException]:
        return await asyncio.gather(
            *(searching.search(question(f"防汛 {number}")) for number in range(30)), return_exceptions=True
        )

    try:
        found = asyncio.run(ask())
    finally:
        searching.close()
    assert all(isinstance(one, BusyError) for one in found[9:])
    assert all(isinstance(one, Answered | BusyError) for one in found)
    assert isinstance(found[0], Answered)


def test_a_busy_terminal_says_so_in_plain_words(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    from test_kiosk_server import ask

    monkeypatch.setattr(room, "PATIENCE", -1.0)
    status, headers, body = ask(running, "/_/search.json?q=unasked")
    assert (status, headers["Retry-After"]) == (429, "2")
    assert "请稍候再试" in body.decode()
    assert ask(running, "/index.html")[0] == 200


def test_answers_kept_stay_within_their_bytes_and_the_last_asked_stay_longest() -> None:
    answers = Answers(most=10_000)
    for number in range(500):
        answers.keep(number, Answered(1, b"x" * 600, 0.0))
        answers.get(0)
    assert answers.size <= 10_000
    assert answers.get(0) is not None
    assert answers.get(1) is None
    assert answers.get(499) is not None


def test_a_search_process_that_is_killed_is_replaced(running: Running) -> None:
    searching = opened(running)

    async def ask() -> int:
        await searching.search(question("防汛"))
        for process in searching._pool._processes.values():
            process.kill()
        limit = time.monotonic() + 20
        while True:
            try:
                return (await searching.search(question("低保"))).total
            except BusyError:
                assert time.monotonic() < limit
                await asyncio.sleep(0.05)

    try:
        assert asyncio.run(ask()) == 1
    finally:
        searching.close()


@pytest.mark.skipif(sys.platform == "win32", reason="processes are looked up in /proc")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_search_processes_end_with_the_server(running: Running, how: int) -> None:
    words = [sys.executable, "-m", "govsite", "kiosk", str(running.root), "--port", "0", "--quiet"]
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    ) as server:
        assert server.stdout is not None
        assert "http://127.0.0.1:" in server.stdout.readline()
        limit = time.monotonic() + 20
        while len(children := _children(server.pid)) < 2 and time.monotonic() < limit:
            time.sleep(0.05)
        assert children
        server.send_signal(how)
        _, told = server.communicate(timeout=20)
    if how == signal.SIGTERM:
        assert server.returncode == 0
        assert told == ""
    while any(_is_alive(child) for child in children) and time.monotonic() < limit + 20:
        time.sleep(0.05)
    assert not [child for child in children if _is_alive(child)]


def _children(process: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def _is_alive(process: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except OSError:
        return False
