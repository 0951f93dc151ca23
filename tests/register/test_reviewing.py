"""Reviewing: who may, what it changes, and that a decision is taken once."""

from __future__ import annotations

import inspect
import json
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from hsc_geo.data.load import Package
from hsc_geo.register import (
    Actor,
    AlreadyDecided,
    NotAllowed,
    NotTaken,
    Proposal,
    Register,
    Unknown,
    overlay,
)
from hsc_geo.register.importing import ImportReport
from tests.register.samples import (
    ADMINISTRATOR,
    ASKED,
    KOOI,
    SOURCE,
    STEWARD,
    TABLES,
    agree,
    correction,
    last_confirmed,
    new,
    of_before,
    places,
    taken,
    with_fields,
)

NOBODIES = ("proposer", "", "Steward", "admin", "steward ", "visitor")


def entry(register: Register, entity_id: str) -> dict[str, object]:
    return register.tables()["initiatives"].loc[entity_id].to_dict()


def areas(register: Register, entity_id: str) -> list[tuple[str, str, str]]:
    table = register.tables()["initiative_areas"]
    rows = table[table["initiative_id"] == entity_id]
    return list(zip(rows["area_code"], rows["precision"], rows["basis"], strict=True))


def reviews(register: Register, tmp_path: Path) -> dict[str, Callable[[Actor], object]]:
    """Every verb that asks who acts, ready to be called."""
    number = register.propose(new()).number
    return {
        "queue": lambda by: register.queue(by),
        "count": lambda by: register.count(by),
        "proposed": lambda by: register.proposed(number, by),
        "difference": lambda by: register.difference(number, by),
        "accept": lambda by: register.accept(number, by),
        "accept_and_merge": lambda by: register.accept_and_merge(number, "LEI-001", by, "why"),
        "confirm": lambda by: register.confirm("LEI-001", by),
        "reject": lambda by: register.reject(number, by, "why"),
        "merge": lambda by: register.merge("LEI-001", "LEI-002", by, "why"),
        "undo": lambda by: register.undo("x", by, "why"),
        "record_asked": lambda by: register.record_asked(ASKED, by),
        "forget_asked": lambda by: register.forget_asked("ASK-WK054601-A3", by, "why"),
        "import_rows": lambda by: register.import_rows(ImportReport(()), by, "why"),
        "restore": lambda by: register.restore(tmp_path / "backup.zip", by),
        "restore_keeping": lambda by: register.restore_keeping(tmp_path / "backup.zip", by),
    }


def test_every_verb_that_asks_who_acts_is_closed_to_others(sqlite_register: Register, tmp_path: Path) -> None:
    verbs = reviews(sqlite_register, tmp_path)
    asking = {
        name
        for name, verb in inspect.getmembers(Register, inspect.isfunction)
        if "by" in inspect.signature(verb).parameters
    }
    assert set(verbs) == asking
    sqlite_register.backup(tmp_path / "backup.zip")
    before = sqlite_register.journal(limit=10_000), sqlite_register.revision()
    for verb in verbs.values():
        for role in NOBODIES:
            with pytest.raises(NotAllowed, match=f"{role}|without a name") as raised:
                verb(Actor(role))
            assert isinstance(raised.value, PermissionError)
    assert (sqlite_register.journal(limit=10_000), sqlite_register.revision()) == before


def test_a_new_entry_is_joined_to_its_area_and_partners(register: Register, package: Package) -> None:
    accepted = taken(register, new(partners="Gemeente Leiden|Een onbekende club"))
    assert accepted.entity_id == "LEI-147"
    assert areas(register, "LEI-147") == [("BU05460301", "address", "coordinates")]
    links = register.tables()["initiative_organisations"]
    mine = links[links["initiative_id"] == "LEI-147"].to_dict("records")
    assert [(row["organisation_name"], row["organisation_id"], row["role"]) for row in mine] == [
        ("Incluzio Leiden", "ORG-013", "lead"),
        ("Gemeente Leiden", "ORG-001", "partner"),
        ("Een onbekende club", "", "partner"),
    ]
    row = entry(register, "LEI-147")
    assert places(register, "LEI-147") == [
        {
            "place_number": "1",
            "role": "location",
            "latitude": str(KOOI[0]),
            "longitude": str(KOOI[1]),
            "precision": "address",
            "confidence": "medium",
            "coordinate_source": "placed on the map in a proposal",
        }
    ]
    assert row["sector"] == package.organisations.loc["ORG-013", "sector"]
    assert row["activity_groups"] == "support"
    assert (row["status"], row["evidence_level"], row["ambition_basis"]) == ("unknown", "C", "proposed")
    assert row["source_publisher"] == "www.voorbeeld-leiden.nl"
    assert "description_en (not translated yet)" in str(row["inferred_fields"])
    assert last_confirmed(register) == {"LEI-147": datetime.now(UTC).date()}
    agree(register)


