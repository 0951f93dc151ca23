"""A register that an earlier program made: one place an initiative, in columns; and what its journal tells of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pandas.testing import assert_frame_equal

from hsc_geo.data.load import Package
from hsc_geo.domain import schema
from hsc_geo.domain.schema_register import LADDER_FIELDS, PRACTICAL_FIELDS
from hsc_geo.register import ChangedSince, Register, open_register
from hsc_geo.register.old_forms import columns_of, places_of
from tests.register.old_stores import OF_PLACE, WHEN, OldStore, left, old_store
from tests.register.packed import everything, forged, repacked
from tests.register.samples import ADMINISTRATOR, STEWARD, TABLES, correction, new, places, taken

TWO = {
    "venue": "Het Gebouw|Buurthuis Op Eigen Wieken",
    "address": "Arubapad 2",
    "latitude": 52.1724,
    "longitude": 4.4956,
    "coordinate_precision": "address",
    "coordinate_confidence": "high",
    "coordinate_source": "PDOK",
    "coordinate_note": "door",
}
ON_STREET = {
    "venue": "",
    "address": "Langegracht",
    "latitude": None,
    "longitude": None,
    "coordinate_precision": "",
    "coordinate_confidence": "",
    "coordinate_source": "",
    "coordinate_note": "",
}


def people(store: OldStore) -> None:
    """What people did with it before the upgrade."""
    store.change("moved", "LEI-010", TWO)
    store.change("named", "LEI-011", {"name": "Van mensen"})
    store.change("made", "LEI-900", {"name": "Van toen", **_required(), **ON_STREET})
    store.change("made", "LEI-901", {"name": "Ging weg", **_required(), **TWO})
    store.change("again", "LEI-010", {"latitude": 52.1699, "address": "Arubapad 4"})
    store.remove("merged", "LEI-901")


def _required() -> dict[str, str]:
    return {
        "organisation": "Club",
        "sector": "community",
        "ambition_codes": "A1",
        "ambition_basis": "stated",
        "theme": "participation",
        "precision": "unknown",
        "activity_types": "inloop",
        "activity_groups": "support",
        "status": "unknown",
        "description_en": "x",
        "description_nl": "x",
        "source_publisher": "x",
        "source_url": "https://www.leiden.nl",
        "evidence_level": "C",
    }


@pytest.fixture(scope="session")
def old_url(new_url: Callable[..., str], package: Package) -> Callable[[str], str]:
    """The address of an old store, made once for each database."""
    made: dict[str, str] = {}

    def of(name: str) -> str:
        if name not in made:
            made[name] = new_url(name)
            store = old_store(made[name], "0003", package)
            people(store)
            left(store)
        return made[name]

    return of


@pytest.fixture
def upgraded(
    store_name: str, old_url: Callable[[str], str], new_url: Callable[..., str]
) -> Iterator[Register]:
    """It, opened by the program of now and not yet given a package."""
    register = open_register(new_url(store_name, like=old_url(store_name)))
    yield register
    register.close()


def moment(register: Register, batch: str) -> datetime:
    """When a batch of then was done."""
    return max(line.at for line in register.journal(batch=batch))


def test_each_venue_becomes_a_place_and_the_point_goes_with_the_first(upgraded: Register) -> None:
    first = {
        "place_number": "1",
        "role": "location",
        "venue": "Het Gebouw",
        "address": "Arubapad 4",
        "latitude": "52.1699",
        "longitude": "4.4956",
        "precision": "address",
        "confidence": "high",
        "coordinate_source": "PDOK",
        "coordinate_note": "door",
    }
    second = {"place_number": "2", "role": "location", "venue": "Buurthuis Op Eigen Wieken"}
    assert places(upgraded, "LEI-010") == [first, second]
    assert places(upgraded, "LEI-900") == [
        {"place_number": "1", "role": "location", "address": "Langegracht"}
    ]
    assert places(upgraded, "LEI-001") == []


def test_nothing_else_changes_and_what_is_new_is_empty(upgraded: Register, package: Package) -> None:
    tables = upgraded.tables()
    new_columns = ["schedule_nl", "cost_en", "how_to_join_nl", "contact"]
    assert (tables["initiatives"][new_columns] == "").all(axis=None)
    assert (
        set(tables["initiatives"]["source_kind"])
        == set(tables["organisations"]["source_kind"])
        == {"public_page"}
    )
    assert tables["asked_none"].empty
    for name in ("organisations", "initiative_areas", "initiative_organisations"):
        assert_frame_equal(tables[name], getattr(package, name))
    assert tables["initiatives"].loc["LEI-011", "name"] == "Van mensen"


def test_a_package_of_now_fills_in_the_places_and_leaves_those_of_people(
    upgraded: Register, package: Package
) -> None:
    moved = places(upgraded, "LEI-010")
    assert upgraded.fill(package) is True
    now, wanted = upgraded.tables(), package.initiative_places
    rest = now["initiative_places"][~now["initiative_places"]["initiative_id"].isin(["LEI-010", "LEI-900"])]
    assert_frame_equal(
        rest.reset_index(drop=True), wanted[wanted["initiative_id"] != "LEI-010"].reset_index(drop=True)
    )
    assert places(upgraded, "LEI-010") == moved
    assert {each.field for each in upgraded.conflicts() if each.entity_id == "LEI-010"} == {
        "initiative_places"
    }
    assert upgraded.fill(package) is False
    made = taken(upgraded, new())
    assert made.entity_id == "LEI-902"
    upgraded.undo(made.batch, STEWARD, "no")


def test_states_of_then_have_the_places_of_then(upgraded: Register, package: Package) -> None:
    """Also when these were changed after the upgrade, in the form of now."""
    upgraded.fill(package)
    taken(
        upgraded,
        correction("LEI-010", address="Elders 1", venue_2="", latitude_2="52.1712", longitude_2="4.4901"),
    )
    wanted = {"moved": ("Arubapad 2", 52.1724), "again": ("Arubapad 4", 52.1699)}
    for batch, (address, latitude) in wanted.items():
        rows = upgraded.state_at(moment(upgraded, batch))["initiative_places"]
        mine = rows[rows["initiative_id"] == "LEI-010"]
        assert list(mine["venue"]) == ["Het Gebouw", "Buurthuis Op Eigen Wieken"]
        assert (mine["address"].iloc[0], mine["latitude"].iloc[0]) == (address, latitude)
    before = upgraded.state_at(moment(upgraded, "moved") - timedelta(microseconds=20))["initiative_places"]
    of_package = package.initiative_places[package.initiative_places["initiative_id"] == "LEI-010"]
    assert list(before[before["initiative_id"] == "LEI-010"]["venue"]) == list(of_package["venue"])
    there = upgraded.state_at(moment(upgraded, "made"))["initiatives"].loc["LEI-901"]
    assert (there["name"], there["source_kind"]) == ("Ging weg", "public_page")


def test_what_differs_over_the_upgrade_is_told_in_the_form_of_now(
    upgraded: Register, package: Package
) -> None:
    upgraded.fill(package)
    taken(upgraded, correction("LEI-010", address="Elders 1"))
    start, end = moment(upgraded, "moved"), datetime.now(UTC)
    found = {(d.entity_id, d.field): d for d in upgraded.difference_between(start, end)}
    mine = found["LEI-010", "initiative_places"]
    old, now = json.loads(mine.old), json.loads(mine.new)
    assert [(place[0]["address"], place[0]["latitude"]) for place in (old, now)] == [
        ("Arubapad 2", "52.1724"),
        ("Elders 1", "52.1699"),
    ]
    assert not {field for _, field in found} & set(OF_PLACE)
    assert found["LEI-011", "name"].new == "Van mensen"
    assert not [key for key, _ in found if key == "LEI-901"]  # came and went in between


def test_a_batch_of_then_that_touched_a_place_cannot_be_undone(upgraded: Register, package: Package) -> None:
    upgraded.fill(package)
    before = upgraded.revision()
    with pytest.raises(ChangedSince, match="stands elsewhere since a new version of the register") as raised:
        upgraded.undo("again", STEWARD, "no")
    assert (raised.value.entity_id, raised.value.batch) == ("LEI-010", "")
    assert raised.value.field in OF_PLACE
    assert upgraded.revision() == before


def test_other_batches_of_then_can(upgraded: Register, package: Package) -> None:
    upgraded.fill(package)
    upgraded.undo("named", STEWARD, "no")
    assert (
        upgraded.tables()["initiatives"].loc["LEI-011", "name"] == package.initiatives.loc["LEI-011", "name"]
    )
    upgraded.undo("merged", STEWARD, "no")  # what went comes back whole, its place in the form of now
    assert [place["venue"] for place in places(upgraded, "LEI-901")] == [
        "Het Gebouw",
        "Buurthuis Op Eigen Wieken",
    ]
    assert upgraded.tables()["initiatives"].loc["LEI-901", "source_kind"] == "public_page"


def test_what_was_made_then_goes_when_that_is_undone(new_url: Callable[..., str], package: Package) -> None:
    url = new_url("sqlite")
    store = old_store(url, "0003", package)
    store.change("made", "LEI-900", {"name": "Van toen", **_required(), **TWO})
    left(store)
    register = open_register(url)
    register.fill(package)
    done = register.undo("made", STEWARD, "no")
    assert "LEI-900" not in register.tables()["initiatives"].index
    register.undo(done.batch, STEWARD, "yes")
    assert places(register, "LEI-900")[0]["latitude"] == "52.1724"
    register.close()


def test_a_conflict_of_then_is_still_told(new_url: Callable[..., str], package: Package) -> None:
    """The package said something else of a point that people had moved; and nobody looked at it since."""
    url = new_url("sqlite")
    store = old_store(url, "0003", package)
    store.change("moved", "LEI-010", TWO)
    line = {
        "at": WHEN.format(store.lines + 1),
        "role": "administrator",
        "entity": "package",
        "entity_id": "LEI-010",
        "field": "latitude",
        "old": "",
        "new": "52.16",
        "batch": "fill-1",
    }
    store.insert("journal", line)
    left(store)
    register = open_register(url)
    assert [(c.entity_id, c.field, c.now, c.theirs) for c in register.conflicts()] == [
        ("LEI-010", "latitude", "52.1724", "52.16")
    ]
    register.fill(package)
    told = [c.field for c in register.conflicts() if c.entity_id == "LEI-010"]
    assert told == ["initiative_places"]  # told anew, in the form of now
    register.confirm("LEI-010", STEWARD)
    assert [c for c in register.conflicts() if c.entity_id == "LEI-010"] == []
    register.close()


@pytest.mark.parametrize("form", ["0001", "0002"])
def test_registers_of_still_earlier_forms_come_along(
    new_url: Callable[..., str], package: Package, form: str
) -> None:
    url = new_url("sqlite")
    store = old_store(url, form, package)
    people(store)
    left(store)
    register = open_register(url)
    assert places(register, "LEI-010")[0]["address"] == "Arubapad 4"
    assert (register.tables()["initiatives"][["ladder", "funders", "run_by"]] == "").all(axis=None)
    register.fill(package)
    assert register.tables()["initiatives"].loc["LEI-012", "ladder"] == "evaluated"
    register.close()


CELLS = ({}, TWO, ON_STREET, {**TWO, "venue": ""}, {**TWO, "latitude": None, "longitude": None})


@pytest.mark.parametrize("cells", CELLS)
def test_the_columns_come_back_from_the_places(cells: dict[str, Any]) -> None:
    empty = dict.fromkeys(OF_PLACE, "")
    assert columns_of(places_of(cells)) == empty | {name: value or "" for name, value in cells.items()}


# Back-ups


RESTORED = [
    pytest.param(3, "postgresql", marks=pytest.mark.slow),
    *((version, "sqlite") for version in (1, 2, 3)),
]


@pytest.mark.parametrize(("version", "target"), RESTORED)
def test_a_back_up_of_an_earlier_version_is_restored(
    sqlite_register: Register, new_url: Callable[..., str], tmp_path: Path, version: int, target: str
) -> None:
    taken(
        sqlite_register, correction("LEI-010", venue="A", latitude="52.169", longitude="4.499", venue_2="B")
    )
    file = tmp_path / "backup.zip"
    sqlite_register.backup(file)
    file.write_bytes(forged(file.read_bytes(), lambda files: _as_version(files, version)))
    other = open_register(new_url(target))
    other.restore(file, ADMINISTRATOR)
    mine, theirs = everything(sqlite_register), everything(other)
    assert mine[1:] == theirs[1:]
    for name in set(TABLES) - {"initiatives", "initiative_places"}:
        assert mine[0][name] == theirs[0][name], name  # type: ignore[index]
    kept = [
        name for name in schema.table("initiatives").columns[1:] if version == 3 or name not in LADDER_FIELDS
    ]
    assert other.tables()["initiatives"][kept].equals(sqlite_register.tables()["initiatives"][kept])
    assert version == 3 or (other.tables()["initiatives"][list(LADDER_FIELDS)] == "").all(axis=None)
    wanted = [
        {n: v for n, v in place.items() if n not in ("role", "place_number")}
        for place in places(other, "LEI-010")
    ]
    assert wanted == [
        {
            "venue": "A",
            "latitude": "52.169",
            "longitude": "4.499",
            "precision": "address",
            "confidence": "medium",
            "coordinate_source": "placed on the map in a proposal",
        },
        {"venue": "B"},
    ]
    other.close()


def test_a_back_up_of_version_3_with_columns_of_now_is_refused(
    sqlite_register: Register, tmp_path: Path
) -> None:
    from hsc_geo.register import BackupDamaged

    file = tmp_path / "backup.zip"
    sqlite_register.backup(file)
    file.write_bytes(forged(file.read_bytes(), lambda files: repacked(files, 3, {})))
    with pytest.raises(BackupDamaged):
        sqlite_register.restore(file, ADMINISTRATOR)


def _as_version(files: dict[str, bytes], version: int) -> None:
    """What an earlier version wrote of the same register: one place in columns, no days, cost, contact or kind of
    source; before 3 no ladder, before 2 no other names."""
    places = [json.loads(line) for line in files["initiative_places.jsonl"].decode().splitlines()]

    def row(cells: dict[str, Any]) -> dict[str, Any]:
        mine = [place for place in places if place["initiative_id"] == cells["initiative_id"]]
        first = (
            {old: mine[0][name] for old, name in OF_PLACE.items()} if mine else dict.fromkeys(OF_PLACE, "")
        )
        first |= {name: first[name] or None for name in ("latitude", "longitude")}
        return {**cells, **first, "venue": "|".join(place["venue"] for place in mine if place["venue"])}

    gone = (*(LADDER_FIELDS if version < 3 else ()), *PRACTICAL_FIELDS, "source_kind")
    names = () if version > 1 else ("other_names",)
    repacked(files, version, {"initiatives": gone, "organisations": ("source_kind", *names)}, row)


def test_the_hash_of_a_forged_back_up_is_right(sqlite_register: Register, tmp_path: Path) -> None:
    """So that what is refused above is refused for what it holds."""
    file = tmp_path / "backup.zip"
    sqlite_register.backup(file)
    content = forged(file.read_bytes(), lambda files: _as_version(files, 3))
    assert hashlib.sha256(content[:-64]).hexdigest().encode() == content[-64:]
