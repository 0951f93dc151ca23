"""What a view is shared with: its link, its PDF, opened and read back, the picture of its map, a QR code, the answer
alone on a full screen, and the same as a page to print."""

from __future__ import annotations

import io
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser import naive
from tests.browser.visiting import BRIEF, COVERAGE, MAP, NARROW, PROFILE, WIDE, Arrivals, Visit

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


def saved(visit: Visit, label: str) -> tuple[str, bytes]:
    """The name and the content of the file that one press of a button gives."""
    button = visit.page.get_by_role("button", name=label)
    expect(button).to_have_count(1)
    with visit.page.expect_download() as found:
        visit.press(button)
    return found.value.suggested_filename, Path(found.value.path()).read_bytes()


def download(visit: Visit) -> tuple[str, PdfReader]:
    """The name of the PDF, and the PDF opened."""
    name, content = saved(visit, "Download as PDF")
    return name, PdfReader(io.BytesIO(content))


def words(pdf: PdfReader) -> str:
    return bare("".join(page.extract_text() for page in pdf.pages))


def bare(text: str) -> str:
    """Text without spaces and hyphens: where a line or a word breaks is no matter."""
    return re.sub(r"[\s\u00ad-]", "", text)


def links(pdf: PdfReader) -> list[str]:
    return [note.get_object()["/A"]["/URI"] for page in pdf.pages for note in page.get("/Annots", [])]


@pytest.mark.parametrize("size", [WIDE], ids=["wide"])
@pytest.mark.parametrize("kind", VIEWS)
def test_the_pdf_of_a_view(arrive: Arrivals, kind: str, size: tuple[int, int]) -> None:
    path, choices, wanted = VIEWS[kind]
    visit = arrive(size).go(path, lang="en", **choices)
    name, pdf = download(visit)
    snapshot = visit.page.locator(".hsc-footer code").inner_text()
    assert name.startswith("hsc-geo-")
    assert name.endswith(f"-{snapshot}.pdf")
    assert 1 <= len(pdf.pages) <= 2
    text = words(pdf)
    for part in (*wanted, snapshot, "On the site"):
        assert bare(part) in text, part
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("en")
    assert root["/StructTreeRoot"]
    assert any(link.startswith(visit.site.url) for link in links(pdf))


def test_the_link_in_the_pdf_leads_back_to_the_view(arrive: Arrivals) -> None:
    visit = arrive().go(PROFILE, area=["WK054605", "WK054603"], age="65plus", lang="en")
    shown = visit.page.locator("h2").all_inner_texts()
    _, pdf = download(visit)
    back = next(link for link in links(pdf) if link.startswith(visit.site.url))
    again = arrive()
    again.page.goto(back)
    again.settled(1)
    assert again.page.locator("h2").all_inner_texts() == shown


@pytest.mark.parametrize("path", [MAP, COVERAGE, PROFILE])
def test_the_same_as_a_page_to_print(arrive: Arrivals, path: str) -> None:
    visit = arrive().go(path, lang="en")
    visit.page.get_by_role("button", name="More", exact=True).click()
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


CHOSEN = {"amb": "A4", "level": "neighbourhood", "ind": "50090NED-Overgewicht", "sel": "WK054603"}


def sentence(visit: Visit) -> str:
    return visit.key("answer").locator(".hsc-said").inner_text()


def test_exactly_this_view_is_shared_with_one_click(arrive: Arrivals) -> None:
    visit = arrive(permissions=["clipboard-read", "clipboard-write"]).go(MAP, lang="en", **CHOSEN)
    visit.press(visit.page.get_by_role("button", name="Copy link"))
    expect(visit.page.get_by_role("status").filter(has_text="Link copied")).to_be_visible()
    link = visit.page.evaluate("navigator.clipboard.readText()")
    again = arrive()
    again.page.goto(link)
    again.settled(1)
    assert sentence(again) == sentence(visit)
    assert {**again.choices(), "asof": []} == {**visit.choices(), "asof": []}
    assert again.choices()["asof"]
    name, pdf = download(visit)
    assert name.startswith("hsc-geo-mental-health-in-leiden-noord-")
    (back,) = [each for each in links(pdf) if each.startswith(visit.site.url)]
    assert sorted(urlsplit(back).query.split("&")) == sorted(urlsplit(link).query.split("&"))
    told = words(pdf)
    for part in (sentence(visit).split(" (")[0], "Overweight", "Mental health"):
        assert bare(part) in told, part
    drawn = saved(visit, "Picture of the map (SVG)")
    assert drawn[0] == name.replace(".pdf", ".svg")
    shown = re.sub(r"<[^>]*>", " ", drawn[1].decode())
    assert all(part in shown for part in ("Mental health in Leiden Noord", "Overweight", "Leiden-Noord"))
    assert saved(visit, "Picture of the map (PNG)")[1].startswith(b"\x89PNG")


def test_without_a_clipboard_the_link_is_shown_to_copy(arrive: Arrivals) -> None:
    visit = arrive()
    visit.page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    visit.go(MAP, lang="en", **CHOSEN)
    visit.press(visit.page.get_by_role("button", name="Copy link"))
    field = visit.page.get_by_role("textbox", name="Copy this link:")
    expect(field).to_be_focused()
    shown, selected = field.evaluate("field => [field.value, field.selectionEnd - field.selectionStart]")
    assert selected == len(shown)
    assert {"amb=A4", "sel=WK054603", "lang=en"} <= set(urlsplit(shown).query.split("&"))
    visit.page.keyboard.press("Escape")
    expect(field).to_be_hidden()


@pytest.mark.parametrize("size", [NARROW], ids=["narrow"])
def test_a_code_for_a_phone_and_the_answer_alone_on_a_screen(arrive: Arrivals, size: tuple[int, int]) -> None:
    visit = arrive(size).go(MAP, lang="en", **CHOSEN)
    more = visit.page.get_by_role("button", name="More", exact=True)
    if visit.narrow:
        visit.press(more)
    visit.press(visit.page.get_by_role("button", name="QR code"))
    code = visit.page.get_by_role("img", name="Scan this code with a phone")
    expect(code).to_be_visible()
    visit.eventually(lambda: code.evaluate("code => code.complete && code.naturalWidth > 50"), True)
    visit.page.keyboard.press("Escape")
    expect(code).to_be_hidden()
    if visit.narrow:
        visit.press(more)
    visit.press(visit.page.get_by_role("button", name="Full screen"))
    answer = visit.key("answer")
    covers = """node => {
      const box = node.getBoundingClientRect();
      return [box.x, box.y, box.width >= innerWidth - 20];
    }"""
    visit.eventually(lambda: answer.evaluate(covers), [0, 0, True])
    expect(visit.page.get_by_role("button", name="Leave full screen")).to_be_focused()
    visit.page.keyboard.press("Escape")
    visit.eventually(lambda: answer.evaluate(covers)[1] > 50, True)
