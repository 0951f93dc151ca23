"""Where initiatives happen: their places, with a point where one is known.

Where an initiative happens and whom it serves are two things. A food bank in the city that serves the region has a
place here and serves no district (`hsc_geo.analysis.serving`). A place that is only that of a launch or a single event
is no place of the initiative.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd
import shapely

from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.domain.crs import RD, WGS84, transformer
from hsc_geo.domain.schema_register import EVENT, LOCATION

if TYPE_CHECKING:
    import geopandas as gpd


class Place(NamedTuple):
    """A place of an initiative. latitude, longitude: WGS84 degrees, NaN without a point; texts "" where not known."""

    venue: str
    address: str
    latitude: float
    longitude: float
    precision: str

    @property
    def has_point(self) -> bool:
        """Whether its point is known."""
        return not (pd.isna(self.latitude) or pd.isna(self.longitude))


@per_package(maxsize=8)
def places_by_initiative(package: Package, role: str = LOCATION) -> dict[str, tuple[Place, ...]]:
    """The places where each initiative happens, with and without a point, in their order; those without any are not in
    it. Shared, so not to be changed."""
    rows = _of_role(package, role)
    cells = zip(*(rows[name].tolist() for name in ("initiative_id", *Place._fields)), strict=True)
    found: dict[str, tuple[Place, ...]] = {}
    for key, *values in cells:
        found[str(key)] = (*found.get(str(key), ()), Place(*values))
    return found


def places(package: Package, initiative_id: str) -> tuple[Place, ...]:
    """The places of one initiative; () where none is known."""
    return places_by_initiative(package).get(initiative_id, ())


def events(package: Package, initiative_id: str) -> tuple[Place, ...]:
    """Where an initiative had a launch or a single event, which is no place of it."""
    return places_by_initiative(package, EVENT).get(initiative_id, ())


@per_package(maxsize=1)
def points(package: Package) -> gpd.GeoSeries:
    """The known points, EPSG:28992; index initiative_id, once for each of its places, in the order of the register.

    Shared, so not to be changed.
    """
    import geopandas

    rows = _of_role(package, LOCATION)
    rows = rows[rows["latitude"].notna() & rows["longitude"].notna()]
    x, y = transformer(WGS84, RD).transform(rows["longitude"].to_numpy(), rows["latitude"].to_numpy())
    return geopandas.GeoSeries(shapely.points(x, y), index=rows["initiative_id"].astype(str), crs=RD)


@per_package(maxsize=1)
def with_point(package: Package) -> frozenset[str]:
    """The initiatives of which at least one place has a point."""
    return frozenset(points(package).index)


def points_of(package: Package, ids: Iterable[str]) -> gpd.GeoSeries:
    """The points of those among `ids` that have any, as `points`."""
    every = points(package)
    return every[every.index.isin(set(ids))]


def text_of(place: Place) -> str:
    """Venue and address in one line, each once."""
    return " · ".join(dict.fromkeys(part for part in (place.venue, place.address) if part))


def _of_role(package: Package, role: str) -> pd.DataFrame:
    rows = package.initiative_places
    return rows[rows["role"] == role]
