"""The order of the Vietnamese alphabet: Đ after D, a tone counts only between words of the same letters."""

from __future__ import annotations

from unicodedata import normalize

from meetingroom.domain.people import same

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")  # ngang, huyền, hỏi, ngã, sắc, nặng

_written = {
    letter: (place, tone)
    for place, plain in enumerate(ALPHABET)
    for tone, mark in enumerate(TONES)
    if len(letter := normalize("NFC", plain + mark)) == 1
}
LETTER_OF = {ord(letter): chr(ord("a") + place) for letter, (place, _) in _written.items()}
TONE_OF = {ord(letter): str(tone) for letter, (_, tone) in _written.items()}


def in_alphabet(text: str) -> tuple[str, str]:
    """What a text is sorted by."""
    plain = same(text)
    return plain.translate(LETTER_OF), plain.translate(TONE_OF)


def by_given_name(name: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """What a person is sorted by in a Vietnamese list: the given name, which stands last, then the whole."""
    return in_alphabet(name.split()[-1] if name.split() else ""), in_alphabet(name)
