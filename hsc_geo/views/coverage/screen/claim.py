"""What figures can bear: choose a reading, and see whether the figures allow it, why not, and what to ask instead."""

from __future__ import annotations

import streamlit as st

from hsc_geo.analysis.explore import LEVELS, listed_indicators, shown_indicators
from hsc_geo.analysis.guard import EFFECT, KINDS, Reading, judge
from hsc_geo.data.load import Package
from hsc_geo.views.coverage.choices import _years, reading
from hsc_geo.views.kit.html import markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.wording.claims import choice_name, instead_text, reading_name, reason_text


def draw(n: Names, state: PageState) -> None:
    """The choices and the answer."""
    w = n.w
    st.header(w.t("What figures can bear"), anchor=False)
    st.html(
        markup(
            '<p class="hsc-lead">{}</p>',
            w.t(
                "What you want to say in a debate, held against what the figures are: measured, estimated or "
                "counted by us."
            ),
        )
    )
    left, right = st.columns(2, gap="large")
    with left:
        _controls(n, state)
    with right:
        _answer(n, reading(n, state))
    _every(n, state)


def _controls(n: Names, state: PageState) -> None:
    w, package = n.w, n.package
    st.radio(
        w.t("What you want to say"),
        KINDS,
        format_func=lambda kind: reading_name(n, kind),
        key=state.seed("claim"),
        on_change=state.take,
        args=("claim",),
    )
    now = reading(n, state)
    st.session_state["w_fig"] = list(now.indicator_ids)
    _several(n, state, "fig", w.t("Of which figures"), every_figure(package))
    if state["claim"] == EFFECT:
        _initiative(n, state)
    areas = [str(code) for code in package.areas.index if package.areas.at[code, "level"] != "surrounding"]
    st.session_state["w_where"] = list(now.area_codes)
    _several(n, state, "where", w.t("Of which areas; none is districts and neighbourhoods in general"), areas)
    st.session_state["w_yr"] = [str(year) for year in now.years]
    _several(n, state, "yr", w.t("Of which years"), [str(year) for year in _years(n, now.indicator_ids)])


def _several(n: Names, state: PageState, key: str, label: str, options: list[str]) -> None:
    st.multiselect(
        label,
        options,
        format_func=lambda code: choice_name(n, key, code),
        key=f"w_{key}",
        placeholder=n.w.t("none chosen"),
        on_change=state.take,
        args=(key,),
    )


def every_figure(package: Package) -> list[str]:
    """What is measured once each, then the same of other tables: whether two tables may be joined is asked here too."""
    usual = listed_indicators(package, LEVELS)
    return [*usual, *(key for key in shown_indicators(package) if key not in usual)]


def _initiative(n: Names, state: PageState) -> None:
    st.selectbox(
        n.w.t("Of which initiative"),
        ["", *map(str, n.package.initiatives.index)],
        format_func=lambda key: n.initiative(key) if key else n.w.t("an initiative"),
        key=state.seed("sel"),
        on_change=state.take,
        args=("sel",),
    )


def _answer(n: Names, asked: Reading) -> None:
    """The verdict, announced."""
    w, verdict = n.w, judge(n.package, asked)
    head = w.t("The figures bear this") if verdict.allowed else w.t("The figures do not bear this")
    instead = instead_text(n, asked, verdict)
    st.html(
        markup(
            '<section class="hsc-card" role="status" id="verdict"><h2>{}</h2><p>{}</p>{}</section>',
            head,
            reason_text(n, asked, verdict),
            markup("<h2>{}</h2><p>{}</p>", w.t("What you may ask instead"), instead) if instead else "",
        )
    )


def _every(n: Names, state: PageState) -> None:
    """What the first of the figures may not be used for, in the words of its metadata."""
    key = reading(n, state).indicator_ids[0]
    row = n.package.indicators.loc[key]
    st.html(
        markup(
            '<p class="hsc-quiet"><strong>{}</strong>: {} {}</p>',
            n.indicator(key),
            n.w.pick(row, "caveats"),
            n.w.pick(row, "not_for"),
        )
    )
