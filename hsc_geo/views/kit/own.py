"""The own areas of a visit: in its address as `ownareas`, and carried from page to page."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from hsc_geo.analysis.own_area import OwnArea
from hsc_geo.analysis.own_areas import read, written
from hsc_geo.data.load import Package
from hsc_geo.views.kit import carried
from hsc_geo.views.kit.names import OWN_AREAS

_CHANGED = "own_changed"


def current(package: Package) -> tuple[tuple[OwnArea, ...], tuple[tuple[str, str], ...]]:
    """(the own areas of the visit, what its address asks that cannot be, each with a fault of `analysis.own_areas`);
    what cannot be is taken out of the address."""
    text = carried.asked(OWN_AREAS)
    found, refused = read(package, text) if text else ((), ())
    carried.keep(OWN_AREAS, written(found))
    return found, refused


def take(areas: Iterable[OwnArea]) -> None:
    """A callback: these are the own areas from now on. The page that draws it ends with `settle`."""
    carried.keep(OWN_AREAS, written(areas))
    st.session_state[_CHANGED] = True


def settle() -> None:
    """In a fragment: where its own areas changed the whole page is drawn again, for all of it is made with them."""
    if st.session_state.pop(_CHANGED, False):
        st.rerun()
