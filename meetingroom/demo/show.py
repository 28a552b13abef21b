"""The demo: founds the meeting at first start, prints its links, and sends simulated delegates if asked to."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from dataclasses import dataclass
from urllib.parse import urlsplit

import segno
from starlette.applications import Starlette

from meetingroom.demo.founding import found, seat_visitors
from meetingroom.demo.people import PEOPLE
from meetingroom.domain.messages import Role
from meetingroom.domain.papers import being_prepared
from meetingroom.domain.phase import Phase
from meetingroom.endpoints.background import ended
from meetingroom.endpoints.context import House
from meetingroom.endpoints.pages import home_page
from meetingroom.storage.invitations import spaced

# Left to whoever tries the demo: simulated delegates take the other seats first.
FOR_PEOPLE = ("chair", "secretary", "screen", "service", "deputy", "finance")


@dataclass(frozen=True, slots=True)
class Link:
    """A page of the demo and the personal address that opens it."""

    key: str
    office: str
    role: str
    page: str
    code: str
    address: str


class Show:
    """`base` is the address the links begin with."""

    def __init__(self, base: str, as_json: bool, delegates: int) -> None:
        self._base, self._as_json, self._delegates = base, as_json, delegates
        self._codes: dict[str, str] = {}
        self._crowd: subprocess.Popen[str] | None = None

    async def open(self, app: Starlette, house: House) -> None:
        """Awaited by the application when it stands, before the first request."""
        meeting = await self._meeting(house)
        if being_prepared((await house.rooms.open(meeting)).meeting.papers):
            # A ready meeting: whoever opens the links finds every paper readable.
            print("Đang chuẩn bị tài liệu / preparing the papers …", file=sys.stderr, flush=True)
            await ended()
        for person in PEOPLE:
            self._codes[person.key] = await house.record(house.invitations.code, meeting, person.key)
        app.state.demo_links = self.links
        self._print(house.https.enrolment(urlsplit(self._base).hostname or "") if house.https else "")
        await self._send_delegates(house, meeting)

    def close(self) -> None:
        if self._crowd:
            self._crowd.terminate()

    def links(self, base: str) -> list[Link]:
        """All pages, as somebody who reached this server at `base` opens them."""
        return [
            Link(
                person.key,
                person.office,
                person.role.value,
                home_page(person.role),
                spaced(self._codes[person.key]),
                f"{base.rstrip('/')}/j/{self._codes[person.key]}",
            )
            for person in PEOPLE
        ]

    async def _meeting(self, house: House) -> str:
        """The demo meeting; a new one when the last was closed, so that the demo can always be played again."""
        number = 1
        while True:
            key = f"demo-{number}"
            try:
                room = await house.rooms.open(key)
            except KeyError:
                await found(house, key)
                return key
            if room.meeting.sitting.phase is not Phase.CLOSED:
                return key
            number += 1

    def _print(self, enrolment: str) -> None:
        links = {link.key: link for link in self.links(self._base)}
        shown = {
            "chair": "Chủ tọa",
            "screen": "Màn hình phòng họp",
            "secretary": "Thư ký",
            "finance": "Máy của đại biểu",
        }
        if self._as_json:
            named = {key: links[key].address for key in shown}
            said = {"home": self._base, "demo": f"{self._base}/demo", **named, "codes": self._codes}
            print(json.dumps(said | ({"enrolment": enrolment} if enrolment else {})), flush=True)
            return
        for key, title in shown.items():
            print(f"\n  {title}  ({links[key].office})\n  {links[key].address}\n")
            segno.make(links[key].address, error="l", micro=False).terminal(sys.stdout, border=2, compact=True)
        if enrolment:
            print(f"\n  Trước hết cài chứng thư trên mỗi máy / first, on each tablet:  {enrolment}")
        print(f"\n  Mọi trang và mọi đại biểu / every page and every delegate:  {self._base}/demo\n", flush=True)

    async def _send_delegates(self, house: House, meeting: str) -> None:
        if self._delegates < 1:
            return
        members = [p.key for p in PEOPLE if p.key not in FOR_PEOPLE and p.role in (Role.DELEGATE, Role.GUEST)]
        visitors = await seat_visitors(house, meeting, max(0, self._delegates - len(members)))
        codes = [
            await house.record(house.invitations.code, meeting, key) for key in [*members, *visitors][: self._delegates]
        ]
        command = [sys.executable, "-m", "meetingroom.demo.delegates", self._base]
        self._crowd = await asyncio.to_thread(subprocess.Popen, command, stdin=subprocess.PIPE, text=True)
        assert self._crowd.stdin
        self._crowd.stdin.write("\n".join(codes))
        self._crowd.stdin.close()
