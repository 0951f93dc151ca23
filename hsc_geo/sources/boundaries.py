"""Boundaries of neighbourhoods, districts and surrounding municipalities (EPSG:28992, metres).

Source: CBS/Kadaster Wijk- en Buurtkaart 2016 as stored by Who's On First, as GeoJSON extracts.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd

from hsc_geo.domain.areas import municipality_of, normalise_code
from hsc_geo.domain.crs import RD, require_crs
from hsc_geo.domain.problems import Problem
from hsc_geo.sources.extracts import SourceError

NEIGHBOURHOODS = "boundaries/leiden_buurten.geojson"
DISTRICTS = "boundaries/leiden_wijken.geojson"
SURROUNDINGS = "boundaries/surrounding_municipalities.geojson"
CHECKED_VINTAGE = "CBS 2016, checked against 2022 and 2025"
SURROUNDINGS_VINTAGE = "CBS 2016"


@dataclass(frozen=True, eq=False)
class Boundaries:
    """GeoDataFrames in EPSG:28992, indexed by area_code and sorted by it, with columns name, parent_code, geometry.

    vintage: of the districts and neighbourhoods.
    """

    neighbourhoods: gpd.GeoDataFrame
    districts: gpd.GeoDataFrame
    surroundings: gpd.GeoDataFrame
    vintage: str = CHECKED_VINTAGE

    @property
    def municipality_code(self) -> str:
        """The municipality in which the districts lie."""
        return municipality_of(str(self.districts.index[0]))


def read_boundaries(folder: Path) -> Boundaries:
    """The three layers, the municipality itself left out of the surroundings.

    Raises SourceError for a layer that cannot be read or a wrong code, CrsMismatch for another coordinate system.
    """
    neighbourhoods = _read(folder, NEIGHBOURHOODS, "buurtcode", "buurtnaam", "wijkcode")
    districts = _read(folder, DISTRICTS, "wijkcode", "wijknaam", None)
    surroundings = _read(folder, SURROUNDINGS, "gemeentecode", "gemeentenaam", None)
    districts["parent_code"] = [municipality_of(code) for code in districts.index]
    own = set(districts["parent_code"])
    return Boundaries(neighbourhoods, districts, surroundings[~surroundings.index.isin(own)])


def _read(folder: Path, file: str, code: str, name: str, parent: str | None) -> gpd.GeoDataFrame:
    try:
        layer = gpd.read_file(folder / file)
        layer["area_code"] = [normalise_code(value) for value in layer[code]]
    except Exception as error:  # readers of geometry raise many kinds
        mend = "the file cannot be read as GeoJSON with CBS codes"
        raise SourceError([Problem(file, 0, "", str(error), mend)]) from error
    require_crs(layer, RD, file)
    layer["parent_code"] = layer[parent].str.strip() if parent else ""
    layer["name"] = layer[name].str.strip()
    return layer.set_index("area_code").sort_index()[["name", "parent_code", "geometry"]]
