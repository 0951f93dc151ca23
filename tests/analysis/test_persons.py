"""How many people a percentage is: by hand, against a plain loop over the files, and small numbers left out."""

from __future__ import annotations

import pandas as pd
import pytest

from hsc_geo.analysis.figures import values
from hsc_geo.analysis.persons import AGES, SHOWN, SMALL, UNKNOWN, of_age, persons
from hsc_geo.data.load import Package
from tests.shared import naive

SMOKES, INCOME = "50150NED-RooktTabak", "85984NED-GemiddeldInkomenPerInwoner"
OLDER_TABLE = "50090NED-ErvarenGezondheidGoedZeerGoed"


def residents(row: naive.Row, age: str) -> float:
    """Residents of an age group from the age bands of a row of areas.csv."""
    band = {name: float(row[f"population_{name}"]) for name in ("25_44", "45_64", "65_plus", "15_24", "0_14")}
    if (
        row["population_year"] == row["bands_year"]
    ):  # the bands are rounded, so the rest is taken from the whole
        older = float(row["population"]) - band["0_14"] - band["15_24"]
    else:
        older = band["25_44"] + band["45_64"] + band["65_plus"]
    adults = older + 0.7 * band["15_24"]
    return {"18plus": adults, "65plus": band["65_plus"], "18to64": adults - band["65_plus"]}[age]


@pytest.mark.parametrize("age", AGES)
def test_residents_of_an_age_group(package: Package, age: str) -> None:
    found = of_age(package.areas, age)["people"]
    known = 0
    for code, row in naive.areas().items():
        if row["population_15_24"] and row["population_65_plus"]:
            assert found[code] == pytest.approx(residents(row, age), abs=1e-9), code
            known += 1
    assert known > 50


def table_of(*rows: tuple[str, float]) -> pd.DataFrame:
    return pd.DataFrame({"value": [value for _, value in rows]}, index=[code for code, _ in rows])


def test_by_hand(package: Package) -> None:
    code = next(
        c for c, row in naive.areas().items() if row["level"] == "district" and row["population_65_plus"]
    )
    old = float(naive.areas()[code]["population_65_plus"])
    found = persons(package, table_of((code, 50.0)), SMOKES, 2024, "65plus", 5)
    assert found is not None
    size = 10 if old / 2 < 1000 else 100  # two digits
    assert abs(found.at[code, "number"] - old / 2) <= size / 2
    assert found.at[code, "number"] % 10 == 0
    assert found.at[code, "told"] == SHOWN


def test_small_numbers_are_left_out_with_one_from_which_they_could_be_computed(package: Package) -> None:
    codes = naive.codes_of("district")
    people = {code: residents(naive.areas()[code], "65plus") for code in codes}
    # 3 people in the first, 40 in the second, half of all in the others: the total is shown beside them.
    first, second, *rest = codes
    rows = [(first, 300 / people[first]), (second, 4000 / people[second]), *((code, 50.0) for code in rest)]
    found = persons(package, table_of(*rows), SMOKES, 2024, "65plus", 5)
    assert found is not None
    assert found["told"].tolist() == [SMALL, SMALL, *[SHOWN] * len(rest)]
    assert found["number"].isna().tolist() == [True, True, *[False] * len(rest)]
    shown = persons(package, table_of(*rows), SMOKES, 2024, "65plus", 0)
    assert shown is not None
    assert shown["told"].tolist() == [SHOWN] * len(rows)
    assert shown.at[first, "number"] == 0  # fewer than 10
    assert shown.at[second, "number"] == 40


def test_what_is_not_known_is_not_small(package: Package) -> None:
    (code, other, *_) = naive.codes_of("district")
    found = persons(package, table_of((code, float("nan")), (other, 0.0)), SMOKES, 2024, "18plus", 5)
    assert found is not None
    assert found["told"].tolist() == [UNKNOWN, SHOWN]  # nobody is in 0%
    assert found.at[other, "number"] == 0


def test_a_figure_far_from_the_ages_tells_no_number(package: Package) -> None:
    table = values(package, OLDER_TABLE, 2012, "18plus", "district")
    found = persons(package, table, OLDER_TABLE, 2012, "18plus", 5)
    assert found is not None
    assert set(found["told"]) == {UNKNOWN}


@pytest.mark.parametrize(("key", "age"), [(INCOME, "all"), (SMOKES, "all"), (INCOME, "18plus")])
def test_what_is_no_percentage_of_an_age_group_has_none(package: Package, key: str, age: str) -> None:
    assert persons(package, table_of(("WK054603", 10.0)), key, 2024, age, 5) is None
