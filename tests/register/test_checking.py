"""What is noticed in a proposal, each with the code that a screen turns into words."""

from __future__ import annotations

import string
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsc_geo.data.check.meaning import is_link
from hsc_geo.data.load import Package
from hsc_geo.register import CODES, Fault, Proposal, check, clean, personal_data
from tests.register.samples import KOOI, SOURCE, correction, new, with_fields

repeatable = settings(max_examples=50, deadline=None, derandomize=True, database=None)
IN_RD = ("93806", "463800")
SCRIPT = "<script>alert(1)</script>"


def codes(proposal: Proposal, package: Package) -> set[tuple[str, str]]:
    found = check(proposal, package)
    assert all(fault.code in CODES for fault in found)
    return {(fault.field, fault.code) for fault in found}


def test_a_whole_proposal_has_no_faults(package: Package) -> None:
    assert check(new(), package) == []


@pytest.mark.parametrize("name", ["name", "organisation", "ambition_codes"])
def test_what_is_needed_is_asked(package: Package, name: str) -> None:
    assert codes(new(**{name: ""}), package) == {(name, "required")}


@pytest.mark.parametrize(("language", "wanted"), [("nl", "description_nl"), ("en", "description_en")])
def test_a_description_is_asked_in_the_language_of_the_proposer(
    package: Package, language: str, wanted: str
) -> None:
    assert codes(replace(new(description_nl=""), language=language), package) == {(wanted, "required")}


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        ({}, {("place", "no_place")}),
        ({"area_codes": "BU05460301"}, set()),
        ({"area_codes": "BU05460301|BU99999999"}, {("area_codes", "unknown_area")}),
        ({"area_codes": "WK054603"}, set()),
        ({"neighbourhood_as_stated": "De Kooi"}, set()),
        ({"district_as_stated": "Leiden Noord"}, set()),
        ({"neighbourhood_as_stated": "Atlantis"}, {("place", "place_unknown")}),
        ({"precision": "city"}, set()),
        ({"precision": "region"}, set()),
        ({"precision": "address"}, {("place", "no_place")}),
        ({"latitude": str(KOOI[0])}, {("longitude", "half_a_point")}),
        ({"latitude": str(KOOI[1]), "longitude": str(KOOI[0])}, {("latitude", "swapped")}),
        ({"latitude": IN_RD[1], "longitude": IN_RD[0]}, {("latitude", "rd_as_degrees")}),
        ({"latitude": IN_RD[0], "longitude": IN_RD[1]}, {("latitude", "rd_as_degrees")}),
        ({"latitude": "52.07", "longitude": "4.30"}, {("latitude", "outside")}),  # The Hague
        ({"latitude": "0", "longitude": "0"}, {("latitude", "outside")}),
        ({"latitude": "nan", "longitude": "4.49"}, {("latitude", "type")}),
        ({"latitude": "52;16", "longitude": "4;49"}, {("latitude", "type"), ("longitude", "type")}),
    ],
)
def test_places(package: Package, place: dict[str, str], wanted: set[tuple[str, str]]) -> None:
    assert (
        codes(
            new(latitude="", longitude="", **place)
            if "latitude" not in place
            else with_fields(new(latitude="", longitude=""), **place),
            package,
        )
        == wanted
    )


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({"ambition_codes": "A1|A9"}, {("ambition_codes", "unknown_code")}),
        ({"theme": "nonsense"}, {("theme", "unknown_code")}),
        ({"start_year": "later"}, {("start_year", "type")}),
        ({"start_year": "1066"}, {("start_year", "limits")}),
        ({"start_date": "31 12 2024"}, {("start_date", "form")}),
        ({"start_year": "2024", "end_year": "2020"}, {("start_year", "years_order")}),
        (
            {"status": "planned", "end_year": "2019", "last_evidence_year": "2020"},
            {("status", "status_dates")},
        ),
        ({"source2_url": "javascript:alert(1)"}, {("source2_url", "link")}),
        ({"name": SCRIPT}, {("name", "html")}),
        ({"name": "x" * 201}, {("name", "too_long")}),
        ({"description_nl": "x" * 4001}, {("description_nl", "too_long")}),
        ({"theme": ""}, {("theme", "required")}),
        ({"activity_types": ""}, {("activity_types", "required")}),
        ({"organisation": "Een nieuwe club"}, {("sector", "required")}),
        ({"organisation": "Een nieuwe club", "sector": "community"}, set()),
        ({"initiative_id": "LEI-001"}, {("initiative_id", "unknown_field")}),
        ({"initiative_areas": "[]"}, {("initiative_areas", "unknown_field")}),
        ({"last_confirmed": "2026-01-01"}, {("last_confirmed", "unknown_field")}),
        ({"'; DROP TABLE journal; --": "x"}, {("'; DROP TABLE journal; --", "unknown_field")}),
    ],
)
def test_fields(package: Package, fields: dict[str, str], wanted: set[tuple[str, str]]) -> None:
    assert codes(new(**fields), package) == wanted


