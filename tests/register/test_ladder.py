"""The step on the ladder, who pays and who runs it: proposed, corrected, merged, and in registers from before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from hsc_geo.data.load import Package
from hsc_geo.domain.ladder import FROM_STATUS
from hsc_geo.domain.schema_register import LADDER_FIELDS
from hsc_geo.register import NotTaken, Proposal, Register, open_register
from hsc_geo.register.store import _MIGRATIONS
from tests.register.samples import ADMINISTRATOR, SOURCE, STEWARD, agree, correction, new, taken
from tests.register.test_backup import _manifest, everything, forged


def cells(register: Register, key: str) -> tuple[str, str, bool]:
    """Step, basis in Dutch, whether it is inferred."""
    row = register.tables()["initiatives"].loc[key]
    return row["ladder"], row["ladder_basis_nl"], FROM_STATUS in row["inferred_fields"].split("|")


def test_what_has_ended_loses_a_step_that_was_only_inferred(sqlite_register: Register) -> None:
    assert cells(sqlite_register, "LEI-010") == ("running", "", True)
    taken(sqlite_register, Proposal("closure", "LEI-010", {"end_year": "2026"}, "It ended", SOURCE, "nl"))
    assert cells(sqlite_register, "LEI-010") == ("", "", False)


def test_a_stated_step_stays_when_the_status_changes(sqlite_register: Register) -> None:
    before = cells(sqlite_register, "LEI-012")
    taken(sqlite_register, correction("LEI-012", status="ended", end_year="2024"))
    assert cells(sqlite_register, "LEI-012") == before
    assert before[0] == "evaluated"


def test_a_step_that_is_given_is_no_longer_inferred(sqlite_register: Register) -> None:
    taken(
        sqlite_register, correction("LEI-010", ladder="recognised", funders="Fonds A|Fonds B", run_by="both")
    )
    row = sqlite_register.tables()["initiatives"].loc["LEI-010"]
    assert cells(sqlite_register, "LEI-010") == ("recognised", "", False)
    assert (row["funders"], row["run_by"]) == ("Fonds A|Fonds B", "both")
    agree(sqlite_register)


def test_another_step_does_not_rest_on_the_old_basis(sqlite_register: Register) -> None:
    taken(sqlite_register, correction("LEI-012", ladder="recognised"))
    assert cells(sqlite_register, "LEI-012") == ("recognised", "", False)


@pytest.mark.parametrize(("given", "found"), [("", ("plan", "", True)), ("pilot", ("pilot", "", False))])
def test_a_new_one_gets_its_step_from_its_status_or_as_given(
    sqlite_register: Register, given: str, found: tuple[str, str, bool]
) -> None:
    made = taken(sqlite_register, new(ladder=given), status="planned")
    assert cells(sqlite_register, made.entity_id) == found


def test_a_step_or_kind_of_people_that_is_none_is_told(sqlite_register: Register) -> None:
    with pytest.raises(NotTaken) as told:
        sqlite_register.propose(new(ladder="top", run_by="robots"))
    assert {(f.field, f.code) for f in told.value.faults} == {
        ("ladder", "unknown_code"), ("run_by", "unknown_code"),
    }  # fmt: skip


def test_merged_the_step_is_that_of_the_one_kept(sqlite_register: Register) -> None:
    assert cells(sqlite_register, "LEI-002") == ("plan", "", True)
    sqlite_register.merge("LEI-012", "LEI-002", STEWARD, "the same")
    assert cells(sqlite_register, "LEI-012")[::2] == ("evaluated", False)


def test_a_register_of_the_first_form_keeps_what_is_in_it(filled_url: str, package: Package) -> None:
    old = open_register(filled_url)
    old.fill(package)
    taken(old, correction("LEI-010", name="Anders"))
    names = [name for name in package.initiatives.columns if name not in LADDER_FIELDS]
    kept = old.tables()["initiatives"][names]
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.set_main_option("path_separator", "os")
    with old.store.writing() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
    old.close()
    now = open_register(filled_url).tables()["initiatives"]
    assert now[names].equals(kept)
    assert (now[list(LADDER_FIELDS)] == "").all(axis=None)


@pytest.mark.parametrize("version", [1, 2])
def test_a_back_up_of_an_older_form_is_restored(
    sqlite_register: Register, new_url: Callable[..., str], tmp_path: Path, version: int
) -> None:
    file = tmp_path / "backup.zip"
    sqlite_register.backup(file)
    lacking = {"initiatives": LADDER_FIELDS, "organisations": ("other_names",) if version == 1 else ()}
    file.write_bytes(forged(file.read_bytes(), lambda files: _older(files, version, lacking)))
    other = open_register(new_url("sqlite"))
    other.restore(file, ADMINISTRATOR)
    mine, theirs = everything(sqlite_register), everything(other)
    assert {k: v for k, v in theirs[0].items() if k != "initiatives"} == {
        k: v for k, v in mine[0].items() if k != "initiatives"
    }
    assert mine[1:] == theirs[1:]
    now = other.tables()["initiatives"]
    assert (now[list(LADDER_FIELDS)] == "").all(axis=None)
    assert list(now["name"]) == list(sqlite_register.tables()["initiatives"]["name"])


def _older(files: dict[str, bytes], version: int, lacking: dict[str, tuple[str, ...]]) -> None:
    tables = json.loads(files["manifest.json"])["tables"]
    for table, names in lacking.items():
        rows = [json.loads(line) for line in files[f"{table}.jsonl"].decode().split("\n") if line]
        lines = [json.dumps({k: v for k, v in row.items() if k not in names}) + "\n" for row in rows]
        files[f"{table}.jsonl"] = "".join(lines).encode()
        tables[table]["sha256"] = hashlib.sha256(files[f"{table}.jsonl"]).hexdigest()
    _manifest(files, version=version, tables=tables)
