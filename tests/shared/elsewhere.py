"""A made-up municipality that is not the one of the program: two districts of two neighbourhoods, no register, no
focus areas, no incomes and no residents of neighbourhoods."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from hsc_geo.data.build import Sources, assemble, indicators_of, write
from hsc_geo.data.load import Package, load
from hsc_geo.data.municipality import municipality_of
from hsc_geo.domain.areas import COUNTRY
from hsc_geo.domain.crs import RD
from hsc_geo.sources.boundaries import Boundaries
from hsc_geo.sources.register import EMPTY
from hsc_geo.sources.statline import PRESENT, SUPPRESSED, Figure
from hsc_geo.sources.words import read_words_elsewhere

CODE, NAME = "GM9901", "Proefdam"
CORNER = (190_000.0, 440_000.0)  # RD, metres; far from the municipality of the program
STEMS = ("Roker", "Overgewicht", "Eenzaam", "ErvarenGezondheidGoedZeerGoed", "OvermatigeDrinker")
DISTRICTS = ("WK990100", "WK990101")
NEIGHBOURHOODS = tuple(f"BU{each[2:]}{number:02}" for each in DISTRICTS for number in range(2))


def write_made(folder: Path) -> None:
    """Write its package into a folder that is there."""
    words = read_words_elsewhere()
    indicators = [
        each
        for each in indicators_of({"50090NED", "REGISTER"}, words.indicators)
        if each["table_id"] == "REGISTER" or each["stem"] in STEMS
    ]
    sources = Sources(
        boundaries=_boundaries(),
        figures=(tuple(_figures()),),
        names={COUNTRY: "Nederland", CODE: NAME},
        register=EMPTY,
        words=words.__class__(**{**vars(words), "indicators": tuple(indicators)}),
        residents={DISTRICTS[0]: "1200"},
        unused=(),
    )
    write(folder, assemble(sources))


def made(folder: Path) -> Package:
    """The same, loaded."""
    write_made(folder)
    return load(folder)


def elsewhere(package: Package, code: str, name: str) -> Package:
    """Two districts of the package as if they were those of another municipality: the shape of its answers, not its
    figures."""
    own = municipality_of(package).code
    districts = sorted(package.areas.index[package.areas["level"] == "district"])[:2]
    inside = {own, "NL00", *districts} | set(
        package.areas.index[package.areas["parent_code"].isin(districts)]
    )

    def moved(cells: pd.Series) -> pd.Series:
        return cells.astype(str).str.replace(own[2:], code[2:], regex=False)

    areas = package.areas[package.areas.index.isin(inside)].copy()
    areas.loc[own, "name"] = name
    columns = {each: moved(areas[each]) for each in ("parent_code", "municipality_code")}
    areas = areas.assign(**columns).set_axis(moved(areas.index.to_series()), axis=0)
    shapes = package.geometry[package.geometry.index.isin(inside)]
    observed = package.observations[package.observations["area_code"].isin(inside)]
    # Numbers of the whole, of which these are two districts only.
    numbers = observed["indicator_id"].astype(str).str.contains("AantalInwoners|OppervlakteLand|k_")
    of_whole = numbers & (observed["area_code"] == own)
    observed = observed.assign(value=observed["value"].mask(of_whole))
    return replace(
        package,
        areas=areas,
        geometry=shapes.set_axis(moved(shapes.index.to_series()), axis=0),
        observations=observed.assign(area_code=moved(observed["area_code"])),
    )


def _boundaries() -> Boundaries:
    left, bottom = CORNER
    boxes = [
        shapely.box(left + 1000 * i, bottom, left + 1000 * (i + 1), bottom + 1000)
        for i in range(len(NEIGHBOURHOODS))
    ]
    return Boundaries(
        _layer(
            NEIGHBOURHOODS,
            [f"Buurt {i + 1}" for i in range(4)],
            ["WK" + c[2:8] for c in NEIGHBOURHOODS],
            boxes,
        ),
        _layer(
            DISTRICTS,
            ["Oost", "West"],
            [CODE] * 2,
            [shapely.union_all(boxes[:2]), shapely.union_all(boxes[2:])],
        ),
        _layer(["GM9902"], ["Buurdam"], [""], [shapely.box(left + 4000, bottom, left + 6000, bottom + 1000)]),
        "made",
    )


def _layer(codes: object, names: object, parents: object, shapes: object) -> gpd.GeoDataFrame:
    table = {"area_code": codes, "name": names, "parent_code": parents}
    return gpd.GeoDataFrame(table, geometry=shapes, crs=RD).set_index("area_code").sort_index()


def _figures() -> list[Figure]:
    """A value for each area but the last neighbourhood, which is held back."""
    found = []
    for row, stem in enumerate(STEMS):
        for number, code in enumerate((COUNTRY, CODE, *DISTRICTS, *NEIGHBOURHOODS)):
            last = code == NEIGHBOURHOODS[-1]
            value, status = ("", SUPPRESSED) if last else (str(20 + 3 * row + number), PRESENT)
            found.append(Figure("50090NED", stem, code, 2020, "18plus", value, status, "made", number + 2))
    return found
