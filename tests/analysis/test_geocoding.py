"""Points by address: which places lack one, and what an answer is worth, against cases worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from hsc_geo.analysis.geocoding import (
    CONFLICT,
    FOUND,
    INITIATIVE,
    MIDDLE,
    NO_ADDRESS,
    NO_NUMBER,
    NOT_FOUND,
    NOTES,
    OTHER_ADDITION,
    OTHER_AREA,
    OTHER_NAME,
    OTHER_POSTCODE,
    OUTSIDE,
    REMARKS,
    SEVERAL,
    UNSURE,
    VENUE,
    Lacking,
    best,
    judge,
    lacking,
    placed,
    stated_districts,
)
from hsc_geo.data.load import Package, load
from hsc_geo.sources.locatieserver import ADDRESS, POSTCODE, STREET, Hit
from tests.shared.naive import DATA

AT_12 = Hit("Hooigracht 12, 2312KT Leiden", ADDRESS, 52.158, 4.495, 9.0, "Hooigracht", "12", "2312KT")
AT_12A = replace(AT_12, name="Hooigracht 12A, 2312KT Leiden", number="12A", latitude=52.1581)
AT_14 = replace(AT_12, name="Hooigracht 14, 2312KT Leiden", number="14", latitude=52.1582)
ROAD = replace(AT_12, name="Hooigracht, Leiden", kind=STREET, number="", postcode="", latitude=52.1583)
PC6 = replace(AT_12, name="Hooigracht, 2312KT Leiden", kind=POSTCODE, number="", latitude=52.1584)
OTHER = Hit(
    "Hooglandse Kerkgracht 12, Leiden", ADDRESS, 52.157, 4.494, 8.0, "Hooglandse Kerkgracht", "12", "2312HS"
)


@pytest.fixture(scope="module")
def package() -> Package:
    return load(DATA)


@pytest.mark.parametrize(
    ("address", "hits", "fits", "precision", "remarks"),
    [
        ("Hooigracht 12, Leiden", [AT_12], AT_12, "address", ()),
        ("hooigracht  12,2312 kt LEIDEN", [OTHER, ROAD, AT_12A, AT_12], AT_12, "address", ()),
        ("Hooigracht 12a", [AT_12, AT_12A], AT_12A, "address", ()),
        ("Hooigracht 12-A", [AT_12, AT_12A], AT_12A, "address", ()),
        ("Hooigracht 12-14, Leiden", [AT_14, AT_12], AT_12, "street", (OTHER_ADDITION,)),
        ("Hooigracht 12", [AT_12A, ROAD], AT_12A, "street", (OTHER_ADDITION,)),
        ("Hooigracht 99", [AT_12, ROAD], ROAD, "street", (NO_NUMBER,)),
        ("Hooigracht 99", [PC6], PC6, "street", (NO_NUMBER, MIDDLE)),
        ("Hooigracht, Leiden", [AT_12, ROAD], ROAD, "street", ()),
        ("Hooigracht, 2312 KT Leiden", [PC6], PC6, "street", (MIDDLE,)),
        ("2312 KT Leiden", [PC6], PC6, "street", (MIDDLE,)),
        ("Hooigracht 12, 2311 AA Leiden", [AT_12], AT_12, "address", (OTHER_POSTCODE,)),
        (
            "Hooigracht 12",
            [AT_12, replace(AT_12, postcode="2399ZZ", latitude=52.17)],
            AT_12,
            "address",
            (SEVERAL,),
        ),
        ("Hooigracht", [ROAD, replace(ROAD, latitude=52.17)], ROAD, "street", (SEVERAL,)),
        ("Hooigracht 12", [OTHER], OTHER, "street", (OTHER_NAME,)),
        ("Stationsplein 3", [ROAD], ROAD, "street", (OTHER_NAME,)),
        ("", [ROAD], ROAD, "street", (OTHER_NAME,)),
    ],
)
def test_the_answer_that_fits_best(
    address: str, hits: list[Hit], fits: Hit, precision: str, remarks: tuple[str, ...]
) -> None:
    found = best(address, hits)
    assert found is not None
    assert (found.hit, found.precision, found.remarks) == (fits, precision, remarks)


def test_a_street_with_a_number_in_its_name() -> None:
    first = replace(AT_12, street="1e Binnenvestgracht", number="5")
    assert best("1e Binnenvestgracht 5, Leiden", [first]) == best("1E BINNENVESTGRACHT 5", [first])
    assert best("1e Binnenvestgracht 5, Leiden", [first]).precision == "address"  # type: ignore[union-attr]


def test_without_an_answer_there_is_none() -> None:
    assert best("Hooigracht 12", []) is None


def place(address: str = "Hooigracht 12, Leiden", *stated: str) -> Lacking:
    return Lacking(VENUE, "Zaal", 0, "Zaal", address, stated)


@pytest.mark.parametrize(
    ("asked", "hits", "state"),
    [
        (place(), [AT_12], FOUND),
        (place("Hooigracht 12", "Binnenstad-Noord"), [AT_12], FOUND),
        (place("Hooigracht 12", "Merenwijkdistrict"), [AT_12], CONFLICT),
        (place("Hooigracht 12", "Merenwijkdistrict", "Binnenstad-Noord"), [AT_12], FOUND),
        (place("Hooigracht 12", "nergens"), [AT_12], FOUND),
        (place(), [OTHER], UNSURE),
        (place(), [replace(AT_12, latitude=52.07, longitude=4.30)], OUTSIDE),
        (place(), [], NOT_FOUND),
        (place(""), [AT_12], NO_ADDRESS),
    ],
)
def test_what_is_found_is_judged(package: Package, asked: Lacking, hits: list[Hit], state: str) -> None:
    found = judge(package, asked, hits)
    assert found.state == state
    if state in (FOUND, CONFLICT, UNSURE):
        assert found.district == "WK054601"
        assert package.areas.at[found.neighbourhood, "parent_code"] == found.district
        assert placed(asked, found).key == "Zaal"
    else:
        assert (found.neighbourhood, found.district) == ("", "")
        with pytest.raises(ValueError, match="no point is found for 'Zaal'"):
            placed(asked, found)


def test_that_the_service_has_another_neighbourhood_is_told(package: Package) -> None:
    elsewhere = replace(AT_12, neighbourhood="BU05460302")
    found = judge(package, place(), [elsewhere]).match
    assert found is not None
    assert found.remarks == (OTHER_AREA,)
    point = placed(place(), judge(package, place(), [elsewhere]))
    assert (point.confidence, point.precision) == ("medium", "address")
    assert point.coordinate_note == f"{AT_12.name}; {NOTES[OTHER_AREA]}"


def test_names_of_places_stand_for_their_districts(package: Package) -> None:
    assert stated_districts(package, ["Leiden Zuidwest", "De Kooi", "nergens"]) == ("WK054603", "WK054605")


def test_every_remark_has_its_note() -> None:
    assert set(NOTES) == set(REMARKS)


def test_what_lacks_a_point_is_all_of_it_and_nothing_else(package: Package) -> None:
    """Against a count by hand over the tables."""
    found = lacking(package)
    venues = package.venues
    assert [each.key for each in found if each.entity == VENUE] == list(
        venues["venue"][pd.isna(venues["latitude"])]
    )
    places = package.initiative_places
    mine = [(each.key, each.number) for each in found if each.entity == INITIATIVE]
    bare = places[pd.isna(places["latitude"])]
    assert mine == list(zip(bare["initiative_id"], bare["place_number"], strict=True))
    bop = next(each for each in found if each.key == "LEI-039")
    assert bop.address == "Willem Klooslaan 15, Leiden"
    assert bop.stated == ("Bos- en Gasthuisdistrict",)


def test_a_place_known_by_the_name_of_a_venue_has_the_address_of_that(package: Package) -> None:
    rows = package.initiative_places.copy()
    rows.loc[rows["initiative_id"] == "LEI-029", "address"] = ""
    found = lacking(replace(package, initiative_places=rows))
    (mine,) = (each for each in found if each.key == "LEI-029")
    assert (mine.name, mine.address) == ("Trefpunt de Hoven", "Charlotte de Bourbonhof, Leiden")
