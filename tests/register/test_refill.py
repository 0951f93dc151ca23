"""A newer data package reaches a register that was filled before, and what people made of it stays."""

from __future__ import annotations

import json
import math
import multiprocessing
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from hsc_geo.data.load import Package, load
from hsc_geo.register import Register, open_register
from hsc_geo.register.entries import FILLED, KEY, PACKAGE, changed_fields, normal
from hsc_geo.register.refill import taken_over
from hsc_geo.web.register import RegisterLink
from tests.register.samples import DATA, STEWARD, TABLES, agree, correction, new, places, taken

repeatable = settings(max_examples=300, deadline=None, derandomize=True, database=None)
NAMED = {"initiatives": "initiative_id", "organisations": "organisation_id"}


def later(package: Package, snapshot: str = "later", **cells: Mapping[tuple[str, str], str]) -> Package:
    """The package with other cells: `initiatives={("LEI-001", "name"): "Anders"}`."""
    made: dict[str, Any] = {}
    for name, values in cells.items():
        made[name] = getattr(package, name).copy()
        for (key, column), value in values.items():
            made[name].loc[key, column] = value
    return replace(package, snapshot=snapshot, **made)


def without(package: Package, name: str, key: str, snapshot: str = "later") -> Package:
    """The package without an initiative or organisation, and without the links to it."""
    links = package.initiative_organisations
    kept = links[links[NAMED[name]] != key] if name == "initiatives" else links.copy()
    if name == "organisations":
        kept.loc[kept["organisation_id"] == key, "organisation_id"] = ""
    areas = package.initiative_areas
    made: dict[str, Any] = {
        name: getattr(package, name).drop(index=key),
        "initiative_organisations": kept.reset_index(drop=True),
        "initiative_areas": areas[areas["initiative_id"] != key].reset_index(drop=True),
    }
    return replace(package, snapshot=snapshot, **made)


def named(register: Register, key: str, column: str = "name") -> str:
    table = "organisations" if key.startswith("ORG") else "initiatives"
    return str(register.tables()[table].loc[key, column])


def listed(register: Register) -> list[tuple[str, str, str, str, str]]:
    return [(c.entity_id, c.field, c.old, c.now, c.theirs) for c in register.conflicts()]


def test_what_nobody_changed_follows_the_package(register: Register, package: Package) -> None:
    made = later(package, initiatives={("LEI-001", "name"): "Anders", ("LEI-002", "partners"): "Club"})
    assert register.fill(made) is True
    for name in TABLES:
        wanted = getattr(made, name)
        wanted = wanted.sort_values("venue", ignore_index=True) if name == "venues" else wanted
        assert_frame_equal(register.tables()[name], wanted)
    assert (register.filled_from(), register.revision(), register.conflicts()) == ("later", 2, [])
    lines = [line for line in register.journal() if line.batch != FILLED]
    assert [(line.entity_id, line.field, line.new) for line in lines] == [
        ("LEI-002", "partners", "Club"),
        ("LEI-001", "name", "Anders"),
    ]
    assert {(line.why, line.role) for line in lines} == {("data package later", "administrator")}
    assert len({line.batch for line in lines}) == 1
    agree(register)


def test_the_same_package_twice_writes_nothing(register: Register, package: Package) -> None:
    taken(register, correction("LEI-001", name="Van mensen"))
    made = later(package, initiatives={("LEI-001", "name"): "Anders", ("LEI-002", "name"): "Ook"})
    assert register.fill(made) is True
    before = (register.revision(), len(register.journal(limit=100_000)))
    assert register.fill(made) is False
    assert register.fill(replace(made)) is False
    assert (register.revision(), len(register.journal(limit=100_000))) == before


def test_what_people_changed_stays(register: Register, package: Package) -> None:
    was = str(package.initiatives.loc["LEI-001", "name"])
    taken(
        register, correction("LEI-001", name="Van mensen", target_group_nl="Iedereen", target_group_en="All")
    )
    register.fill(
        later(package, initiatives={("LEI-001", "name"): "Pakket", ("LEI-001", "source_title"): "Titel"})
    )
    assert named(register, "LEI-001") == "Van mensen"
    assert named(register, "LEI-001", "target_group_nl") == "Iedereen"  # the package says what it said
    assert named(register, "LEI-001", "source_title") == "Titel"
    assert listed(register) == [("LEI-001", "name", was, "Van mensen", "Pakket")]
    agree(register)


