"""The profile page: a district or neighbourhood, or a few side by side, against the city and the country."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from hsc_geo.analysis import guard, profile
from hsc_geo.analysis.explanations import explanations
from hsc_geo.analysis.figures import concept_of, core_indicators, one_each, tables_of
from hsc_geo.analysis.profile import Spine, check_level
from hsc_geo.analysis.summary import summary
from hsc_geo.data.load import Package
from hsc_geo.views.kit.figure_choice import table_control
from hsc_geo.views.kit.html import items, joined, markup, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import note, refused_texts
from hsc_geo.views.kit.offer import offer as offer_brief
from hsc_geo.views.kit.rows import Column, Row
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.table import table
from hsc_geo.views.profile import explanations as profile_explanations
from hsc_geo.views.profile import initiatives, similar, tables
from hsc_geo.views.profile.chart import (
    CONFIG,
    scale_text,
    spine_chart,
    spine_legend,
    trend_chart,
    trend_legend,
)
from hsc_geo.views.profile.choices import AGES, MOST, chosen, parameters
from hsc_geo.views.profile.summary import sentences
from hsc_geo.views.wording import claims
from hsc_geo.views.wording.area import area_label, areas_in_order
from hsc_geo.views.wording.people import of_whom


def draw(n: Names) -> None:
    """The whole page."""
    st.title(n.w.t("District profile"), anchor=False)
    st.html(
        markup(
            '<p class="hsc-lead">{}</p>',
            n.w.t(
                "One district or neighbourhood beside the city and the country, or up to four side by side."
            ),
        )
    )
    _page(n)


@st.fragment
def _page(n: Names) -> None:
    state = PageState("profile", parameters(n.package), st.session_state, st.query_params)
    state.pull()
    refused = refused_texts(n.w, [each.value for each in state.refused])
    if refused:
        st.html(note(refused))
    _controls(n, state)
    codes, left_out = chosen(n.package, state.many("area"))
    if left_out:
        st.html(note(left_out_texts(n, codes, left_out)))
    _summary(n, codes, state["age"])
    offer_brief(n, state, "profile", codes[0])
    _residents(n, codes)
    _figures(n, state, codes)
    _trend(n, state, codes)
    initiatives.draw(n, state, codes)
    similar.draw(n, codes)
    state.push()


def left_out_texts(n: Names, codes: Sequence[str], left_out: Sequence[str]) -> list[str]:
    """Why areas that were asked are not on the page: there is room for four, and only of one level."""
    w = n.w
    level = check_level(n.package, codes[0])
    texts = []
    for code in left_out:
        if check_level(n.package, code) == level:
            why = w.t("At most {n} areas fit side by side.", n=MOST)
        else:
            why = _refusal(n, guard.LEVELS, tuple(core_indicators(n.package)[:1]), (codes[0], code))
        texts.append(w.t("{area} is left out.", area=n.area(code)) + f" {why}")
    return texts


def _refusal(
    n: Names, kind: str, indicators: tuple[str, ...], codes: Sequence[str], years: tuple[int, ...] = ()
) -> str:
    """Why the figures do not bear a reading, and what may be asked instead; '' where they do."""
    reading = guard.Reading(kind, indicators, tuple(codes), years)
    verdict = guard.judge(n.package, reading)
    if verdict.allowed:
        return ""
    parts = (claims.reason_text(n, reading, verdict), claims.instead_text(n, reading, verdict))
    return " ".join(part for part in parts if part)


def _controls(n: Names, state: PageState) -> None:
    w = n.w
    st.session_state["w_area"] = (state.many("area") or list(areas_in_order(n.package)[:1]))[:MOST]

    def take() -> None:
        state.clear(["sel", "lpage"])
        state.take("area")

    left, right = st.columns([2, 1], gap="medium")
    with left:
        st.multiselect(
            w.t("District or neighbourhood, at most four of one level"),
            areas_in_order(n.package),
            format_func=lambda code: area_label(n, code),
            key="w_area",
            placeholder=w.t("Choose an area"),
            max_selections=MOST,
            on_change=take,
        )
    with right:
        st.pills(
            w.t("Age group, where the figure has it"),
            AGES,
            format_func=lambda code: n.term("age_group", code),
            key=state.seed("age"),
            on_change=state.take,
            args=("age",),
            required=True,
            wrap=True,
        )


def _summary(n: Names, codes: Sequence[str], age_group: str) -> None:
    columns = st.columns(len(codes) if len(codes) < MOST else 2, gap="medium")
    for i, code in enumerate(codes):
        said = sentences(n, summary(n.package, code, n.today, age_group))
        with columns[i % len(columns)]:
            st.html(markup("<h2>{}</h2>{}{}", n.area(code), _kind_line(n, code), items(said)))


def _kind_line(n: Names, code: str) -> object:
    focus = n.focus().get(code)
    parts = [area_label(n, code).removeprefix(f"{n.area(code)} ").strip("()"), focus or "", code]
    return quiet(" · ".join(part for part in parts if part))


def _residents(n: Names, codes: Sequence[str]) -> None:
    w = n.w
    st.header(w.t("Who lives there"), anchor=False)
    found = [profile.residents(n.package, code) for code in codes]
    left, right = st.columns(2, gap="medium") if len(codes) == 1 else (st.container(), st.container())
    with left:
        _table(
            n,
            "profile_ages",
            w.t("Residents by age"),
            tables.age_columns(n, codes),
            tables.age_rows(n, found),
        )
    groups = list(zip(*(each.facts for each in found), strict=True))
    with right:
        _table(
            n,
            "profile_facts",
            w.t("Households, homes and income, as registered"),
            tables.fact_columns(n, codes),
            tables.fact_rows(n, groups),
        )


def _figures(n: Names, state: PageState, codes: Sequence[str]) -> None:
    w = n.w
    st.header(w.t("The figures beside the city"), anchor=False)
    groups = figure_groups(n.package, codes, state["age"], bool(state["full"]))
    st.session_state["w_full"] = bool(state["full"])
    st.toggle(
        w.t("All figures"),
        key="w_full",
        on_change=lambda: state.set("full", "1" if st.session_state["w_full"] else ""),
    )
    if not groups:
        st.info(w.t("No figures are published at this level."))
        return
    st.html(spine_legend(n, codes, groups))
    st.html(quiet(scale_text(n, groups)))
    st.plotly_chart(spine_chart(n, groups), key="profile_spine", config=CONFIG)
    _table(
        n,
        "profile_figures",
        w.t("The same figures as a table"),
        tables.spine_columns(n, codes),
        tables.spine_rows(n, groups),
    )
    adults = of_whom(n, (row.figure for group in groups for row in group))
    if adults:
        st.html(quiet(adults))
    said = explanations(n.package, codes, [group[0].indicator_id for group in groups])
    if said:
        st.html(profile_explanations.block(n, said))
    st.html(_limits(n, groups))


def figure_groups(
    package: Package, codes: Sequence[str], age_group: str, every: bool
) -> list[tuple[Spine, ...]]:
    """Per figure the rows of the areas, all of one level; the core figures, or every one."""
    found = [profile.spine(package, code, age_group) for code in codes]
    rows = found if every else [profile.core(each, package) for each in found]
    return list(zip(*rows, strict=True))


def _limits(n: Names, groups: Sequence[Sequence[Spine]]) -> object:
    """How the figures came about, the caveats and the readings that they do not bear, each once."""
    rows = [n.package.indicators.loc[group[0].indicator_id] for group in groups]
    texts = dict.fromkeys(n.w.pick(row, field) for field in ("method", "caveats", "not_for") for row in rows)
    return markup(
        "<details><summary>{}</summary>{}</details>",
        n.w.t("Limits of these figures, and what they may not be used for"),
        joined(markup("<p>{}</p>", text) for text in texts if text),
    )


def _trend(n: Names, state: PageState, codes: Sequence[str]) -> None:
    w, options = n.w, profile.with_trend(n.package, codes[0])
    if not options:
        return
    st.header(w.t("Over the years"), anchor=False)
    known = bool(state["ind"]) and profile.has_trend(n.package, codes[0], state["ind"])
    now = state["ind"] if known else options[0]
    _trend_choice(n, state, codes[0], options, now)
    if state["ind"] not in ("", now):
        st.html(note([w.t("{figure} has one year only here.", figure=n.indicator(state["ind"]))]))
    asked = [profile.trends(n.package, code, now, state["age"]) for code in codes]
    found = [trend for trend in asked if trend]
    refused = _refusal(n, guard.CHANGE, (now,), codes, found[0].years)
    shown = _shown_over_years(n, state, codes) if refused else list(codes)
    st.html(quiet(trend_text(n, found[0], refused if shown else "")))
    st.html(trend_legend(n, shown, found[0]))
    st.plotly_chart(trend_chart(n, found, bool(shown)), key="profile_trend", config=CONFIG)
    _table(
        n,
        "profile_years",
        w.t("{figure} by year", figure=n.indicator(now)),
        tables.trend_columns(n, shown),
        tables.trend_rows(n, found, bool(shown)),
    )


def _trend_choice(n: Names, state: PageState, area: str, options: Sequence[str], now: str) -> None:
    """The figure, and the table where several have it for more than one year."""
    every = tables_of(n.package, concept_of(n.package, now))
    twins = [key for key in every if profile.has_trend(n.package, area, key)]
    columns = st.columns([0.62, 0.38]) if len(twins) > 1 else [st.container()]
    st.session_state["w_ind"] = now
    with columns[0]:
        st.selectbox(
            n.w.t("Figure"),
            one_each(n.package, options, [now]),
            format_func=n.indicator,
            key="w_ind",
            on_change=state.take,
            args=("ind",),
        )
    if len(twins) > 1:
        with columns[1]:
            table_control(n, state, "ind", now, twins)


def _shown_over_years(n: Names, state: PageState, codes: Sequence[str]) -> list[str]:
    """The areas that are drawn over the years: of estimates, which do not bear that, only those of who asks."""
    st.session_state["w_line"] = bool(state["line"])
    st.checkbox(
        n.w.t("Show {areas} too, though change cannot be read there", areas=", ".join(map(n.area, codes))),
        key="w_line",
        on_change=lambda: state.set("line", "1" if st.session_state["w_line"] else ""),
    )
    return list(codes) if state["line"] else []


def trend_text(n: Names, trend: profile.Trend, refused: str) -> str:
    """Source and age group, and where change in an area that is shown cannot be read from the figure, why."""
    key = trend.indicator_id
    said = f"{n.source(key)}; {n.moment(None, trend.age_group)}; {n.kind(key).lower()}."
    return " ".join(part for part in (said, refused) if part)


def _table(n: Names, key: str, caption: str, columns: Sequence[Column], rows: Sequence[Row]) -> None:
    table(
        n.w, key=key, caption=caption, columns=columns, rows=rows, page_size=max(1, len(rows)), compact=True
    )
