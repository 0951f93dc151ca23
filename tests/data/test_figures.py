"""Which figures are kept, and what is told of those that are not."""

from __future__ import annotations

import pytest

from hsc_geo.data.figures import indicator_rows, keep_figures, observation_rows
from hsc_geo.data.left_out import REASONS, LeftOut
from hsc_geo.data.load import Package
from hsc_geo.sources.extracts import Record, SourceError
from hsc_geo.sources.statline import Figure


def figure(
    area: str,
    value: str,
    *,
    stem: str = "S",
    file: str = "one.csv",
    row: int = 2,
    status: str = "",
    year: int = 2020,
) -> Figure:
    return Figure(
        "T", stem, area, year, "all", value, status or ("present" if value else "not_measured"), file, row
    )


def test_codes_without_an_area_and_areas_without_a_row_are_told() -> None:
    read = [[figure("NL00", "1"), figure("WK054603", "2", row=3), figure("WK059999", "3", row=4)]]
    kept = keep_figures(read, {"T-S"}, ["NL00", "GM0546", "WK054603", "WK054604"])
    assert [(f.area_code, f.value) for f in kept.figures] == [("NL00", "1"), ("WK054603", "2")]
    assert set(kept.left_out) == {
        LeftOut("one.csv", 4, "WK059999", "code_without_area"),
        LeftOut("one.csv", None, "WK054604", "area_without_row"),
        LeftOut("one.csv", None, "municipality", "level_not_in_table"),
    }


def test_a_column_without_an_indicator_is_told_once() -> None:
    kept = keep_figures([[figure("NL00", "1"), figure("NL00", "9", stem="X")]], {"T-S"}, ["NL00"])
    assert [f.stem for f in kept.figures] == ["S"]
    assert kept.left_out == (LeftOut("one.csv", None, "X", "column_without_indicator"),)


@pytest.mark.parametrize(
    ("first", "second", "value", "reason"),
    [
        ("5", "5", "5", None),
        ("5", "", "5", None),
        ("", "0", "0", "filled_from_second_file"),
        ("5", "6", "5", "values_disagree"),
        ("", "", "", None),
    ],
)
def test_two_files_of_one_table_are_merged(first: str, second: str, value: str, reason: str | None) -> None:
    read = [[figure("NL00", first)], [figure("NL00", second, file="two.csv", row=7)]]
    kept = keep_figures(read, {"T-S"}, ["NL00"])
    assert [f.value for f in kept.figures] == [value]
    told = (LeftOut("two.csv", 7, "NL00 S", reason),) if reason else ()
    assert kept.left_out == told


def test_an_empty_cell_in_a_series_that_exists_was_held_back() -> None:
    read = [[figure("WK054604", "5"), figure("WK054603", ""), figure("NL00", "", stem="R")]]
    kept = keep_figures(read, {"T-S", "T-R"}, ["NL00", "WK054603", "WK054604"])
    status = {(f.stem, f.area_code): f.status for f in kept.figures}
    assert status == {
        ("S", "WK054604"): "present",
        ("S", "WK054603"): "suppressed",
        ("R", "NL00"): "not_measured",
    }


def test_an_empty_cell_in_a_year_that_was_not_asked_was_not_measured() -> None:
    read = [[figure("WK054604", "5", year=2024), figure("WK054604", ""), figure("WK054603", "", year=2024)]]
    kept = keep_figures(read, {"T-S"}, ["WK054603", "WK054604"])
    assert [(f.area_code, f.year, f.status) for f in kept.figures] == [
        ("WK054604", 2020, "not_measured"),
        ("WK054603", 2024, "suppressed"),
        ("WK054604", 2024, "present"),
    ]


def test_a_level_of_which_an_extract_has_no_figure_has_none_and_is_told_once() -> None:
    """Nothing was held back: the extract does not have it. A cell that says so itself stays suppressed."""
    read = [
        [
            figure("WK054603", "5"),
            figure("BU05460300", ""),
            figure("BU05460301", "", row=3),
            figure("BU05460302", "", row=4, status="suppressed"),
        ]
    ]
    kept = keep_figures(read, {"T-S"}, ["WK054603", "BU05460300", "BU05460301", "BU05460302"])
    assert [(f.area_code, f.status) for f in kept.figures] == [
        ("BU05460302", "suppressed"),
        ("WK054603", "present"),
    ]
    assert kept.left_out == (LeftOut("one.csv", None, "neighbourhood S 2020", "level_without_figures"),)