def test_a_conflict_is_told_once_and_goes_when_looked_at(register: Register, package: Package) -> None:
    taken(register, correction("LEI-001", name="Van mensen"))
    register.fill(later(package, initiatives={("LEI-001", "name"): "Pakket"}))
    register.fill(later(package, "last", initiatives={("LEI-001", "name"): "Pakket"}))
    assert [each[4] for each in listed(register)] == ["Pakket"]
    register.confirm("LEI-001", STEWARD)
    assert listed(register) == []
    register.fill(later(package, "very last", initiatives={("LEI-001", "name"): "Nieuw pakket"}))
    assert [each[2:] for each in listed(register)] == [("Pakket", "Van mensen", "Nieuw pakket")]
    taken(register, correction("LEI-001", name="Nieuw pakket"))
    assert listed(register) == []
    register.fill(later(package, "at the end", initiatives={("LEI-001", "name"): "Slot"}))
    assert named(register, "LEI-001") == "Slot"  # people had come to say what the package said


def test_entries_that_are_new_or_gone(register: Register, package: Package) -> None:
    taken(register, correction("LEI-003", name="Van mensen"))
    made = without(without(package, "initiatives", "LEI-002"), "initiatives", "LEI-003")
    register.fill(made)
    there = register.tables()["initiatives"].index
    assert ("LEI-002" in there, "LEI-003" in there) == (False, True)
    assert listed(register) == [("LEI-003", "initiative_id", "LEI-003", "LEI-003", "")]
    assert "LEI-002" not in set(register.tables()["initiative_areas"]["initiative_id"])
    register.fill(replace(package, snapshot="back"))
    assert named(register, "LEI-002") == package.initiatives.loc["LEI-002", "name"]
    assert listed(register) == []
    agree(register)


def test_what_people_removed_or_merged_does_not_come_back(register: Register, package: Package) -> None:
    register.merge("LEI-002", "LEI-003", STEWARD, "the same")
    register.fill(later(package, initiatives={("LEI-003", "name"): "Nieuw", ("LEI-004", "name"): "Vier"}))
    assert "LEI-003" not in register.tables()["initiatives"].index
    assert named(register, "LEI-004") == "Vier"


def test_after_a_merge_of_organisations_links_go_to_the_one_kept(
    register: Register, package: Package
) -> None:
    links = package.initiative_organisations
    gone, kept = [each for each in links["organisation_id"].unique() if each][:2]
    mine = links[links["organisation_id"] == gone].iloc[0]
    register.merge(kept, gone, STEWARD, "the same")
    register.fill(later(package, initiatives={(mine["initiative_id"], "partners"): "Club de Kooi"}))
    now = register.tables()["initiative_organisations"]
    assert gone not in set(now["organisation_id"])
    here = now[
        (now["initiative_id"] == mine["initiative_id"])
        & (now["organisation_name"] == mine["organisation_name"])
    ]
    assert list(here["organisation_id"]) == [kept]
    assert named(register, mine["initiative_id"], "partners") == "Club de Kooi"
    assert listed(register) == []


def test_an_organisation_that_leaves_the_package_leaves_no_pointer(
    register: Register, package: Package
) -> None:
    links = package.initiative_organisations
    gone = next(each for each in links["organisation_id"].unique() if each)
    name = str(package.organisations.loc[gone, "name"])
    own = taken(register, new(name="Van mensen", organisation=name)).entity_id
    register.fill(without(package, "organisations", gone))
    now = register.tables()["initiative_organisations"]
    assert gone not in set(now["organisation_id"])
    assert list(now[now["initiative_id"] == own]["organisation_name"]) == [name]


def test_two_entries_with_one_id_are_not_mixed(register: Register, package: Package) -> None:
    own = taken(register, new(venue="")).entity_id
    row = package.initiatives.loc[["LEI-001"]].rename(index={"LEI-001": own})
    row = row.assign(name="Een ander", venue="Elders")
    made = replace(package, snapshot="later", initiatives=pd.concat([package.initiatives, row]))
    before = register.tables()["initiatives"].loc[own]
    register.fill(made)
    assert register.tables()["initiatives"].loc[own].equals(before)
    assert listed(register) == [(own, "name", "", "Wandelclub De Kooi", "Een ander")]


def with_place(package: Package, key: str, number: int, snapshot: str = "later", **cells: Any) -> Package:
    """The package with other cells in one place of an initiative; a new one where it has none of that number."""
    rows = package.initiative_places.to_dict("records")
    mine = next((r for r in rows if (r["initiative_id"], r["place_number"]) == (key, number)), None)
    if mine is None:
        empty = dict.fromkeys(package.initiative_places.columns, "") | {
            "latitude": math.nan,
            "longitude": math.nan,
        }
        rows.append(empty | {"initiative_id": key, "place_number": number, "role": "location"} | cells)
    else:
        mine |= cells
    ordered = sorted(rows, key=lambda r: (r["initiative_id"], r["place_number"]))
    frame = pd.DataFrame(ordered).astype(package.initiative_places.dtypes)
    return replace(package, snapshot=snapshot, initiative_places=frame)


