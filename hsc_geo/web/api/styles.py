"""How a GIS draws each collection: a style in the colours of the site, of `observations` for one figure."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from hsc_geo.analysis.explore import LEVELS, Choice, View, default_indicator, explore, shown_indicators
from hsc_geo.analysis.feature_kinds import OBSERVATIONS
from hsc_geo.analysis.feature_query import WrongParameter, one_of, whole
from hsc_geo.analysis.figures import REGISTER_INDICATOR
from hsc_geo.data.load import Package
from hsc_geo.domain.message import Message
from hsc_geo.views.maps import sld
from hsc_geo.web.api.answers import attached, package, parameters, words
from hsc_geo.web.api.media import SLD
from hsc_geo.web.api.ogc import asked_kind
from hsc_geo.web.api.openapi import FIGURE
from hsc_geo.web.resource import Resource, answer
from hsc_geo.web.screen import visit_without_page

_PARAMETER = {"table": "indicator_id", "indicator": "indicator_id", "age": "age_group", "level": "area_level"}
_LAST_YEAR = 9999


def style(request: Request) -> Response:
    """The style of a collection, as a file."""
    kind = asked_kind(request)
    asked = parameters(request, *(FIGURE if kind.id == OBSERVATIONS else ()))
    now = package()
    n = visit_without_page(now, words(request).code, "")
    text = sld.style(n, kind, _view(now, asked))
    made = answer(request, Resource(text.encode(), SLD), immutable=False)
    return attached(made, f"hsc-geo-{kind.id}.sld")


def _view(now: Package, asked: dict[str, str]) -> View:
    """The map of the figure that is asked for. Raises WrongParameter where there is none."""
    key = asked.get("indicator_id", default_indicator(now))
    if key == REGISTER_INDICATOR or key not in shown_indicators(now):
        mend = Message(
            "write the id of a figure with districts or neighbourhoods; /api/dictionary.json has all"
        )
        raise WrongParameter("indicator_id", key, mend)
    level = asked.get("area_level", LEVELS[0])
    if level not in LEVELS:
        raise WrongParameter("area_level", level, one_of(LEVELS))
    year = whole("year", asked["year"], 0, 0, _LAST_YEAR) if "year" in asked else None
    view = explore(now, Choice(key, year, asked.get("age_group", ""), level))
    for name, instead in view.changed:
        wrong = _PARAMETER.get(name, name)
        mend = Message("there is no such figure; what there is, has {instead}", instead=instead)
        raise WrongParameter(wrong, asked.get(wrong, key), mend)
    return view
