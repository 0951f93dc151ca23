"""The map as folium elements: a base whose script never changes, and an update that carries only what changed.

streamlit-folium keeps the frame as long as the script of the map is the same, and runs the script of the feature
group on every change. So the base map starts `map.js`, whose module fetches geometry and initiatives from our own
host, and the feature group calls its `update` with classes, texts and a bit per initiative.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, cast

import folium
import numpy as np
from branca.element import Element, Figure, MacroElement
from folium.template import Template

from hsc_geo.views.maps.features import bitmask

_TEMPLATE = re.compile(r"\{(?=[{%#])")


@dataclass(frozen=True)
class MapAssets:
    """Addresses on our own host: Leaflet, our script and styles, the two layers, tiles and font ('' for none)."""

    leaflet_js: str
    leaflet_css: str
    map_js: str
    map_css: str
    areas: str
    initiatives: str
    tiles: str
    font: str


@dataclass(frozen=True)
class MapUpdate:
    """What one change of the screen changes on the map.

    Without title, classes, colors and text no figure is drawn. classes: area code -> class number; an area without one
    is hatched. doubt: codes of areas that are dotted, not distinguishable from the city. colors: one per class, empty
    for no choropleth. text: area code -> its figure in words. visible: mask
    over the initiatives in the register's order. selected: the area or initiative in the panel. signs: area code -> a
    sign or a word that stands with its name. radius: metres of the ring around each place, 0 for none. marks: places
    that do not exist (proposed, tried out), each with `at` ([latitude, longitude]), a `sign` and, where only it has a
    ring, that one's `radius`. sight: two corners (latitude, longitude) of the part of the city to look at, none for the
    whole. own: the neighbourhoods of each own area of the visit, which is outlined.
    """

    level: str
    lang: str
    theme: str
    visible: np.ndarray
    words: Mapping[str, str]
    title: str = ""
    classes: Mapping[str, int] = field(default_factory=dict)
    colors: list[str] = field(default_factory=list)
    text: Mapping[str, str] = field(default_factory=dict)
    doubt: Sequence[str] = ()
    selected: str = ""
    signs: Mapping[str, str] = field(default_factory=dict)
    radius: int = 0
    marks: Sequence[Mapping[str, object]] = ()
    sight: Sequence[Sequence[float]] = ()
    own: Sequence[Sequence[str]] = ()


class _Part(MacroElement):
    """What is written into no page: streamlit-folium takes the scripts by themselves. folium would compile each of
    them, and of what is in it, as a template, two times for every change of the map."""

    def render(self, **kwargs: object) -> str:
        return ""


class _Style(Element):
    _template = Template(
        "<style>html, body { width: 100%; height: 100%; margin: 0; padding: 0; }\n"
        "#{{ this.of }} { position: relative; width: 100%; height: 100%; }\n"
        ".leaflet-container { font-size: 1rem; }</style>"
    )

    def __init__(self, of: str) -> None:
        super().__init__()
        self.of = of


class _Group(folium.FeatureGroup, _Part):
    pass


class _Map(folium.Map, _Part):
    """Folium's map, said in fewer words: its script and header go along with every change of the map."""

    _template = Template(
        "{% macro script(this, kwargs) %}var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, "
        "{center: {{ this.location|tojson }}, ...{{ this.options|tojavascript }}});{% endmacro %}"
    )


class _Start(MacroElement):
    _template = Template(
        "{% macro script(this, kwargs) %}hsc.start({{ this._parent.get_name() }}, {{ this.config }});{% endmacro %}"
    )

    def __init__(self, config: str) -> None:
        super().__init__()
        self._name = "hsc_start"
        self.config = config


class _Update(MacroElement):
    _template = Template("{% macro script(this, kwargs) %}hsc.update({{ this.payload }});{% endmacro %}")

    def __init__(self, payload: str) -> None:
        super().__init__()
        self._name = "hsc_update"
        self.payload = payload


def base_map(assets: MapAssets, config: Mapping[str, object]) -> folium.Map:
    """The map without anything that a choice on the screen changes. `config` goes to `hsc.start`."""
    bounds: Any = config["bounds"]
    widest, nearest = cast(Sequence[int], config["zooms"])
    centre = [(bounds[0][i] + bounds[1][i]) / 2 for i in (0, 1)]
    result = _Map(
        location=centre,
        zoom_start=13,
        tiles=None,
        min_zoom=widest,
        max_zoom=nearest,
        zoom_snap=0.25,
        scroll_wheel_zoom=False,
        prefer_canvas=False,
    )
    # One after the other: ours first, so that its module comes while Leaflet does.
    result.default_js = [("hsc", assets.map_js), ("leaflet", assets.leaflet_js)]
    result.default_css = [("leaflet", assets.leaflet_css), ("hsc", assets.map_css)]
    addresses = {key: getattr(assets, key) for key in ("areas", "initiatives", "tiles", "font")}
    page = result.get_root()
    assert isinstance(page, Figure)
    page.header.add_child(_Style(result.get_name()))
    result.add_child(_Start(script_json({**config, **addresses})))
    return result


def update_group(update: MapUpdate) -> folium.FeatureGroup:
    """The feature group that carries the update to the frame."""
    fields = asdict(update)
    fields["visible"] = base64.b64encode(bitmask(update.visible)).decode("ascii")
    return carrying(fields)


def carrying(fields: Mapping[str, object]) -> folium.FeatureGroup:
    """The feature group that carries what `hsc.update` is given."""
    group = _Group(name="hsc")
    group.add_child(_Update(script_json(fields)))
    return group


def script_json(value: object) -> str:
    """JSON that is safe inside a script: nothing in it can end the script, or be a template.

    folium renders scripts with Jinja a second time where it writes a page of them, so `{{`, `{%` and `{#`, which JSON
    has only inside texts, are escaped too.
    """
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    for sign, escaped in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(sign, escaped)
    return _TEMPLATE.sub(r"\\u007b", text)
