"""Faults that show only where one figure is held against another."""

from __future__ import annotations

from pathlib import Path

from hsc_geo.domain.problems import Problem
from tests.data.cases import AREAS, OBSERVATIONS, at, case, cell_case
from tests.data.editing import cell, geometry, put, row_of

INDICATORS = "indicators.csv"
NOORD = "WK054603"
PARTS = ("BU05460300", "BU05460301", "BU05460302")

cell_case(
    "concept-differs",
    "direction_of_a_twin",
    INDICATORS,
    at(INDICATORS, indicator_id="50150NED-RooktTabak"),
    column="direction",
    value="neutral",
    mend="50090NED-Roker of the same concept smoking has high_bad: correct one, or the concept",
)
cell_case(
    "concept-differs",
    "unit_of_a_twin",
    INDICATORS,
    at(INDICATORS, indicator_id="WIJKKAART2017-AANT_INW"),
    column="unit",
    value="percent",
    mend="85984NED-AantalInwoners of the same concept population has persons: correct one, or the concept",
)


def observed(folder: Path, indicator: str, area: str, year: str, age: str) -> tuple[int, float]:
    """Row and value of an observation."""
    keys = {"indicator_id": indicator, "area_code": area, "year": year, "age_group": age}
    row = row_of(folder, OBSERVATIONS, **keys)
    return row, float(cell(folder, OBSERVATIONS, row, "value"))


@case("weight-classes")
def weights_are_not_everybody(folder: Path) -> list[Problem]:
    under, normal, over = (
        observed(folder, f"50090NED-{stem}", NOORD, "2020", "18plus")
        for stem in ("Ondergewicht", "NormaalGewicht", "Overgewicht")
    )
    put(folder, OBSERVATIONS, over[0], value="75.2")  # 45.2, typed wrong
    total = under[1] + normal[1] + 75.2
    classes = "underweight, normal_weight, overweight"
    told = f"{classes} of {NOORD} in 50090NED are {total:.1f}% together, not 100%: correct one"
    return [Problem(OBSERVATIONS, over[0], "value", "75.2", told)]


@case("land-area")
def land_of_another_area_and_in_another_unit(folder: Path) -> list[Problem]:
    frame = geometry(folder).set_index("area_code")
    problems = []
    for code, land in (("BU05460302", "8"), (NOORD, "1720")):
        row = row_of(folder, AREAS, area_code=code)
        put(folder, AREAS, row, land_area_ha=land)
        surface = frame.loc[code, "geometry"].area / 10_000
        told = f"the boundary of {code} holds {surface:.1f} ha, water included: correct one"
        problems.append(Problem(AREAS, row, "land_area_ha", land, told))
    return problems


def mean_of_parts(folder: Path, weight: str, indicator: str, year: str, age: str) -> float:
    weights = [people(folder, row_of(folder, AREAS, area_code=code), weight) for code in PARTS]
    values = [observed(folder, indicator, code, year, age)[1] for code in PARTS]
    return sum(w * v for w, v in zip(weights, values, strict=True)) / sum(weights)


def people(folder: Path, row: int, weight: str) -> float:
    """A column of areas.csv; adults are those of 25 and over with seven of the ten years from 15 to 24."""
    if weight != "adults":
        return float(cell(folder, AREAS, row, weight))
    everyone, children, youth = (
        float(cell(folder, AREAS, row, name))
        for name in ("population", "population_0_14", "population_15_24")
    )
    return everyone - children - youth + 0.7 * youth


@case("district-mean")
def district_far_from_its_neighbourhoods(folder: Path) -> list[Problem]:
    problems = []
    for indicator, year, age, weight, wrong in (
        ("50150NED-RooktTabak", "2024", "18plus", "adults", "91.9"),  # 19.9, typed wrong
        ("50090NED-Eenzaam", "2020", "65plus", "population_65_plus", "5.9"),
    ):
        row, _ = observed(folder, indicator, NOORD, year, age)
        mean = mean_of_parts(folder, weight, indicator, year, age)
        put(folder, OBSERVATIONS, row, value=wrong)
        told = (
            f"the neighbourhoods of {NOORD} give {mean:.1f} on average (by people of that age), more than 5 points "
            "off: correct one"
        )
        problems.append(Problem(OBSERVATIONS, row, "value", wrong, told))
    return problems
