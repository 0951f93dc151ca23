"""All figures in one table: every row of data/observations.csv, with the names that belong to its codes."""

from __future__ import annotations

import csv
import io
import json

import pandas as pd
import pyarrow.parquet as pq
import pytest

from hsc_geo.analysis import bulk
from hsc_geo.data.load import Package
from tests.shared import naive, opened

YEAR = 2031
NAMED = {
    "unit": "unit",
    "kind": "indicator_kind",
    "age_group": "age_group",
    "status": "observation_status",
    "theme": "indicator_theme",
    "area_level": "area_level",
}


@pytest.fixture(scope="module")
def parquet(package: Package) -> bytes:
    return bulk.to_parquet(package, YEAR)


@pytest.fixture(scope="module")
def frame(parquet: bytes) -> pd.DataFrame:
    return pd.read_parquet(io.BytesIO(parquet))


@pytest.fixture(scope="module")
def texts(package: Package) -> dict[str, str]:
    files = opened.files_of(bulk.to_csv_zip(package, YEAR))
    return {name: content.decode("utf-8") for name, content in files.items()}


@pytest.fixture(scope="module")
def rows(texts: dict[str, str]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(texts["figures.csv"], newline="")))


def test_every_observation_is_a_row_with_its_names(rows: list[dict[str, str]]) -> None:
    names = {(r["vocabulary"], r["code"]): r for r in naive.rows("vocabularies")}
    sources = {r["source_id"]: r for r in naive.rows("sources")}
    assert len(rows) == len(naive.rows("observations"))
    for row, source in zip(rows, naive.rows("observations"), strict=True):
        area, indicator = naive.areas()[source["area_code"]], naive.indicators()[source["indicator_id"]]
        keys = ("area_code", "indicator_id", "year", "age_group", "status")
        assert [row[key] for key in keys] == [source[key] for key in keys]
        for column in ("value", "lower", "upper"):
            assert (float(row[column]) if row[column] else None) == (
                float(source[column]) if source[column] else None
            )
        assert (row["area_name"], row["area_level"]) == (area["name"], area["level"])
        assert (row["indicator_name_nl"], row["indicator_name_en"]) == (
            indicator["name_nl"],
            indicator["name_en"],
        )
        told = ("unit", "kind", "theme", "direction", "table_id", "source_id", "concept")
        assert [row[key] for key in told] == [indicator[key] for key in told]
        assert row["source_licence"] == sources[indicator["source_id"]]["licence"]
        for column, vocabulary in NAMED.items():
            named = names[vocabulary, row[column]]
            for language in ("nl", "en"):
                assert row[f"{column}_name_{language}"] == named[f"name_{language}"]


def test_it_is_tidy(frame: pd.DataFrame) -> None:
    assert not frame.duplicated(["area_code", "indicator_id", "year", "age_group"]).any()
    assert frame["value"].notna().equals(frame["status"] == "present")
    assert (frame["value"] == 0).any()
    assert set(frame["area_level"]) == {"country", "municipality", "district", "neighbourhood"}
    assert set(frame["table_id"]) == {
        "50090NED",
        "50150NED",
        "83765NED",
        "85984NED",
        "86165NED",
        "WIJKKAART2017",
    }


def test_parquet_and_csv_hold_the_same(frame: pd.DataFrame, texts: dict[str, str]) -> None:
    other = pd.read_csv(io.StringIO(texts["figures.csv"]), keep_default_na=False, na_values={"value": [""]})
    assert list(frame.columns) == list(other.columns) == list(bulk.COLUMNS)
    for column in ("area_code", "indicator_id", "age_group", "status", "unit_name_nl"):
        assert frame[column].fillna("").tolist() == other[column].tolist()
    assert frame["value"].fillna(-1).tolist() == other["value"].fillna(-1).tolist()
    assert str(frame["year"].dtype) == "int32"
    assert str(frame["value"].dtype) == "float64"


def test_a_known_figure(frame: pd.DataFrame) -> None:
    """StatLine 50150NED: overweight in Leiden-Noord in 2024, 18 and over, is 47.4%."""
    at = (frame["area_name"] == "Leiden-Noord") & (frame["indicator_name_nl"] == "Overgewicht")
    found = frame[at & (frame["year"] == 2024)]
    assert found[["value", "unit_name_nl", "kind", "table_id", "age_group_name_en"]].to_numpy().tolist() == [
        [47.4, "%", "modelled", "50150NED", "Ages 18 and over"]
    ]


def test_the_dictionary_is_in_it(parquet: bytes, texts: dict[str, str]) -> None:
    listed = opened.table(texts["dictionary.csv"])
    assert [row["column"] for row in listed] == list(bulk.COLUMNS)
    assert all(row["description_nl"] and row["description_en"] for row in listed)
    schema = pq.read_schema(io.BytesIO(parquet))
    for row in listed:
        told = {key.decode(): value.decode() for key, value in schema.field(row["column"]).metadata.items()}
        assert (told["description_nl"], told["description_en"]) == (
            row["description_nl"],
            row["description_en"],
        )
        assert told["codes"] == (row["codes"] or "")


def test_every_indicator_is_explained_beside_it(
    rows: list[dict[str, str]], texts: dict[str, str], parquet: bytes
) -> None:
    explained = {row["indicator_id"]: row for row in opened.table(texts["indicators.csv"])}
    assert set(explained) == {row["indicator_id"] for row in rows}
    assert all(row["definition_nl"] and row["method_en"] for row in explained.values())
    modelled = [row for row in explained.values() if row["kind"] == "modelled"]
    assert all(row["not_for_nl"] and row["caveats_en"] for row in modelled)
    metadata = pq.read_schema(io.BytesIO(parquet)).metadata
    assert {row["indicator_id"] for row in json.loads(metadata[b"hsc_geo.indicators"])} == set(explained)
    assert {row["source_id"] for row in json.loads(metadata[b"hsc_geo.sources"])} == {
        row["source_id"] for row in rows
    }


def test_it_says_what_it_is(package: Package, texts: dict[str, str], parquet: bytes) -> None:
    about = json.loads(texts["about.json"])
    assert about == json.loads(pq.read_schema(io.BytesIO(parquet)).metadata[b"hsc_geo.about"])
    assert about["snapshot"] == package.snapshot
    assert about["contract_version"] == package.descriptor["contractVersion"]
    assert all(
        part in about["citation"]
        for part in (str(YEAR), about["snapshot"], about["contract_version"], "Leiden")
    )


def test_the_one_for_excel_has_semicolons_and_commas(package: Package) -> None:
    files = opened.files_of(bulk.to_csv_zip(package, YEAR, excel=True))
    text = files["figures.csv"].decode("utf-8-sig")
    assert files["figures.csv"].startswith(b"\xef\xbb\xbf")
    assert text.startswith('"area_code";"area_name";')
    values = [row["value"] for row in opened.table(text, ";")]
    assert any("," in (value or "") for value in values)
    assert not any("." in (value or "") for value in values)


def test_what_changes_in_the_register_makes_no_other_edition(package: Package) -> None:
    from dataclasses import replace

    assert bulk.edition(replace(package, snapshot=f"{package.snapshot}-r12")) == package.snapshot