def test_what_one_extract_lacks_at_a_level_another_of_the_same_table_has() -> None:
    """As with income: the second extract has districts only, and the first one neighbourhoods too."""
    first = [figure("WK054603", "33.2"), figure("BU05460300", "30"), figure("BU05460301", "")]
    second = [
        figure(area, value, file="two.csv", row=row)
        for row, (area, value) in enumerate([("WK054603", "33.2"), ("BU05460300", ""), ("BU05460301", "")], 2)
    ]
    for read in ([first, second], [second, first]):
        kept = keep_figures(read, {"T-S"}, ["WK054603", "BU05460300", "BU05460301"])
        assert [(f.area_code, f.value, f.status) for f in kept.figures] == [
            ("BU05460300", "30", "present"),
            ("BU05460301", "", "suppressed"),
            ("WK054603", "33.2", "present"),
        ]
        assert {each.reason_code for each in kept.left_out} <= {"filled_from_second_file"}


def test_an_area_held_back_is_suppressed_where_a_figure_was_made_and_told() -> None:
    held = [figure("BU05460407", "", row=0), figure("BU05460407", "", row=0, stem="R")]
    read = [[figure("BU05460302", "5"), figure("BU05460302", "", stem="R"), *held]]
    kept = keep_figures(read, {"T-S", "T-R"}, ["BU05460302", "BU05460407"])
    assert [(f.stem, f.area_code, f.status) for f in kept.figures] == [
        ("R", "BU05460302", "not_measured"),
        ("R", "BU05460407", "not_measured"),
        ("S", "BU05460302", "present"),
        ("S", "BU05460407", "suppressed"),
    ]
    assert kept.left_out == (LeftOut("one.csv", None, "BU05460407", "held_back_without_row"),)


def test_observations_say_why_a_value_is_missing() -> None:
    rows = observation_rows([figure("NL00", "", status="suppressed")])
    assert rows == [
        {
            "area_code": "NL00",
            "indicator_id": "T-S",
            "year": "2020",
            "age_group": "all",
            "value": "",
            "lower": "",
            "upper": "",
            "status": "suppressed",
        }
    ]


def test_an_indicator_without_figures_is_refused_but_one_counted_by_us_is_not() -> None:
    def words(key: str, table: str) -> Record:
        return Record("indicators.csv", 2, {"indicator_id": key, "table_id": table})

    rows = indicator_rows([words("T-S", "T"), words("REGISTER-X", "REGISTER")], [figure("NL00", "1")])
    assert [(row["indicator_id"], row["years"], row["levels"]) for row in rows] == [
        ("REGISTER-X", "", ""),
        ("T-S", "2020", "country"),
    ]
    with pytest.raises(
        SourceError, match=r"indicators\.csv, row 2, column indicator_id: 'T-Q': no table has this column"
    ):
        indicator_rows([words("T-Q", "T")], [figure("NL00", "1")])


def test_years_ages_and_levels_of_an_indicator_are_those_with_values(package: Package) -> None:
    """Against a naive look at the observations."""
    present = package.observations[package.observations["status"] == "present"]
    by_indicator = {key: rows for key, rows in present.groupby("indicator_id", observed=True) if len(rows)}
    for key, indicator in package.indicators.iterrows():
        rows = by_indicator.get(key)
        years = [] if rows is None else sorted({str(year) for year in rows["year"]})
        ages = set() if rows is None else set(rows["age_group"])
        levels = (
            set() if rows is None else {package.areas.loc[code, "level"] for code in set(rows["area_code"])}
        )
        assert indicator["years"].split("|") == (years or [""]), key
        assert set(indicator["age_groups"].split("|")) - {""} == ages, key
        assert set(indicator["levels"].split("|")) - {""} == levels, key
    walking = package.indicators.loc["50090NED-LopenNaarSchoolOfWerk"]
    assert (walking["years"], walking["age_groups"]) == ("2012|2016", "18to64")


def test_every_reason_is_told_in_both_languages(package: Package) -> None:
    for dutch, english in REASONS.values():
        assert dutch.endswith(".")
        assert english.endswith(".")
        assert dutch != english
    told = package.left_out
    assert set(told["reason_code"]) <= set(REASONS)
    assert told.loc[told["reason_code"] == "area_without_row", ["file", "key"]].to_numpy().tolist() == [
        ["statistics/83765NED_2017_income_buurten.csv", "BU05460407"],
        ["statistics/83765NED_2017_income_buurten.csv", "BU05460704"],
    ]
    assert told.loc[told["reason_code"] == "held_back_without_row", ["file", "key"]].to_numpy().tolist() == [
        ["statistics/50150NED_2016_2024.csv", "BU05460407"],
        ["statistics/50150NED_good_health.csv", "BU05460407"],
    ]
