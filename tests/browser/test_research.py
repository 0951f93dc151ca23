"""The page of research as a researcher uses it: two figures, where help stands in them, the warning, and the table."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Locator, expect

from tests.browser.visiting import BOTH_LANGUAGES_AND_SIZES, NARROW, RESEARCH, START, WIDE, Arrivals, Visit

MOST_CLICKS = 6
TABLE = "research_together"
TOGETHER = re.compile(r"^(Do two figures go together\?|Gaan twee cijfers samen\?)$")
YOUTH = re.compile(r"^(A smoke-free youth|Een rookvrije jeugd)$")
CIRCLE = {
    "en": "the model behind Smokers already uses income",
    "nl": "het model achter Rokers gebruikt inkomen al",
}
WORDS = {
    "en": {"higher": "higher", "lower": "lower", "none": "none known"},
    "nl": {"higher": "hoger", "lower": "lager", "none": "geen bekend"},
}


class Clicks:
    """Presses of a visitor, counted."""

    def __init__(self, visit: Visit) -> None:
        self.visit, self.number = visit, 0

    def __call__(self, target: Locator, runs: bool = True) -> None:
        self.number += 1
        if runs:
            self.visit.after(lambda: self.visit.press(target))
        else:
            self.visit.press(target)


def rows_of(path: Path) -> pd.DataFrame:
    """The table of rows in a download, every cell as it is written."""
    with zipfile.ZipFile(path) as file:
        (name,) = [name for name in file.namelist() if Path(name).stem == "rows"]
        return pd.read_csv(io.BytesIO(file.read(name)), dtype=str, keep_default_na=False)


def told(value: str, standing: str, unit: str, language: str) -> str:
    """How the screen writes a value of the download: one decimal, by locale, and how it stands beside the city."""
    number = f"{float(value):.1f}"
    shown = (number.replace(".", ",") if language == "nl" else number) + ("%" if unit == "percent" else "")
    word = WORDS[language].get(standing, "")
    return f"{shown} ({word})" if word else shown


@BOTH_LANGUAGES_AND_SIZES
def test_smoking_and_income_and_where_help_for_a_smoke_free_youth_stands(
    arrive: Arrivals, language: str, size: tuple[int, int]
) -> None:
    visit = arrive(size).go(START, lang=language)
    click = Clicks(visit)
    if visit.narrow:
        click(visit.page.get_by_test_id("stExpandSidebarButton"), runs=False)
    click(visit.page.get_by_role("link", name=re.compile(r"^(Research|Onderzoek)$")).first)
    click(visit.key("w_part").get_by_role("tab", name=TOGETHER))
    click(visit.key("chip_amb").get_by_role("button"))
    click(visit.key("w_amb").get_by_role("radio", name=YOUTH))
    expect(visit.key("answer")).to_contain_text(CIRCLE[language])
    expect(visit.page.locator(".hsc-warned").filter(has_text=CIRCLE[language])).to_be_visible()
    said = visit.page.locator(".hsc-said").inner_text()
    visit.page.keyboard.press("Escape")
    with visit.page.expect_download() as waiting:
        click(visit.key("rows_csv").get_by_role("button"), runs=False)
    assert click.number <= MOST_CLICKS
    rows = rows_of(waiting.value.path())
    assert set(rows["ambition"]) == {"A3"}
    corner = rows[rows["in_corner"].str.lower() == "true"]
    assert f"{len(corner)} " in said
    assert set(corner["initiatives_known"]) == {"0"}
    assert [row[:4] for row in visit.all_rows(TABLE)] == [
        as_shown(row, language) for _, row in rows.iterrows()
    ]


def as_shown(row: pd.Series, language: str) -> list[str]:
    """The first cells of a row of the screen, from a row of the download."""
    figures = [
        told(row[axis], row[f"{axis}_beside_it"], row[f"{axis}_unit"], language)
        if row[axis]
        else reason(row[f"status_{axis}"], language)
        for axis in ("x", "y")
    ]
    known = row["initiatives_known"]
    return [row["name"], *figures, WORDS[language]["none"] if known == "0" else known]


def reason(status: str, language: str) -> str:
    reasons = {
        "suppressed": {"en": "suppressed by the source", "nl": "door de bron niet vrijgegeven"},
        "not_published": {"en": "not published for this area", "nl": "niet gepubliceerd voor dit gebied"},
    }
    return reasons[status][language]


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_groups_of_neighbours_are_told_apart_by_more_than_colour(
    arrive: Arrivals, size: tuple[int, int]
) -> None:
    visit = arrive(size).go(RESEARCH, lang="en", part="pattern")
    picture = visit.page.locator(".hsc-drawn img")
    expect(picture).to_have_attribute(
        "alt", re.compile(r"^Map of groups of neighbours\. high, neighbours high too: ")
    )
    groups = {row[3] for row in visit.all_rows("research_pattern") if len(row) > 3}
    assert {"HH high, neighbours high too", "may be chance"} <= groups
    expect(visit.key("answer")).to_contain_text("a pattern is seen in four of five cases only from")
