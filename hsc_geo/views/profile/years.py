"""One figure of a profile over the years: of the areas where change can be read, of the city and of the country."""

from __future__ import annotations

import streamlit as st

from hsc_geo.views.kit import in_python
from hsc_geo.views.kit.charts import CONFIG
from hsc_geo.views.kit.controls import checkbox, table_control
from hsc_geo.views.kit.html import quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import note
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.table import whole
from hsc_geo.views.profile import answers, tables
from hsc_geo.views.profile.answers import OverYears
from hsc_geo.views.profile.calls import calls
from hsc_geo.views.profile.chart import trend_chart, trend_legend
from hsc_geo.views.profile.choices import ProfileChoice
from hsc_geo.views.profile.figures import section
from hsc_geo.views.profile.words import years_text


def draw(n: Names, state: PageState, choice: ProfileChoice) -> None:
    """The choice of a figure, its years as a chart and as a table; nothing where no figure has several years."""
    found = answers.over_years(n.package, choice)
    if found is None:
        return
    w = n.w
    section(n, "years")
    _figure(n, state, found)
    if choice.figure not in ("", found.figure):
        st.html(note([w.t("{figure} has one year only here.", figure=n.indicator(choice.figure))]))
    areas = _areas(n, state, choice, found)
    st.html(quiet(years_text(n, found, bool(areas))))
    st.html(trend_legend(n, areas, found.found[0]))
    chart = trend_chart(n, found.found, bool(areas))
    st.plotly_chart(chart, key="profile_trend", config=CONFIG)
    whole(w, "profile_years", tables.years(n, found, areas))
    in_python.fold(n, "years", lambda: calls(choice, "years"))


def _figure(n: Names, state: PageState, found: OverYears) -> None:
    """The figure, and the table where several have it for more than one year."""
    several = len(found.tables) > 1
    columns = st.columns([0.62, 0.38]) if several else [st.container()]
    st.session_state["w_ind"] = found.figure
    with columns[0]:
        st.selectbox(
            n.w.t("Figure"),
            found.options,
            format_func=n.indicator,
            key="w_ind",
            on_change=state.take,
            args=("ind",),
        )
    if several:
        with columns[1]:
            table_control(n, state, "ind", found.figure, found.tables)


def _areas(n: Names, state: PageState, choice: ProfileChoice, found: OverYears) -> tuple[str, ...]:
    """The areas that are drawn: where change cannot be read, only those of who asks."""
    if found.judged.verdict.allowed:
        return choice.areas
    areas = ", ".join(map(n.area, choice.areas))
    checkbox(state, "line", n.w.t("Show {areas} too, though change cannot be read there", areas=areas))
    return choice.areas if choice.drawn else ()