def placed(package: Package) -> str:
    """An initiative with one place, on the map."""
    rows = package.initiative_places
    one = rows.groupby("initiative_id")["latitude"].agg(["size", "count"])
    return str(one[(one["size"] == 1) & (one["count"] == 1)].index[0])


def test_what_belongs_together_is_not_mixed(register: Register, package: Package) -> None:
    key = placed(package)
    taken(register, correction(key, latitude="52.1690", longitude="4.4990"))
    register.fill(with_place(package, key, 1, coordinate_note="opnieuw gemeten"))
    assert "coordinate_note" not in places(register, key)[0]
    assert [each[:2] for each in listed(register)] == [(key, "initiative_places")]
    agree(register)


def test_places_follow_the_package_where_nobody_changed_them(register: Register, package: Package) -> None:
    key = placed(package)
    taken(register, correction(key, name="Van mensen"))
    made = with_place(package, key, 2, venue="Tweede plek", latitude=52.169, longitude=4.499)
    register.fill(made)
    assert_frame_equal(register.tables()["initiative_places"], made.initiative_places)
    assert [place["place_number"] for place in places(register, key)] == ["1", "2"]
    assert (named(register, key), listed(register)) == ("Van mensen", [])
    agree(register)


def test_a_place_that_people_added_stays_beside_a_package_that_says_what_it_said(
    register: Register, package: Package
) -> None:
    key = placed(package)
    taken(register, correction(key, venue_2="Van mensen"))
    before = places(register, key)
    register.fill(later(package, initiatives={(key, "source_title"): "Titel"}))
    assert places(register, key) == before
    assert (named(register, key, "source_title"), listed(register)) == ("Titel", [])
    register.fill(with_place(package, key, 2, "last", venue="Van het pakket"))
    assert places(register, key) == before
    (conflict,) = register.conflicts()
    assert [json.loads(text)[-1]["venue"] for text in (conflict.now, conflict.theirs)] == [
        "Van mensen",
        "Van het pakket",
    ]
    agree(register)


def test_a_mix_that_breaks_a_rule_is_not_made(register: Register, package: Package) -> None:
    taken(register, correction("LEI-005", start_year="2024"))
    made = later(package, initiatives={("LEI-005", "status"): "ended", ("LEI-005", "end_year"): 2020})
    register.fill(made)
    assert named(register, "LEI-005", "status") == package.initiatives.loc["LEI-005", "status"]
    assert {each[1] for each in listed(register)} == {"status", "end_year"}
    agree(register)


def test_a_package_taken_over_can_be_undone_and_stays_so(register: Register, package: Package) -> None:
    before = register.tables()
    made = without(later(package, initiatives={("LEI-001", "name"): "Pakket"}), "initiatives", "LEI-002")
    register.fill(made)
    register.undo(register.journal(limit=1)[0].batch, STEWARD, "a wrong package")
    for name in TABLES:
        assert_frame_equal(register.tables()[name], before[name])
    assert register.fill(made) is False
    assert named(register, "LEI-001") == package.initiatives.loc["LEI-001", "name"]
    agree(register)


def test_two_servers_with_different_packages_do_not_take_turns(filled_url: str, package: Package) -> None:
    made = later(package, initiatives={("LEI-001", "name"): "Pakket"})
    one, other = open_register(filled_url), open_register(filled_url)
    assert [one.fill(package), other.fill(made), one.fill(package), other.fill(made)] == [
        False,
        True,
        False,
        False,
    ]
    assert (one.revision(), named(one, "LEI-001")) == (2, "Pakket")
    assert (one.untouched, other.untouched) == (0, 2)
    one.close()
    other.close()


def test_a_register_from_before_the_list_of_snapshots(register: Register, package: Package) -> None:
    with register.store.writing() as connection:
        connection.exec_driver_sql("DELETE FROM meta WHERE key IN ('filled_from_all', 'same_as_package')")
    assert (register.fill(package), register.untouched) == (False, 1)
    assert register.fill(later(package)) is True
    assert register.fill(package) is False


