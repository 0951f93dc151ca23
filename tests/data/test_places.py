"""Where initiatives happen: points go to initiatives by the ids beside them and to one of several venues by name."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from hsc_geo.data.load import Package
from hsc_geo.data.place_join import Spot
from hsc_geo.data.places import Place, PlaceWords, locations, places_of, told_of_places
from hsc_geo.sources.extracts import Record, SourceError

WORDS = Path(__file__).parents[2] / "hsc_geo" / "sources" / "words" / "places.csv"


def initiative(key: str, venue: str = "", address: str = "") -> Record:
    return Record("register/initiatives.csv", 2, {"initiative_id": key, "venue": venue, "address": address})


def point(venue: str, ids: str, code: str = "BU05460302", address: str = "", **cells: str) -> Spot:
    plain = {
        "venue": venue,
        "initiative_ids": ids,
        "address": address,
        "lat": "52.16",
        "lon": "4.49",
        "bu_code": "",
        "precision": "address",
        "confidence": "high",
        "matched_object": "it",
        "source": "file",
        "note": "seen",
    }
    return Spot(Record("register/venue_coordinates.csv", 2, {**plain, **cells}), code)


def venue(name: str, address: str) -> Record:
    return Record("register/venues.csv", 2, {"venue": name, "address": address})


def word(key: str, name: str, role: str = "location", same_as: str = "") -> Record:
    return Record("places.csv", 2, {"initiative_id": key, "venue": name, "role": role, "same_as": same_as})


def made(
    *initiatives: Record, spots: list[Spot], venues: tuple[Record, ...] = (), words: tuple[Record, ...] = ()
) -> dict[str, tuple[Place, ...]]:
    return places_of(initiatives, spots, venues, told_of_places(words, initiatives))[0]


def told(places: tuple[Place, ...]) -> list[tuple[int, str, str, str | None]]:
    """(number, role, venue, the venue of its point) of each place."""
    return [(p.number, p.role, p.venue, p.spot and p.spot.record["venue"]) for p in places]


def test_each_of_several_venues_gets_its_own_point_whatever_their_order() -> None:
    hall, club, park = point("Hall", "LEI-001"), point("Club", "LEI-001|LEI-002"), point("Park", "LEI-001")
    places = made(initiative("LEI-001", "Park|hall |Club"), spots=[hall, club, park])["LEI-001"]
    assert told(places) == [
        (1, "location", "Park", "Park"),
        (2, "location", "hall", "Hall"),
        (3, "location", "Club", "Club"),
    ]


def test_one_point_of_two_venues_stays_with_the_venue_that_it_names() -> None:
    """LEI-051 is so: two houses, and the point of one."""
    places = made(initiative("LEI-051", "Matilo|De Kooi"), spots=[point("De Kooi", "LEI-051")])["LEI-051"]
    assert told(places) == [(1, "location", "Matilo", None), (2, "location", "De Kooi", "De Kooi")]


def test_a_point_that_fits_no_venue_is_a_place_of_its_own() -> None:
    spots = [point("Elsewhere", "LEI-001", address="Kade 3, Leiden"), point("Hall", "LEI-001")]
    places = made(initiative("LEI-001", "Hall|Club"), spots=spots)["LEI-001"]
    assert told(places) == [
        (1, "location", "Hall", "Hall"),
        (2, "location", "Club", None),
        (3, "location", "Elsewhere", "Elsewhere"),
    ]
    assert places[2].address == "Kade 3, Leiden"


def test_the_one_point_of_the_one_venue_needs_no_name_in_common() -> None:
    places = made(initiative("LEI-064", address="Valkenpad, Leiden"), spots=[point("Buurttuin", "LEI-064")])
    assert told(places["LEI-064"]) == [(1, "location", "", "Buurttuin")]
    assert places["LEI-064"][0].address == "Valkenpad, Leiden"


def test_a_point_is_of_the_initiatives_that_it_names_and_of_no_other() -> None:
    spots = [point("Hall", "LEI-001"), point("Hall", "", lat="52.20"), point("Hall", "LEI-002", lat="52.15")]
    found = made(*(initiative(f"LEI-00{i}", "Hall|Club") for i in (1, 2, 3)), spots=spots)
    latitudes = {key: [p.spot and p.spot.record["lat"] for p in places] for key, places in found.items()}
    assert latitudes == {"LEI-001": ["52.16", None], "LEI-002": ["52.15", None], "LEI-003": [None, None]}


def test_names_are_known_without_their_remark_and_a_point_may_have_two() -> None:
    spots = [point("South / North", "LEI-001"), point("Kerk", "LEI-001")]
    places = made(initiative("LEI-001", "Kerk (June edition)|North"), spots=spots)["LEI-001"]
    assert told(places) == [
        (1, "location", "Kerk (June edition)", "Kerk"),
        (2, "location", "North", "South / North"),
    ]


def test_our_words_say_what_is_an_event_and_which_names_are_one_building() -> None:
    words = (word("LEI-001", "City hall (launch)", role="event"), word("LEI-001", "Centre", same_as="House"))
    spots = [point("House", "LEI-001", address="Straat 4"), point("City hall", "LEI-001")]
    found = made(
        initiative("LEI-001", "City hall (launch)|Centre"),
        spots=spots,
        words=words,
        venues=(venue("House", "Straat 4, Leiden"),),
    )
    places = found["LEI-001"]
    assert told(places) == [
        (1, "event", "City hall (launch)", "City hall"),
        (2, "location", "Centre", "House"),
    ]
    assert places[1].address == "Straat 4, Leiden"
    # Only where it happens counts for the areas that it serves.
    assert locations(found) == {"LEI-001": (spots[0],)}


def test_an_initiative_of_which_only_an_event_is_known_has_no_location() -> None:
    words = (word("LEI-005", "City hall", role="event"),)
    found = made(initiative("LEI-005", "City hall"), spots=[point("City hall", "LEI-005")], words=words)
    assert told(found["LEI-005"]) == [(1, "event", "City hall", "City hall")]
    assert locations(found) == {}


def test_an_initiative_without_venue_address_or_point_has_no_place() -> None:
    assert made(initiative("LEI-001"), initiative("LEI-002", "Hall"), spots=[]).keys() == {"LEI-002"}


def test_a_place_has_the_precision_and_the_source_of_its_own_point() -> None:
    spots = [
        point(
            "Hall", "LEI-001", precision="postcode6", confidence="low", matched_object="pand 1", source="a"
        ),
        point("Club", "LEI-001", precision="address", confidence="high", matched_object="pand 2", source="b"),
    ]
    cells = [place.cells() for place in made(initiative("LEI-001", "Hall|Club"), spots=spots)["LEI-001"]]
    columns = ("place_number", "venue", "precision", "confidence", "coordinate_source", "coordinate_note")
    assert [tuple(each[name] for name in columns) for each in cells] == [
        ("1", "Hall", "street", "low", "pand 1 (a)", "seen"),
        ("2", "Club", "address", "high", "pand 2 (b)", "seen"),
    ]


def test_the_address_of_an_initiative_is_that_of_its_one_place_only() -> None:
    venues = (venue("Hall", "Plein 1, Leiden"),)
    one = made(initiative("LEI-001", "Hall", "Kade 2, Leiden"), spots=[], venues=venues)["LEI-001"]
    two = made(initiative("LEI-001", "Hall|Club", "Kade 2, Leiden"), spots=[], venues=venues)["LEI-001"]
    assert [place.address for place in one] == ["Kade 2, Leiden"]
    assert [place.address for place in two] == ["Plein 1, Leiden", ""]


def test_points_that_cannot_be_used_are_told() -> None:
    spots = [
        point("Hall", "LEI-001|LEI-009"),
        point("Far", "", code=""),
        point("Odd", "", bu_code="BU05460800"),
    ]
    _, doubts = places_of([initiative("LEI-001", "Hall")], spots, [], PlaceWords({}))
    assert [(each.key, each.reason_code) for each in doubts] == [
        ("LEI-009", "initiative_unknown"),
        ("Far", "point_outside_areas"),
        ("Odd", "coordinates_disagree_with_code"),
    ]


@pytest.mark.parametrize(
    ("row", "column"), [(word("LEI-001", "Nowhere"), "venue"), (word("LEI-001", "Hall", role="home"), "role")]
)
def test_words_on_a_venue_that_is_not_there_and_unknown_roles_are_told(row: Record, column: str) -> None:
    with pytest.raises(SourceError) as raised:
        told_of_places([row], [initiative("LEI-001", "Hall")])
    assert [problem.column for problem in raised.value.problems] == [column]


# --- the package itself -----------------------------------------------------------------------------------------------


def test_the_places_of_the_package(package: Package) -> None:
    """Counted by hand from the register's columns venue and address and from its points."""
    rows = package.initiative_places
    assert len(rows) == 66
    assert Counter(rows["role"]) == {"location": 63, "event": 3}
    many = rows.groupby("initiative_id").size()
    assert many[many > 1].to_dict() == {"LEI-026": 3, "LEI-051": 2, "LEI-075": 2}
    assert set(rows.loc[rows["role"] == "event", "initiative_id"]) == {"LEI-005", "LEI-010", "LEI-035"}
    words = csv.DictReader(WORDS.read_text(encoding="utf-8").splitlines())
    assert {row["initiative_id"] for row in words if row["role"] == "event"} == {
        "LEI-005",
        "LEI-010",
        "LEI-035",
    }