@pytest.mark.parametrize(
    ("place", "wanted", "precision"),
    [
        ({"area_codes": "WK054603|BU05460301"}, [("BU05460301", "neighbourhood", "stated")], "neighbourhood"),
        (
            {"area_codes": "WK054603|WK054604"},
            [(code, "district", "stated") for code in ("WK054603", "WK054604")],
            "district",
        ),
        ({"area_codes": "GM0546"}, [("GM0546", "city", "stated")], "city"),
        ({"precision": "city"}, [("GM0546", "city", "scope")], "city"),
        ({"precision": "region"}, [("GM0546", "region", "scope")], "region"),
        ({"district_as_stated": "Leiden Noord"}, [("WK054603", "district", "stated")], "district"),
        (
            {"neighbourhood_as_stated": "by its name"},
            [("BU05460302", "neighbourhood", "stated")],
            "neighbourhood",
        ),
    ],
)
def test_areas_by_what_is_known_of_the_place(
    sqlite_register: Register,
    package: Package,
    place: dict[str, str],
    wanted: list[tuple[str, str, str]],
    precision: str,
) -> None:
    if "neighbourhood_as_stated" in place:
        place = {"neighbourhood_as_stated": str(package.areas.loc["BU05460302", "name"])}
    accepted = taken(sqlite_register, with_fields(new(latitude="", longitude=""), **place))
    assert areas(sqlite_register, accepted.entity_id) == wanted
    assert entry(sqlite_register, accepted.entity_id)["precision"] == precision


def test_what_is_still_missing_is_told_and_can_be_added(register: Register) -> None:
    number = of_before(register, new(theme="", activity_types="", organisation="Een nieuwe club"))
    with pytest.raises(NotTaken) as raised:
        register.accept(number, STEWARD)
    assert {(f.field, f.code) for f in raised.value.faults} == {
        ("theme", "required"),
        ("activity_types", "required"),
        ("sector", "required"),
    }
    assert register.proposed(number, STEWARD).status == "open"
    added = {"theme": "participation", "activity_types": "inloop", "sector": "community", "name": "Beter"}
    accepted = register.accept(number, STEWARD, "", added)
    assert entry(register, accepted.entity_id)["name"] == "Beter"
    agree(register)


def test_a_correction_changes_only_its_fields(register: Register, package: Package) -> None:
    number = register.propose(correction("LEI-010", name="Nieuwe naam")).number
    shown = register.difference(number, STEWARD)
    assert [(d.field, d.old, d.new) for d in shown] == [
        ("name", package.initiatives.loc["LEI-010", "name"], "Nieuwe naam")
    ]
    register.accept(number, STEWARD, "seen")
    before, after = package.initiatives.loc["LEI-010"], register.tables()["initiatives"].loc["LEI-010"]
    differing = {name for name in before.index if str(before[name]) != str(after[name])}
    assert differing == {"name", "last_confirmed"}
    others = register.tables()["initiatives"].drop("LEI-010")
    assert others.equals(package.initiatives.drop("LEI-010"))
    lines = register.journal("LEI-010", limit=2)
    assert {line.field for line in lines} == {"name", "last_confirmed"}
    assert {(line.role, line.subject, line.why, line.source_url, line.proposal) for line in lines} == {
        ("steward", "subject-1", "seen", SOURCE, number)
    }
    agree(register)


def test_a_place_that_moves_is_joined_anew_and_only_then(register: Register, package: Package) -> None:
    inferred = package.initiative_areas[package.initiative_areas["basis"] == "inferred"].iloc[0]
    key = str(inferred["initiative_id"])
    before = areas(register, key)
    taken(register, correction(key, name="Andere naam"))
    assert areas(register, key) == before
    taken(register, correction(key, latitude=str(KOOI[0]), longitude=str(KOOI[1])))
    assert areas(register, key) == [("BU05460301", "address", "coordinates")]
    taken(register, correction(key, latitude="", longitude="", area_codes="WK054604"))
    assert areas(register, key) == [("WK054604", "district", "stated")]
    assert not {"latitude", "coordinate_source", "precision"} & {
        name for place in places(register, key) for name in place
    }
    agree(register)