@pytest.mark.parametrize(
    ("link", "good"),
    [
        (SOURCE, True),
        ("http://leiden.nl/a?b=c#d", True),
        ("https://xn--caf-dma.nl", True),
        ("", False),
        ("leiden.pdf", False),
        ("ftp://leiden.nl/x", False),
        ("javascript:alert(1)", False),
        ("https://localhost/x", False),
        ("https://127.0.0.1/x", False),
        ("https://me:secret@leiden.nl", False),
        ("https://", False),
        ("https://a b.nl", False),
        ("data:text/html,x", False),
        ("https://[::1]/", False),
    ],
)
def test_sources_are_public_pages(package: Package, link: str, good: bool) -> None:
    assert is_link(link) is good
    assert (check(replace(new(), source_url=link), package) == []) is good


@pytest.mark.parametrize(
    ("proposal", "wanted"),
    [
        (Proposal("correction", "LEI-010", {}, "why", SOURCE), {("fields", "nothing_proposed")}),
        (Proposal("correction", None, {"name": "x"}, "why", SOURCE), {("entity_id", "required")}),
        (Proposal("correction", "LEI-999", {"name": "x"}, "why", SOURCE), {("entity_id", "unknown_entry")}),
        (Proposal("correction", "LEI-010", {"name": ""}, "why", SOURCE), {("name", "required")}),
        (Proposal("correction", "LEI-010", {"partners": ""}, "why", SOURCE), set()),
        (Proposal("correction", "LEI-010", {"name": "x"}, "why"), {("source_url", "required")}),
        (Proposal("correction", "ORG-001", {"name": "x"}, "why", SOURCE), set()),
        (Proposal("correction", "ORG-001", {"theme": "x"}, "why", SOURCE), {("theme", "unknown_field")}),
        (Proposal("correction", "Het Gebouw", {"address": "x"}, "why", SOURCE), set()),
        (Proposal("closure", "LEI-010", {"end_year": "2024"}, "why", SOURCE), set()),
        (Proposal("closure", "LEI-010", {}, "why"), {("source_url", "required")}),
        (Proposal("confirmation", "LEI-010"), set()),
        (Proposal("question", None, {}, "Who helps us?"), set()),
        (Proposal("question", None, {}, ""), {("why", "required")}),
        (Proposal("comment", "LEI-010", {}, "Nice"), set()),
        (Proposal("comment", "LEI-010", {}, SCRIPT), {("why", "html")}),
        (Proposal("comment", None, {}, "Nice"), {("entity_id", "about_nothing")}),
        (Proposal("comment", None, {}, ""), {("entity_id", "about_nothing"), ("why", "required")}),
        (Proposal("comment", None, {}, "Rokers (50090NED-Roker): right?"), set()),
        (Proposal("takeover", "LEI-010"), {("kind", "unknown_kind")}),
        (Proposal("comment", "LEI-010", {}, "x", "", "xx"), {("language", "unknown_code")}),
        (Proposal("new", None, {"name": "x"}, "", SOURCE, "nl", "party"), {("entity", "unknown_kind")}),
    ],
)
def test_kinds(package: Package, proposal: Proposal, wanted: set[tuple[str, str]]) -> None:
    assert codes(proposal, package) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Bel 06-12345678",
        "06 12 34 56 78",
        "0612345678",
        "071-5123456",
        "(071) 512 34 56",
        "+31 6 12345678",
        "+31 (0)6 1234 5678",
        "0031612345678",
        "tel. 071 - 516 51 65.",
        "+44 20 7946 0958",
        "+32 475 12 34 56",
        "j.jansen@gmail.com",
        "anja@hotmail.com",
        "info@gmail.com",
        "p.devries@leiden.nl",
        "Jan.Jansen@incluzio.nl",
        "dhr. Jansen",
        "Dhr. P. de Vries",
        "mevr. Van den Berg",
        "mevrouw Bakker",
        "mw. A. Yılmaz",
        "Mrs Smith",
        "Mr. Jones",
        "de heer Bakker",
        "dr. De Boer",
        "contactpersoon: Anja Bakker",
        "Contactpersoon is Piet",
        "vraag naar Fatima",
        "contact person: John Smith",
        "Bel Jan de Vries op maandag",
        "Jan de Vries, coördinator",
        "J. de Boer, voorzitter",
        "contact: Jan Jansen",
        "De groep wordt geleid door Fatima el Amrani",
        "Neem contact op met J. Bakker",
        "Led by John Smith",
        "Karin Bakker is onze contactpersoon",
        "Projectcoördinator: Karin Bakker-de Wit",
        "ask for Mary Jones",
        "BSN 111222333",
        "1112.22.333",
    ],
)
def test_personal_data_is_noticed(package: Package, text: str) -> None:
    assert personal_data(f"Kom gerust langs. {text}, elke dinsdag.") != ()
    assert ("description_nl", "personal_data") in codes(new(description_nl=f"Wandelen. {text}"), package)
    assert ("why", "personal_data") in codes(replace(new(), why=text), package)


