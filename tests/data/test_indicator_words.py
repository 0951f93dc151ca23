"""What our words say of figures: one concept of two tables, the newer table first, and what each edition lacks."""

from __future__ import annotations

from collections import defaultdict

import pytest

from hsc_geo.data.dictionary import dictionary
from hsc_geo.data.load import load
from hsc_geo.domain import schema
from hsc_geo.domain.schema_figures import AGE_GROUPS
from hsc_geo.sources.extracts import Record, read_records
from hsc_geo.sources.statline import TABLES
from hsc_geo.sources.words import DERIVED, FOLDER

INDICATORS = {row["indicator_id"]: row for row in read_records(FOLDER, "indicators.csv", ["concept"])}
VOCABULARIES = read_records(FOLDER, "vocabularies.csv", ["vocabulary", "code"])
SOURCES = {row["source_id"]: row for row in read_records(FOLDER, "sources.csv", ["source_id"])}
ONLY_NEW = {
    "long_term_limited",
    "suicidal_thoughts",
    "feelings_of_anxiety_or_depression",
    "support_from_others",
    "satisfied_with_living_environment",
}


def of_table(table: str) -> dict[str, Record]:
    """The rows of a table by concept."""
    return {row["concept"]: row for row in INDICATORS.values() if row["table_id"] == table}


OLD, NEW = of_table("50090NED"), of_table("50150NED")


def test_columns_are_those_of_the_contract_without_what_is_derived() -> None:
    columns = [name for name in schema.table("indicators").columns if name not in DERIVED]
    assert list(INDICATORS["50150NED-RooktTabak"].cells) == columns


def test_how_many_indicators_there_are() -> None:
    counts: dict[str, int] = defaultdict(int)
    for row in INDICATORS.values():
        counts[row["table_id"]] += 1
    assert counts == {
        "50090NED": 35,
        "50150NED": 20,
        "86165NED": 10,
        "85984NED": 27,
        "83765NED": 2,
        "WIJKKAART2017": 30,
        "REGISTER": 1,
    }


def test_no_table_has_two_indicators_of_one_concept() -> None:
    keys = [(row["table_id"], row["concept"]) for row in INDICATORS.values()]
    assert sorted(set(keys)) == sorted(keys)


def test_fifteen_health_figures_stand_in_both_tables_and_five_only_in_the_new_one() -> None:
    assert set(NEW) - set(OLD) == ONLY_NEW
    assert len(set(NEW) & set(OLD)) == 15
    assert (OLD["smoking"]["stem"], NEW["smoking"]["stem"]) == ("Roker", "RooktTabak")
    # Table 50090NED has three figures on limitations; none of them is the one of 50150NED.
    assert {"limited_by_health", "severely_limited_by_health", "long_term_illness_and_limited"} <= set(OLD)
    # High risk, and moderate or high risk, are two things.
    assert (
        NEW["high_risk_of_anxiety_or_depression"]["name_en"]
        == OLD["high_risk_of_anxiety_or_depression"]["name_en"]
    )
    assert "moderate_or_high_risk_of_anxiety_or_depression" not in NEW


@pytest.mark.parametrize("column", ["name_nl", "name_en", "unit", "direction", "kind"])
def test_twins_have_the_same_name_unit_direction_and_kind(column: str) -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for row in INDICATORS.values():
        found[row["concept"]].add(row[column])
    assert {concept: each for concept, each in found.items() if len(each) > 1} == {}


def test_counts_and_shares_are_two_concepts() -> None:
    assert INDICATORS["WIJKKAART2017-P_00_14_JR"]["concept"] != INDICATORS["85984NED-k_0Tot15Jaar"]["concept"]
    assert (
        INDICATORS["WIJKKAART2017-P_EENP_HH"]["concept"]
        != INDICATORS["86165NED-Eenpersoonshuishoudens"]["concept"]
    )


def test_what_comes_first_is_of_the_newer_table() -> None:
    ranked = sorted(
        (row for row in INDICATORS.values() if row["default_rank"]), key=lambda row: int(row["default_rank"])
    )
    assert [row["indicator_id"] for row in ranked] == [
        "50150NED-GoedErvarenGezondheid",
        "50150NED-Overgewicht",
        "50150NED-RooktTabak",
        "50150NED-HoogRisicoAngststoornisOfDepressie",
        "50150NED-Eenzaam",
        "50150NED-MoeiteMetRondkomen",
    ]


