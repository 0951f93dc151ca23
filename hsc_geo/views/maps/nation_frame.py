"""The map of the whole country as folium elements: a base of its own, and an update of a byte for each area.

Its script (`nation.mjs`) fetches geometry in tiles and paints it on canvases; a change of figure, year, level or
classes brings no geometry.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

import folium
from streamlit_folium import st_folium

from hsc_geo.analysis.nation_areas import bounds, corners, towns
from hsc_geo.data.cached import per_package
from hsc_geo.data.nation.reading import Nation
from hsc_geo.views.maps.common import HEIGHT, THING
from hsc_geo.views.maps.frame import MapAssets, base_map, carrying

ZOOMS = (6, 13)
SCRIPT = "#nation"  # behind the address of the script: it then loads the part for the country
NEAREST = 11  # zoom at which an area is looked at that is chosen, so that what lies around it is seen


@dataclass(frozen=True)
class NationAssets:
    """The nation, and addresses on our own host: tiles with {level}, {z}, {x} and {y}; areas with {level}; values with
    {indicator}, {year}, {age} and {level}."""

    nation: Nation
    tiles: str
    areas: str
    values: str


@dataclass(frozen=True)
class NationUpdate:
    """What one change of the screen changes on the map.

    classes: a byte for each area of the level, in order of number: its class, 255 for none, which is hatched. colors:
    one for each class. areas, values: where names and figures are fetched. decimals, suffix, missing: how a figure is
    written, and what stands in its place by status. own, chosen: numbers of the municipality among the municipalities
    and of the area in the panel at the level, -1 for none. selected: what is looked at, with its two corners (latitude,
    longitude) in `sight`; '' and none for the country.
    """

    level: str
    lang: str
    theme: str
    title: str
    classes: bytes
    colors: Sequence[str]
    areas: str
    values: str
    decimals: int
    suffix: str
    missing: Mapping[str, str]
    words: Mapping[str, str]
    own: int = -1
    chosen: int = -1
    selected: str = ""
    sight: Sequence[Sequence[float]] = ()


@per_package(maxsize=2)
def nation_config(nation: Nation, own: str, name: str, credit: str) -> dict[str, object]:
    """What the frame needs once and no choice changes. own: the code of the municipality, '' for none of the nation."""
    box = corners(nation, own)
    north = [box[1][0], (box[0][1] + box[1][1]) / 2] if box else []
    return {
        "bounds": bounds(nation),
        "zooms": list(ZOOMS),
        "height": HEIGHT,
        "hero": True,
        "nearest": NEAREST,
        "focus": [],
        "attribution": credit,
        "own": {"name": name, "bounds": box, "at": north},
        "towns": [rest for code, *rest in towns(nation) if code != own],
    }


def nation_map(assets: MapAssets, tiles: str, config: Mapping[str, object]) -> folium.Map:
    """The map without anything that a choice changes. tiles: address of the tiles."""
    own = replace(assets, map_js=f"{assets.map_js}{SCRIPT}", areas="", initiatives="", tiles="")
    return base_map(own, {**config, "nationTiles": tiles})


def nation_group(update: NationUpdate) -> folium.FeatureGroup:
    """The feature group that carries the update to the frame."""
    return carrying({**asdict(update), "classes": base64.b64encode(update.classes).decode("ascii")})


def draw_nation(key: str, base: folium.Map, update: NationUpdate, take: Callable[[], None]) -> None:
    """The map with what this change of the screen changes on it; `take` is called at a click, which `clicked_thing`
    reads."""
    st_folium(
        base,
        key=key,
        height=HEIGHT,
        use_container_width=True,
        returned_objects=[THING],
        feature_group_to_add=nation_group(update),
        on_change=take,
    )
