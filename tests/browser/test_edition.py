"""A link to an edition in a browser: the page, the search and what goes along are of its day, until one leaves it."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from hsc_geo.data.editions import Edition, make
from hsc_geo.data.load import load
from tests.browser.serving import Site
from tests.browser.visiting import COVERAGE, Arrivals

KEY, OLD = "LEI-010", "Zo heette het toen"
OWN = "0500.0501.0900-Mine"


@pytest.fixture
def edition(site: Site) -> Iterator[Edition]:
    """One of an earlier day, with an initiative that has another name now."""
    package = load(site.data)
    initiatives = package.initiatives.copy()
    initiatives.loc[KEY, "name"] = OLD
    yield make(replace(package, initiatives=initiatives), site.editions, dt.date(2026, 10, 1)).edition
    shutil.rmtree(site.editions)


def test_an_edition_with_an_own_area_goes_along_by_the_search_until_one_leaves_it(
    arrive: Arrivals, edition: Edition
) -> None:
    visit = arrive().go(COVERAGE, lang="en", edition=edition.name, ownareas=OWN)
    line = visit.page.locator("#edition")
    expect(line).to_have_text("You see the edition of 1 October 2026.")
    expect(visit.page.get_by_text("Mine (own area)").first).to_be_visible()

    field = visit.page.get_by_role("combobox", name="Find an initiative, organisation, area or topic")
    field.fill(OLD)
    option = visit.key("hsc_search").get_by_role("option").first
    expect(option.locator(".label")).to_have_text(OLD)
    visit.after(option.click)
    expect(visit.page.get_by_role("heading", name=OLD)).to_be_visible()
    expect(line).to_be_visible()
    kept = {"edition": [edition.name], "ownareas": [OWN]}
    assert visit.choices().items() >= {"sel": [KEY], **kept}.items()

    visit.after(visit.key("edition_leave").get_by_role("button").click)
    expect(line).to_have_count(0)
    now = str(load(visit.site.data).initiatives.at[KEY, "name"])
    expect(visit.page.get_by_role("heading", name=now)).to_be_visible()
    assert "edition" not in visit.choices()
    assert visit.choices()["ownareas"] == [OWN]