@pytest.mark.parametrize(
    "text",
    [
        "info@onsbuitenleiden.nl",
        "mantelzorgleiden@incluzio.nl",
        "HealthySocietyCenter@Leiden.nl",
        "meedoen@singelpark.nl",
        "singelpark@singelpark.nl",
        "Elke dinsdag van 10.00 tot 12.00 uur",
        "van 2021 tot 2024",
        "1.250.000 euro",
        "in 2023-2024 voor 65-plussers",
        "2312 JK Leiden",
        "Arubapad 2, Leiden",
        "€ 1234567890",
        "de heerlijke soep",
        "BAG-pand 0546100000042247",
        "iedere mevrouw en meneer is welkom",
        "https://www.x.nl/0612345678",
        "12.345.678,90",
        "2021-04-19",
        "De drs. P-straat",
        "in de Mr. P-zaal",
        "door Stichting Morslint",
        "door Incluzio Leiden",
        "georganiseerd door Gemeente Leiden",
        "door GGD Hollands Midden",
        "contact: Sociaal Wijkteam Zuidwest",
        "Incluzio Leiden, coördinator van het netwerk",
        "Bel De Zijl Bedrijven",
        "by Hogeschool Leiden",
        "KvK 12345678",
        "111222334",
        "vanaf 2024 door Leidse huisartsen",
    ],
)
def test_what_is_public_passes(text: str) -> None:
    assert personal_data(f"Een zin. {text} en meer.") == ()


def test_the_committed_register_holds_no_telephone_or_private_mail(package: Package) -> None:
    texts = [
        *package.initiatives["description_nl"],
        *package.initiatives["description_en"],
        *package.organisations["description_nl"],
        *package.organisations["public_contact"],
    ]
    assert [found for text in texts for found in personal_data(text)] == []


