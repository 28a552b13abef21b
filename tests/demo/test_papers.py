"""The demo's papers: enough pages, numbers that add up, and every letter in one family of fonts."""

from __future__ import annotations

import pymupdf
import pytest

from meetingroom.demo.agenda import AGENDA
from meetingroom.demo.papers import PAPERS, figures, print_paper
from meetingroom.demo.people import PEOPLE


def opened(key: str, revision: int = 1) -> pymupdf.Document:
    return pymupdf.open(stream=print_paper(key, revision), filetype="pdf")  # type: ignore[no-untyped-call]


def text_of(document: pymupdf.Document) -> str:
    return " ".join("".join(page.get_text() for page in document).split())


def test_there_is_enough_to_read() -> None:
    pages = {paper.key: len(opened(paper.key)) for paper in PAPERS}
    assert sum(pages.values()) >= 40
    assert pages["report"] >= 25


@pytest.mark.parametrize("key", [paper.key for paper in PAPERS])
def test_every_letter_is_in_the_chosen_family(key: str) -> None:
    document = opened(key)
    fonts = {font[3] for page in document for font in page.get_fonts()}
    assert fonts and all("Libertinus" in font for font in fonts), fonts
    assert "\ufffd" not in text_of(document)


@pytest.mark.parametrize("key", [paper.key for paper in PAPERS])
def test_no_letter_is_in_the_cut_that_swallows_marks(key: str) -> None:
    """Libertinus Serif Bold draws the horn of ư into its stem and lets the marks of Ộ and ể float."""
    bold = [run for page in opened(key) for run in page.get_texttrace() if "Bold" in run["font"]]
    assert not any(chr(char[0]).isalpha() for run in bold for char in run["chars"])


def test_the_report_names_the_figures() -> None:
    text = text_of(opened("report"))
    for figure in ("527.679", "137.300", "921", "30%", "LGSP", "11/2019", "20 sở"):
        assert figure in text, figure


def test_the_tables_add_up() -> None:
    data = figures.data()
    units = data["departments"] + data["districts"]
    assert len(data["departments"]) == 20
    assert sum(sum(unit["incoming"]) for unit in units) == 527_679
    assert sum(sum(unit["outgoing"]) for unit in units) == 137_300
    assert sum(service["count"] for service in data["services"]) == 921
    assert sum(service["goal"] for service in data["services"]) >= 0.3 * 921


def test_the_second_revision_of_the_draft_differs() -> None:
    assert "95% tại cấp huyện" in text_of(opened("resolution", 2))
    assert "95% tại cấp huyện" not in text_of(opened("resolution", 1))


def test_papers_and_agenda_name_what_exists() -> None:
    people, items = {person.key for person in PEOPLE}, {point.key for point in AGENDA}
    assert all(paper.item in items and set(paper.named) <= people for paper in PAPERS)
    assert all(point.presenter in people for point in AGENDA)
