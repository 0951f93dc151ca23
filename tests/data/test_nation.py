"""The committed nation, and reading it: against the data package, by hand counts, and damaged."""

from __future__ import annotations

import gzip
import json
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pytest

from hsc_geo.data.load import BESIDE_PACKAGE, DataError, Package, load
from hsc_geo.data.nation.build import _municipalities
from hsc_geo.data.nation.reading import (
    AREAS,
    DEFAULT_FOLDER,
    LEVELS,
    OBSERVATIONS,
    Nation,
    Offer,
    country,
    figures,
    load_nation,
    offered,
    tile,
    tiles_file,
)
from hsc_geo.domain.areas import COUNTRY, level_of
from hsc_geo.sources.extracts import SourceError
from hsc_geo.sources.nation import HEALTH, NationExtracts, _health, _names

TABLE = "50090NED"
SMOKING = f"{TABLE}-Roker"
KEY = ["indicator_id", "year", "age_group", "area_code"]


@pytest.fixture(scope="module")
def nation() -> Nation:
    return load_nation(DEFAULT_FOLDER)


@pytest.fixture(scope="module")
def package() -> Package:
    return load(BESIDE_PACKAGE)


@pytest.fixture(scope="module")
def everything() -> pd.DataFrame:
    """All observations, read whole: what the reader of single figures is held against."""
    table = pq.read_table(DEFAULT_FOLDER / OBSERVATIONS, read_dictionary=["indicator_id", "age_group"])
    return table.to_pandas().astype({"area_code": "category"})


def test_every_figure_of_leiden_is_that_of_the_package(package: Package, everything: pd.DataFrame) -> None:
    """Two readings of one table, each by its own code: values and why one is missing."""
    rows = package.observations.astype(
        dict.fromkeys(("area_code", "indicator_id", "age_group", "status"), str)
    )
    own = rows[rows["indicator_id"].str.startswith(TABLE) & (rows["age_group"] == "18plus")].set_index(KEY)
    here = everything[everything["area_code"].isin(set(own.index.get_level_values("area_code")))]
    same = (
        here.astype(dict.fromkeys(("area_code", "indicator_id", "age_group"), str))
        .set_index(KEY)
        .reindex(own.index)
    )
    assert len(own) == 35 * 66 * 3
    assert same["status"].tolist() == own["status"].tolist()
    pd.testing.assert_series_equal(same["value"], own["value"], check_exact=True)


def test_its_indicators_have_words_in_the_package(nation: Nation, package: Package) -> None:
    assert set(nation.indicators) <= set(package.indicators.index)
    assert len(nation.indicators) == 32  # of 35: three on the way to work have no value for adults anywhere


def test_a_figure_read_alone_is_the_one_read_with_all(nation: Nation, everything: pd.DataFrame) -> None:
    for offer in sorted(offered(nation))[::7]:
        rows = figures(nation, *offer)
        assert rows.index.tolist() == nation.areas.index[nation.areas["level"] == offer.level].tolist()
        series = everything[
            (everything["indicator_id"] == offer.indicator_id) & (everything["year"] == offer.year)
        ].set_index("area_code")
        series.index = series.index.astype(str)
        there = rows.index.isin(series.index)
        assert (rows.loc[~there, "status"] == "not_published").all()
        pd.testing.assert_frame_equal(
            rows[there], series.loc[rows.index[there], list(rows)], check_exact=True, check_names=False
        )
        assert (rows["value"].notna() == (rows["status"] == "present")).all()
        told = country(nation, *offer[:3])
        assert (told.value, told.status) == (series.at[COUNTRY, "value"], "present")


def test_what_is_offered_is_what_has_values(nation: Nation, everything: pd.DataFrame) -> None:
    drawn = everything[everything["value"].notna() & everything["area_code"].isin(nation.areas.index)]
    rows = drawn.assign(level=drawn["area_code"].map(level_of))
    keys = rows[["indicator_id", "year", "age_group", "level"]].drop_duplicates().itertuples(index=False)
    assert offered(nation) == {Offer(*key) for key in set(keys)}
    assert len(offered(nation)) == (32 + 26 + 21) * 3  # series of 2020, 2016 and 2012, at three levels


def test_a_figure_that_there_is_not_is_not_published(nation: Nation) -> None:
    for asked in ((f"{TABLE}-Nothing", 2020, "18plus"), (SMOKING, 2021, "18plus"), (SMOKING, 2020, "65plus")):
        rows = figures(nation, *asked, "municipality")
        assert (len(rows), set(rows["status"])) == (345, {"not_published"})
        assert rows["value"].isna().all()
        assert country(nation, *asked).status == "not_published"


