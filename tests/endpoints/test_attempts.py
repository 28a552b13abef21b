"""Guessing is slow: however many guess at once, whoever succeeds in between, and it is forgotten in time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from meetingroom.endpoints.access.attempts import FADES, Attempts, Key
from tests.endpoints.conftest import LOGIN, PEOPLE, Door
from tests.servers import Answer

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
KEY = Key("login:office")


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_attempts_count_from_their_beginning() -> None:
    attempts = Attempts(Clock())
    assert [attempts.begin(KEY) for _ in range(7)] == [0, 0, 0, 0, 0, 1, 1], "none has been answered yet"


def test_a_success_takes_back_itself_and_nothing_else() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    for _ in range(4):
        attempts.begin(KEY)
    attempts.begin(KEY)
    attempts.succeeded(KEY)
    assert [attempts.begin(KEY), attempts.begin(KEY)] == [0, 1]


def test_failures_are_forgotten_one_by_one() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    for _ in range(5):
        attempts.begin(KEY)
    clock.now = 2 * FADES
    assert [attempts.begin(KEY) for _ in range(3)] == [0, 0, 1]
    clock.now = 100 * FADES
    assert [attempts.begin(KEY) for _ in range(6)] == [0, 0, 0, 0, 0, 1]


def test_the_pause_grows_and_one_key_does_not_hold_up_another() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    pauses = []
    for _ in range(12):
        pauses.append(attempts.begin(KEY))
        clock.now += pauses[-1]
        if pauses[-1]:
            attempts.begin(KEY)
    assert pauses == sorted(pauses)
    assert pauses[-1] > 30
    assert attempts.begin(Key("login:other")) == 0


def _sign_in(door: Door, login: str) -> Answer:
    return door.server.ask(
        "POST", "/sign-in", FORM | {"Origin": door.server.base}, f"login={login}&password=no".encode()
    )


def test_guesses_at_the_same_moment_are_not_one_guess(own_door: object) -> None:
    assert callable(own_door)
    door: Door = own_door()
    with ThreadPoolExecutor(12) as guessing:
        # written differently, and still the same account
        answers = list(guessing.map(lambda n: _sign_in(door, LOGIN + "%20" * (n % 3)), range(12)))
    statuses = [answer.status for answer in answers]
    assert set(statuses) == {403, 429}
    assert statuses.count(429) >= 3, "five are free, and one more for each pause that passed meanwhile"


def test_right_codes_from_one_address_never_wait(own_door: object) -> None:
    assert callable(own_door)
    door: Door = own_door()
    code = door.codes[PEOPLE["guest"]]
    assert {door.server.ask("GET", f"/j/{code}").status for _ in range(30)} == {303}