def test_names_of_organisations_mostly_pass(package: Package) -> None:
    """What is asked back once too often stays a small part."""
    led = {name for text in package.initiatives["organisation"] for name in text.split("|")}
    names = sorted({*package.organisations["name"], *led})
    asked = [name for name in names if personal_data(f"Georganiseerd door {name}. Contact: {name}.")]
    assert len(asked) <= len(names) / 50, asked


def test_invisible_and_control_characters_go(package: Package) -> None:
    dirty = "\u202eWandel\u200bclub\x00\x07 De\u2066 Kooi\ufeff\x1b[31m \ud800"
    proposal = clean(new(name=dirty))
    assert proposal.fields["name"] == "Wandelclub De Kooi[31m"
    assert check(new(name=dirty), package) == []
    assert clean(new(name="Cafe\u0301")).fields["name"] == "Café"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", '=HYPERLINK("http://x")', "=cmd|' /C calc'!A0"])
def test_formulas_stay_text(package: Package, start: str) -> None:
    assert clean(new(name=f"{start} wandelen")).fields["name"] == f"{start} wandelen"


@pytest.mark.parametrize(
    "filling", ["a", "06 ", "a@", "<", "dhr. ", "Contactpersoon A ", "van de ", "\u202e", "0", "(", "é"]
)
def test_a_megabyte_is_refused_at_once(package: Package, filling: str) -> None:
    big = (filling * (1_000_000 // len(filling) + 1))[:1_000_000]
    start = time.perf_counter()
    for field in ("name", "description_nl", "theme", "latitude"):
        assert check(new(**{field: big}), package) == [Fault("fields", "too_long")]
    assert check(replace(new(), why=big), package) == [Fault("fields", "too_long")]
    assert check(Proposal("comment", big, {}, "x"), package) == [Fault("fields", "too_long")]
    # What still fits is looked through quickly, whatever it is made of.
    check(new(description_nl=big[:4000], note_nl=big[:1000], partners=big[:1000]), package)
    assert time.perf_counter() - start < 2


def test_more_fields_than_there_are_is_refused(package: Package) -> None:
    assert check(new(**{f"field{number}": "x" for number in range(100)}), package) == [
        Fault("fields", "too_long")
    ]


JUDGED = (
    "name",
    "theme",
    "latitude",
    "longitude",
    "start_year",
    "area_codes",
    "precision",
    "neighbourhood_as_stated",
    "status",
    "end_year",
    "activity_types",
    "start_date",
    "source2_url",
)
TEXTS = st.text(max_size=40) | st.text(string.digits + ".-eE|", max_size=12)


@repeatable
@given(fields=st.dictionaries(st.sampled_from(JUDGED), TEXTS))
def test_any_text_gets_an_answer(package: Package, fields: dict[str, str]) -> None:
    for proposal in (new(**fields), correction("LEI-010", **fields)):
        found = check(proposal, package)
        assert found == sorted(set(found))
        assert all(fault.code in CODES and len(fault.value) <= 80 for fault in found)


STREETS = [
    "Dr. Lelylaan 5, Leiden",
    "Mr. P.J. Troelstraweg 2",
    "Prof. dr. Leo Kannerschool",
    "Dr. Schaepmanhuis",
    "Elke dinsdag in de Mw. Schaperstraat.",
    "Bij het Prof. Lorentzhuis",
    "Loop mee vanaf de Ir. Driessenstraat",
    "Drs. F. Bijlweg",
    "Dr. Neher Laboratorium",
]
PERSONS = [
    "Vraag naar mevr. Jansen.",
    "Meld je bij dr. P. de Vries.",
    "Thuis bij mw. Bakker",
    "Vraag naar mevr. Hoogstraat",
    "Contact: mw. Langstraat",
    "de heer Van der Weg",
    "Mw. de Vries geeft les in de Dr. Lelylaan",
]


@pytest.mark.parametrize("text", STREETS)
def test_streets_and_buildings_are_no_persons(text: str) -> None:
    assert personal_data(text) == ()


@pytest.mark.parametrize("text", PERSONS)
def test_persons_are_still_asked_back(text: str) -> None:
    assert len(personal_data(text)) == 1