def test_a_series_that_nobody_made_is_not_measured(nation: Nation) -> None:
    rows = figures(nation, f"{TABLE}-WekelijkseSporters", 2012, "18plus", "district")
    assert set(rows["status"]) == {"not_measured", "not_published"}
    assert country(nation, f"{TABLE}-WekelijkseSporters", 2012, "18plus").status == "not_measured"


def test_areas_are_whole_and_in_order(nation: Nation) -> None:
    areas = nation.areas
    assert areas["level"].value_counts().to_dict() == {
        "neighbourhood": 12_198,
        "district": 3_340,
        "municipality": 345,
    }
    order = [(LEVELS.index(level), code) for level, code in zip(areas["level"], areas.index, strict=True)]
    assert order == sorted(order)
    assert areas.index.is_unique
    assert [level_of(code) for code in areas.index] == areas["level"].tolist()
    told = areas.drop(columns="population")
    assert not told.isna().any(axis=None)
    assert (areas["name"].str.strip() == areas["name"]).all()
    assert (areas["name"] != "").all()
    assert (areas["west"] < areas["east"]).all()
    assert (areas["south"] < areas["north"]).all()
    assert areas[["west", "east"]].stack().between(3.2, 7.3).all()
    assert areas[["south", "north"]].stack().between(50.7, 53.7).all()


def test_residents_of_a_municipality_are_those_of_its_districts(nation: Nation) -> None:
    districts = nation.areas[nation.areas["level"] == "district"]
    sums = districts.groupby("municipality_code")["population"].sum()
    whole = nation.areas.loc[sums.index, "population"]
    assert whole.tolist() == sums.tolist()
    assert nation.areas.loc[nation.areas["level"] == "neighbourhood", "population"].isna().all()


def test_one_figure_is_one_part_of_the_file(nation: Nation) -> None:
    """So that no more is read than is asked: a row group holds one indicator, and each series says which."""
    footer = pq.read_metadata(DEFAULT_FOLDER / OBSERVATIONS)
    assert footer.num_row_groups == 35
    assert footer.num_rows == 17_341 * 3 * 35
    for series in nation.descriptor["series"]:
        limits = footer.row_group(series["row_group"]).column(0).statistics
        assert limits.min == limits.max == series["indicator_id"]


def test_every_area_is_in_the_tiles_of_every_zoom(nation: Nation) -> None:
    for level in LEVELS:
        count = int((nation.areas["level"] == level).sum())
        seen: dict[int, set[int]] = {}
        with closing(sqlite3.connect(nation.folder / tiles_file(level))) as file:
            for zoom, body in file.execute("SELECT zoom_level, tile_data FROM tiles"):
                seen.setdefault(zoom, set()).update(
                    number for number, _ in json.loads(gzip.decompress(body))["areas"]
                )
        assert sorted(seen) == list(range(5, 12))
        assert all(numbers == set(range(count)) for numbers in seen.values())


def test_the_tile_of_leiden_has_leiden(nation: Nation) -> None:
    """At zoom 11 Leiden (52.16 N, 4.49 E) lies in column 1049 and row 675 of the web's tiles."""
    body = tile(nation, "municipality", 11, 1049, 675)
    assert body is not None
    number = nation.areas.index.get_loc("GM0546")
    (rings,) = [rings for each, rings in json.loads(gzip.decompress(body))["areas"] if each == number]
    assert all(len(ring) % 2 == 0 and len(ring) >= 6 for ring in rings)


@pytest.mark.parametrize(
    ("level", "z", "x", "y"),
    [
        ("street", 5, 16, 10),
        ("district", 4, 8, 5),
        ("district", 12, 2098, 1346),
        ("district", 5, -1, 10),
        ("district", 5, 32, 10),
        ("district", 5, 16, 32),
        ("district", 5, 0, 0),
        ("../district", 5, 16, 10),
    ],
)
def test_outside_of_what_is_cut_there_is_no_tile(nation: Nation, level: str, z: int, x: int, y: int) -> None:
    assert tile(nation, level, z, x, y) is None


