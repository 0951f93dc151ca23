"""The PDF of a view: downloaded by its button, opened and read back, and beside it the same as a page to print."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser import naive
from tests.browser.visiting import BRIEF, COVERAGE, MAP, PROFILE, SIZES, Arrivals, Visit

VIEWS = {
    "map": (MAP, {"ind": "50090NED-Overgewicht"}, ["Overweight", "Leiden-Noord"]),
    "profile": (PROFILE, {"area": "WK054605"}, ["Bos- en Gasthuisdistrict"]),
    "coverage": (COVERAGE, {"part": "need"}, ["Stevenshofdistrict", "none known"]),
    "kenniscafe": (
        BRIEF,
        {"area": "WK054605"},
        ["Three questions for the table", "Bos- en Gasthuisdistrict"],
    ),
    "policylab": (
        BRIEF,
        {"kind": "policylab", "q": "What comes first?"},
        ["What comes first?", "What is not known"],
    ),
}


def download(visit: Visit) -> tuple[str, PdfReader]:
    """The name of the file, and the file opened."""
    button = visit.page.get_by_role("button", name="Download as PDF")
    expect(button).to_have_count(1)
    button.scroll_into_view_if_needed()
    with visit.page.expect_download() as found:
        visit.press(button)
    name = found.value.suggested_filename
    return name, PdfReader(io.BytesIO(Path(found.value.path()).read_bytes()))


@pytest.mark.parametrize("size", SIZES, ids=["wide", "narrow"])
@pytest.mark.parametrize("kind", VIEWS)
def test_the_pdf_of_a_view(arrive: Arrivals, kind: str, size: tuple[int, int]) -> None:
    path, choices, wanted = VIEWS[kind]
    visit = arrive(size).go(path, lang="en", **choices)
    name, pdf = download(visit)
    snapshot = visit.page.locator(".hsc-footer code").inner_text()
    assert name.startswith(f"hsc-geo-{kind}")
    assert name.endswith(f"{snapshot}.pdf")
    assert 1 <= len(pdf.pages) <= 2
    text = " ".join(page.extract_text() for page in pdf.pages)
    for words in (*wanted, snapshot, "On the site"):
        assert "".join(words.split()) in "".join(text.split()), words
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("en")
    assert root["/StructTreeRoot"]
    links = [note.get_object()["/A"]["/URI"] for page in pdf.pages for note in page.get("/Annots", [])]
    assert any(link.startswith(visit.site.url) for link in links)


def test_the_link_in_the_pdf_leads_back_to_the_view(arrive: Arrivals) -> None:
    visit = arrive().go(PROFILE, area=["WK054605", "WK054603"], age="65plus", lang="en")
    shown = visit.page.locator("h2").all_inner_texts()
    _, pdf = download(visit)
    links = [note.get_object()["/A"]["/URI"] for page in pdf.pages for note in page.get("/Annots", [])]
    back = next(link for link in links if link.startswith(visit.site.url))
    again = arrive()
    again.page.goto(back)
    again.settled(1)
    assert again.page.locator("h2").all_inner_texts() == shown


@pytest.mark.parametrize("path", [MAP, COVERAGE, PROFILE])
def test_the_same_as_a_page_to_print(arrive: Arrivals, path: str) -> None:
    visit = arrive().go(path, lang="en")
    visit.page.get_by_role("link", name="As a page to print").click()
    visit.page.wait_for_url("**/stuk?**")
    visit.settled()
    expect(visit.page.locator("h1")).to_have_count(1)
    assert visit.page.locator("table").count() >= 1
    pictures = visit.page.locator(".stMain img")
    assert pictures.evaluate_all("all => all.every(one => one.alt && one.complete && one.naturalWidth > 50)")
    figure = naive.figure("50150NED-Overgewicht", "2024", "18plus", "WK054603", "en")
    if path == PROFILE:
        assert figure in visit.text()
