"""Residents, their year, and age bands of another year or with a remainder, from made figures."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import pytest
from shapely.geometry import box

from hsc_geo.data.area_table import area_rows
from hsc_geo.sources.boundaries import Boundaries
from hsc_geo.sources.statline import Figure

WHOLE, LEFT, RIGHT = "WK054603", "BU05460300", "BU05460301"
NEW, OLD = "86165NED", "85984NED"
BANDS = ("0_14", "15_24", "25_44", "45_64", "65_plus")
STEMS = ("k_0Tot15Jaar", "k_15Tot25Jaar", "k_25Tot45Jaar", "k_45Tot65Jaar", "k_65JaarOfOuder")


def layer(**parents: str) -> gpd.GeoDataFrame:
    rows = {"name": list(parents), "parent_code": list(parents.values())}
    shapes = [box(i, 0, i + 1, 1) for i in range(len(parents))]
    return gpd.GeoDataFrame(rows, index=list(parents), geometry=shapes, crs=28992)


BOUNDARIES = Boundaries(layer(**{LEFT: WHOLE, RIGHT: WHOLE}), layer(**{WHOLE: "GM0546"}), layer(GM0547=""))


def of(
    table: str, area: str, residents: int | None, *bands: int | None, status: str = "present"
) -> list[Figure]:
    year = {NEW: 2025, OLD: 2024}[table]
    cells = zip(("AantalInwoners", *STEMS), (residents, *bands), strict=False)
    return [
        Figure(table, stem, area, year, "all", str(value), status, "one.csv", 2)
        for stem, value in cells
        if value is not None
    ]


def made(*figures: list[Figure]) -> dict[str, Mapping[str, str]]:
    rows = area_rows(BOUNDARIES, {}, [each for some in figures for each in some])
    return {row["area_code"]: row for row in rows}


def bands_of(row: Mapping[str, str]) -> list[str]:
    return [row[f"population_{band}"] for band in BANDS]


@pytest.mark.parametrize("turn", [1, -1])  # whichever edition is read first
def test_residents_are_those_of_the_newest_edition(turn: int) -> None:
    rows = made(*[of(OLD, LEFT, 1000, 100, 200, 300, 200, 200), of(NEW, LEFT, 1100)][::turn])
    assert (rows[LEFT]["population"], rows[LEFT]["population_year"]) == ("1100", "2025")
    assert bands_of(rows[LEFT]) == ["100", "200", "300", "200", "200"]
    assert (rows[LEFT]["bands_basis"], rows[LEFT]["bands_year"]) == ("published", "2024")


def test_the_band_that_an_edition_lacks_is_the_remainder() -> None:
    rows = made(of(NEW, WHOLE, 15035, 2225, 1990, None, 3525, 1965))
    assert bands_of(rows[WHOLE]) == ["2225", "1990", "5330", "3525", "1965"]
    assert (rows[WHOLE]["bands_basis"], rows[WHOLE]["bands_year"]) == ("remainder", "2025")


def test_a_remainder_below_zero_is_none_and_the_older_edition_is_taken() -> None:
    rows = made(of(NEW, LEFT, 10, 5, 5, None, 5, 0), of(OLD, LEFT, 10, 0, 5, 0, 5, 0))
    assert (bands_of(rows[LEFT]), rows[LEFT]["bands_year"]) == (["0", "5", "0", "5", "0"], "2024")
    assert rows[LEFT]["bands_basis"] == "published"


def test_other_bands_are_no_remainder() -> None:
    rows = made(of(NEW, LEFT, 100, 10, None, 40, 20, 10))
    assert rows[LEFT]["bands_basis"] == "missing"
    assert bands_of(rows[LEFT]) == ["10", "", "", "", "10"]
    assert rows[LEFT]["bands_year"] == "2025"


def test_a_band_of_zero_is_known_and_a_suppressed_one_is_not() -> None:
    rows = made(
        of(OLD, LEFT, 10, 0, 5, 0, 5, 0),
        of(OLD, RIGHT, 10, 0, 5, status="present"),
        of(OLD, RIGHT, None, None, None, 0, 5, 0, status="suppressed"),
    )
    assert rows[LEFT]["bands_basis"] == "published"
    assert (rows[RIGHT]["bands_basis"], bands_of(rows[RIGHT]), rows[RIGHT]["bands_year"]) == (
        "missing",
        [""] * 5,
        "",
    )


def test_neighbourhoods_of_one_year_are_summed_and_of_two_are_not() -> None:
    outer = of(OLD, WHOLE, 30, 3, None, None, None, 9)
    leaves = [of(OLD, LEFT, 15, 1, 2, 3, 4, 5), of(OLD, RIGHT, 15, 1, 2, 3, 4, 5)]
    summed = made(outer, *leaves)[WHOLE]
    assert (bands_of(summed), summed["bands_basis"]) == (["3", "4", "6", "8", "9"], "summed")
    newer = made(outer, *leaves, of(NEW, RIGHT, 15, 1, 2, 3, 4, 5))[WHOLE]
    assert (bands_of(newer), newer["bands_basis"]) == (["3", "", "", "", "9"], "missing")


def test_land_is_that_of_the_edition_that_has_it() -> None:
    land = Figure(OLD, "OppervlakteLand", LEFT, 2024, "all", "27", "present", "one.csv", 2)
    rows = made(of(NEW, LEFT, 100), [land])
    assert (rows[LEFT]["land_area_ha"], rows[RIGHT]["land_area_ha"]) == ("27", "")


def test_nothing_known_is_nothing_said() -> None:
    row = made()[LEFT]
    assert {row[name] for name in ("population", "population_year", "bands_year", "land_area_ha")} == {""}
    assert row["bands_basis"] == "missing"


def test_other_tables_do_not_count() -> None:
    other = Figure("WIJKKAART2017", "AantalInwoners", LEFT, 2030, "all", "7", "present", "one.csv", 2)
    assert made([other])[LEFT]["population"] == ""