def test_the_site_shows_a_package_that_nothing_differs_from(register: Register, package: Package) -> None:
    made = later(package, initiatives={("LEI-001", "name"): "Pakket"})
    assert RegisterLink(lambda: register).package(made) is made
    old = RegisterLink(lambda: register).package(package)  # a server that still has the package of before
    assert (old.initiatives.loc["LEI-001", "name"], old.snapshot) == ("Pakket", f"{package.snapshot}-r2")


def test_the_site_shows_what_people_made_after_a_refill(register: Register, package: Package) -> None:
    taken(register, correction("LEI-002", name="Van mensen"))
    made = later(package, initiatives={("LEI-001", "name"): "Pakket"})
    shown = RegisterLink(lambda: register).package(made)
    assert list(shown.initiatives.loc[["LEI-001", "LEI-002"], "name"]) == ["Pakket", "Van mensen"]


def test_an_interrupted_refill_leaves_all_as_it_was(
    register: Register, package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (register.tables()["initiatives"], register.journal(limit=100_000), register.revision())
    monkeypatch.setattr("hsc_geo.register.entries.grow", lambda connection: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        register.fill(later(package, initiatives={("LEI-001", "name"): "Pakket"}))
    monkeypatch.undo()
    assert register.tables()["initiatives"].equals(before[0])
    assert (register.journal(limit=100_000), register.revision()) == before[1:]
    assert register.filled_from() == package.snapshot


def filling(url: str, results: Any) -> None:
    register = open_register(url)
    results.put(register.fill(later(load(DATA), initiatives={("LEI-001", "name"): "Pakket"})))
    register.close()


@pytest.mark.slow
def test_of_processes_that_start_at_once_one_takes_it_over(filled_url: str, package: Package) -> None:
    spawn = multiprocessing.get_context("spawn")
    results = spawn.Queue()
    started = [spawn.Process(target=filling, args=(filled_url, results)) for _ in range(3)]
    for each in started:
        each.start()
    for each in started:
        each.join(120)
    assert sorted(results.get(timeout=5) for _ in started) == [False, False, True]
    register = open_register(filled_url)
    assert register.revision() == 2
    agree(register)
    register.close()


# A second, naive reading of the rules, on three fields of one entry that belong to nothing else.

FIELDS = ("source_title", "note_en", "note_nl")
VALUES = st.fixed_dictionaries({name: st.sampled_from(["", "a", "b", "c"]) for name in FIELDS})


def naive(base: str, mine: str, theirs: str) -> tuple[str, bool]:
    """What stands afterwards, and whether that is a conflict."""
    if mine == base:
        return theirs, False
    if theirs == base:
        return mine, False
    return mine, mine != theirs


@repeatable
@given(base=VALUES, mine=VALUES, theirs=VALUES)
def test_field_by_field_it_is_a_three_way_merge(
    base: dict[str, str], mine: dict[str, str], theirs: dict[str, str]
) -> None:
    key = ("initiative", "LEI-001")
    made = taken_over({key: entry(base)}, {key: entry(mine)}, {key: entry(theirs)}, "Leiden", lambda *_: True)
    result = made.edits[0].new
    assert result is not None
    wanted = {name: naive(base[name], mine[name], theirs[name]) for name in FIELDS}
    assert {name: result[name] for name in FIELDS} == {name: value for name, (value, _) in wanted.items()}
    told = {name: says for _, _, name, _, says in made.said if result[name] != says}
    assert set(told) == {name for name, (_, conflict) in wanted.items() if conflict}
    assert all(told[name] == theirs[name] for name in told)
    assert made.same == (result == entry(theirs))


@repeatable
@given(rounds=st.lists(st.tuples(VALUES, VALUES, st.booleans()), min_size=1, max_size=5))
def test_round_after_round_the_package_is_remembered(
    rounds: list[tuple[dict[str, str], dict[str, str], bool]],
) -> None:
    """What the journal says that packages said is what the last one said, whatever people did in between."""
    key = ("initiative", "LEI-001")
    base: dict[Any, dict[str, str]] = {}
    mine: dict[Any, Any] = {}
    for people, theirs, change in rounds:
        if mine and change:
            mine = {key: mine[key] | people}
        made = taken_over(base, mine, {key: entry(theirs)}, "Leiden", lambda *_: True)
        for edit in made.edits:
            for name, _, value in changed_fields(edit):
                base.setdefault(key, {})[name] = value
            mine = {key: edit.new}
        for kind, _, name, _, says in made.said:
            assert kind == PACKAGE
            base.setdefault(key, {})[name] = says
        assert {name: base[key].get(name, "") for name in FIELDS} == theirs


def entry(values: Mapping[str, str]) -> dict[str, str]:
    return normal("initiative", {KEY["initiative"]: "LEI-001", "name": "Een", **values})
