"""Tables of initiatives by two facets as a researcher uses them: a cell opens what it says, and a file holds it."""

from __future__ import annotations

import io
import zipfile

import pandas as pd
from playwright.sync_api import expect

from tests.browser.visiting import BOTH_LANGUAGES_AND_SIZES, RESEARCH, Arrivals
from tests.shared import naive

TABLE, LIST = "research_explore", "research_list"


def having(sector: str, ambition: str) -> list[str]:
    return [
        key
        for key in naive.current()
        if sector in naive.facet_codes(key, "sector") and ambition in naive.facet_codes(key, "ambition")
    ]


@BOTH_LANGUAGES_AND_SIZES
def test_a_cell_opens_its_initiatives_and_a_file_holds_them(
    arrive: Arrivals, language: str, size: tuple[int, int]
) -> None:
    visit = arrive(size).go(RESEARCH, lang=language, part="explore", rows="sector", cols="ambition")
    expected = having("nature", "A2")
    rows = visit.all_rows(TABLE)
    assert rows[-1][-1] == str(len(naive.current()))
    cell = visit.key(TABLE).get_by_role("row").filter(has_text="Natu").get_by_role("button").nth(2)
    expect(cell).to_have_text(str(len(expected)))
    visit.after(lambda: visit.press(cell))
    assert "cell=nature%7CA2" in visit.page.url
    names = [row[0] for row in visit.all_rows(LIST)]
    assert names == [naive.initiatives()[key]["name"] for key in expected]
    with visit.page.expect_download() as waiting:
        visit.key("rows_csv").get_by_role("button").press("Enter")  # on a phone the list lies over the page
    with zipfile.ZipFile(waiting.value.path()) as file:
        behind = pd.read_csv(io.BytesIO(file.read("initiatives.csv")), dtype=str)
    assert behind["initiative_id"].tolist() == expected


@BOTH_LANGUAGES_AND_SIZES
def test_a_filter_and_the_turned_table_tell_the_same_total(
    arrive: Arrivals, language: str, size: tuple[int, int]
) -> None:
    visit = arrive(size).go(RESEARCH, lang=language, part="explore", district="WK054603")
    total = len([key for key in naive.initiatives() if naive.fits(key, {"district": ["WK054603"]})])
    assert visit.all_rows(TABLE)[-1][-1] == str(total)
    visit.after(lambda: visit.press(visit.key("chip_rows").get_by_role("button")))
    visit.after(lambda: visit.press(visit.key("turn").get_by_role("button")))
    assert "rows=ambition" in visit.page.url
    assert visit.all_rows(TABLE)[-1][-1] == str(total)
