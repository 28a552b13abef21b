"""The recording thread does one thing after the other and finishes what it began."""

import asyncio
import threading

from meetingroom.storage.recorder import Recorder


def test_calls_are_run_in_order_on_one_thread() -> None:
    done: list[int] = []
    threads: set[int] = set()

    def write(number: int) -> int:
        threads.add(threading.get_ident())
        done.append(number)
        return number

    async def story() -> None:
        record = Recorder()
        assert await asyncio.gather(*(record(write, number) for number in range(200))) == list(range(200))
        record.close()

    asyncio.run(story())
    assert done == list(range(200))
    assert len(threads) == 1
    assert threading.get_ident() not in threads


def test_a_failure_is_the_callers_and_the_next_call_is_made() -> None:
    async def story() -> None:
        record = Recorder()
        failed, made = await asyncio.gather(record(int, "x"), record(int, "7"), return_exceptions=True)
        assert isinstance(failed, ValueError)
        assert made == 7
        record.close()

    asyncio.run(story())


def test_what_was_begun_is_finished_before_closing() -> None:
    """Also where whoever asked has gone meanwhile: a ballot is on disk before the server ends."""
    begun, may_end, done = threading.Event(), threading.Event(), list[str]()

    def write() -> None:
        begun.set()
        may_end.wait()
        done.append("written")

    async def story() -> None:
        record = Recorder()
        asking = asyncio.ensure_future(record(write))
        await asyncio.to_thread(begun.wait)
        asking.cancel()
        may_end.set()
        record.close()
        assert done == ["written"]

    asyncio.run(story())


def test_its_pace_tells_what_waits_and_how_long_the_last_ones_took() -> None:
    may_end = threading.Event()

    async def story() -> None:
        record = Recorder()
        assert record.pace().waiting == 0
        asked = [asyncio.ensure_future(record(may_end.wait)) for _ in range(3)]
        await asyncio.sleep(0.05)
        assert record.pace().waiting == 3
        may_end.set()
        await asyncio.gather(*asked)
        pace = record.pace()
        assert (pace.calls, pace.waiting) == (3, 0) and pace.worst >= pace.median >= 50
        record.close()

    asyncio.run(story())
