"""The panel: figures as published, each with what belongs to it; hostile rows are text."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from hsc_geo.analysis.figures import core_indicators
from hsc_geo.data.load import Package
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.words import Words
from hsc_geo.views.wording import area as area_wording
from hsc_geo.views.wording import freshness, initiative
from tests.shared import naive
from tests.shared.hostile import NAMES, carried, keys
from tests.views.tags import Tags
from tests.visit import names_of

OVERWEIGHT = ("50090NED-Overgewicht", 2020, "18plus")
WITHOUT = {True: "none in this edition", False: "suppressed by the source"}
RESIDENTS = ("85984NED-AantalInwoners", 2024, "all")
OUR_TAGS = {"h2", "p", "span", "dl", "dt", "dd", "a", "strong", "br"}


@pytest.mark.parametrize("area", ["WK054603", "BU05460403", "BU05460407", "GM0546"])
def test_figures_stand_beside_city_and_country_as_published(package: Package, en: Names, area: str) -> None:
    chosen = area_wording.panel_indicators(package, None, core_indicators(package))
    rows = area_wording.figure_rows(en, area, chosen)
    assert len(rows) == len(chosen) > 0
    for (indicator, year, age), row in zip(chosen, rows, strict=True):
        for place, text in zip((area, "GM0546", "NL00"), row.cells[1:], strict=True):
            value = naive.observed(indicator, year, age, place)
            assert text == (f"{value:.1f}%" if value is not None else WITHOUT[place == "NL00"])
    heads = [column.label for column in area_wording.figure_columns(en, area)]
    assert heads[1:] == [naive.areas()[area]["name"], "Leiden", "the Netherlands"]


def test_the_figure_on_the_map_comes_first_and_once(package: Package) -> None:
    core = core_indicators(package)
    found = area_wording.panel_indicators(package, ("50090NED-Overgewicht", 2012, "65plus"), core)
    assert found[0] == ("50090NED-Overgewicht", 2012, "65plus")
    assert [indicator for indicator, _, _ in found].count("50090NED-Overgewicht") == 1
    others = [key for key in core if key != "50150NED-Overgewicht"]  # of overweight the table on the map only
    assert [indicator for indicator, _, _ in found[1:]] == others


@pytest.mark.parametrize("chosen", [OVERWEIGHT, RESIDENTS])
def test_every_figure_has_its_table_year_and_kind(
    package: Package, n: Names, chosen: tuple[str, int, str]
) -> None:
    """In the caption what most figures share, else beside the name."""
    indicators = area_wording.panel_indicators(package, chosen, core_indicators(package))
    caption = area_wording.common_moment(n, indicators)
    for (indicator, year, _), row in zip(
        indicators, area_wording.figure_rows(n, "WK054603", indicators), strict=True
    ):
        source = naive.indicators()[indicator]
        kind = next(
            r[f"name_{n.w.code}"]
            for r in naive.rows("vocabularies")
            if (r["vocabulary"], r["code"]) == ("indicator_kind", source["kind"])
        )
        own = row.cells[0] if "(" in row.cells[0].removeprefix(source[f"name_{n.w.code}"]) else caption
        assert source[f"name_{n.w.code}"] in row.cells[0]
        for part in (source["table_id"], str(year), kind.lower()):
            assert part in own.lower() or part in own, (indicator, part, own)


@pytest.mark.parametrize("area", ["WK054603", "BU05460403", "GM0546"])
def test_the_head_says_how_many_live_there_and_when(en: Names, area: str) -> None:
    text = Tags(area_wording.area_head(en, area)).text
    row = naive.areas()[area]
    for part in (row["name"], area, f"{int(row['population']):,} residents in {row['population_year']}"):
        assert part in text
    assert ("focus district Leiden Noord" in text) == (area == "WK054603")


def test_a_neighbourhood_names_its_district_and_a_focus_district(en: Names) -> None:
    code = next(c for c in naive.codes_of("neighbourhood") if naive.areas()[c]["parent_code"] == "WK054605")
    text = Tags(area_wording.area_head(en, code)).text
    assert "Neighbourhood in Bos- en Gasthuisdistrict" in text
    assert "focus district Leiden Zuidwest" in text


def test_an_area_without_a_population_says_so(en: Names) -> None:
    code = naive.codes_of("surrounding")[0]
    text = Tags(area_wording.area_head(en, code)).text
    assert "population not known" in text
    assert "<NA>" not in text


def test_every_initiative_shows_what_is_known_and_its_source(n: Names) -> None:
    for key, row in naive.initiatives().items():
        found = Tags(initiative.initiative(n, key))
        assert {tag for tag, _ in found.tags} <= OUR_TAGS
        parts = [row["name"], key, row[f"description_{n.w.code}"], row["source_publisher"]]
        parts += (
            [{"nl": "afgeleid", "en": "inferred by us"}[n.w.code]]
            if row["ambition_basis"] == "inferred"
            else []
        )
        assert [part for part in parts if part not in found.text] == [], key
        assert row["source_url"] in [attributes.get("href") for tag, attributes in found.tags if tag == "a"]
        ours = found.text.replace(row["name"], "").replace(row["source_title"], "")
        assert not re.search(r"\bnan\b|None|<NA>|\|", ours), ours


def test_what_is_inferred_is_told_in_the_language_of_the_page(nl: Names) -> None:
    key = next(
        k
        for k, r in naive.initiatives().items()
        if r["inferred_fields"] == "ambition_codes|district_official"
    )
    assert not re.search(
        r"ambition|district|official", Tags(initiative.initiative(nl, key)).text.split("geen bron")[1][:60]
    )


@pytest.mark.parametrize("key", ["LEI-005", "LEI-010", "LEI-035"])
def test_the_place_of_a_launch_is_told_as_such_and_is_no_place(en: Names, key: str) -> None:
    (row,) = [row for row in naive.rows("initiative_places") if row["initiative_id"] == key]
    assert (row["role"], key in naive.places()) == ("event", False)
    shown = facts_of(initiative.initiative(en, key))
    assert row["venue"] in shown["Launch or single event, no place of it"]
    assert not {"Place", "Place on the map"} & set(shown)


def facts_of(html: str) -> dict[str, str]:
    """Name -> text of the facts in the panel."""
    found = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", html)
    return {Tags(name).text: Tags(text.replace("<br>", "\n")).text for name, text in found}


def test_every_place_is_listed_with_how_precisely_it_is_known(en: Names) -> None:
    lines = facts_of(initiative.initiative(en, "LEI-026"))["Place"].splitlines()
    assert len(lines) == len(naive.places()["LEI-026"]) == 3
    for line, row in zip(lines, naive.places()["LEI-026"], strict=True):
        assert row["venue"] in line
        assert row["address"] in line
        assert line.endswith("(Address)")
    unknown = facts_of(initiative.initiative(en, "LEI-051"))["Place"].splitlines()
    assert unknown == [
        "Huis van de Buurt Matilo (no point on the map)",
        "Huis van de Buurt De Kooi · Driftstraat 49, 2315 CD Leiden (Address)",
    ]


def test_a_made_entry_with_several_places_lists_them(package: Package) -> None:
    key = naive.current()[0]
    rows = package.initiative_places
    mine = rows[rows["initiative_id"] == "LEI-026"].assign(initiative_id=key)
    made = replace(package, initiative_places=pd.concat([rows[rows["initiative_id"] != key], mine]))
    shown = facts_of(initiative.initiative(names_of(made, Words("en")), key))
    assert len(shown["Place"].splitlines()) == 3


def test_a_place_that_is_there_for_the_region_says_so(en: Names) -> None:
    shown = facts_of(initiative.initiative(en, "LEI-068"))
    assert "Willem Barentszstraat 37" in shown["Place"]
    assert shown["Place on the map"] == "Street; it is there for more than the area around it"
    assert shown["Serves"] == "Region"


def test_what_an_organisation_told_itself_is_never_confirmed_by_a_source(package: Package) -> None:
    key = naive.current()[0]
    register = package.initiatives.copy()
    register.loc[key, ["evidence_level", "source_kind", "source_publisher", "source_url", "source_title"]] = [
        "O",
        "organisation",
        "Buurtvereniging",
        "",
        "",
    ]
    register.loc[key, "last_confirmed"] = "2026-11-02"
    for language, badge, source in (
        ("en", "told by the organisation itself", "no public page confirms it. Buurtvereniging"),
        ("nl", "verteld door de organisatie zelf", "geen openbare pagina bevestigt het. Buurtvereniging"),
    ):
        n = names_of(replace(package, initiatives=register), Words(language), date(2026, 11, 29))
        text = Tags(initiative.initiative(n, key)).text
        assert badge in text
        assert source in text
        assert "confirmed by" not in text
        assert "bevestigd door" not in text
    other = Tags(initiative.initiative(names_of(package, Words("en")), key)).text
    assert "told by the organisation itself" not in other


@pytest.mark.parametrize(("day", "due"), [(date(2026, 11, 1), True), (date(2026, 11, 2), False)])
def test_a_confirmation_takes_the_badge_away_from_its_day(package: Package, day: date, due: bool) -> None:
    key = next(k for k in naive.current() if naive.initiatives()[k]["last_evidence_year"] == "2017")
    register = package.initiatives.copy()
    register.loc[key, "last_confirmed"] = "2026-11-02"
    n = names_of(replace(package, initiatives=register), Words("en"), day)
    html = initiative.initiative(n, key)
    assert ("to be confirmed" in html) is due
    assert facts_of(html).get("Last confirmed") == (None if due else "2 November 2026")
    assert freshness.seen_text(n, key) == ("2017" if due else "confirmed on 2 November 2026")


@pytest.mark.parametrize("key", list(naive.initiatives())[::9])
def test_the_areas_served_are_those_of_the_table(en: Names, key: str) -> None:
    text = initiative.serves_text(en, key)
    stated = naive.stated_areas()[key]
    assert all(naive.areas()[code]["name"] in text for code in stated)
    if not stated:
        assert not any(naive.areas()[code]["name"] in text for code in naive.codes_of("district"))


@pytest.mark.parametrize("i", range(len(NAMES)), ids=[ascii(name[:10]) for name in NAMES])
def test_a_hostile_initiative_has_no_tag_and_no_link_of_its_own(hostile_package: Package, i: int) -> None:
    html = initiative.initiative(names_of(hostile_package, Words("nl")), keys(hostile_package)[i])
    found = Tags(html)
    links = [attributes for tag, attributes in found.tags if tag == "a"]
    assert {tag for tag, _ in found.tags} <= OUR_TAGS
    assert all(set(attributes) <= {"id", "class"} for tag, attributes in found.tags if tag != "a")
    assert len([each for each in links if str(each["href"]).startswith("aanmelden?kind=")]) == 4
    # To pages of this site, and to those of the organisations that the register knows; none of its own.
    websites = set(hostile_package.organisations["website"]) | set(
        hostile_package.organisations["source_url"]
    )
    foreign = [each for each in links if set(each) != {"href"}]
    assert all(set(each) == {"href", "target", "rel"} and each["href"] in websites for each in foreign)
    ours = ("aanmelden?kind=", "partners?part=")
    assert all(str(each["href"]).startswith(ours) for each in links if each not in foreign)
    assert carried(NAMES[i])[:500] in found.text
    assert len(html) < 60_000


def test_a_hostile_area_is_text(hostile_package: Package) -> None:
    found = Tags(area_wording.area_head(names_of(hostile_package, Words("en")), "WK054603"))
    assert {tag for tag, _ in found.tags} <= OUR_TAGS
    assert "<script>alert(1)</script>" in found.text
