"""Coordinates that are none, by every way into the register: faults by field, row and column, and never the error of
the build of the data, which a screen has no words for."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st
from sqlalchemy import update

from hsc_geo.data.load import Package
from hsc_geo.register import NotTaken, Register, RegisterError, open_register
from hsc_geo.register.tables import PLACES, TABLES
from hsc_geo.sources.extracts import SourceError
from tests.register.samples import STEWARD, correction, new, of_before, with_fields

# What float() takes or nearly takes, and no map can show.
NO_DEGREES = (
    "nan",
    "-nan",
    "inf",
    "-inf",
    "Infinity",
    "1e999",
    "-1E999",
    "NaN ",
    "5_2.16",
    "0x34",
    "9" * 400,
)
HOSTILE = st.sampled_from(NO_DEGREES) | st.floats().map(repr) | st.text(max_size=12)


@pytest.fixture(scope="module")
def shared(filled: Callable[[str], str], new_url: Callable[..., str], package: Package) -> Register:
    """One for all tries."""
    register = open_register(new_url("sqlite", like=filled("sqlite")))
    register.fill(package)
    return register


def file_with(**cells: str) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, ["initiative_id", *cells])
    writer.writeheader()
    writer.writerow({"initiative_id": "LEI-010", **cells})
    return out.getvalue().encode("utf-8", "replace")


@pytest.mark.parametrize("column", ["latitude", "longitude", "latitude_2", "longitude_2"])
@pytest.mark.parametrize("text", NO_DEGREES)
def test_a_proposal_and_a_file_tell_it_by_field_row_and_column(
    shared: Register, column: str, text: str
) -> None:
    point = {"latitude": "52.169", "longitude": "4.499", "latitude_2": "52.1795", "longitude_2": "4.4975"}
    wrong = point | {column: text}
    with pytest.raises(NotTaken) as told:
        shared.propose(with_fields(correction("LEI-010"), **wrong))
    assert (column, "type") in {(fault.field, fault.code) for fault in told.value.faults}
    problems = shared.read_import(file_with(**wrong), "csv").problems
    assert (2, column) in {(problem.row, problem.column) for problem in problems}


@tries(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(latitude=HOSTILE, longitude=HOSTILE, precision=st.sampled_from(["", "address", "city", "x"]))
def test_no_text_for_a_point_makes_more_than_a_refusal(
    shared: Register, latitude: str, longitude: str, precision: str
) -> None:
    fields = {"latitude": latitude, "longitude": longitude, "precision": precision}
    shared.read_import(file_with(latitude=latitude, longitude=longitude), "csv")
    for proposal in (with_fields(new(), **fields), with_fields(correction("LEI-010"), **fields)):
        with suppress(RegisterError):
            shared.withdraw(shared.propose(proposal).code)
        number = of_before(shared, proposal)  # as if nothing had been asked of it
        with suppress(RegisterError):
            shared.difference(number, STEWARD)
        with suppress(RegisterError):
            shared.undo(shared.accept(number, STEWARD, "seen").batch, STEWARD, "no")


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan, 1e300])
def test_a_point_that_stands_wrong_in_the_database_stops_neither_reading_nor_mending(
    register: Register, package: Package, value: float
) -> None:
    table: Any = TABLES[PLACES]
    with register.store.writing() as connection:
        wrong = update(table).where(table.c.initiative_id == "LEI-010").values(latitude=value)
        connection.execute(wrong)
    number = register.propose(correction("LEI-010", name="Een andere naam")).number
    register.difference(number, STEWARD)
    register.export("hsds")
    with suppress(RegisterError):
        register.accept(number, STEWARD, "seen")
    mended = register.propose(correction("LEI-010", latitude="52.169", longitude="4.499")).number
    register.accept(mended, STEWARD, "seen on the map")
    assert register.tables()[PLACES].set_index("initiative_id").loc[["LEI-010"], "latitude"].iloc[0] == 52.169


def test_the_error_of_the_build_is_no_refusal_of_the_register() -> None:
    assert not issubclass(SourceError, RegisterError)  # else the tests above could not tell them apart