def test_many_threads_read_the_same(nation: Nation) -> None:
    fresh = load_nation(DEFAULT_FOLDER)
    asked = [Offer(name, 2020, "18plus", level) for name in nation.indicators[:8] for level in LEVELS]
    expected = [figures(nation, *each)["value"].sum() for each in asked]
    tiles = [
        (level, 5 + n % 2, 16 if n % 2 == 0 else 32, 10 + 10 * (n % 2)) for level in LEVELS for n in range(20)
    ]
    bodies = [tile(nation, *each) for each in tiles]
    with ThreadPoolExecutor(8) as threads:
        sums = threads.map(lambda each: figures(fresh, *each)["value"].sum(), asked)
        found = threads.map(lambda each: tile(fresh, *each), tiles)
        assert list(sums) == expected
        assert list(found) == bodies


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DEFAULT_FOLDER, tmp_path / "nation"))


FILES = [AREAS, OBSERVATIONS, *map(tiles_file, LEVELS)]


@pytest.mark.parametrize("name", ["datapackage.json", *FILES])
def test_a_file_that_is_missing_is_named(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(DataError, match=rf"^{name}: is missing; .*data nation`$"):
        load_nation(copy)


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_was_changed_is_named(copy: Path, name: str) -> None:
    content = bytearray((copy / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copy / name).write_bytes(content)
    with pytest.raises(DataError, match=f"^{name}: is damaged"):
        load_nation(copy)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is no JSON"),
        ("[]", "does not fit its contract"),
        ('{"nation_version": 0}', "does not fit its contract .*nation_version 0"),
        ('{"nation_version": 1}', "does not name every file with its hash"),
        (
            '{"nation_version": 1, "resources": [{}], "series": [], "snapshot": "x"}',
            "does not name every file",
        ),
    ],
)
def test_a_descriptor_that_is_none_is_told(copy: Path, text: str, told: str) -> None:
    (copy / "datapackage.json").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=f"^datapackage.json: .*{told}"):
        load_nation(copy)


def test_a_figure_of_the_country_alone_is_none_to_draw(copy: Path) -> None:
    file = copy / "datapackage.json"
    told = json.loads(file.read_text(encoding="utf-8"))
    alone = told["series"][0]["indicator_id"]
    for each in told["series"]:
        if each["indicator_id"] == alone:
            each["values"] = {"country": 1}
    file.write_text(json.dumps(told), encoding="utf-8")
    nation = load_nation(copy)
    assert alone not in nation.indicators
    assert set(nation.indicators) == {each.indicator_id for each in offered(nation)}


def test_two_visitors_with_two_figures_read_the_file_once(
    nation: Nation, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [
        (key, 2020, "18plus", level)
        for key in nation.indicators[:2]
        for level in ("municipality", "neighbourhood")
    ]
    fresh = replace(nation)
    for each in asked:
        figures(fresh, *each)
        country(fresh, *each[:3])
    monkeypatch.setattr(pq.ParquetFile, "read_row_group", None)
    for each in asked:
        assert figures(fresh, *each) is figures(fresh, *each)
        country(fresh, *each[:3])


def extract(population: list[int]) -> NationExtracts:
    """SYNTHETIC: a municipality with two districts."""
    codes = ["WK000100", "WK000101"]
    districts = gpd.GeoDataFrame({"code": codes, "name": codes, "population": population})
    return NationExtracts(gpd.GeoDataFrame(), districts, pd.DataFrame(), {"GM0001": "Ergens"})


@pytest.mark.parametrize(("population", "sum_of"), [([10, -99997], 10.0), ([10, 5], 15.0)])
def test_a_code_of_a_missing_value_is_no_number_of_residents(population: list[int], sum_of: float) -> None:
    assert list(_municipalities(extract(population))["population"]) == [sum_of]


def test_of_districts_without_residents_nothing_is_summed() -> None:
    assert _municipalities(extract([-99997, -99997]))["population"].isna().all()


def test_a_municipality_without_a_name_is_told() -> None:
    wide = pd.DataFrame({"WijkenEnBuurten": ["GM0001"], "Gemeentenaam_1": ["Ergens "]})
    assert _names(wide, pd.Series(["WK000100"]))["GM0001"] == "Ergens"
    with pytest.raises(SourceError, match="'GM9998': has no name in"):
        _names(wide, pd.Series(["WK999800"]))


def test_a_column_that_the_health_table_lacks_is_told(tmp_path: Path) -> None:
    (tmp_path / HEALTH).parent.mkdir()
    pd.DataFrame({"WijkenEnBuurten": ["GM0001"]}).to_parquet(tmp_path / HEALTH)
    with pytest.raises(SourceError, match="the column is missing") as told:
        _health(tmp_path)
    assert {each.column for each in told.value.problems} == {
        "Gemeentenaam_1",
        "Marges",
        "Leeftijd",
        "Perioden",
    }