def test_every_point_of_the_register_is_with_its_initiatives(package: Package) -> None:
    by_venue: dict[tuple[str, float], set[str]] = defaultdict(set)
    for row in package.initiative_places.dropna(subset=["latitude"]).itertuples():
        by_venue[row.latitude, row.longitude].add(row.initiative_id)
    assert by_venue[52.163697, 4.510661] == {"LEI-026", "LEI-045", "LEI-051", "LEI-075"}  # De Kooi
    assert by_venue[52.16631, 4.509263] == {"LEI-015", "LEI-026", "LEI-048"}  # Het Gebouw
    assert by_venue[52.168437, 4.481499] == {"LEI-072", "LEI-117"}  # Poortgebouw, of two names
    assert by_venue[52.160025, 4.511069] == {"LEI-068"}  # the food bank, for the whole region


def test_venues_share_the_point_of_their_place(package: Package) -> None:
    venues = package.venues.dropna(subset=["latitude"]).set_index("venue")
    rows = package.initiative_places.dropna(subset=["latitude"])
    both = rows[rows["venue"].isin(venues.index)]
    assert len(both) > 5
    for row in both.itertuples():
        at = venues.loc[row.venue]
        assert (row.latitude, row.longitude, row.precision, row.coordinate_source) == (
            at["latitude"],
            at["longitude"],
            at["precision"],
            at["coordinate_source"],
        )