def test_every_committed_place_on_the_map_is_joined_to_the_area_that_the_data_have(package: Package) -> None:
    from hsc_geo.register.frames import NAMES, entries_of
    from hsc_geo.register.joining import joined

    found = entries_of({name: getattr(package, name) for name in NAMES})
    placed = [
        e
        for (kind, _), e in found.items()
        if kind == "initiative" and e["precision"] in ("address", "street")
    ]
    scoped = [
        e for (kind, _), e in found.items() if kind == "initiative" and e["precision"] in ("city", "region")
    ]
    assert len(placed) >= 9
    for each in placed:
        areas_of = [row["area_code"] for row in json.loads(joined(package, each)["initiative_areas"])]
        assert areas_of == [row["area_code"] for row in json.loads(each["initiative_areas"])]
    for each in scoped:
        made = joined(package, each)
        assert json.loads(made["initiative_areas"])[0]["basis"] == "scope"
        assert made["precision"] == each["precision"]


def test_a_closure_ends_it(register: Register) -> None:
    taken(register, Proposal("closure", "LEI-010", {"end_year": "2024"}, "It stopped", SOURCE))
    row = entry(register, "LEI-010")
    assert (row["status"], row["end_year"], row["status_as_of"]) == ("ended", 2024, "2024")
    assert row["last_evidence_year"] == datetime.now(UTC).year
    assert row["status_note_en"] == row["status_note_nl"] == ""
    agree(register)


def test_a_confirmation_only_tells_the_day(register: Register, package: Package) -> None:
    revision = register.revision()
    taken(register, Proposal("confirmation", "LEI-010"))
    assert last_confirmed(register) == {"LEI-010": datetime.now(UTC).date()}
    now = register.tables()["initiatives"]
    assert now.loc["LEI-010", "last_confirmed"] == datetime.now(UTC).date().isoformat()
    assert now.drop(columns="last_confirmed").equals(package.initiatives.drop(columns="last_confirmed"))
    assert register.revision() == revision + 1


@pytest.mark.parametrize("kind", ["question", "comment"])
def test_questions_and_comments_change_no_entry(register: Register, package: Package, kind: str) -> None:
    number = register.propose(Proposal(kind, "LEI-010", {}, "Who joins us?")).number
    assert register.difference(number, STEWARD) == []
    register.accept(number, STEWARD, "answered")
    assert register.tables()["initiatives"].equals(package.initiatives)
    assert (register.revision(), last_confirmed(register)) == (1, {})
    assert register.journal(str(number))[0].new == "accepted"


def test_a_question_is_accepted_with_an_answer_only(sqlite_register: Register) -> None:
    receipt = sqlite_register.propose(Proposal("question", None, {}, "Who joins us?"))
    with pytest.raises(NotTaken, match="why: required"):
        sqlite_register.accept(receipt.number, STEWARD, " \u200b")
    assert sqlite_register.follow(receipt.code).status == "open"
    sqlite_register.accept(receipt.number, STEWARD, "The walking group does.")
    assert sqlite_register.follow(receipt.code).decision_why == "The walking group does."


def test_what_changes_no_entry_takes_no_changes(sqlite_register: Register) -> None:
    number = sqlite_register.propose(Proposal("comment", "LEI-010", {}, "Nice")).number
    with pytest.raises(NotTaken, match="name: no_change"):
        sqlite_register.accept(number, STEWARD, "read", {"name": "x"})


def test_a_new_organisation_is_recognised_where_it_was_named(register: Register, package: Package) -> None:
    links = package.initiative_organisations
    unknown = links[links["organisation_id"] == ""].iloc[0]
    fields = {"name": unknown["organisation_name"], "sector": "community", "description_nl": "Een club."}
    accepted = taken(register, Proposal("new", None, fields, "", SOURCE, "nl", "organisation"))
    assert accepted.entity_id == "ORG-088"
    now = register.tables()["initiative_organisations"]
    named = now[now["organisation_name"] == unknown["organisation_name"]]
    assert set(named["organisation_id"]) == {"ORG-088"}
    agree(register)
    register.undo(accepted.batch, STEWARD, "no")
    assert register.tables()["initiative_organisations"].equals(links)
    assert (
        taken(register, Proposal("new", None, fields, "", SOURCE, "nl", "organisation")).entity_id
        == "ORG-089"
    )


