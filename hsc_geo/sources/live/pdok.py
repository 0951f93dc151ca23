"""Boundaries of one municipality as PDOK gives them: neighbourhoods, districts and the municipalities around.

Source: `https://api.pdok.nl/cbs/wijken-en-buurten-<year>/ogc/v1` (OGC API Features), CBS and Kadaster, CC BY 4.0.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import geopandas as gpd
import pandas as pd
import shapely

from hsc_geo.domain.areas import district_of, municipality_of, normalise_code
from hsc_geo.domain.crs import DUTCH_LATITUDES, DUTCH_LONGITUDES, RD, WGS84
from hsc_geo.domain.problems import Problem
from hsc_geo.sources.boundaries import Boundaries
from hsc_geo.sources.extracts import SourceError, raise_if
from hsc_geo.sources.live.answers import Answer
from hsc_geo.sources.live.fetch import Fetcher, Unanswered
from hsc_geo.sources.municipality import called

HOST = "api.pdok.nl"
LAND = "NEE"  # what the property `water` says of land
LIMIT = 1000  # features of a page
MOST_PAGES = 100
NEWEST = 2024  # the classification of the newest health table
AROUND = 3000.0  # metres; municipalities that come as near are a backdrop
SLIVER = 1.0  # metres between neighbours that should share a border
CELL = 0.001  # metres; corners are rounded to it, so that neighbours that share one keep sharing it


@dataclass(frozen=True, eq=False)
class LiveBoundaries:
    """Boundaries as they were fetched. year: of the classification."""

    year: int
    boundaries: Boundaries
    answers: tuple[Answer, ...]


def read_boundaries(fetcher: Fetcher, municipality: str, year: int) -> LiveBoundaries:
    """The boundaries of a municipality in the classification of a year, in EPSG:28992.

    Districts are the union of their neighbourhoods, so that these fit them exactly; their names are those of PDOK.
    Raises Unanswered where the service gives no answer, SourceError for what cannot be understood.
    """
    answers: list[Answer] = []
    own = {"gemeentecode": municipality}
    neighbourhoods = _layer(fetcher, answers, year, "buurten", "buurt", own)
    districts = _layer(fetcher, answers, year, "wijken", "wijk", own)
    neighbourhoods["parent_code"] = [district_of(code) for code in neighbourhoods.index]
    raise_if(_strange(neighbourhoods, districts, municipality))
    neighbourhoods = _fitting(fetcher, neighbourhoods)
    whole = _dissolved(neighbourhoods, districts["name"], municipality)
    around = _layer(fetcher, answers, year, "gemeenten", "gemeente", {"bbox": _box(neighbourhoods)})
    own_shape = shapely.union_all(whole.geometry.to_numpy())
    near = around[(around.geometry.distance(own_shape) <= AROUND) & (around.index != municipality)].copy()
    near["parent_code"] = ""
    columns = ["name", "parent_code", "geometry"]
    fetcher.tell(f"boundaries of {year}: {len(neighbourhoods)} neighbourhoods, {len(whole)} districts")
    return LiveBoundaries(
        year, Boundaries(neighbourhoods[columns], whole[columns], near[columns]), tuple(answers)
    )


def read_municipality(fetcher: Fetcher, asked: str, year: int) -> tuple[str, str]:
    """Code and name of a municipality, by its code or by its name as CBS writes it, in the classification of a year.

    Raises Unanswered where the service gives no answer, SourceError for a municipality that it does not know.
    """
    name = called(asked)
    by_code = re.fullmatch(r"(?i)gm\d{4}", name)
    query = {"gemeentecode": name.upper()} if by_code else {"gemeentenaam": name}
    try:
        names = _layer(fetcher, [], year, "gemeenten", "gemeente", query)["name"]
    except Unanswered:
        raise
    except SourceError:  # no such municipality: there is nothing in the answer
        names = pd.Series(dtype=str)
    wanted = name.casefold()
    same = [
        (str(key), str(each))
        for key, each in names.items()
        if wanted in (str(key).casefold(), each.casefold())
    ]
    if len(same) != 1:
        known = "give its code (GM and four digits) or its name as CBS writes it"
        mend = f"PDOK knows no such municipality in {year}; {known}"
        raise SourceError([Problem("--municipality", 0, "", asked, mend)])
    return same[0]


def _layer(
    fetcher: Fetcher, answers: list[Answer], year: int, collection: str, kind: str, query: Mapping[str, str]
) -> gpd.GeoDataFrame:
    path = f"/cbs/wijken-en-buurten-{year}/ogc/v1/collections/{collection}/items"
    asked = urlencode({"f": "json", "limit": LIMIT, **query}, safe=",")
    address = fetcher.hosts.address(HOST, f"{path}?{asked}")
    parts, seen = [], set[str]()
    while address:
        if address in seen or len(seen) == MOST_PAGES:
            raise SourceError([Problem(address, 0, "links", "", "the pages do not end; try again later")])
        seen.add(address)
        content, answer = fetcher.json(address)
        answers.append(answer)
        parts.append(_features(answer, kind))
        link = _next(content)
        address = fetcher.hosts.follow(HOST, link) if link else ""
    layer = pd.concat(parts)
    layer = layer[~layer.index.duplicated()].sort_index().astype({"name": "str"})
    raise_if([Problem(path, 0, "features", "", "there is no land in the answer")] if layer.empty else [])
    return layer


def _next(content: Mapping[str, Any]) -> str:
    links = content.get("links") or []
    return next((str(each.get("href") or "") for each in links if each.get("rel") == "next"), "")


def _features(answer: Answer, kind: str) -> gpd.GeoDataFrame:
    """The features on land, in EPSG:28992, by area code. A service that says nothing of the coordinate system gives
    longitude and latitude, by the standard; what does not lie in the Netherlands is then refused."""
    try:
        told = json.loads(answer.content)["features"]
        land = [each for each in told if str(each["properties"].get("water", LAND)).strip() == LAND]
        rows = {
            "area_code": [normalise_code(str(each["properties"][f"{kind}code"])) for each in land],
            "name": [str(each["properties"][f"{kind}naam"]).strip() for each in land],
        }
        shapes = [shapely.from_geojson(json.dumps(each["geometry"])) for each in land]
    except (KeyError, TypeError, ValueError, AttributeError, shapely.errors.GEOSException) as error:
        mend = f"the answer is no GeoJSON with {kind}code, {kind}naam and geometry"
        raise SourceError([Problem(answer.address, 0, "", str(error), mend)]) from error
    epsg = RD if str(RD) in answer.crs else WGS84
    layer = gpd.GeoDataFrame(rows, geometry=shapes, crs=epsg).set_index("area_code")
    raise_if(_outside(answer, layer) if epsg == WGS84 else ())
    layer = layer.to_crs(RD)
    rounded = shapely.set_precision(layer.geometry.to_numpy(), CELL, mode="pointwise")
    return layer.set_geometry(gpd.GeoSeries(shapely.make_valid(rounded), index=layer.index, crs=RD))


def _outside(answer: Answer, layer: gpd.GeoDataFrame) -> Iterable[Problem]:
    bounds = layer.geometry.bounds
    inside = (
        (bounds["minx"] >= DUTCH_LONGITUDES[0])
        & (bounds["maxx"] <= DUTCH_LONGITUDES[1])
        & (bounds["miny"] >= DUTCH_LATITUDES[0])
        & (bounds["maxy"] <= DUTCH_LATITUDES[1])
    )
    for code in layer.index[~inside]:
        yield Problem(answer.address, 0, "geometry", str(code), "does not lie in the Netherlands")


def _strange(
    neighbourhoods: gpd.GeoDataFrame, districts: gpd.GeoDataFrame, municipality: str
) -> Iterable[Problem]:
    for code in (*neighbourhoods.index, *districts.index):
        if municipality_of(code) != municipality:
            yield Problem("PDOK", 0, "gemeentecode", str(code), f"does not lie in {municipality}")
    for code in sorted(set(neighbourhoods["parent_code"]) ^ set(districts.index)):
        yield Problem("PDOK", 0, "wijkcode", code, "stands in one of buurten and wijken, not in the other")


def _fitting(fetcher: Fetcher, neighbourhoods: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The neighbourhoods as one coverage: where neighbours do not share their corners, they are made to."""
    shapes = neighbourhoods.geometry.to_numpy()
    if shapely.coverage_is_valid(shapes):
        return neighbourhoods
    fetcher.tell(f"boundaries: slivers up to {SLIVER:g} m between neighbours are closed")
    fitted = shapely.coverage_clean(shapes, gap_width=SLIVER)
    return neighbourhoods.set_geometry(gpd.GeoSeries(fitted, index=neighbourhoods.index, crs=RD))


def _dissolved(neighbourhoods: gpd.GeoDataFrame, names: pd.Series, municipality: str) -> gpd.GeoDataFrame:
    groups = neighbourhoods.groupby("parent_code").groups
    shapes = {
        code: shapely.coverage_union_all(neighbourhoods.geometry.loc[leaves].to_numpy())
        for code, leaves in groups.items()
    }
    layer = gpd.GeoDataFrame(
        {"name": [names[code] for code in shapes], "parent_code": municipality},
        geometry=list(shapes.values()),
        index=pd.Index(list(shapes), name="area_code"),
        crs=RD,
    )
    return layer.sort_index()


def _box(neighbourhoods: gpd.GeoDataFrame) -> str:
    """The box around the municipality and what lies near it, in degrees, as west, south, east, north."""
    around = gpd.GeoSeries([shapely.box(*neighbourhoods.total_bounds).buffer(AROUND)], crs=RD).to_crs(WGS84)
    return ",".join(f"{each:.4f}" for each in around.total_bounds)
