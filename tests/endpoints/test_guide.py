"""The guide and the help quote what stands on the pages; a label that changes there may not stay behind here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from meetingroom.app import build
from meetingroom.endpoints.assets import web_root
from meetingroom.settings import Settings
from meetingroom.words import LANGUAGES

WEB = web_root()
QUOTED = re.compile(r"\bb\('([\w.]+)'")
PARTS = ("delegate", "chair", "secretary", "administrator", "technician")


def words(language: str) -> dict[str, str]:
    kept = json.loads((WEB / "words" / f"{language}.json").read_text())
    return {key: text if isinstance(text, str) else text["other"] for key, text in kept.items()}


def pages() -> Iterator[str]:
    """Everything that shows words, but the guide itself."""
    for path in (*WEB.glob("js/**/*.js"), *WEB.glob("templates/*.html")):
        if not path.name.startswith("guide"):
            yield path.read_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_is_there_for_everyone(tmp_path: Path, language: str) -> None:
    with TestClient(build(Settings(data=tmp_path)), cookies={"language": language}) as browser:
        page = browser.get("/guide").text
    assert f'<html lang="{language}"' in page
    for part in PARTS:
        assert f'<section class="part" id="{part}">' in page and f'href="#{part}"' in page
    labels = [unescape(re.sub(r"<[^>]+>", "", label)) for label in re.findall(r'<b class="key">(.*?)</b>', page)]
    known = [re.sub(r"\\{\w+\\}", ".+", re.escape(text)) for text in words(language).values()]
    assert len(labels) > 80
    assert [label for label in labels if not any(re.fullmatch(text, label) for text in known)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_in_the_guide_is_on_a_page(language: str) -> None:
    quoted = {key for path in WEB.glob(f"templates/guide*_{language}.html") for key in QUOTED.findall(path.read_text())}
    shown, kept = "\n".join(pages()), words(language)
    assert len(quoted) > 60
    assert sorted(quoted - kept.keys()) == []

    def used(key: str) -> bool:
        """Written out, or put together from its beginning and a name."""
        before = key.rpartition(".")[0]
        return any(f"{quote}{key}{quote}" in shown for quote in "\"'`") or any(
            f"{begun}.{rest}" in shown for begun in (f"`{before}", f"'{before}") for rest in ("${", "' ~")
        )

    assert [key for key in sorted(quoted) if not used(key)] == []


def test_both_languages_have_the_same_steps() -> None:
    for name in ("guide", "guide_technician"):
        vi, en = ((WEB / "templates" / f"{name}_{language}.html").read_text() for language in LANGUAGES)
        for mark in ("<li>", "<h3>", "<section"):
            assert vi.count(mark) == en.count(mark), (name, mark)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_help_quotes_is_a_word_of_ours(language: str) -> None:
    kept = words(language)
    known = {text.partition("{")[0].rstrip(" :…") for text in kept.values()}
    wrong = {
        f"{key}: {quoted}"
        for key, text in kept.items()
        if key.startswith(("help.", "tour.", "demo.step.", "task."))
        for quoted in re.findall("“([^”]+)”", text)
        if quoted.partition("{")[0].rstrip(" :…") not in known
    }
    assert sorted(wrong) == []


def test_what_the_vietnamese_readme_names_is_on_a_page() -> None:
    readme = (WEB.parent / "README.md").read_text()
    half = readme.partition("## Tiếng Việt")[2].partition("## In English")[0]
    known = {text.rstrip("…") for text in words("vi").values()}
    named = re.findall(r"\*\*([^*]+)\*\*", half)
    assert len(named) > 5
    assert [name for name in named if name not in known] == []