def test_a_list_with_commas_is_read_anew_when_one_of_it_becomes_known(register: Register) -> None:
    text = "Incluzio Leiden, Club X, Bewoners"
    initiative = taken(register, new(organisation=text)).entity_id

    def leading() -> list[tuple[str, str]]:
        links = register.tables()["initiative_organisations"]
        mine = links[links["initiative_id"] == initiative]
        return list(zip(mine["organisation_name"], mine["organisation_id"], strict=True))

    assert leading() == [(text, "ORG-013")]  # as a part of the first, which is all that is known
    fields = {"name": "Club X", "sector": "community", "description_nl": "Een club."}
    made = taken(register, Proposal("new", None, fields, "", SOURCE, "nl", "organisation"))
    assert leading() == [("Incluzio Leiden", "ORG-013"), ("Club X", made.entity_id), ("Bewoners", "")]
    agree(register)
    register.undo(made.batch, STEWARD, "no")
    assert leading() == [(text, "ORG-013")]
    agree(register)


def test_an_organisation_that_goes_leaves_no_link_to_nothing(register: Register) -> None:
    fields = {"name": "Club X", "sector": "community", "description_nl": "Een club."}
    made = taken(register, Proposal("new", None, fields, "", SOURCE, "nl", "organisation"))
    initiative = taken(register, new(organisation="Club X", sector="community")).entity_id
    register.undo(made.batch, STEWARD, "no")
    links = register.tables()["initiative_organisations"]
    mine = links[links["initiative_id"] == initiative]
    assert list(mine[["organisation_name", "organisation_id"]].iloc[0]) == ["Club X", ""]
    agree(register)


def test_a_new_venue_gets_its_neighbourhood(register: Register) -> None:
    fields = {"venue": "Buurthuis Nieuw", "latitude": str(KOOI[0]), "longitude": str(KOOI[1])}
    made = taken(register, Proposal("new", None, fields, "", SOURCE, "nl", "venue"))
    venues = register.tables()["venues"].set_index("venue")
    assert venues.loc[made.entity_id, "area_code"] == "BU05460301"
    number = register.propose(Proposal("new", None, fields, "", SOURCE, "nl", "venue")).number
    with pytest.raises(NotTaken, match="twice"):
        register.accept(number, STEWARD)
    agree(register)


def test_rejecting_takes_a_reason(register: Register) -> None:
    number = register.propose(new()).number
    with pytest.raises(NotTaken, match="why: required"):
        register.reject(number, STEWARD, "  \u200b ")
    register.reject(number, STEWARD, "no source")
    with pytest.raises(AlreadyDecided, match="rejected"):
        register.accept(number, STEWARD)
    line = register.journal(str(number))[0]
    assert (line.entity, line.old, line.new, line.why) == ("proposal", "open", "rejected", "no source")


def test_the_queue_by_status_and_kind(register: Register) -> None:
    numbers = [register.propose(p).number for p in (new(), correction("LEI-010", name="x"), new())]
    register.reject(numbers[0], STEWARD, "no")
    assert [p.number for p in register.queue(STEWARD)] == numbers[1:]
    assert [p.number for p in register.queue(STEWARD, "")] == numbers
    assert [p.number for p in register.queue(STEWARD, "", "new")] == [numbers[0], numbers[2]]
    assert [p.number for p in register.queue(STEWARD, limit=1, offset=1)] == [numbers[2]]
    counted = [register.count(STEWARD, *which) for which in ((), ("",), ("", "new"), ("open", "new"))]
    assert counted == [2, 3, 2, 1]
    assert register.queue(STEWARD, "' OR 1=1 --") == []


@pytest.mark.parametrize("number", [0, -1, 999, 2**40])
def test_an_unknown_proposal_is_told(register: Register, number: int) -> None:
    for verb in (register.proposed, register.difference, register.accept):
        with pytest.raises(Unknown):
            verb(number, STEWARD)


def test_a_proposal_for_an_entry_that_went_is_told(register: Register) -> None:
    number = register.propose(correction("LEI-003", name="x")).number
    register.merge("LEI-002", "LEI-003", STEWARD, "the same")
    with pytest.raises(Unknown, match="LEI-003"):
        register.accept(number, STEWARD)
    assert register.proposed(number, STEWARD).status == "open"


