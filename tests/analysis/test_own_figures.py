"""Figures of own areas: against a plain loop over data/*.csv, against the official figures of districts, by hand."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import replace
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsc_geo.analysis.figures import figure
from hsc_geo.analysis.own_area import made
from hsc_geo.analysis.own_areas import make, with_own
from hsc_geo.analysis.own_figures import figures_of, weights_for
from hsc_geo.data.load import Package
from tests.analysis.example_town import town
from tests.shared import naive

METHODS = Path(__file__).parents[2] / "docs" / "methods.md"
LONELY, OBESITY = "50150NED-Eenzaam", "50150NED-ErnstigOvergewichtObesitas"
INCOME, HOMES, DENSITY = (
    f"85984NED-{stem}" for stem in ("GemiddeldInkomenPerInwoner", "Koopwoningen", "Bevolkingsdichtheid")
)
PEOPLE, CLASS = "85984NED-AantalInwoners", "85984NED-MateVanStedelijkheid"
ACROSS = (
    "BU05460301",
    "BU05460302",
    "BU05460500",
    "BU05460502",
    "BU05460407",
)  # of 3 districts; 15 live in the last
SPOTTY = ("BU05460701", "BU05460703", "BU05460704")  # of the last much is suppressed
repeatable = settings(max_examples=20, deadline=None, derandomize=True, database=None)

# What of a figure -> the largest difference with the published figure of a district, as docs/methods.md says.
TOLD = {
    "Estimates by a model, 2024": (0.7, "percentage points"),
    "Estimates by a model, 2020 and 2022": (3.6, "percentage points"),
    "Distances, schools near, income, size of households": (0.1, "of their unit"),
    "Kinds of homes, owned or single-family": (9, "percentage points"),
    "Average value of homes": (19, "thousand euro"),
    "Addresses around": (73, "per km²"),
    "Residents per km²": (23, "per km²"),
    "Numbers of residents and households": (15, "of 7,000 and more"),
}


def districts() -> list[tuple[str, list[str]]]:
    """Districts with the neighbourhoods in them, of two or more."""
    found = defaultdict(list)
    for code in naive.codes_of("neighbourhood"):
        found[naive.areas()[code]["parent_code"]].append(code)
    return [(code, parts) for code, parts in found.items() if len(parts) > 1]


@cache
def observed() -> dict[tuple[str, str, str, str], naive.Row]:
    return {
        (row["area_code"], row["indicator_id"], row["year"], row["age_group"]): row
        for row in naive.rows("observations")
    }


def plain_weight(code: str, indicator: str, age: str) -> tuple[float, int]:
    """How many there are, and of which year; written again from the columns of areas.csv."""
    row, concept = naive.areas()[code], naive.indicators()[indicator]["concept"]
    if concept == "population_density":
        return float(row["land_area_ha"]), int(row["population_year"])
    if concept.endswith("_homes") or concept in ("home_value", "household_size", "address_density"):
        return float(observed()[code, "85984NED-HuishoudensTotaal", "2024", "all"]["value"]), 2024
    old = float(row["population_65_plus"])
    grown = (
        naive.residents_of_bands(row) - float(row["population_0_14"]) - 0.3 * float(row["population_15_24"])
    )
    if age in ("18plus", "18to64", "65plus"):
        return {"18plus": grown, "18to64": grown - old, "65plus": old}[age], int(row["bands_year"])
    return float(row["population"]), int(row["population_year"])


def plain(codes: list[str], indicator: str, year: str, age: str) -> float | None:
    """The figure by a loop; None where there is to be none."""
    unit, top, bottom, whole = naive.indicators()[indicator]["unit"], 0.0, 0.0, 0.0
    missing = False
    for code in codes:
        row = observed().get((code, indicator, year, age), {"status": "", "value": ""})
        weight, of = plain_weight(code, indicator, age)
        whole += weight
        if row["status"] == "present":
            bottom += weight
            top += weight * float(row["value"])
        elif naive.areas()[code]["population"] != "0":
            missing = True
    if unit in ("persons", "households", "ha"):
        rows = [observed().get((code, indicator, year, age)) for code in codes]
        return None if missing else sum(float(row["value"]) for row in rows if row and row["value"])
    if unit == "class" or abs(of - int(year)) > 5 or bottom < 0.8 * whole:
        return None
    return round(top / bottom, int(naive.indicators()[indicator]["decimals"] or 0))


@pytest.mark.parametrize("codes", [ACROSS, SPOTTY, districts()[3][1]], ids=["across", "spotty", "district"])
def test_every_figure_is_that_of_a_loop(package: Package, codes: tuple[str, ...]) -> None:
    area = make("Around", codes)
    found = with_own(package, (area,))
    compared = 0
    for _, indicator, year, age in found.made:
        value = figure(found, area.code, indicator, year, age).value
        expected = plain(list(codes), indicator, str(year), age)
        assert (value is None) == (expected is None), (indicator, year, age)
        assert value is None or math.isclose(value, expected, abs_tol=1e-9), (indicator, year, age)
        compared += value is not None
    assert compared > 60


def group_of(indicator: str, year: int) -> str:
    row = naive.indicators()[indicator]
    if row["kind"] == "modelled":
        return f"Estimates by a model, {'2024' if year == 2024 else '2020 and 2022'}"
    by_concept = {
        "home_value": "Average value of homes",
        "address_density": "Addresses around",
        "population_density": "Residents per km²",
    }
    if row["unit"] == "percent":
        return "Kinds of homes, owned or single-family"
    if row["unit"] in ("persons", "households"):
        return "Numbers of residents and households"
    return by_concept.get(row["concept"], "Distances, schools near, income, size of households")


def test_a_district_put_together_differs_from_its_published_figures_as_told(package: Package) -> None:
    largest: dict[str, float] = defaultdict(float)
    for i, (code, parts) in enumerate(districts()):
        area = make(f"Like {i}", parts)
        found = with_own(package, (area,))
        for key in found.made:
            own, official = figure(found, *key).value, figure(package, code, *key[1:]).value
            if own is not None and official is not None and naive.indicators()[key[1]]["unit"] != "ha":
                group = group_of(key[1], key[2])
                largest[group] = max(largest[group], abs(own - official))
    assert {group: round(value, 1) for group, value in largest.items()} == {
        group: value for group, (value, _) in TOLD.items()
    }
    page = METHODS.read_text(encoding="utf-8")
    for group, (value, unit) in TOLD.items():
        assert f"| {group} | {value:g} {unit} |" in page


def test_the_mean_of_two_neighbourhoods_by_hand() -> None:
    """Of Market 2,000 residents, 20% lonely; of Station 1,000, 30%. No bands of age: residents count."""
    table, told = figures_of(town(), {"OWN1": ["BU00010102", "BU00010201"]})
    values = table[table["area_code"] == "OWN1"].set_index("indicator_id")["value"]
    assert values["lonely"] == round((2000 * 20 + 1000 * 30) / 3000)
    how = told["OWN1", "lonely", 2024, "18plus"]
    assert (how.how, how.weights, how.weights_year, how.missing, how.covered) == (
        "mean",
        "residents",
        2025,
        (),
        1.0,
    )


@repeatable
@given(st.integers(0, 40), st.permutations(["BU00010101", "BU00010102", "BU00010201", "BU00010202"]))
def test_a_mean_lies_between_and_turns_with_nothing_but_its_values(shift: int, order: list[str]) -> None:
    place = town()
    moved = replace(place, observations=place.observations.assign(value=place.observations["value"] + shift))

    def lonely(of: Package, codes: list[str]) -> float:
        table, _ = figures_of(of, {"OWN1": codes})
        return float(
            table.loc[(table["area_code"] == "OWN1") & (table["indicator_id"] == "lonely"), "value"].iloc[0]
        )

    assert lonely(moved, order[:3]) == lonely(place, order[:3]) + shift
    assert lonely(place, order[:3]) == lonely(place, sorted(order[:3]))
    of = place.observations.set_index(["area_code", "indicator_id"])["value"]
    parts = [float(of[code, "lonely"]) for code in order[:3]]
    assert min(parts) <= lonely(place, order[:3]) <= max(parts)


def without(package: Package, code: str, indicator: str, status: str = "suppressed") -> Package:
    rows = package.observations
    hit = (rows["area_code"] == code) & (rows["indicator_id"] == indicator)
    return replace(
        package,
        observations=rows.assign(
            value=rows["value"].mask(hit),
            status=rows["status"].astype(object).mask(hit, status).astype("category"),
        ),
    )


def test_a_mean_needs_four_fifths_of_those_it_is_about() -> None:
    """Harbour has 4,000 of 5,000 residents of East, Station the other 1,000."""
    east = ["BU00010201", "BU00010202"]
    table, told = figures_of(without(town(), east[0], "lonely"), {"OWN1": east})
    row = table[(table["area_code"] == "OWN1") & (table["indicator_id"] == "lonely")].iloc[0]
    assert (row["value"], row["status"]) == (40, "present")
    assert (
        told["OWN1", "lonely", 2024, "18plus"].missing,
        told["OWN1", "lonely", 2024, "18plus"].covered,
    ) == (
        (east[0],),
        0.8,
    )
    table, _ = figures_of(without(town(), east[1], "lonely"), {"OWN1": east})
    row = table[(table["area_code"] == "OWN1") & (table["indicator_id"] == "lonely")].iloc[0]
    assert pd.isna(row["value"])
    assert row["status"] == "parts_missing"


def test_what_no_neighbourhood_has_keeps_its_reason() -> None:
    both = without(without(town(), "BU00010201", "lonely"), "BU00010202", "lonely")
    table, _ = figures_of(both, {"OWN1": ["BU00010201", "BU00010202"]})
    rows = table[(table["area_code"] == "OWN1") & (table["indicator_id"] == "lonely")]
    assert set(rows["status"]) == {"suppressed"}


def test_why_there_is_none(package: Package) -> None:
    area = make("Around", ACROSS)
    found = with_own(package, (area,))

    def status(indicator: str, year: int, age: str = "all") -> str:
        return figure(found, area.code, indicator, year, age).status

    assert status(CLASS, 2024) == "no_mean"
    assert status(OBESITY, 2016, "18plus") == "far_weights"
    assert status(OBESITY, 2024, "18plus") == "present"
    assert status("85984NED-PersonenInArmoede", 2024) == "not_published"


def test_it_says_how_and_gives_no_interval(package: Package) -> None:
    area = make("Around", ACROSS)
    found = with_own(package, (area,))
    how = made(found, area.code, LONELY, 2024, "18plus")
    assert how is not None
    assert (how.how, how.weights, how.weights_year) == ("mean", "adults", 2024)
    row = figure(found, area.code, LONELY, 2024, "18plus")
    assert (row.lower, row.upper) == (None, None)
    assert made(found, "BU05460302", LONELY, 2024, "18plus") is None
    assert made(package, area.code, LONELY, 2024, "18plus") is None


@pytest.mark.parametrize(
    ("indicator", "age", "weights"),
    [
        (LONELY, "18plus", "adults"),
        (LONELY, "65plus", "residents_65_plus"),
        (LONELY, "18to64", "adults_18_64"),
        (INCOME, "all", "residents"),
        (HOMES, "all", "homes"),
        (DENSITY, "all", "land"),
    ],
)
def test_weights_are_of_what_a_figure_is_about(
    package: Package, indicator: str, age: str, weights: str
) -> None:
    assert weights_for(package, indicator, age) == weights


def test_a_sum_is_not_known_where_one_part_is_not(package: Package) -> None:
    area = make("Around", ACROSS)
    whole = figure(with_own(package, (area,)), area.code, PEOPLE, 2024, "all").value
    parts = [float(observed()[code, PEOPLE, "2024", "all"]["value"]) for code in ACROSS]
    assert whole == sum(parts)
    one_less = without(package, ACROSS[0], PEOPLE)
    found = figure(with_own(one_less, (area,)), area.code, PEOPLE, 2024, "all")
    assert (found.value, found.status) == (None, "parts_missing")
