"""Passwords: which are acceptable, how they are kept, and the threads on which they are checked."""

from __future__ import annotations

import asyncio
import secrets
import string
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

SHORTEST, LONGEST = 8, 128
ELSEWHERE = "elsewhere:"
COMMON = frozenset(
    "abc abcd admin administrator anhyeuem baconsau changeme chutich default dragon emyeuanh football giadinh hanoi iloveyou "
    "khongbiet letmein login lanhdao master matkhau matkhaumoi meetingroom monkey mothaiba noname passw password pass phonghop "
    "princess qazwsx qwerty qwertyui quantri root saigon secret server starwars sunshine superman system test thuky toiyeuem "
    "toiyeuvietnam ubnd user vanphong vietnam welcome xinchao yeuem".split()
)
"""What most of the passwords that are tried first are made of, with digits and signs around it or in it."""
RUNS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "01234567890", "abcdefghijklmnopqrstuvwxyz", "1qaz2wsx3edc4rfv5tgb6yhn")
AROUND = string.digits + string.punctuation + " "
LOOKS_LIKE = str.maketrans("@4310!$57", "aaeioisst")
THREADS = 2
WAITING = 32  # a second or two of work

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Checked when there is no such account, so that an unknown name takes as long as a wrong password.
_NOBODY = _hasher.hash("nobody")

T = TypeVar("T")


class Unacceptable(Exception):
    """A login or password that cannot be used; `code` names the field's sentence."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Busy(Exception):
    """More people sign in at this moment than can be checked; ask again in some seconds."""


class Passwords:
    """Argon2 is slow and large on purpose: on threads of its own, so that a flood of guesses stops neither the event
    loop nor what the recording thread writes, and with a short queue."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(THREADS, "passwords")
        self._begun = 0

    async def hashed(self, password: str) -> str:
        """As it is kept. Raises Busy."""
        return await self._run(hashed, password)

    async def fit(self, kept: str | None, password: str) -> bool:
        """Whether it is the password; None, where there is no account, takes as long. Raises Busy."""
        return await self._run(fits, kept, password)

    async def _run(self, function: Callable[..., T], *arguments: object) -> T:
        if self._begun >= THREADS + WAITING:
            raise Busy
        self._begun += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, function, *arguments)
        finally:
            self._begun -= 1

    def close(self) -> None:
        self._threads.shutdown()


def hashed(password: str) -> str:
    return _hasher.hash(password)


def elsewhere() -> str:
    """Kept in place of a password that the agency's own directory knows; nothing anybody types is it."""
    return f"{ELSEWHERE}{secrets.token_urlsafe(16)}"


def fits(kept: str | None, password: str) -> bool:
    own = kept if kept and not kept.startswith(ELSEWHERE) else None
    try:
        _hasher.verify(own or _NOBODY, password[:LONGEST])
    except VerifyMismatchError:
        return False
    return own is not None


def check_password(password: str, login: str) -> None:
    """Length and the most common ones; no rules of composition, which only make people write it down."""
    if len(password) < SHORTEST:
        raise Unacceptable("password_short")
    if len(password) > LONGEST:
        raise Unacceptable("password_long")
    if _is_easy(password.casefold(), login):
        raise Unacceptable("password_common")


def _is_easy(password: str, login: str) -> bool:
    """A name, a word everybody takes, a walk over the keyboard, a date, the same few letters: however it is dressed up."""
    word = password.strip(AROUND).translate(LOOKS_LIKE)
    words = {word, word[: len(word) // 2] if word == word[: len(word) // 2] * 2 else word}
    walks = any(password in run * 2 or password in (run * 2)[::-1] for run in RUNS)
    few = len(set(password)) < 4 or (password.isdecimal() and len(password) < 12)
    return password == login or bool(words & (COMMON | {login})) or walks or few
