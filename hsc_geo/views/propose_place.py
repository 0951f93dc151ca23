"""Where an initiative is: a click on the map, degrees typed in, areas from a list, or the whole city."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st
from streamlit_folium import st_folium

from hsc_geo.analysis.near import areas_at
from hsc_geo.analysis.places import with_point
from hsc_geo.analysis.serving import NEIGHBOURHOOD
from hsc_geo.register import Fault
from hsc_geo.views import panel
from hsc_geo.views import propose_words as words
from hsc_geo.views.coverage_what_if import point_of
from hsc_geo.views.folium_map import MapAssets, MapUpdate, base_map, update_group
from hsc_geo.views.html import markup
from hsc_geo.views.map_view import HEIGHT, clicked_point, map_config, map_words, theme
from hsc_geo.views.profile import area_label, areas_in_order
from hsc_geo.views.propose_choices import AREA_CODES, AREAS, KEEP, MODE, PLACE, POINT, SEPARATOR, Form
from hsc_geo.views.propose_form import fault_lines, field, fields

MAP_KEY = "hsc_propose_map"


def place(form: Form, faults: Sequence[Fault], assets: MapAssets) -> None:
    """The ways to say where it is, and the one that is chosen."""
    w = form.n.w
    for name in ("place", "precision"):
        fault_lines(form, name, faults)
    names, modes = words.mode_names(w), form.modes()
    st.session_state["w_p_mode"] = form.mode() if form.mode() in modes else modes[0]
    st.segmented_control(
        w.t("Where is it?"),
        modes,
        format_func=lambda code: names[code],
        key="w_p_mode",
        on_change=lambda: form.draft.put(MODE, st.session_state["w_p_mode"]),
        required=True,
    )
    if form.mode() == POINT:
        _point(form, faults, assets)
    elif form.mode() == AREAS:
        _areas(form, faults)
    elif form.mode() == KEEP and form.entry:
        st.html(markup("<p>{}</p>", panel.serves_text(form.n, form.entry)))
    fields(form, PLACE, faults)


def _areas(form: Form, faults: Sequence[Fault]) -> None:
    n = form.n
    fault_lines(form, AREA_CODES, faults)
    options = areas_in_order(n.package)
    st.session_state["w_p_area_codes"] = [
        code for code in form.text(AREA_CODES).split(SEPARATOR) if code in options
    ]
    st.multiselect(
        words.names(n.w)[AREA_CODES],
        options,
        format_func=lambda code: area_label(n, code),
        key="w_p_area_codes",
        placeholder=n.w.t("none chosen"),
        select_all=False,
        on_change=lambda: form.draft.put(AREA_CODES, SEPARATOR.join(st.session_state["w_p_area_codes"])),
    )


def _point(form: Form, faults: Sequence[Fault], assets: MapAssets) -> None:
    w = form.n.w
    left, right = st.columns([0.6, 0.4], gap="medium")
    with right:
        st.html(markup("<p>{}</p>", w.t("Click on the map, or type the coordinates in degrees (WGS84).")))
        field(form, "latitude", faults)
        field(form, "longitude", faults)
        st.html(markup('<p role="status" id="place">{}</p>', place_text(form)))
    with left:
        st.html(
            markup(
                '<p class="hsc-maptitle">{} <small>{}</small></p>',
                w.t("The place"),
                w.t("+: the place that you propose; yellow: initiatives known"),
            )
        )
        st_folium(
            base_map(assets, map_config(form.n.package)),
            key=MAP_KEY,
            height=HEIGHT,
            use_container_width=True,
            returned_objects=["last_clicked"],
            feature_group_to_add=update_group(map_update(form)),
            on_change=lambda: take_click(form),
        )


def take_click(form: Form) -> None:
    """A click on the map is the place; that it lies outside is told, as of any other."""
    point = clicked_point(MAP_KEY)
    if point is not None:
        form.draft.put("latitude", f"{point[0]:.5f}")
        form.draft.put("longitude", f"{point[1]:.5f}")


def degrees(form: Form) -> tuple[float, float] | None:
    """Latitude and longitude (WGS84) as they stand in the fields; None where they are no place in the municipality."""
    try:
        latitude, longitude = (
            float(form.text(name).strip().replace(",", ".")) for name in ("latitude", "longitude")
        )
    except ValueError:
        return None
    inside = point_of(form.n.package, f"{latitude:.5f},{longitude:.5f}")
    return (latitude, longitude) if inside else None


def place_text(form: Form) -> str:
    """In which neighbourhood the place lies."""
    w, found = form.n.w, degrees(form)
    point = point_of(form.n.package, f"{found[0]:.5f},{found[1]:.5f}") if found else None
    if point is None:
        return w.t("No place within the municipality is chosen yet.")
    codes = [code for code in areas_at(form.n.package, point) if code]
    return w.t("The place lies in {area}.", area=", ".join(form.n.area(code) for code in codes))


def map_update(form: Form) -> MapUpdate:
    """Every initiative with a known place, and the place proposed as a mark."""
    package = form.n.package
    ids = list(with_point(package))
    found = degrees(form)
    marks: list[dict[str, object]] = (
        [{"at": [round(each, 5) for each in found], "sign": "+"}] if found else []
    )
    return MapUpdate(
        level=NEIGHBOURHOOD,
        lang=form.n.w.code,
        theme=theme(),
        title="",
        classes={},
        colors=[],
        text={},
        visible=np.isin(np.array(package.initiatives.index), ids),
        selected="",
        words=map_words(form.n.w),
        marks=marks,
    )
