"""The extracts of 2024 and 2025, read a second time by other code: cells, agreement of two extracts, and the areas."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from hsc_geo.data.area_table import area_rows, names_of
from hsc_geo.data.figures import Kept, Rows, keep_figures
from hsc_geo.sources.boundaries import read_boundaries
from hsc_geo.sources.extracts import read_records
from hsc_geo.sources.kerncijfers import COLUMNS
from hsc_geo.sources.statline import TABLES, Figure, read_figures
from hsc_geo.sources.words import FOLDER as WORDS

pytestmark = pytest.mark.extracts

HEALTH, GOOD, KEY = "50150NED_2016_2024.csv", "50150NED_good_health.csv", "86165NED_2025.csv"


@pytest.fixture(scope="module")
def areas(extracts: Path) -> Rows:
    names = names_of(read_records(extracts, "statistics/85984NED_2024.csv", ["WijkenEnBuurten", "Naam"]))
    figures = [figure for table in TABLES for figure in read_figures(extracts, table)]
    return area_rows(read_boundaries(extracts), names, figures)


@pytest.fixture(scope="module")
def kept(extracts: Path, areas: Rows) -> Kept:
    keys = {row["indicator_id"] for row in read_records(WORDS, "indicators.csv", ["indicator_id"])}
    codes = [row["area_code"] for row in areas if row["level"] != "surrounding"]
    return keep_figures([read_figures(extracts, table) for table in TABLES], keys, codes)


@pytest.fixture(scope="module")
def by_key(kept: Kept) -> dict[tuple[str, str, int], Figure]:
    """Figures by indicator, area and year, of tables that have one age group for each."""
    return {(f.indicator_id, f.area_code, f.year): f for f in kept.figures if f.table_id != "50090NED"}


def rows_of(extracts: Path, file: str) -> list[dict[str, str]]:
    with (extracts / "statistics" / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_cell_of_the_newer_health_table_is_kept_or_said_to_be_missing(
    extracts: Path, by_key: dict[tuple[str, str, int], Figure]
) -> None:
    rows = rows_of(extracts, HEALTH)
    asked = {(c, r["Perioden"]) for r in rows for c, text in r.items() if text}
    cells = 0
    for row in rows:
        for column, text in list(row.items())[4:]:
            found = by_key[
                f"50150NED-{column.rsplit('_', 1)[0]}", row["WijkenEnBuurten"], int(row["Perioden"][:4])
            ]
            if text:
                assert float(found.value) == float(text)
            else:
                made = (column, row["Perioden"]) in asked
                assert (found.value, found.status) == ("", "suppressed" if made else "not_measured")
            assert found.age_group == "18plus"
            cells += 1
    assert cells == 5_120


def test_perceived_health_is_the_same_in_two_extracts(extracts: Path) -> None:
    one = {
        (row["WijkenEnBuurten"], row["Perioden"][:4]): row["GoedErvarenGezondheid_4"]
        for row in rows_of(extracts, HEALTH)
    }
    agree = 0
    for row in rows_of(extracts, GOOD):
        for column, text in list(row.items())[1:]:
            other = one.get((row["WijkenEnBuurten"], column[-4:]), "")
            if text and other:
                assert float(text) == float(other)
                agree += 1
    assert agree == 215


def test_nothing_in_two_files_of_one_table_disagrees(kept: Kept) -> None:
    assert "values_disagree" not in {each.reason_code for each in kept.left_out}
    assert "column_without_indicator" not in {each.reason_code for each in kept.left_out}


def test_every_column_of_the_key_figures_is_kept_where_it_has_a_figure(
    extracts: Path, by_key: dict[tuple[str, str, int], Figure]
) -> None:
    for row in rows_of(extracts, KEY):
        assert set(row) == {"area_code", *COLUMNS}
        for column, text in list(row.items())[1:]:
            named = COLUMNS[column]
            assert named.year == (2024 if column.endswith("_2024") else 2025)
            found = by_key.get((f"{named.table_id}-{named.stem}", row["area_code"], named.year))
            if text:
                assert found is not None
                assert float(found.value) == float(text)
            elif (
                named.stem != "GemiddeldInkomenPerInwoner"
            ):  # neighbourhoods are in another file of that table
                assert found is None


def test_areas_have_the_residents_and_ages_of_the_extracts(extracts: Path, areas: Rows) -> None:
    """Computed here again, from the rows of the files."""
    newest = {row["area_code"]: row for row in rows_of(extracts, KEY)}
    older = {row["WijkenEnBuurten"]: row for row in rows_of(extracts, "85984NED_2024_age_bands_buurten.csv")}
    for area in (each for each in areas if each["level"] != "surrounding"):
        row = newest[area["area_code"]]
        assert (area["population"], area["population_year"]) == (row["population"], "2025")
        if area["level"] == "neighbourhood":
            assert (area["bands_basis"], area["bands_year"]) == ("published", "2024")
            assert area["population_25_44"] == older[area["area_code"]]["k_25Tot45Jaar"]
            continue
        others = sum(int(row[f"age_{band}"]) for band in ("0_14", "15_24", "45_64", "65_plus"))
        assert (area["bands_basis"], area["bands_year"]) == ("remainder", "2025")
        assert int(area["population_25_44"]) == int(row["population"]) - others
