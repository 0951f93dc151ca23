"""Names of organisations: recognised where the name fits, told where not."""

from __future__ import annotations

import pytest

from hsc_geo.data.load import Package
from hsc_geo.data.organisation_match import index_organisations, match, named, participations, spellings
from hsc_geo.sources.extracts import Record

LISTED = {
    "ORG-001": "Universiteit Leiden",
    "ORG-002": "Plaatselijke Kamer van Verenigingen (PKvV)",
    "ORG-003": "Incluzio Leiden",
    "ORG-004": "LUMC (Leids Universitair Medisch Centrum)",
    "ORG-005": "Stichting @ease (Leiden)",
    "ORG-006": "Zorg en Zekerheid",
    "ORG-007": "Lugdunum (voetbal)",
    "ORG-008": "Lugdunum (tennis)",
}


@pytest.fixture
def index() -> dict[str, str]:
    return index_organisations(
        [Record("o.csv", 2, {"partner_id": key, "name": name}) for key, name in LISTED.items()]
    )


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Universiteit Leiden", "ORG-001"),
        ("universiteit  leiden", "ORG-001"),
        ("Universiteit Leiden (FSW)", "ORG-001"),
        ("Universiteit Leiden, Faculteit der Sociale Wetenschappen", "ORG-001"),
        ("PKvV", "ORG-002"),
        ("Incluzio", "ORG-003"),
        ("LUMC", "ORG-004"),
        ("Stichting @ease", "ORG-005"),
        ("Zorg & Zekerheid", "ORG-006"),
        ("Leiden", ""),  # a place in brackets is no abbreviation
        ("Lugdunum", ""),  # two organisations bear the name
        ("Lugdunum (voetbal)", "ORG-007"),
        ("geneeskundestudenten LUMC", ""),
        ("SOL en wijkpartners", ""),
    ],
)
def test_names_are_recognised_only_where_they_fit(index: dict[str, str], name: str, found: str) -> None:
    assert match(name, index, "Leiden") == found


def test_spellings_of_a_name() -> None:
    assert spellings("Leidse Sport Federatie (LSF)") == (
        "leidse sport federatie (lsf)",
        "leidse sport federatie",
        "lsf",
    )
    assert spellings("Sligro") == ("sligro",)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        # as LEI-132 and LEI-135 have it: the first is listed, or only one further on
        ("LUMC, Universiteit Leiden, ExpEx", ("LUMC", "Universiteit Leiden", "ExpEx")),
        (
            "Jeugdfonds Sport & Cultuur, Stichting Leergeld, Incluzio",
            ("Jeugdfonds Sport & Cultuur", "Stichting Leergeld", "Incluzio"),
        ),
        ("LUMC,Zorg & Zekerheid,", ("LUMC", "Zorg & Zekerheid")),
        # a faculty stays with its university, and so does what lists nobody that is known
        ("Universiteit Leiden, Faculteit der Wiskunde", ("Universiteit Leiden, Faculteit der Wiskunde",)),
        ("residents, municipality", ("residents, municipality",)),
        (
            "LUMC, Leids Universitair Medisch Centrum, LUMC",
            ("LUMC, Leids Universitair Medisch Centrum, LUMC",),
        ),
        ("Onbekende club (met LUMC, Incluzio)", ("Onbekende club (met LUMC, Incluzio)",)),
        ("LUMC", ("LUMC",)),
        ("", ("",)),
    ],
)
def test_a_list_with_commas_is_told_from_a_faculty(
    index: dict[str, str], text: str, parts: tuple[str, ...]
) -> None:
    assert named(text, index, "Leiden") == parts


def test_each_of_a_list_takes_part_and_who_is_not_listed_is_told(index: dict[str, str]) -> None:
    row = {"initiative_id": "LEI-132", "organisation": "LUMC, PKvV, ExpEx", "partners": "Incluzio"}
    found, lost = participations([Record("register/initiatives.csv", 2, row)], index, "Leiden")
    assert [(p.organisation_name, p.organisation_id, p.role) for p in found] == [
        ("LUMC", "ORG-004", "lead"),
        ("PKvV", "ORG-002", "lead"),
        ("ExpEx", "", "lead"),
        ("Incluzio", "ORG-003", "partner"),
    ]
    assert [(each.key, each.reason_code) for each in lost] == [("ExpEx", "organisation_not_listed")]


def test_remarks_are_no_organisations(index: dict[str, str]) -> None:
    row = {
        "initiative_id": "LEI-001",
        "organisation": "not stated in source",
        "partners": "LUMC|(36 more)|Nobody Known",
    }
    found, lost = participations([Record("register/initiatives.csv", 2, row)], index, "Leiden")
    assert [(p.organisation_name, p.organisation_id, p.role) for p in found] == [
        ("LUMC", "ORG-004", "partner"),
        ("Nobody Known", "", "partner"),
    ]
    assert [(each.key, each.reason_code) for each in lost] == [
        ("not stated in source", "not_an_organisation"),
        ("(36 more)", "not_an_organisation"),
        ("Nobody Known", "organisation_not_listed"),
    ]


LISTS = {  # cells of the extracts that name several with commas, read by hand
    "LEI-132": [
        "LUMC",
        "Hogeschool Leiden",
        "TNO",
        "Hecht GGD Hollands Midden",
        "Lumens",
        "SAMEN",
        "mboRijnland",
        "Gemeente Leiden",
        "ExpEx",
    ],
    "LEI-135": ["Jeugdfonds Sport & Cultuur", "Stichting Leergeld", "Gymsport Leiden"],
}


def test_every_organisation_of_every_initiative_is_kept(package: Package) -> None:
    """Against the cells of the initiatives themselves."""
    rows = package.initiative_organisations
    for column, role in (("organisation", "lead"), ("partners", "partner")):
        wanted = {
            (key, name)
            for key, cell in package.initiatives[column].items()
            for name in (LISTS[key] if column == "organisation" and key in LISTS else cell.split("|"))
            if name and not name.startswith("(") and name != "not stated in source"
        }
        kept = rows[rows["role"] == role]
        assert set(zip(kept["initiative_id"], kept["organisation_name"], strict=True)) == wanted
    unnamed = package.left_out[package.left_out["reason_code"] == "organisation_not_listed"]
    assert set(unnamed["key"]) == set(rows.loc[rows["organisation_id"] == "", "organisation_name"])
    # 161 by the listed name, 40 by another spelling, less LEI-132 as a whole, and the six of the two lists
    assert (rows["organisation_id"] != "").sum() == 201 - 1 + 6


def test_who_is_listed_in_those_cells(package: Package) -> None:
    rows = package.initiative_organisations
    listed = rows[rows["initiative_id"].isin(LISTS) & (rows["organisation_id"] != "")]
    assert list(zip(listed["initiative_id"], listed["organisation_id"], strict=True)) == [
        *(("LEI-132", f"ORG-{n:03}") for n in (9, 3, 81, 10, 1)),
        ("LEI-135", "ORG-052"),
    ]
