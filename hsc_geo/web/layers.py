"""The map's layers as JSON: made once per snapshot, then answered from memory."""

from __future__ import annotations

import threading
from typing import Any

from hsc_geo.data import shared
from hsc_geo.data.load import Package
from hsc_geo.web.paths import address
from hsc_geo.web.resource import Resource, json_body

LAYERS = ("areas", "initiatives")
KEPT = 4 * len(
    LAYERS
)  # of the latest snapshots: a page that is open may still ask for the one before a change

_lock = threading.Lock()
_made: dict[tuple[str, str], Resource] = {}


def layer(package: Package, name: str) -> Resource:
    """One of LAYERS as JSON: `areas` is GeoJSON (WGS84), `initiatives` what views.map_data makes of them."""
    key = (package.snapshot, name)
    with _lock:
        if key not in _made:
            _made[key] = Resource(_body(package, name), "application/json")
            for old in list(_made)[:-KEPT]:
                del _made[old]
        return _made[key]


def made_layer(snapshot: str, name: str) -> Resource | None:
    """A layer of this snapshot, if it was made and is still kept."""
    with _lock:
        return _made.get((snapshot, name))


def layer_url(package: Package, name: str) -> str:
    """The address of a layer: snapshot, and a hash of the content, since code shapes it as well as data."""
    return f"{address(f'map/{package.snapshot}/{name}.json')}?v={layer(package, name).version}"


def forget_layers() -> None:
    """Drop the layers made so far: for tests, and for a process whose data folder was replaced."""
    with _lock:
        _made.clear()


def _body(package: Package, name: str) -> bytes:
    form = shared.Form(write=bytes, read=bytes)
    return shared.kept(
        f"layer-{name}", shared.mark_of(package), lambda: json_body(_content(package, name)), form
    )


def _content(package: Package, name: str) -> dict[str, Any]:
    from hsc_geo.views.maps import features  # only when asked: it brings the map's libraries

    return features.area_features(package) if name == "areas" else features.initiative_features(package)