@pytest.mark.slow
def test_stewards_who_accept_at_once_have_one_effect(register: Register) -> None:
    number = register.propose(new()).number
    outcomes: list[str] = []
    start = threading.Barrier(8)

    def decide(verb: Callable[[], object]) -> None:
        start.wait()
        try:
            verb()
            outcomes.append("done")
        except AlreadyDecided:
            outcomes.append("too late")

    verbs = [
        lambda: register.accept(number, STEWARD),
        lambda: register.reject(number, ADMINISTRATOR, "no"),
    ] * 4
    threads = [threading.Thread(target=decide, args=(verb,)) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done"] + ["too late"] * 7
    made = len(register.tables()["initiatives"]) - 146
    assert made == (register.proposed(number, STEWARD).status == "accepted")
    agree(register)


def test_merging_keeps_what_one_lacks_and_undo_brings_both_back(register: Register, package: Package) -> None:
    kept, dropped = package.initiatives.loc["LEI-002"], package.initiatives.loc["LEI-003"]
    done = register.merge("LEI-002", "LEI-003", STEWARD, "the same")
    row = entry(register, "LEI-002")
    assert "LEI-003" not in register.tables()["initiatives"].index
    assert (row["name"], row["status"]) == (kept["name"], kept["status"])
    both = set(kept["activity_types"].split("|")) | set(dropped["activity_types"].split("|"))
    assert set(str(row["activity_types"]).split("|")) == both
    agree(register)
    register.undo(done.batch, STEWARD, "not the same")
    for name, table in register.tables().items():
        wanted = getattr(package, name)
        assert table.equals(wanted.sort_values("venue", ignore_index=True) if name == "venues" else wanted)
    agree(register)


def test_merging_organisations_points_initiatives_to_the_one_kept(
    register: Register, package: Package
) -> None:
    links = package.initiative_organisations
    of_second = set(links.loc[links["organisation_id"] == "ORG-002", "initiative_id"])
    assert of_second
    register.merge("ORG-005", "ORG-002", STEWARD, "the same")
    now = register.tables()["initiative_organisations"]
    assert "ORG-002" not in set(now["organisation_id"])
    assert of_second <= set(now.loc[now["organisation_id"] == "ORG-005", "initiative_id"])
    agree(register)


@pytest.mark.parametrize(
    ("keep", "drop", "why"),
    [
        ("LEI-001", "ORG-001", "drop_id: other_kind"),
        ("LEI-001", "LEI-001", "drop_id: same_entry"),
        ("LEI-001", "LEI-999", "LEI-999"),
    ],
)
def test_what_cannot_be_merged(register: Register, keep: str, drop: str, why: str) -> None:
    with pytest.raises((NotTaken, Unknown), match=why):
        register.merge(keep, drop, STEWARD, "why")


def test_a_new_entry_that_is_merged_takes_what_it_leaves_open_from_the_one_kept(
    register: Register, package: Package
) -> None:
    """It is not asked for a theme or activities; and of what was filled in, nothing changes the one that stays."""
    lean = new(theme="", activity_types="", organisation="Club zonder register", partners="Club de Kooi")
    number = of_before(register, lean)
    with pytest.raises(NotTaken, match="theme: required"):
        register.accept(number, STEWARD)
    done = register.accept_and_merge(number, "LEI-003", STEWARD, "the same")
    changed = {line.field for line in register.journal("LEI-003", batch=done.batch)}
    assert changed <= {
        "organisation",
        "partners",
        "ambition_codes",
        "initiative_organisations",
        "initiative_places",
    }
    assert [place["latitude"] for place in places(register, "LEI-003")] == [
        str(KOOI[0])
    ]  # it had none of its own
    now, was = entry(register, "LEI-003"), package.initiatives.loc["LEI-003"]
    assert str(now["partners"]).endswith("Club de Kooi")
    assert (now["theme"], now["description_en"]) == (was["theme"], was["description_en"])
    agree(register)


def test_accepted_entries_pass_the_check_of_the_data_package(
    sqlite_register: Register, package: Package
) -> None:
    """The package with the register's tables is as sound as the one that is built."""
    from hsc_geo.register import rules
    from hsc_geo.register.frames import entries_of, rows_of

    taken(sqlite_register, new())
    taken(sqlite_register, with_fields(new(latitude="", longitude=""), area_codes="WK054603"))
    taken(sqlite_register, Proposal("closure", "LEI-010", {"end_year": "2024"}, "x", SOURCE))
    sqlite_register.merge("LEI-002", "LEI-003", STEWARD, "same")
    made = overlay(package, sqlite_register)
    rows = rows_of(entries_of({name: getattr(made, name) for name in TABLES}))
    assert rules.problems(package, rows, rules.OF_ROWS | rules.OF_TABLES) == []
    assert date.today() >= last_confirmed(sqlite_register)["LEI-010"]
