"""What sources say beyond the register's columns: the step on the ladder that follows, and faults in the file."""

from __future__ import annotations

import pytest

from hsc_geo.data.statements import stated, statements_of
from hsc_geo.sources.extracts import Record, SourceError
from tests.shared import naive

STEP = {"planned": "plan", "active_at_evidence_date": "running", "realised": "running"}


def record(**cells: str) -> Record:
    return Record("statements.csv", 2, {"basis_nl": "omdat", "basis_en": "because", **cells})


def initiative(status: str, inferred: str = "") -> Record:
    return Record("initiatives.csv", 2, {"status_code": status, "inferred_fields": inferred})


@pytest.mark.parametrize(
    "status", ["planned", "active_at_evidence_date", "realised", "ended", "unknown", "funded_unverified"]
)
def test_without_a_statement_the_step_follows_from_the_status(status: str) -> None:
    found = stated(initiative(status, "end_year"), {})
    assert found["ladder"] == STEP.get(status, "")
    assert found["inferred_fields"] == ("end_year|ladder (from the status)" if status in STEP else "end_year")
    assert found["ladder_basis_nl"] == found["ladder_basis_en"] == ""


def test_a_stated_step_is_not_inferred() -> None:
    said = {"ladder": record(initiative_id="LEI-001", field="ladder", value="pilot")}
    found = stated(initiative("active_at_evidence_date"), said)
    assert (found["ladder"], found["ladder_basis_nl"], found["inferred_fields"]) == ("pilot", "omdat", "")


def test_the_bases_of_money_and_people_stand_together() -> None:
    said = {
        "run_by": record(field="run_by", value="both", basis_nl="Samen.", basis_en="Together."),
        "funders": record(field="funders", value="", basis_nl="Niemand.", basis_en="Nobody."),
    }
    found = stated(initiative("ended"), said)
    assert (found["funders"], found["run_by"]) == ("", "both")
    assert (found["continuity_basis_nl"], found["continuity_basis_en"]) == (
        "Niemand. Samen.",
        "Nobody. Together.",
    )


def test_all_faults_are_told_at_once() -> None:
    rows = [
        record(initiative_id="LEI-999", field="ladder", value="pilot"),
        record(initiative_id="LEI-001", field="colour", value="red"),
        record(initiative_id="LEI-002", field="ladder", value="pilot"),
        record(initiative_id="LEI-002", field="ladder", value="plan"),
        record(initiative_id="LEI-003", field="run_by", value="both", basis_nl=""),
    ]
    with pytest.raises(SourceError) as told:
        statements_of(rows, ["LEI-001", "LEI-002", "LEI-003"])
    columns = sorted(problem.column for problem in told.value.problems)
    assert columns == ["basis_nl", "field", "field", "initiative_id"]


def test_in_the_committed_data_each_step_is_stated_with_a_basis_or_marked_as_inferred() -> None:
    for key, row in naive.initiatives().items():
        marked = "ladder (from the status)" in row["inferred_fields"].split("|")
        assert marked == bool(row["ladder"] and not row["ladder_basis_nl"]), key
        if marked:
            assert row["ladder"] == STEP[row["status"]], key
        if row["funders"] or row["run_by"]:
            assert row["continuity_basis_nl"], key
            assert row["continuity_basis_en"], key


def test_one_that_uses_recognised_interventions_is_not_itself_recognised() -> None:
    assert "recognised interventions" in naive.initiatives()["LEI-022"]["description_en"]
    assert naive.initiatives()["LEI-022"]["ladder"] == ""
