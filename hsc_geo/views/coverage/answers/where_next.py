"""Where next: the neighbourhoods in which new places reach most need, and what a change that is tried out does."""

from __future__ import annotations

from dataclasses import dataclass

from hsc_geo.analysis import what_if as analysis
from hsc_geo.analysis import where_next as search
from hsc_geo.analysis.focus import focus_codes
from hsc_geo.analysis.need import Need
from hsc_geo.analysis.serving import NEIGHBOURHOOD
from hsc_geo.analysis.what_if import Change, WhatIf, point_in
from hsc_geo.analysis.where_next import WhereNext
from hsc_geo.data.load import Package
from hsc_geo.views.coverage.answers.counted import fitting
from hsc_geo.views.coverage.answers.need import index_of
from hsc_geo.views.coverage.choices import CoverageChoice, Tried
from hsc_geo.views.kit.names import Names
from hsc_geo.views.maps.points import point_of

MOST = 10  # places tried out at a time


@dataclass(frozen=True, eq=False)
class Next:
    """fit: the initiatives that fit the choices. need: the index by neighbourhood. found: the best choices; None where
    need is zero everywhere, so that no place is better than another."""

    fit: tuple[str, ...]
    need: Need
    found: WhereNext | None


def where_next(n: Names, choice: CoverageChoice) -> Next:
    """The best new places. Raises NeedError where there is no index of need."""
    need, fit = index_of(n, choice, NEIGHBOURHOOD), fitting(n, choice)
    weights = need.table["index"] / 100
    if not (weights > 0).any():
        return Next(fit, need, None)
    among = focus_neighbourhoods(n.package) if choice.focus else ()
    most = min(choice.places, len(among) or choice.places)
    how = search.Search(among=among or None)
    found = search.where_next(n.package, fit, choice.distance, most, weights, choice.people, how)
    return Next(fit, need, found)


def focus_neighbourhoods(package: Package) -> tuple[str, ...]:
    """The neighbourhoods of the focus districts."""
    focus = {code for group in focus_codes(package).values() for code in group}
    areas = package.areas
    inside = (areas["level"] == NEIGHBOURHOOD) & (areas["parent_code"].isin(focus) | areas.index.isin(focus))
    return tuple(map(str, areas.index[inside]))


def change_of(package: Package, tried: Tried) -> Change:
    """The change that is tried out, in metres of EPSG:28992; points that cannot be are left out."""
    added = [*(point_in(package, code) for code in tried.added), *points(package, tried).values()]
    return Change(tuple(added[:MOST]), tried.removed)


def points(package: Package, tried: Tried) -> dict[str, tuple[float, float]]:
    """The points of the address that can be, as they stand there, with where they lie (x, y; EPSG:28992)."""
    found = {text: point_of(package, text) for text in tried.points}
    return {text: point for text, point in found.items() if point is not None}


def what_if(n: Names, choice: CoverageChoice) -> WhatIf | None:
    """Before and after the change; None where nothing is tried out. Raises NeedError where there is no index of
    need."""
    change = change_of(n.package, choice.tried)
    if not change.added and not change.removed:
        return None
    fit, need = fitting(n, choice), index_of(n, choice, NEIGHBOURHOOD).table["index"]
    how = choice.sharing.method
    return analysis.compare(n.package, fit, change, choice.distance, need, choice.people, how)
