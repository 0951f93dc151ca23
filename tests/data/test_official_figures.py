"""Figures of the package against the official tables, written down here by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from hsc_geo.data.load import Package

# StatLine 50090NED, 2020, value, %; 85984NED 2024; 83765NED 2017; Wijkkaart 2017.
HEALTH_2020 = [
    ("50090NED-Overgewicht", "WK054603", "18plus", 45.2),  # Leiden-Noord
    ("50090NED-ErvarenGezondheidGoedZeerGoed", "WK054603", "18plus", 77.8),
    ("50090NED-Overgewicht", "GM0546", "18plus", 42.1),
    ("50090NED-Overgewicht", "NL00", "18plus", 50.8),
    ("50090NED-Overgewicht", "NL00", "65plus", 58.9),
    ("50090NED-ErvarenGezondheidGoedZeerGoed", "GM0546", "18plus", 80.8),
    ("50090NED-ErvarenGezondheidGoedZeerGoed", "NL00", "18plus", 78.4),
    ("50150NED-GoedErvarenGezondheid", "NL00", "18plus", 78.4),
    ("50150NED-GoedErvarenGezondheid", "GM0546", "18plus", 81.0),
]
OTHER_YEARS = [
    ("50150NED-GoedErvarenGezondheid", "GM0546", 2024, "18plus", 75.0),
    ("50090NED-Overgewicht", "GM0546", 2012, "18to64", 38.0),
    ("85984NED-AantalInwoners", "GM0546", 2024, "all", 130_108),
    ("85984NED-AantalInwoners", "NL00", 2024, "all", 17_942_942),
    ("85984NED-GemiddeldInkomenPerInwoner", "GM0546", 2024, "all", 36.4),
    ("85984NED-k_15Tot25Jaar", "BU05460000", 2024, "all", 1345),
    ("83765NED-GemiddeldInkomenPerInwoner", "BU05460001", 2017, "all", 25.1),
    ("WIJKKAART2017-P_GEHUWD", "WK054600", 2017, "all", 14),
    ("WIJKKAART2017-GEM_HH_GR", "WK054601", 2017, "all", 1.4),
]


def observed(package: Package, indicator: str, area: str, year: int, age_group: str) -> pd.Series:
    table = package.observations
    rows = table[
        (table["indicator_id"] == indicator)
        & (table["area_code"] == area)
        & (table["year"] == year)
        & (table["age_group"] == age_group)
    ]
    assert len(rows) == 1
    return rows.iloc[0]


@pytest.mark.parametrize(
    ("indicator", "area", "year", "age_group", "value"),
    [*((i, a, 2020, g, v) for i, a, g, v in HEALTH_2020), *OTHER_YEARS],
)
def test_figures_are_those_of_the_tables(
    package: Package, indicator: str, area: str, year: int, age_group: str, value: float
) -> None:
    found = observed(package, indicator, area, year, age_group)
    assert found["value"] == value
    assert found["status"] == "present"


def test_population_of_leiden(package: Package) -> None:
    areas = package.areas
    assert areas.loc["GM0546", "population"] == 130_108
    # Rounded to 5 below the municipality, the parts add up to a little more or less.
    assert areas.loc[areas["level"] == "district", "population"].sum() == 130_110
    assert areas.loc[areas["level"] == "neighbourhood", "population"].sum() == 130_095
    assert areas.loc["GM0546", "population_65_plus"] == 20_987
    assert areas.loc["WK054603", ["population", "population_0_14", "bands_basis"]].tolist() == [
        15_325,
        2_265,
        "summed",
    ]
    assert pd.isna(areas.loc["NL00", "population_15_24"])
    assert areas.loc["NL00", "bands_basis"] == "missing"


def test_levels_are_complete(package: Package) -> None:
    counts = package.areas["level"].value_counts().to_dict()
    assert counts == {"neighbourhood": 54, "district": 10, "surrounding": 10, "municipality": 1, "country": 1}
    assert set(package.geometry.index) == set(package.areas.index) - {"NL00"}


def test_missing_suppressed_and_zero_are_kept_apart(package: Package) -> None:
    overweight = "50090NED-Overgewicht"
    suppressed = observed(package, overweight, "BU05460407", 2020, "18plus")  # Klein Cronestein, 10 residents
    assert suppressed["status"] == "suppressed"
    assert pd.isna(suppressed["value"])
    never_asked = observed(package, "50090NED-LopenNaarSchoolOfWerk", "GM0546", 2020, "18plus")
    assert never_asked["status"] == "not_measured"
    assert pd.isna(never_asked["value"])
    zero = observed(package, "WIJKKAART2017-P_MAROKKO", "WK054607", 2017, "all")
    assert (zero["value"], zero["status"]) == (0, "present")
    zeros = package.observations[package.observations["value"] == 0]
    assert set(zeros["status"]) == {"present"}
    assert len(zeros) > 0


def test_no_interval_is_made_up(package: Package) -> None:
    assert package.observations[["lower", "upper"]].isna().all(axis=None)


def test_the_whole_health_table_is_there(package: Package) -> None:
    rows = package.observations[package.observations["indicator_id"].str.startswith("50090NED-")]
    assert len(rows) == 35 * 66 * 8
    assert set(rows["area_code"]) == set(package.areas.index[package.areas["level"] != "surrounding"])
    assert rows[rows["year"] == 2020]["age_group"].unique().tolist() == [
        "18plus",
        "65plus",
    ]  # none for 18 to 64


def test_weights_add_up(package: Package) -> None:
    """Underweight, normal weight and overweight are all there is; overweight includes obesity."""
    rows = package.observations[package.observations["status"] == "present"]
    wide = rows.pivot_table(
        index=["area_code", "year", "age_group"], columns="indicator_id", values="value", observed=True
    )
    parts = [f"50090NED-{stem}" for stem in ("Ondergewicht", "NormaalGewicht", "Overgewicht")]
    total = wide[parts].sum(axis=1, min_count=3).dropna()
    assert len(total) > 500
    assert total.median() == pytest.approx(100, abs=0.1)
    assert total.between(98, 102).all()  # each is modelled apart, so single areas are up to two points off
    assert (wide["50090NED-ErnstigOvergewicht"] < wide["50090NED-Overgewicht"]).sum() == len(total)


def test_nothing_of_the_register_is_lost(package: Package) -> None:
    assert (len(package.initiatives), len(package.organisations), len(package.venues)) == (125, 76, 23)
    assert package.initiatives["ambition_basis"].value_counts().to_dict() == {
        "inferred": 122,
        "partly_stated": 2,
        "stated": 1,
    }
    assert (package.initiatives["last_evidence_year"] >= 2023).sum() == 39
    assert package.initiatives.loc["LEI-076", "organisation"] == "Stichting @ease"
    assert "after 2022-12" in set(package.initiatives["status_as_of"])  # dates that are no dates stay as text
