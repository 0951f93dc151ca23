"""The journal: the state of any date, undo, and what is to be confirmed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsc_geo.data.load import Package
from hsc_geo.register import (
    Accepted,
    Actor,
    ChangedSince,
    Difference,
    Proposal,
    Register,
    Unknown,
    open_register,
)
from hsc_geo.register import entries as module
from hsc_geo.register.evidence import evidence_day, latest_day, months_before
from tests.register.samples import (
    STEWARD,
    TABLES,
    agree,
    correction,
    last_confirmed,
    new,
    replayed,
    taken,
    told,
)

repeatable = settings(max_examples=12, deadline=None, derandomize=True, database=None)
IDS = ("LEI-001", "LEI-010", "LEI-020")
FIELDS = {"name": "Naam", "partners": "Club", "target_group_nl": "iedereen"}


def state(register: Register) -> dict[tuple[str, str], dict[str, str]]:
    return told(register.tables())


STEPS = st.lists(
    st.tuples(st.sampled_from(["correct", "new", "undo", "merge", "close"]), st.integers(0, 8)), max_size=8
)
ALL_KINDS = [
    ("correct", 1),
    ("new", 0),
    ("correct", 4),
    ("merge", 0),
    ("undo", 0),
    ("close", 1),
    ("undo", 3),
    ("undo", 1),
]


@pytest.mark.slow
@repeatable
@given(steps=STEPS)
def test_every_state_can_be_seen_again(
    new_url: Callable[..., str], filled: Callable[[str], str], package: Package, steps: list[tuple[str, int]]
) -> None:
    """Whatever happened, the state at each moment is the one that was read then, by state_at and by replaying."""
    look_back(open_register(new_url("sqlite", like=filled("sqlite"))), package, steps)


@pytest.mark.slow
def test_states_can_be_seen_again(register: Register, package: Package) -> None:
    look_back(register, package, ALL_KINDS)


def look_back(register: Register, package: Package, steps: list[tuple[str, int]]) -> None:
    register.fill(package)
    seen = [(register.journal(limit=1)[0].at, state(register))]
    batches: list[str] = []
    for step, number in steps:
        done = _step(register, batches, step, number)
        if done is not None:
            batches.append(done.batch)
        last = register.journal(limit=1)[0].at
        seen = [each for each in seen if each[0] < last] + [(last, state(register))]
    lines = register.journal(limit=1_000_000, newest_first=False)
    for moment, wanted in seen:
        assert told(register.state_at(moment)) == wanted
        assert replayed(line for line in lines if line.at <= moment) == wanted
    differences = register.difference_between(seen[0][0], seen[-1][0])
    assert _applied(seen[0][1], differences) == seen[-1][1]
    agree(register)
    register.close()


def _step(register: Register, batches: list[str], step: str, number: int) -> Accepted | None:
    key, field = IDS[number % 3], list(FIELDS)[number // 3]
    try:
        if step == "correct":
            return taken(register, correction(key, **{field: f"{FIELDS[field]} {number}"}))
        if step == "new":
            return taken(register, new(name=f"Nieuw {number}"))
        if step == "close":
            return taken(
                register, Proposal("closure", key, {"end_year": "2024"}, "x", "https://www.leiden.nl")
            )
        if step == "merge":
            return register.merge(IDS[number % 3], IDS[(number + 1) % 3], STEWARD, "same")
        return register.undo(batches[number % len(batches)], STEWARD, "no") if batches else None
    except (ChangedSince, Unknown):
        return None
    except Exception as error:
        if getattr(error, "code", "") == "not_taken":
            return None
        raise


def _applied(
    before: dict[tuple[str, str], dict[str, str]], differences: list[Difference]
) -> dict[tuple[str, str], dict[str, str]]:
    made = {key: dict(entry) for key, entry in before.items()}
    for each in differences:
        entry = made.setdefault((each.entity, each.entity_id), {})
        assert entry.get(each.field, "") == each.old
        entry[each.field] = each.new
    plain = {key: {name: value for name, value in entry.items() if value} for key, entry in made.items()}
    return {key: entry for key, entry in plain.items() if entry}


def test_before_the_first_fill_there_is_nothing(register: Register) -> None:
    tables = register.state_at(datetime(2000, 1, 1, tzinfo=UTC))
    assert set(tables) == set(TABLES)
    assert all(table.empty for table in tables.values())
    assert list(tables["initiatives"].columns) == list(register.tables()["initiatives"].columns)


def test_moments_may_be_in_any_time_zone(register: Register, package: Package) -> None:
    before = datetime.now(UTC)
    taken(register, correction("LEI-010", name="Na"))
    local = before.astimezone(timezone(timedelta(hours=-11)))
    assert (
        register.state_at(local)["initiatives"].loc["LEI-010", "name"]
        == package.initiatives.loc["LEI-010", "name"]
    )
    assert {line.field for line in register.journal(since=local)} == {"name", "last_confirmed", "status"}


def test_undo_is_a_new_batch_that_can_be_undone(register: Register, package: Package) -> None:
    done = taken(register, correction("LEI-010", name="Een", partners="Club"))
    undone = register.undo(done.batch, STEWARD, "a mistake")
    assert undone.batch != done.batch
    assert undone.revision == done.revision + 1
    assert register.tables()["initiatives"].equals(package.initiatives)
    assert last_confirmed(register) == {}
    assert {line.why for line in register.journal(batch=undone.batch)} == {"a mistake"}
    register.undo(undone.batch, STEWARD, "no mistake")
    assert register.tables()["initiatives"].loc["LEI-010", "name"] == "Een"
    agree(register)


def test_undo_is_refused_when_something_later_touched_the_field(register: Register) -> None:
    first = taken(register, correction("LEI-010", name="Een"))
    second = taken(register, correction("LEI-010", name="Twee"))
    before = register.journal(limit=10_000), register.revision()
    with pytest.raises(ChangedSince, match=f"LEI-010, name: .*{second.batch}") as raised:
        register.undo(first.batch, STEWARD, "no")
    assert (raised.value.field, raised.value.batch) == ("name", second.batch)
    assert (register.journal(limit=10_000), register.revision()) == before
    register.undo(second.batch, STEWARD, "no")
    with pytest.raises(ChangedSince):
        register.undo(first.batch, STEWARD, "no")  # the undoing touched it as well


def test_undo_leaves_later_changes_of_other_fields(register: Register) -> None:
    first = taken(register, correction("LEI-010", name="Een"))
    taken(register, correction("LEI-010", partners="Club"))
    register.undo(first.batch, STEWARD, "no")
    row = register.tables()["initiatives"].loc["LEI-010"]
    assert (row["name"] != "Een", row["partners"]) == (True, "Club")
    assert "LEI-010" in last_confirmed(register)
    agree(register)


def test_a_new_entry_that_was_changed_since_is_not_taken_away(register: Register) -> None:
    made = taken(register, new())
    taken(register, correction(made.entity_id, partners="Club"))
    with pytest.raises(ChangedSince):
        register.undo(made.batch, STEWARD, "no")


def test_the_number_of_an_entry_that_went_is_not_given_again(register: Register) -> None:
    made = taken(register, new())
    register.undo(made.batch, STEWARD, "no")
    assert "LEI-147" not in register.tables()["initiatives"].index
    assert taken(register, new()).entity_id == "LEI-148"


@pytest.mark.parametrize("batch", ["", "fill", "nonsense", "' OR 1=1 --"])
def test_what_is_no_batch_cannot_be_undone(register: Register, batch: str) -> None:
    with pytest.raises(Unknown):
        register.undo(batch, STEWARD, "no")


def test_times_never_go_back(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when the clock of the server was set back; `agree` looks at the times."""
    taken(register, correction("LEI-010", name="Een"))

    class Earlier(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return datetime.now(UTC) - timedelta(days=400)

    monkeypatch.setattr(module, "datetime", Earlier)
    taken(register, correction("LEI-010", name="Twee"))
    monkeypatch.undo()
    agree(register)


def test_the_journal_tells_role_and_subject(register: Register) -> None:
    number = register.propose(new()).number
    register.accept(number, Actor("administrator"), "ok")
    assert {(line.role, line.subject) for line in register.journal("LEI-147")} == {("administrator", "")}


def test_what_is_to_be_confirmed(register: Register, package: Package) -> None:
    today = date(2026, 11, 21)
    due = register.to_confirm(12, today)
    ids = {each.entity_id for each in due}
    ended = set(package.initiatives.index[package.initiatives["status"] == "ended"])
    assert not ids & ended
    days = [each.known_on or date.min for each in due]
    assert days == sorted(days)
    wanted = set()
    for key, row in package.initiatives.iterrows():  # by hand: the latest day that its evidence can be of
        dates = [
            d for d in (row["source_date"], row["status_as_of"]) if re.fullmatch(r"\d{4}(-\d\d){0,2}", d)
        ]
        newest = "" if pd.isna(row["last_evidence_year"]) else str(row["last_evidence_year"])
        finer = [d for d in dates if newest and d.startswith(f"{newest}-")]
        known = [_by_hand(d) for d in (dates if finer or not newest else [*dates, newest])]
        if row["status"] != "ended" and (not known or max(known) < "2025-11-21"):
            wanted.add(key)
    assert {key for key in ids if key.startswith("LEI")} == wanted
    key = next(iter(wanted))
    taken(register, Proposal("confirmation", key))
    assert key not in {each.entity_id for each in register.to_confirm(12, today)}
    later = register.to_confirm(12, datetime.now(UTC).date() + timedelta(days=400))
    assert {each.basis for each in later if each.entity_id == key} == {"confirmed"}


def _by_hand(text: str) -> str:
    return text + "-12-31"[len(text) - 4 :]


@pytest.mark.parametrize(
    ("year", "dates", "day"),
    [
        ("2024", (), date(2024, 12, 31)),
        ("2024", ("2024-04",), date(2024, 4, 30)),  # the month is known, so the year is not taken to its end
        ("2024", ("", "2024-04-30"), date(2024, 4, 30)),
        ("2024", ("2021-10", "2024"), date(2024, 12, 31)),
        ("2024", ("after 2024-06",), date(2024, 12, 31)),
        ("2024", ("2024-02", "2025"), date(2025, 12, 31)),
        ("", ("2021-10",), date(2021, 10, 31)),
        ("", ("", "soon"), None),
    ],
)
def test_the_latest_day_of_evidence(year: str, dates: tuple[str, ...], day: date | None) -> None:
    assert evidence_day(year, *dates) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021", date(2021, 12, 31)),
        ("2024-02", date(2024, 2, 29)),
        ("2021-04-19", date(2021, 4, 19)),
        ("", None),
        ("after 2022-12", None),
        ("2021-13", None),
        ("2021-02-30", None),
        ("2021-1-1-1", None),
        ("0000", None),
    ],
)
def test_the_latest_day_of_a_partial_date(text: str, day: date | None) -> None:
    assert latest_day(text) == day


@pytest.mark.parametrize(
    ("day", "months", "wanted"),
    [
        (date(2026, 11, 21), 12, date(2025, 11, 21)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 5, 31), 0, date(2026, 5, 31)),
        (date(2026, 5, 31), 25, date(2024, 4, 30)),
    ],
)
def test_months_before(day: date, months: int, wanted: date) -> None:
    assert months_before(day, months) == wanted
