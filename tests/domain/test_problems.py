"""Problems as a reader sees them."""

import json
from dataclasses import replace

import pytest

from hsc_geo.domain.problems import Problem, ProblemsError, as_json

ONE = Problem("initiatives.csv", 12, "status", "runs", "use one of active, ended")
WHOLE_FILE = Problem("areas.csv", 0, "", "", "the file is missing; restore it")


def test_a_problem_is_one_line_with_everything_in_it() -> None:
    assert str(ONE) == "initiatives.csv, row 12, column status: 'runs': use one of active, ended"
    assert str(WHOLE_FILE) == "areas.csv: the file is missing; restore it"
    assert str(replace(WHOLE_FILE, code="file-unreadable")) == f"{WHOLE_FILE} [file-unreadable]"


@pytest.mark.parametrize("value", ["two\nlines", "a\r\nb", "\x1b[31m", "x" * 100_000, "\ud800"])
def test_hostile_values_stay_on_one_short_line(value: str) -> None:
    line = str(Problem("a.csv", 2, "name", value, "first\nsecond"))
    assert len(line.splitlines()) == 1
    assert len(line) < 200
    assert "\x1b" not in line
    line.encode()


def test_json_tells_the_same_sorted() -> None:
    told = json.loads(as_json([ONE, WHOLE_FILE]))
    assert [each["file"] for each in told] == ["areas.csv", "initiatives.csv"]
    assert told[1] == {
        "file": "initiatives.csv",
        "row": 12,
        "column": "status",
        "value": "runs",
        "mend": ONE.mend,
        "code": "",
    }


def test_an_error_tells_all_problems() -> None:
    assert str(ProblemsError([ONE, WHOLE_FILE])).splitlines() == [str(WHOLE_FILE), str(ONE)]
