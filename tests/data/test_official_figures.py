"""Figures of the package against the official tables, written down here by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from hsc_geo.data.load import Package

# StatLine 50090NED, 2020, value, %; 50150NED; 86165NED 2025; 85984NED 2024; 83765NED 2017; Wijkkaart 2017.
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
NEW_HEALTH = [  # 50150NED, 18 and over
    *(
        (f"50150NED-{stem}", "WK054603", 2024, value)  # Leiden-Noord
        for stem, value in (
            ("GoedErvarenGezondheid", 69.4),
            ("EenOfMeerLangdurigeAandoeningen", 35.0),
            ("LangdurigBeperkt", 30.3),
            ("HoogRisicoAngststoornisOfDepressie", 12.8),
            ("SuicideGedachtenDeLaatste12Maanden", 13.4),
            ("AngstDepressiegevoelensAfg4Weken", 56.6),
            ("HeelVeelStressAfg4Weken", 27.2),
            ("MatigVeelRegieOverHetEigenLeven", 86.0),
            ("Eenzaam", 52.7),
            ("SterkEenzaam", 17.1),
            ("KrijgtSteunVanAnderen", 91.4),
            ("Mantelzorger", 10.4),
            ("MoeiteMetRondkomen", 23.2),
            ("Overgewicht", 47.4),
            ("ErnstigOvergewichtObesitas", 15.9),
            ("RooktTabak", 19.9),
            ("OvermatigDrinken", 6.2),
            ("VoldoetAanDeBeweegrichtlijn", 54.2),
            ("WekelijksSporten", 57.6),
            ("TevredenMetDeWoonomgeving", 77.5),
        )
    ),
    ("50150NED-Eenzaam", "WK054605", 2022, 55.4),  # Bos- en Gasthuisdistrict
    ("50150NED-MoeiteMetRondkomen", "BU05460800", 2022, 40.7),  # Slaaghwijk
    ("50150NED-RooktTabak", "BU05460302", 2016, 28.4),  # De Kooi
    ("50150NED-Overgewicht", "GM0546", 2020, 41.9),
    ("50150NED-GoedErvarenGezondheid", "NL00", 2012, 76.3),
    ("50150NED-Eenzaam", "BU05460704", 2022, 85.2),  # Leeuwenhoek, mostly students
]
KEY_FIGURES_2025 = [
    ("86165NED-AantalInwoners", "NL00", 18_044_027),
    ("86165NED-AantalInwoners", "GM0546", 130_638),
    ("86165NED-AantalInwoners", "BU05460407", 15),
    ("86165NED-k_0Tot15Jaar", "WK054603", 2225),
    ("86165NED-k_15Tot25Jaar", "WK054600", 3145),
    ("86165NED-k_45Tot65Jaar", "GM0546", 29_317),
    ("86165NED-k_65JaarOfOuder", "WK054608", 3195),
    ("86165NED-HuishoudensTotaal", "WK054605", 11_830),
    ("86165NED-Eenpersoonshuishoudens", "GM0546", 42_159),
    ("86165NED-GemiddeldeWOZWaardeVanWoningen", "NL00", 398),
    ("86165NED-Koopwoningen", "WK054607", 29),
    ("86165NED-InBezitWoningcorporatie", "WK054603", 51),
]
NEW_OF_2024 = [
    ("85984NED-PersonenInArmoede", "WK054603", "all", 4.8),
    ("85984NED-PersonenTot25BovenArmoedegrens", "WK054603", "all", 11.7),
    ("85984NED-PercentageJongerenMetJeugdzorg", "WK054608", "0to22", 13.5),
    ("85984NED-WmoClientenRelatief", "WK054605", "all", 90),
    ("85984NED-Nettoarbeidsparticipatie", "GM0546", "15to74", 70),
    ("85984NED-GemiddeldInkomenPerInwoner", "WK054604", "all", 42.0),
    ("85984NED-MediaanVermogenVanParticuliereHuish", "WK054608", "all", 219.1),
    ("85984NED-MediaanVermogenVanParticuliereHuish", "NL00", "all", 135.5),
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
    [
        *((i, a, 2020, g, v) for i, a, g, v in HEALTH_2020),
        *((i, a, y, "18plus", v) for i, a, y, v in NEW_HEALTH),
        *((i, a, 2025, "all", v) for i, a, v in KEY_FIGURES_2025),
        *((i, a, 2024, g, v) for i, a, g, v in NEW_OF_2024),
        *OTHER_YEARS,
    ],
)
def test_figures_are_those_of_the_tables(
    package: Package, indicator: str, area: str, year: int, age_group: str, value: float
) -> None:
    found = observed(package, indicator, area, year, age_group)
    assert found["value"] == value
    assert found["status"] == "present"


def test_population_of_leiden(package: Package) -> None:
    areas = package.areas
    assert set(areas["population_year"].dropna()) == {2025}
    assert areas.loc["GM0546", "population"] == 130_638
    # Rounded to 5 below the municipality, the parts add up to a little more or less.
    assert areas.loc[areas["level"] == "district", "population"].sum() == 130_630
    assert areas.loc[areas["level"] == "neighbourhood", "population"].sum() == 130_640
    assert areas.loc["GM0546", "population_65_plus"] == 21_436
    ages = ["population", "population_0_14", "population_25_44", "bands_basis", "bands_year"]
    assert areas.loc["WK054603", ages].tolist() == [15_035, 2_225, 5_330, "remainder", 2025]
    assert areas.loc["NL00", ages].tolist() == [18_044_027, 2_698_534, 4_650_069, "remainder", 2025]
    # Ages of neighbourhoods are of 2024, their residents of 2025.
    assert areas.loc["BU05460302", ages].tolist() == [6_185, 845, 2_320, "published", 2024]
    assert areas.loc["WK054603", "land_area_ha"] == 172


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


def test_missing_figures_of_the_newer_table_say_why(package: Package) -> None:
    def status(stem: str, area: str, year: int) -> str:
        found = observed(package, f"50150NED-{stem}", area, year, "18plus")
        assert pd.isna(found["value"])
        return str(found["status"])

    assert status("KrijgtSteunVanAnderen", "GM0546", 2022) == "not_measured"
    assert status("MatigVeelRegieOverHetEigenLeven", "WK054603", 2022) == "not_measured"
    assert (
        status("Eenzaam", "BU05460407", 2024) == "suppressed"
    )  # Klein Cronestein, without a row in the extract
    assert status("KrijgtSteunVanAnderen", "BU05460407", 2022) == "not_measured"
    assert status("Eenzaam", "BU05460704", 2016) == "suppressed"  # Leeuwenhoek
    assert status("GoedErvarenGezondheid", "BU05460704", 2012) == "suppressed"
    rows = package.observations[package.observations["indicator_id"].str.startswith("50150NED-")]
    national = rows[rows["area_code"] == "NL00"]  # in this edition for perceived health only, in five years
    assert national["indicator_id"].unique().tolist() == ["50150NED-GoedErvarenGezondheid"]
    assert sorted(national["year"]) == [2012, 2016, 2020, 2022, 2024]


def test_neighbourhoods_have_no_row_where_this_edition_has_no_figure_for_them(package: Package) -> None:
    rows = package.observations[package.observations["indicator_id"].str.startswith("86165NED-")]
    leaves = rows[rows["area_code"].str.startswith("BU")]
    assert leaves["indicator_id"].unique().tolist() == ["86165NED-AantalInwoners"]
    assert len(leaves) == 54
    assert set(rows["status"]) == {"present"}


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
    assert (len(package.initiatives), len(package.organisations), len(package.venues)) == (146, 87, 30)
    assert package.initiatives["ambition_basis"].value_counts().to_dict() == {
        "inferred": 143,
        "partly_stated": 2,
        "stated": 1,
    }
    assert (package.initiatives["last_evidence_year"] >= 2023).sum() == 46
    assert package.initiatives.loc["LEI-076", "organisation"] == "Stichting @ease"
    assert "after 2022-12" in set(package.initiatives["status_as_of"])  # dates that are no dates stay as text
