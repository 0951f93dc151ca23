"""Several places of one initiative, through every door."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from hsc_geo.data.load import Package
from hsc_geo.register import NotTaken, Proposal, Register, check, likely_duplicates, open_register, overlay
from hsc_geo.register.place_fields import FIELDS, MOST_PLACES, fields_of, place_rows
from tests.register.forms import FORMS, as_csv, as_xlsx, fresh
from tests.register.samples import ADMINISTRATOR, KOOI, STEWARD, agree, correction, new, places, taken, told

SLAAG = ("52.1795", "4.4975")  # in BU05460805
HAND = {
    "precision": "address",
    "confidence": "medium",
    "coordinate_source": "placed on the map in a proposal",
}
# What is no pair of degrees in Leiden, each with what is told of it.
BAD_POINTS = {
    ("nan", "4.499"): {"latitude": "type"},
    ("52.169", "inf"): {"longitude": "type"},
    ("-inf", "nan"): {"latitude": "type", "longitude": "type"},
    ("1e999", "4.499"): {"latitude": "type"},
    ("5_2.169", "4.499"): {"latitude": "type"},
    ("52,16,9", "4,4,99"): {"latitude": "type", "longitude": "type"},
    ("52.169", "9" * 400): {"longitude": "type"},
    ("4.499", "52.169"): {"latitude": "swapped"},
    ("463800", "93806"): {"latitude": "rd_as_degrees"},
    ("52.169", ""): {"longitude": "half_a_point"},
    ("", "4.499"): {"latitude": "half_a_point"},
    ("0", "0"): {"latitude": "outside"},
    ("0x34", "4.499"): {"latitude": "type"},
}


def two(**fields: str) -> Proposal:
    """A new initiative at two places, in two districts."""
    second = {
        "venue_2": "Buurthuis",
        "address_2": "Valkenpad 5",
        "latitude_2": SLAAG[0],
        "longitude_2": SLAAG[1],
    }
    return new(venue="Het Gebouw", **{**second, **fields})


def areas(register: Register, key: str) -> set[tuple[str, str]]:
    rows = register.tables()["initiative_areas"]
    mine = rows[rows["initiative_id"] == key]
    return set(zip(mine["area_code"], mine["basis"], strict=True))


def faults(call: Callable[[], object]) -> set[tuple[str, str]]:
    with pytest.raises(NotTaken) as raised:
        call()
    return {(fault.field, fault.code) for fault in raised.value.faults}


# Proposals and review


def test_a_new_one_with_two_places_serves_both_areas(register: Register, package: Package) -> None:
    assert check(two(), package) == []
    made = taken(register, two()).entity_id
    assert places(register, made) == [
        {
            "place_number": "1",
            "role": "location",
            "venue": "Het Gebouw",
            "latitude": str(KOOI[0]),
            "longitude": str(KOOI[1]),
            **HAND,
        },
        {
            "place_number": "2",
            "role": "location",
            "venue": "Buurthuis",
            "address": "Valkenpad 5",
            "latitude": SLAAG[0],
            "longitude": SLAAG[1],
            **HAND,
        },
    ]
    assert areas(register, made) == {("BU05460301", "coordinates"), ("BU05460805", "coordinates")}
    agree(register)


def test_the_second_is_corrected_and_the_first_stays(register: Register) -> None:
    made = taken(register, two()).entity_id
    first = places(register, made)[0]
    number = register.propose(correction(made, address_2="Valkenpad 7")).number
    assert [d.field for d in register.difference(number, STEWARD)] == ["initiative_places"]
    register.accept(number, STEWARD)
    assert places(register, made)[0] == first
    assert places(register, made)[1]["address"] == "Valkenpad 7"
    assert places(register, made)[1]["latitude"] == SLAAG[0]
    taken(register, correction(made, latitude_2="52.1690", longitude_2="4.4991"))
    assert areas(register, made) == {("BU05460301", "coordinates")}
    agree(register)


def test_emptied_whole_a_place_goes_and_the_next_moves_up(register: Register) -> None:
    made = taken(register, two(venue_3="Derde")).entity_id
    gone = correction(made, venue_2="", address_2="", latitude_2="", longitude_2="")
    done = taken(register, gone)
    assert [(p["place_number"], p["venue"]) for p in places(register, made)] == [
        ("1", "Het Gebouw"),
        ("2", "Derde"),
    ]
    assert areas(register, made) == {("BU05460301", "coordinates")}
    register.undo(done.batch, STEWARD, "it is still there")
    assert [p["venue"] for p in places(register, made)] == ["Het Gebouw", "Buurthuis", "Derde"]
    assert ("BU05460805", "coordinates") in areas(register, made)
    agree(register)


def test_words_of_a_place_do_not_move_it(register: Register, package: Package) -> None:
    """Areas that rest on something else than points stay, whatever is said of an address."""
    inferred = package.initiative_areas[package.initiative_areas["basis"] == "inferred"].iloc[0]
    key = str(inferred["initiative_id"])
    before = areas(register, key)
    taken(register, correction(key, venue="Ergens", address="Een straat 1"))
    assert areas(register, key) == before
    assert places(register, key)[-1]["address"] == "Een straat 1"


def test_a_place_of_an_event_serves_no_area(register: Register) -> None:
    made = taken(register, two(place_role_2="event")).entity_id
    assert areas(register, made) == {("BU05460301", "coordinates")}
    taken(register, correction(made, place_role_2="location"))
    assert ("BU05460805", "coordinates") in areas(register, made)


def test_a_city_wide_one_keeps_its_places_and_serves_the_city(register: Register) -> None:
    made = taken(register, two(precision="city")).entity_id
    assert areas(register, made) == {("GM0546", "scope")}
    assert len(places(register, made)) == 2


@pytest.mark.parametrize("number", [1, 2, MOST_PLACES])
@pytest.mark.parametrize("point", BAD_POINTS)
def test_a_point_that_is_none_is_told_and_never_raises(
    sqlite_register: Register, package: Package, point: tuple[str, str], number: int
) -> None:
    end = "" if number == 1 else f"_{number}"
    fields = {f"latitude{end}": point[0], f"longitude{end}": point[1]}
    wanted = {(f"{name}{end}", code) for name, code in BAD_POINTS[point].items()}
    for proposal in (new(**fields), correction("LEI-010", **fields)):
        assert {(f.field, f.code) for f in check(proposal, package)} == wanted
        assert faults(lambda p=proposal: sqlite_register.propose(p)) == wanted
        likely_duplicates(proposal, package)
    number_of = sqlite_register.propose(correction("LEI-010", name="x")).number
    sqlite_register.proposed(number_of, STEWARD)
    told_of = faults(lambda: sqlite_register.accept(number_of, STEWARD, "", fields))
    assert {field.partition("_")[0] for field, _ in told_of} <= {"latitude", "longitude"}
    assert sqlite_register.proposed(number_of, STEWARD).status == "open"


def test_other_faults_of_a_place_are_told_under_its_own_fields(
    sqlite_register: Register, package: Package
) -> None:
    fields = {
        "venue_2": "<b>x</b>",
        "address_3": "Bel 06-12345678",
        "place_role_2": "sometimes",
        "coordinate_precision_2": "roughly",
    }
    found = {(f.field, f.code) for f in check(two(**fields), package)}
    assert found == {
        ("venue_2", "html"),
        ("address_3", "personal_data"),
        ("place_role_2", "unknown_code"),
        ("coordinate_precision_2", "unknown_code"),
    }
    number = sqlite_register.propose(two()).number
    told_of = faults(
        lambda: sqlite_register.accept(number, STEWARD, "", {"place_role_2": "x", "venue_2": "<b>"})
    )
    assert told_of == {("place_role_2", "unknown_code"), ("venue_2", "html")}


def test_there_are_ten_and_no_more(package: Package) -> None:
    assert {number for number, _ in FIELDS.values()} == set(range(1, 11))
    assert [(f.field, f.code) for f in check(new(venue_11="x"), package)] == [("venue_11", "unknown_field")]


def test_near_any_of_its_places_it_may_be_the_same(register: Register, package: Package) -> None:
    made = taken(register, two()).entity_id
    shown = overlay(package, register)
    near = new(name="Wandelgroep De Kooi", latitude=SLAAG[0], longitude=SLAAG[1], ambition_codes="A3")
    assert {d.entity_id: d.why for d in likely_duplicates(near, shown)}[made] == ("source", "near")
    second = two(name="Wandelgroep De Kooi", latitude="52.155", longitude="4.47", ambition_codes="A3")
    assert "near" in {d.entity_id: d.why for d in likely_duplicates(second, shown)}[made]


# Merging


def test_merged_the_places_of_the_one_kept_stay_whole(register: Register) -> None:
    kept, gone = (
        taken(register, two()).entity_id,
        taken(register, new(venue="Elders", venue_2="Nog elders")).entity_id,
    )
    before, served = places(register, kept), areas(register, kept)
    done = register.merge(kept, gone, STEWARD, "the same")
    assert (places(register, kept), areas(register, kept)) == (before, served)
    register.undo(done.batch, STEWARD, "no")
    assert [place["venue"] for place in places(register, gone)] == ["Elders", "Nog elders"]
    agree(register)


def test_merged_into_one_without_places_they_come_along_whole(register: Register) -> None:
    plain = new(latitude="", longitude="")
    kept = taken(
        register, Proposal("new", None, {**plain.fields, "area_codes": "WK054604"}, "x", plain.source_url)
    )
    gone = taken(register, two()).entity_id
    wanted = places(register, gone)
    register.merge(kept.entity_id, gone, STEWARD, "the same")
    assert places(register, kept.entity_id) == wanted
    assert areas(register, kept.entity_id) == {("WK054604", "stated")}  # whom it serves is another thing
    agree(register)


# Files


def table(register: Register, name: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(io.BytesIO(register.export("csv"))) as archive:
        lines = io.StringIO(archive.read(f"{name}.csv").decode("utf-8-sig"), newline="")
        return list(csv.DictReader(lines))


def zipped(**tables: list[dict[str, Any]]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, rows in tables.items():
            archive.writestr(f"{name}.csv", as_csv(*rows))
    return target.getvalue()


def taken_over(register: Register, content: bytes, form: str = "csv") -> Any:
    report = register.read_import(content, form)
    assert report.errors == []
    return register.import_rows(report, ADMINISTRATOR, "from a file")


def told_of(register: Register, content: bytes, form: str = "csv") -> set[tuple[int, str]]:
    return {(row, column) for row, column, *_ in register.read_import(content, form).errors}


@pytest.mark.parametrize("form", FORMS)
def test_exported_and_imported_the_places_are_the_same(
    register: Register, new_url: Callable[..., str], store_name: str, form: str
) -> None:
    made = taken(register, two(place_role_2="event", coordinate_note="=1+1")).entity_id
    other = open_register(new_url(store_name))
    other._package = register.package
    taken_over(other, register.export(form), form)
    assert places(other, made) == places(register, made)
    assert told(other.tables()) == told(register.tables())
    assert taken_over(other, register.export(form), form).batch == ""
    other.close()


def test_a_table_of_places_is_taken_with_its_initiatives(register: Register) -> None:
    rows = [
        {
            "initiative_id": "LEI-900",
            "place_number": "1",
            "role": "location",
            "venue": "A",
            "latitude": "52.1690",
            "longitude": "4.4990",
        },
        {
            "initiative_id": "LEI-900",
            "place_number": "2",
            "role": "location",
            "venue": "B",
            "latitude": SLAAG[0],
            "longitude": SLAAG[1],
        },
    ]
    content = zipped(initiatives=[fresh(district_as_stated="")], initiative_places=rows)
    taken_over(register, content)
    assert [place["venue"] for place in places(register, "LEI-900")] == ["A", "B"]
    assert areas(register, "LEI-900") == {("BU05460301", "coordinates"), ("BU05460805", "coordinates")}
    assert register.tables()["initiatives"].loc["LEI-900", "precision"] == "address"
    assert taken_over(register, content).batch == ""
    agree(register)


@pytest.mark.parametrize("make", [as_csv, as_xlsx])
def test_a_table_of_places_alone_is_known_by_its_columns(
    register: Register, make: Callable[..., bytes]
) -> None:
    made = taken(register, two()).entity_id
    rows = [row for row in table(register, "initiative_places") if row["initiative_id"] == made]
    rows[1] |= {"venue": "Verhuisd", "latitude": "52.1690", "longitude": "4.4991"}
    done = taken_over(register, make(*rows), "csv" if make is as_csv else "xlsx")
    assert (done.added, done.changed) == (0, 1)
    assert [place["venue"] for place in places(register, made)] == ["Het Gebouw", "Verhuisd"]
    assert areas(register, made) == {("BU05460301", "coordinates")}  # found anew: the file has no areas
    agree(register)


def test_a_table_of_areas_alone_gives_the_precision(register: Register) -> None:
    made = taken(register, two()).entity_id
    row = {
        "initiative_id": made,
        "area_code": "WK054604",
        "precision": "district",
        "basis": "stated",
        "basis_note": "",
    }
    taken_over(register, as_csv(row))
    assert areas(register, made) == {("WK054604", "stated")}
    assert register.tables()["initiatives"].loc[made, "precision"] == "district"


OLD = {
    "venue": "Het Gebouw|Buurthuis",
    "address": "Arubapad 2",
    "latitude": "52.1690",
    "longitude": "4.4990",
    "coordinate_precision": "street",
    "coordinate_confidence": "low",
    "coordinate_source": "PDOK",
    "coordinate_note": "",
}


@pytest.mark.parametrize("make", [as_csv, as_xlsx])
def test_a_file_of_before_with_its_place_in_columns_is_taken(
    register: Register, make: Callable[..., bytes]
) -> None:
    content, form = make(fresh(district_as_stated="", **OLD)), "csv" if make is as_csv else "xlsx"
    taken_over(register, content, form)
    assert places(register, "LEI-900") == [
        {
            "place_number": "1",
            "role": "location",
            "venue": "Het Gebouw",
            "address": "Arubapad 2",
            "latitude": "52.169",
            "longitude": "4.499",
            "precision": "street",
            "confidence": "low",
            "coordinate_source": "PDOK",
        },
        {"place_number": "2", "role": "location", "venue": "Buurthuis"},
    ]
    assert areas(register, "LEI-900") == {("BU05460301", "coordinates")}
    assert taken_over(register, content, form).batch == ""
    agree(register)


def test_a_file_with_a_point_alone_does_not_say_that_it_was_put_on_a_map(register: Register) -> None:
    row = {"initiative_id": "LEI-010", "latitude": "52.1690", "longitude": "4.4990"}
    taken_over(register, as_csv(row))
    assert "coordinate_source" not in places(register, "LEI-010")[0]


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        ({"latitude": "4.49", "longitude": "52.16"}, {"latitude"}),
        ({"latitude": "nan"}, {"latitude"}),
        ({"latitude": "1e999"}, {"latitude"}),
        ({"longitude": "5_2.16"}, {"longitude"}),
        ({"latitude": ""}, {"latitude"}),
        ({"venue": "<b>x</b>"}, {"venue"}),
        ({"coordinate_confidence": "quite"}, {"coordinate_confidence"}),
        ({"latitude_2": "52.169"}, {"longitude_2"}),
        ({"latitude_2": "93806", "longitude_2": "463800"}, {"latitude_2"}),
        ({"latitude_2": "inf", "longitude_2": "4.49"}, {"latitude_2"}),
        ({"place_role_2": "x"}, {"place_role_2"}),
    ],
)
def test_faults_are_told_by_the_files_own_column_and_row(
    sqlite_register: Register, cells: dict[str, str], wanted: set[str]
) -> None:
    more = {"venue_2": "Buurthuis", "latitude_2": "", "longitude_2": "", "place_role_2": ""}
    good = fresh(district_as_stated="Leiden Noord", **(OLD | more))
    found = told_of(sqlite_register, as_csv(good, {**good, "initiative_id": "LEI-901", **cells}))
    assert {row for row, _ in found} == {3}
    assert {column for _, column in found} - {"precision"} == wanted


ROW = {
    "initiative_id": "LEI-010",
    "place_number": "1",
    "role": "location",
    "venue": "A",
    "address": "",
    "latitude": "52.1690",
    "longitude": "4.4990",
    "precision": "address",
    "confidence": "low",
    "coordinate_source": "",
    "coordinate_note": "",
}


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        ({"latitude": "nan"}, {"latitude"}),
        ({"latitude": "1e999"}, {"latitude"}),
        ({"latitude": "5_2.16"}, {"latitude"}),
        ({"longitude": "-inf"}, {"longitude"}),
        ({"latitude": "4.49", "longitude": "52.16"}, {"latitude"}),
        ({"longitude": ""}, {"longitude"}),
        ({"role": "x"}, {"role"}),
        ({"role": ""}, {"role"}),
        ({"precision": "x"}, {"precision"}),
        ({"place_number": ""}, {"place_number"}),
        ({"place_number": "0"}, {"place_number"}),
        ({"place_number": "1.5"}, {"place_number"}),
        ({"place_number": "one"}, {"place_number"}),
        ({"place_number": "1_0"}, {"place_number"}),
        ({"place_number": "1"}, {"place_number"}),
        ({"initiative_id": "LEI-999"}, {"initiative_id"}),
        ({"venue": "<b>x</b>"}, {"venue"}),
        ({"venue": "\ufffd"}, {"venue"}),
    ],
)
def test_faults_of_a_table_of_places_are_told(
    sqlite_register: Register, cells: dict[str, str], wanted: set[str]
) -> None:
    rows = [ROW, {**ROW, "place_number": "2", **cells}]
    assert told_of(sqlite_register, as_csv(*rows)) == {(3, column) for column in wanted}
    everything = zipped(initiatives=[fresh(precision="")], initiative_places=rows)
    assert told_of(sqlite_register, everything) == {(3, column) for column in wanted}


@pytest.mark.parametrize("number", ["01", "2", "9" * 400])
def test_numbers_of_places_are_only_an_order(sqlite_register: Register, number: str) -> None:
    """`1` and `01` stand in one file, and one beyond what a database holds."""
    taken_over(sqlite_register, as_csv(ROW, {**ROW, "place_number": number, "venue": "B"}))
    assert [(p["place_number"], p["venue"]) for p in places(sqlite_register, "LEI-010")] == [
        ("1", "A"),
        ("2", "B"),
    ]


# HSDS


def ours(**fields: str) -> bytes:
    """A service as our own export writes it."""
    attributes = [
        {"link_type": "hsc_geo_field", "label": name, "value": text}
        for name, text in fresh(district_as_stated="", precision="", **fields).items()
    ]
    return json.dumps(
        {"services": [{"id": "x", "name": "x", "status": "active", "attributes": attributes}]}
    ).encode()


def test_a_service_has_a_location_for_each_place_and_none_for_an_event(register: Register) -> None:
    made = taken(register, two(place_role_2="event", venue_3="Zonder punt")).entity_id
    content = json.loads(register.export("hsds"))
    service = next(each for each in content["services"] if each["name"] == "Wandelclub De Kooi")
    at = service["service_at_locations"]
    assert [each["location"].get("name") for each in at] == ["Het Gebouw", "Zonder punt"]
    assert (at[0]["location"]["latitude"], at[0]["location"]["longitude"]) == KOOI
    assert "latitude" not in at[1]["location"]
    assert {each["service_id"] for each in at} == {service["id"]}
    assert all(each["location_id"] == each["location"]["id"] for each in at)
    assert len({each["id"] for each in at}) == 2
    assert len(places(register, made)) == 3


def test_the_locations_of_others_become_places(sqlite_register: Register) -> None:
    def at(**location: object) -> dict[str, object]:
        return {"id": "1", "location": {"id": "2", "location_type": "physical", **location}}

    address = {
        "id": "3",
        "address_1": "Valkenpad 5",
        "postal_code": "2317 AN",
        "city": "Leiden",
        "state_province": "ZH",
        "country": "NL",
        "address_type": "physical",
    }
    service = {
        "id": "LEI-950",
        "name": "Counselling",
        "status": "active",
        "service_at_locations": [
            at(name="Huis", latitude=52.169, longitude=4.499, description="bij de brug"),
            at(name="Buurthuis", addresses=[address, {"id": "4", "address_1": "Postbus 1"}]),
            at(name="Op internet", location_type="virtual"),
            {"id": "9"},
            "nonsense",
            None,
        ],
        "schedules": [{"id": "5", "description": "dinsdag 10 uur"}, {"id": "6", "description": "vrijdag"}],
        "fees_description": "2 euro",
        "application_process": "Kom langs",
        "phones": [{"id": "7", "number": "071 516"}],
    }
    rows = sqlite_register.read_import(json.dumps({"services": [service]}).encode(), "hsds").rows or {}
    found = rows["initiatives"][0]
    wanted = {
        "venue": "Huis",
        "address": "bij de brug",
        "latitude": "52.169",
        "longitude": "4.499",
        "venue_2": "Buurthuis",
        "address_2": "Valkenpad 5, 2317 AN Leiden",
        "latitude_2": "",
        "schedule_en": "dinsdag 10 uur; vrijdag",
        "cost_en": "2 euro",
        "how_to_join_en": "Kom langs",
        "contact": "071 516",
    }
    assert {name: found[name] for name in wanted} == wanted
    assert "venue_3" not in found


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (json.dumps([{**ROW, "latitude": "nan"}]), "latitude"),
        (json.dumps([{**ROW, "latitude": "4.49", "longitude": "52.16"}]), "latitude"),
        (json.dumps([ROW, ROW]), "place_number"),
        (json.dumps([{"place_number": "1"}]), "role"),
        (json.dumps([{**ROW, "venue": "<b>x</b>"}]), "venue"),
        ("[1]", "initiative_places"),
        ("{}", "initiative_places"),
        ("[", "initiative_places"),
        (json.dumps([{**ROW, "latitude": 52.1}]), "initiative_places"),
        ("[" * 100_000, "initiative_places"),
    ],
)
def test_places_in_hsds_of_ours_are_judged_as_well(
    sqlite_register: Register, value: str, wanted: str
) -> None:
    if len(value) > 32_000:
        value = value[:32_000]
    found = told_of(sqlite_register, ours(initiative_places=value), "hsds")
    assert (2, wanted) in found


def test_areas_and_organisations_in_hsds_of_ours_are_judged_as_well(sqlite_register: Register) -> None:
    area = {"area_code": "WK054603", "precision": "nearby", "basis": "rumour", "basis_note": ""}
    partner = {"organisation_name": "x", "organisation_id": "ORG-999", "role": "boss"}
    content = ours(initiative_areas=json.dumps([area]), initiative_organisations=json.dumps([partner]))
    found = told_of(sqlite_register, content, "hsds")
    assert {(2, "basis"), (2, "role"), (2, "organisation_id"), (2, "precision")} <= found


# The fields themselves


@pytest.mark.parametrize("key", ["LEI-026", "LEI-010", "LEI-001"])
def test_the_fields_give_the_places_again(register: Register, key: str) -> None:
    entry = {"initiative_places": json.dumps([dict(row) for row in full(register, key)])}
    fields = fields_of(entry)
    assert set(fields) <= set(FIELDS)
    assert place_rows({}, fields) == full(register, key)
    assert place_rows(entry, fields) == full(register, key)
    assert place_rows(entry, {}) == full(register, key)


def full(register: Register, key: str) -> list[dict[str, str]]:
    found = told(register.tables())["initiative", key].get("initiative_places", "[]")
    return list(json.loads(found))


# What HSDS 3 has, by its schemas: https://github.com/openreferral/specification/tree/3.0/schema
PROPERTIES = {
    "service": (
        "id organization_id program_id name alternate_name description url email status "
        "interpretation_services application_process fees_description wait_time fees accreditations "
        "eligibility_description minimum_age maximum_age assured_date assurer_email licenses alert phones "
        "schedules service_areas service_at_locations languages organization funding cost_options program "
        "required_documents contacts attributes metadata"
    ),
    "service_at_location": (
        "id service_id location_id description service_areas contacts phones schedules location attributes "
        "metadata"
    ),
    "location": (
        "id location_type url organization_id name alternate_name description transportation latitude "
        "longitude external_identifier external_identifier_type languages addresses contacts accessibility "
        "phones schedules attributes metadata"
    ),
    "schedule": (
        "id service_id location_id service_at_location_id valid_from valid_to dtstart timezone until count "
        "wkst freq interval byday byweekno bymonthday byyearday description opens_at closes_at schedule_link "
        "attending_type notes attributes metadata"
    ),
    "phone": (
        "id location_id service_id organization_id contact_id service_at_location_id number extension type "
        "description languages attributes metadata"
    ),
    "service_area": (
        "id service_id service_at_location_id name description extent extent_type uri attributes metadata"
    ),
    "attribute": ("id link_id taxonomy_term_id link_type link_entity value taxonomy_term metadata label"),
}
WITHIN = {
    "service_at_locations": "service_at_location",
    "schedules": "schedule",
    "phones": "phone",
    "service_areas": "service_area",
    "attributes": "attribute",
}


def test_every_field_of_a_service_is_one_of_hsds(register: Register) -> None:
    for number, contact in enumerate(("info@incluzio.nl", "071-5123456", "https://www.incluzio.nl")):
        taken(
            register,
            two(
                name=f"Club {number}",
                contact=contact,
                schedule_nl="dinsdag",
                cost_nl="gratis",
                how_to_join_nl="kom langs",
            ),
        )
    services = json.loads(register.export("hsds"))["services"]
    for service in services:
        assert set(service) <= set(PROPERTIES["service"].split())
        for name, part in WITHIN.items():
            for each in service.get(name, ()):
                assert set(each) <= set(PROPERTIES[part].split()), (name, each)
                assert set(each.get("location", ())) <= set(PROPERTIES["location"].split())
    mine = {each["name"]: each for each in services if each["name"].startswith("Club ")}
    assert mine["Club 0"]["email"] == "info@incluzio.nl"
    assert [phone["number"] for phone in mine["Club 1"]["phones"]] == ["071-5123456"]
    assert not {"email", "phones"} & set(mine["Club 2"])
    told_there = [mine["Club 0"][name] for name in ("fees_description", "application_process")]
    assert (told_there, mine["Club 0"]["schedules"][0]["description"]) == (["gratis", "kom langs"], "dinsdag")
