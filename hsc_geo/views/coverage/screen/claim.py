"""What figures can bear: choose a reading, and see whether the figures allow it, why not, and what to ask instead."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from hsc_geo.analysis.guard import EFFECT, KINDS, Reading
from hsc_geo.views.coverage.answers.claim import Claim, claim, every_figure, years_of
from hsc_geo.views.coverage.choices import BEAR, CoverageChoice
from hsc_geo.views.coverage.words.claim import said
from hsc_geo.views.coverage.words.page import part_names
from hsc_geo.views.kit.html import markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.wording.claims import choice_name, reading_name


def draw(n: Names, state: PageState, choice: CoverageChoice) -> None:
    """The choices and the answer."""
    w, answer = n.w, claim(n, choice)
    st.header(part_names(w)[BEAR], anchor=False)
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
        _controls(n, state, answer.reading)
    with right:
        _verdict(n, answer)
    _limits(n, answer.reading.indicator_ids[0])


def _controls(n: Names, state: PageState, now: Reading) -> None:
    w, package = n.w, n.package
    st.radio(
        w.t("What you want to say"),
        KINDS,
        format_func=lambda kind: reading_name(n, kind),
        key=state.seed("claim"),
        on_change=state.take,
        args=("claim",),
    )
    _several(n, state, "fig", w.t("Of which figures"), every_figure(package), now.indicator_ids)
    if now.kind == EFFECT:
        _initiative(n, state)
    areas = [str(code) for code in package.areas.index if package.areas.at[code, "level"] != "surrounding"]
    general = w.t("Of which areas; none is districts and neighbourhoods in general")
    _several(n, state, "where", general, areas, now.area_codes)
    years = [str(year) for year in years_of(package, now.indicator_ids)]
    _several(n, state, "yr", w.t("Of which years"), years, [str(year) for year in now.years])


def _several(
    n: Names, state: PageState, key: str, label: str, options: Sequence[str], now: Sequence[str]
) -> None:
    st.session_state[f"w_{key}"] = list(now)
    st.multiselect(
        label,
        options,
        format_func=lambda code: choice_name(n, key, code),
        key=f"w_{key}",
        placeholder=n.w.t("none chosen"),
        on_change=state.take,
        args=(key,),
    )


def _initiative(n: Names, state: PageState) -> None:
    st.selectbox(
        n.w.t("Of which initiative"),
        ["", *map(str, n.package.initiatives.index)],
        format_func=lambda key: n.initiative(key) if key else n.w.t("an initiative"),
        key=state.seed("sel"),
        on_change=state.take,
        args=("sel",),
    )


def _verdict(n: Names, answer: Claim) -> None:
    """The verdict, announced."""
    told = said(n, answer)
    instead = markup("<h2>{}</h2><p>{}</p>", told.instead_head, told.instead) if told.instead else ""
    st.html(
        markup(
            '<section class="hsc-card" role="status" id="verdict"><h2>{}</h2><p>{}</p>{}</section>',
            told.head,
            told.reason,
            instead,
        )
    )


def _limits(n: Names, key: str) -> None:
    """What the first of the figures may not be used for, in the words of its metadata."""
    row = n.package.indicators.loc[key]
    st.html(
        markup(
            '<p class="hsc-quiet"><strong>{}</strong>: {} {}</p>',
            n.indicator(key),
            n.w.pick(row, "caveats"),
            n.w.pick(row, "not_for"),
        )
    )
