"""Numbers of adults and what an edition lacks, in words: on the card, in the panel, on the start page."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from hsc_geo.analysis.explore import Choice, explore
from hsc_geo.analysis.figures import core_indicators, figure
from hsc_geo.data.load import Package
from hsc_geo.views.kit.names import Names
from hsc_geo.views.map import card as cards
from hsc_geo.views.wording import area, initiative
from hsc_geo.views.wording.people import of_whom, people_text, with_people
from hsc_geo.web import package as web_package
from tests.shared import naive
from tests.views.screens import text, visit, whole
from tests.views.tags import Tags
from tests.visit import names_of

WEIGHT, HEALTH = "50150NED-Overgewicht", "50150NED-GoedErvarenGezondheid"
NO_NATIONAL = {"nl": "geen landelijk cijfer in deze editie", "en": "no national figure in this edition"}


def adults_of(code: str) -> float:
    """Residents of 25 and over and 7/10 of those of 15 to 24, from areas.csv."""
    row = naive.areas()[code]
    old = naive.residents_of_bands(row) - int(row["population_0_14"]) - int(row["population_15_24"])
    return old + 0.7 * int(row["population_15_24"])


def test_a_percentage_of_adults_in_words(package: Package, nl: Names, en: Names) -> None:
    found = figure(package, "WK054603", WEIGHT, 2024, "18plus")
    assert with_people(nl, found) == "47,4% (ongeveer 5.800 volwassenen)"
    assert people_text(en, found) == "about 5,800 adults"
    assert of_whom(nl, [found]).endswith("Volwassenen: Leiden-Noord ongeveer 12.000 (2025).")


def test_the_words_are_near_the_product_of_the_two(package: Package, en: Names) -> None:
    for code in (*naive.codes_of("district"), *naive.codes_of("neighbourhood")):
        value = naive.observed(WEIGHT, 2024, "18plus", code)
        said = people_text(en, figure(package, code, WEIGHT, 2024, "18plus"))
        if value is None:
            assert said == ""
            continue
        exact = value / 100 * adults_of(code)
        if said == "fewer than 10 adults":
            assert exact < 5
            continue
        (told,) = re.findall(r"about ([\d,]+) adults", said)
        assert abs(int(told.replace(",", "")) - exact) <= max(5, 0.051 * exact)


def test_other_figures_have_no_number_of_adults(package: Package, en: Names) -> None:
    for key, year, age in (("86165NED-Koopwoningen", 2025, "all"), ("50090NED-Overgewicht", 2020, "65plus")):
        found = figure(package, "WK054603", key, year, age)
        assert people_text(en, found) == ""
        assert with_people(en, found) == en.figure(found)
        assert of_whom(en, [found]) == ""


def test_fewer_than_ten_is_said_and_never_a_zero(package: Package, en: Names) -> None:
    areas = package.areas.copy()
    columns = [name for name in areas.columns if name.startswith("population_") and name != "population_year"]
    areas.loc["WK054603", columns] = 1
    areas.loc["WK054603", "population"] = 5
    few = names_of(replace(package, areas=areas), en.w)
    assert people_text(few, figure(few.package, "WK054603", WEIGHT, 2024, "18plus")) == "fewer than 10 adults"


# --- beside the city ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_the_country_lacks_is_said_beside_the_city(
    package: Package, nl: Names, en: Names, language: str
) -> None:
    n = {"nl": nl, "en": en}[language]
    said = cards.what_you_see(n, explore(package, Choice(WEIGHT)))
    assert NO_NATIONAL[language] in said
    assert ("48.8%" if language == "en" else "48,8%") not in said  # of the other table, in 2020
    assert NO_NATIONAL[language] not in cards.what_you_see(n, explore(package, Choice(HEALTH)))


def test_the_card_says_how_many_adults_and_of_how_many(package: Package, nl: Names) -> None:
    view = explore(package, Choice(WEIGHT))
    assert "Leiden Noord 47,4% (ongeveer 5.800 volwassenen)" in cards.what_you_see(nl, view)
    assert "Leiden-Noord ongeveer 12.000 (2025)" in cards.about_the_data(nl, view)
    fine = explore(package, Choice(WEIGHT, level="neighbourhood"))
    assert "volwassenen" not in cards.about_the_data(nl, fine).lower()


def test_the_limits_tell_that_the_model_smooths_between_neighbours(package: Package, n: Names) -> None:
    shown = Tags(cards.card(n, explore(package, Choice(WEIGHT)))).text
    assert {"nl": "gegevens van de gebieden ernaast", "en": "data of the areas next to it"}[n.w.code] in shown


def test_the_panel_says_how_many_adults_of_the_area(package: Package, en: Names) -> None:
    chosen = area.panel_indicators(package, None, core_indicators(package))
    cells = {row.cells[0]: row.cells[1:] for row in area.figure_rows(en, "WK054603", chosen)}
    assert cells["Overweight – about 5,800 adults"] == ["47.4%", "42.0%", "none in this edition"]
    assert initiative.adults_note(en, "WK054603", chosen).endswith(
        "Adults: Leiden-Noord about 12,000 (2025)."
    )


def test_the_start_page_says_of_how_many_figures_the_country_lacks_one(
    package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_package, "_package", package)
    shown = text(whole(visit("start", lang="nl")))
    assert f"Van 5 van deze cijfers is er {NO_NATIONAL['nl']}." in shown
    figures_of_2024 = {naive.observed(key, 2024, "18plus", "WK054603") for key in core_indicators(package)}
    assert all(f"{value:.1f}%".replace(".", ",") in shown for value in figures_of_2024 if value is not None)
    assert None not in figures_of_2024
