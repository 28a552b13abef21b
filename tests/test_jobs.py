"""Long work beside the requests."""

from __future__ import annotations

import asyncio

from meetingroom.jobs import Job, Jobs, State


def test_what_failed_may_be_begun_again_though_its_excuse_fails_too() -> None:
    async def fail(job: Job) -> str:
        raise OSError

    async def begun() -> Jobs:
        jobs = Jobs()
        jobs.begin("backup", fail, lambda error: str(error).splitlines()[0])  # an error without words has no first line
        await jobs.stop()
        return jobs

    jobs = asyncio.run(begun())
    failed = jobs.find("backup")
    assert failed and failed.state is State.FAILED and not jobs.runs("backup")
