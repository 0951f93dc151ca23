"""Own areas in a download of the map: what each is made of, its figure and how it came about; none without any."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from pathlib import Path

import pandas as pd

from hsc_geo.analysis import export
from hsc_geo.analysis.counting import count_of
from hsc_geo.analysis.explore import Choice, explore
from hsc_geo.analysis.figures import figure
from hsc_geo.analysis.own_areas import make, with_own
from hsc_geo.data.load import Package

LONELY = "50150NED-Eenzaam"
AREA = make("=Mine()", ["BU05460500", "BU05460501", "BU05460900"])


def test_each_own_area_has_a_row_that_explains_itself(package: Package, tmp_path: Path) -> None:
    view = explore(package, Choice(LONELY, 2024, "18plus", "district"))
    own = with_own(package, (AREA,))
    bundle = export.bundle(own, view, {"title": "t"})
    row = bundle["own_areas"].iloc[0]
    assert row["neighbourhoods"].split("|") == list(AREA.neighbourhoods)
    assert row["value"] == figure(own, AREA.code, LONELY, 2024, "18plus").value
    assert (row["status"], row["computed_as"], row["weights"]) == ("present", "mean", "adults")
    assert row["initiatives_known"] == count_of(own, [AREA.code], view.ids).number
    told = bundle["dictionary"]
    assert set(told.loc[told["table"] == "own_areas", "column"]) == set(bundle["own_areas"].columns)
    assert {"BU05460500", "BU05460900"} <= set(bundle["codes"]["code"])
    assert bundle["areas"]["area_code"].str.startswith("WK").all()

    text = zipfile.ZipFile(io.BytesIO(export.to_csv_zip(bundle))).read("own_areas.csv").decode("utf-8-sig")
    assert pd.read_csv(io.StringIO(text))["own_area"].tolist() == ["'=Mine()"]  # no formula in a spreadsheet
    file = tmp_path / "own.gpkg"
    file.write_bytes(export.to_geopackage(own, bundle))
    with sqlite3.connect(file) as store:
        assert store.execute("select area_code from own_areas").fetchall() == [(AREA.code,)]
    assert export.to_xlsx(bundle)
    assert export.to_geojson_zip(own, bundle)


def test_without_own_areas_there_is_no_such_table(package: Package) -> None:
    view = explore(package, Choice(LONELY, 2024, "18plus", "district"))
    assert "own_areas" not in export.bundle(package, view, {"title": "t"}).tables
