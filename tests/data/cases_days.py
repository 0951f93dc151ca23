"""Days that are in no calendar."""

from __future__ import annotations

from tests.data.cases import FOCUS, INITIATIVES, ORGANISATIONS, cell_case

NONE = "there is no such day; correct it"

for name, file, column, value in (
    ("no_31_february", INITIATIVES, "last_confirmed", "2026-02-31"),
    ("no_month_13", INITIATIVES, "start_date", "2024-13"),
    ("no_leap_year", ORGANISATIONS, "source_date", "2023-02-29"),
    ("no_day_of_a_list", FOCUS, "valid_from", "2024-04-31"),
):
    cell_case("day-not-in-calendar", name, file, 3, column=column, value=value, mend=NONE)
