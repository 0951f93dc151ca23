"""The traps of StatLine's tables: missing values, padded codes, column numbers, the nation's two names."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsc_geo.sources.extracts import FILES, SourceError, read_records, require_files
from hsc_geo.sources.kerncijfers import Named
from hsc_geo.sources.statline import NO_ROW, TABLES, StatTable, parse_value, read_figures, stem_and_year

HEALTH = StatTable(
    "50090NED",
    "health.csv",
    "WijkenEnBuurten",
    None,
    None,
    frozenset({"Leeftijd", "Marges", "WijkenEnBuurten", "Perioden"}),
)
WIDE = StatTable("50150NED", "wide.csv", "WijkenEnBuurten", None, "18plus", frozenset({"WijkenEnBuurten"}))


@pytest.mark.parametrize(
    ("text", "value", "status"),
    [
        ("45.2", "45.2", "present"),
        (" 45.20 ", "45.2", "present"),
        ("20987.0", "20987", "present"),
        ("100", "100", "present"),
        ("0", "0", "present"),  # zero is a value
        ("0.0", "0", "present"),
        ("-0.0", "0", "present"),
        ("-12.5", "-12.5", "present"),
        (".", "", "suppressed"),
        ("      .", "", "suppressed"),
        ("", "", "not_measured"),
        ("-99997", "", "not_measured"),
        ("-99990", "", "not_measured"),
        ("-99997.0", "", "not_measured"),
        ("-99989", "-99989", "present"),
    ],
)
def test_values_and_what_is_missing(text: str, value: str, status: str) -> None:
    assert parse_value(text) == (value, status)


@pytest.mark.parametrize("wrong", ["12,5", "nan", "inf", "1e3", "n/a", "x", "--", "1.2.3"])
def test_what_is_no_number_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="is not a number"):
        parse_value(wrong)


@pytest.mark.parametrize(
    ("column", "stem", "year"),
    [
        ("Eenzaam_28", "Eenzaam", None),
        ("Eenzaam_31", "Eenzaam", None),  # the number changes within one table
        ("GoedErvarenGezondheid_2012", "GoedErvarenGezondheid", 2012),
        ("k_65JaarOfOuder", "k_65JaarOfOuder", None),
        ("k_0Tot15Jaar_8", "k_0Tot15Jaar", None),
        ("P_00_14_JR", "P_00_14_JR", None),
        ("AantalInwoners", "AantalInwoners", None),
    ],
)
def test_a_column_is_known_by_its_stem(column: str, stem: str, year: int | None) -> None:
    assert stem_and_year(column) == (stem, year)


def test_rows_of_the_health_table_become_figures(tmp_path: Path) -> None:
    (tmp_path / "health.csv").write_text(
        "Leeftijd,Marges,WijkenEnBuurten,Perioden,Overgewicht_9,Roker_11\n"
        "20300,MW00000,NL01      ,2020JJ00,50.8,.\n"
        "80200,MW00000,WK054603  ,2016JJ00,,12.0\n"
        "20300,MOG0095,WK054603  ,2020JJ00,40.0,10.0\n",  # a limit of an interval is no value
        encoding="utf-8",
    )
    figures = read_figures(tmp_path, HEALTH)
    assert [(f.area_code, f.indicator_id, f.year, f.age_group, f.value, f.status) for f in figures] == [
        ("NL00", "50090NED-Overgewicht", 2020, "18plus", "50.8", "present"),
        ("NL00", "50090NED-Roker", 2020, "18plus", "", "suppressed"),
        ("WK054603", "50090NED-Overgewicht", 2016, "65plus", "", "not_measured"),
        ("WK054603", "50090NED-Roker", 2016, "65plus", "12", "present"),
    ]
    assert [f.row for f in figures] == [2, 2, 3, 3]


def test_years_stand_in_the_columns_of_a_wide_table(tmp_path: Path) -> None:
    (tmp_path / "wide.csv").write_text(
        "\ufeffWijkenEnBuurten,Goed_2012,Goed_2024\r\nNL00,76.3,\r\n", encoding="utf-8"
    )
    figures = read_figures(tmp_path, WIDE)
    assert [(f.stem, f.year, f.value, f.status) for f in figures] == [
        ("Goed", 2012, "76.3", "present"),
        ("Goed", 2024, "", "not_measured"),
    ]


RENAMED = StatTable(
    "86165NED",
    "renamed.csv",
    "area_code",
    2025,
    "all",
    frozenset({"area_code"}),
    columns={
        "population": Named("86165NED", "AantalInwoners", 2025),
        "poverty_2024": Named("85984NED", "PersonenInArmoede", 2024),
        "youth_care_2024": Named("85984NED", "PercentageJongerenMetJeugdzorg", 2024, "0to22"),
    },
)


def test_columns_with_names_of_their_own_are_columns_of_statline(tmp_path: Path) -> None:
    (tmp_path / "renamed.csv").write_text(
        "area_code,population,poverty_2024,youth_care_2024\nWK054603,15035,4.8,10.8\nBU05460302,6185,,\n",
        encoding="utf-8",
    )
    figures = read_figures(tmp_path, RENAMED)
    assert [(f.area_code, f.indicator_id, f.year, f.age_group, f.value, f.status) for f in figures] == [
        ("WK054603", "86165NED-AantalInwoners", 2025, "all", "15035", "present"),
        ("WK054603", "85984NED-PersonenInArmoede", 2024, "all", "4.8", "present"),
        ("WK054603", "85984NED-PercentageJongerenMetJeugdzorg", 2024, "0to22", "10.8", "present"),
        ("BU05460302", "86165NED-AantalInwoners", 2025, "all", "6185", "present"),
        ("BU05460302", "85984NED-PersonenInArmoede", 2024, "all", "", "not_measured"),
        ("BU05460302", "85984NED-PercentageJongerenMetJeugdzorg", 2024, "0to22", "", "not_measured"),
    ]


@pytest.mark.parametrize(
    ("header", "told"),
    [
        (
            "area_code,population,poverty_2024,youth_care_2024,wealth",
            "the column 'wealth' has no name of StatLine",
        ),
        ("area_code,population,poverty_2024,wealth", "column youth_care_2024: column is missing"),
    ],
)
def test_a_column_that_is_not_named_or_not_there_is_told(tmp_path: Path, header: str, told: str) -> None:
    cells = ["WK054603", *["1"] * header.count(",")]
    (tmp_path / "renamed.csv").write_text(f"{header}\n{','.join(cells)}\n", encoding="utf-8")
    with pytest.raises(SourceError, match=told):
        read_figures(tmp_path, RENAMED)


def test_an_area_that_the_source_holds_back_has_figures_without_a_value(tmp_path: Path) -> None:
    table = StatTable(
        "50150NED",
        "wide.csv",
        "WijkenEnBuurten",
        None,
        "18plus",
        frozenset({"WijkenEnBuurten"}),
        held_back=frozenset({"BU05460407", "BU05990001"}),  # the second is of a municipality that is not read
    )
    (tmp_path / "wide.csv").write_text(
        "WijkenEnBuurten,Goed_2012,Goed_2024\nNL00,76.3,72.8\nBU05460302,,66.1\n", encoding="utf-8"
    )
    figures = read_figures(tmp_path, table)
    assert [(f.area_code, f.year, f.value, f.status, f.row) for f in figures[4:]] == [
        ("BU05460407", 2012, "", "not_measured", NO_ROW),
        ("BU05460407", 2024, "", "not_measured", NO_ROW),
    ]
    with (tmp_path / "wide.csv").open("a", encoding="utf-8") as lines:
        lines.write("BU05460407,.,61\n")
    assert [(f.value, f.row) for f in read_figures(tmp_path, table)[4:]] == [("", 4), ("61", 4)]


def test_all_faults_of_a_table_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "wide.csv").write_text(
        "WijkenEnBuurten,Goed_2012,Goed_2024\nNL00,76;3,x\nXX12,1,2\n", encoding="utf-8"
    )
    with pytest.raises(SourceError) as told:
        read_figures(tmp_path, WIDE)
    problems = told.value.problems
    assert [(p.file, p.row, p.column, p.value) for p in problems] == [
        ("wide.csv", 2, "Goed_2012", "76;3"),
        ("wide.csv", 2, "Goed_2024", "x"),
        ("wide.csv", 3, "Goed_2012", "1"),
        ("wide.csv", 3, "Goed_2024", "2"),
    ]
    assert "'XX12' is not an area code" in problems[2].mend


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    (tmp_path / "short.csv").write_text("a,b\n1\n", encoding="utf-8")
    (tmp_path / "latin.csv").write_bytes("a,b\nCaf\xe9,1\n".encode("latin-1"))
    for file, columns, told in (
        ("short.csv", ["a"], "short.csv, row 2: '1': row has 1 cells where the header has 2"),
        ("short.csv", ["a", "c"], "short.csv, row 1, column c: column is missing"),
        ("latin.csv", ["a"], "save the file as CSV UTF-8"),
        ("absent.csv", ["a"], "absent.csv: missing in"),
    ):
        with pytest.raises(SourceError) as error:
            read_records(tmp_path, file, columns)
        assert told in str(error.value)


def test_every_missing_extract_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no such folder"):
        require_files(tmp_path / "absent")
    with pytest.raises(SourceError) as told:
        require_files(tmp_path)
    assert {problem.file for problem in told.value.problems} == set(FILES)
    assert {table.file for table in TABLES} <= set(FILES)


def test_line_breaks_within_a_cell_are_kept(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('a,b\n"one\u2028two\nthree",x\u2028y\nlast,z\n', encoding="utf-8")
    records = read_records(tmp_path, "a.csv", ["a", "b"])
    assert [(r.row, r["a"], r["b"]) for r in records] == [
        (2, "one\u2028two\nthree", "x\u2028y"),
        (3, "last", "z"),
    ]