@pytest.mark.parametrize("key", sorted(key for key in INDICATORS if key.startswith("50150NED-")))
def test_the_newer_table_says_what_this_edition_lacks(key: str) -> None:
    row = INDICATORS[key]
    national = key != "50150NED-GoedErvarenGezondheid"
    assert "No interval in this edition." in row["caveats_en"]
    assert ("No national figure in this edition." in row["caveats_en"]) == national
    assert ("Deze editie heeft geen cijfer voor heel Nederland." in row["caveats_nl"]) == national
    assert ("Never join the two tables" in row["caveats_en"]) == (row["concept"] in OLD)


@pytest.mark.parametrize("concept", sorted(set(NEW) & set(OLD)))
def test_the_older_table_warns_against_joining_it_with_the_newer(concept: str) -> None:
    assert "Do not join with table 50150NED" in OLD[concept]["caveats_en"]
    assert "Niet samenvoegen met tabel 50150NED" in OLD[concept]["caveats_nl"]


def test_estimates_say_that_neighbours_are_smoothed() -> None:
    modelled = [row for row in INDICATORS.values() if row["kind"] == "modelled"]
    assert len(modelled) == 55
    assert all("gebieden ernaast" in row["method_nl"] for row in modelled)
    assert all("areas next to it" in row["method_en"] for row in modelled)


def test_figures_of_2025_say_that_they_are_provisional() -> None:
    rows = [row for row in INDICATORS.values() if row["table_id"] == "86165NED"]
    assert all(
        "Voorlopig cijfer" in row["caveats_nl"] and "Voorlopig cijfer" in row["method_nl"] for row in rows
    )
    assert all("Provisional figure" in row["caveats_en"] for row in rows)
    assert all(
        "2025" in row["method_en"] and "2024" not in row["definition_en"]
        for row in rows
        if "WOZ" not in row["stem"]
    )
    assert "1 January 2024" in INDICATORS["86165NED-GemiddeldeWOZWaardeVanWoningen"]["definition_en"]


def test_what_was_looked_up_stands_in_the_words() -> None:
    says = {
        "50150NED-Eenzaam": "score of 3 or more",
        "50150NED-SterkEenzaam": "score of 9 or more",
        "50150NED-MatigVeelRegieOverHetEigenLeven": "20 or more on a scale from 7 to 35",
        "85984NED-GemiddeldeWOZWaardeVanWoningen": "1 January 2023",
        "85984NED-GemiddeldInkomenPerInwoner": "income over 2024",
        "50090NED-LopenNaarSchoolOfWerk": "at least one day a week",
    }
    for key, text in says.items():
        assert text in INDICATORS[key]["definition_en"], key
    assert "was not found" in INDICATORS["85984NED-AfstandTotSchool"]["caveats_en"]
    assert "Counts persons, not households" in INDICATORS["85984NED-PersonenInArmoede"]["caveats_en"]


def test_whether_a_distance_is_good_is_not_said() -> None:
    assert {row["direction"] for row in INDICATORS.values() if row["theme"] == "proximity"} == {"neutral"}


def test_codes_and_sources_exist() -> None:
    codes = {(row["vocabulary"], row["code"]) for row in VOCABULARIES}
    for row in INDICATORS.values():
        for column, name in (
            ("unit", "unit"),
            ("theme", "indicator_theme"),
            ("direction", "direction"),
            ("kind", "indicator_kind"),
        ):
            assert (name, row[column]) in codes, row["indicator_id"]
        assert row["source_id"] in SOURCES, row["indicator_id"]
    assert {code for name, code in codes if name == "age_group"} == set(AGE_GROUPS)
    ages = {named.age_group for table in TABLES for named in table.columns.values()}
    assert ages <= set(AGE_GROUPS)


@pytest.mark.parametrize("source", ["50150NED", "86165NED"])
def test_the_source_is_statline_and_the_way_is_told(source: str) -> None:
    row = SOURCES[source]
    assert row["licence"] == "CC BY 4.0"
    for note in (row["note_nl"], row["note_en"]):
        assert "StatLine" in note
        assert "ahti-data/Dynamo_Amsterdam_Oost" in note
        assert "ca771f97" in note


def test_the_dictionary_names_the_concept_and_what_else_measures_it() -> None:
    package = load()
    text = dictionary(package)
    part = text.split("`50150NED-Eenzaam`\n")[1].split("####")[0]
    assert "- Concept: `loneliness`, also measured by `50090NED-Eenzaam`; never one series\n" in part
    alone = text.split("`50090NED-Drinker`\n")[1].split("####")[0]
    assert "- Concept: `alcohol_use`\n" in alone
    for key, row in INDICATORS.items():
        said = text.split(f"`{key}`\n\n")[1].split("\n")[0]
        others = [
            twin for twin, other in INDICATORS.items() if other["concept"] == row["concept"] and twin != key
        ]
        assert f"`{row['concept']}`" in said
        assert all(f"`{twin}`" in said for twin in others)
