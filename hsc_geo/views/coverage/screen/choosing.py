"""The choices of a part as chips in one line, each with the controls that it opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from hsc_geo.analysis import matrix
from hsc_geo.analysis.access import ENHANCED, TWO_STEP
from hsc_geo.views.coverage.answers.claim import claim, every_figure, years_of
from hsc_geo.views.coverage.answers.elsewhere import elsewhere
from hsc_geo.views.coverage.choices import (
    ACCESS,
    BOTH,
    FACTORS,
    HERE,
    INDEX,
    PLACES,
    SHARE,
    SPAN_CODES,
    CoverageChoice,
)
from hsc_geo.views.coverage.screen.composition import controls as composed
from hsc_geo.views.coverage.screen.controls import distance_control, level_control, one_of, pills, several
from hsc_geo.views.coverage.words import chosen
from hsc_geo.views.coverage.words.access import decimal
from hsc_geo.views.coverage.words.page import evidence_texts
from hsc_geo.views.kit.chips import Chip, chips
from hsc_geo.views.kit.controls import segments, toggle
from hsc_geo.views.kit.html import items
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.wording.claims import choice_name
from hsc_geo.views.wording.counts import FRESHNESS, STATUS, TOTAL

CHANGES = {
    chosen.AMBITION: ("ramb",),
    chosen.FOR_WHOM: ("ramb", "rlife"),
    chosen.DISTANCE: ("dist",),
    chosen.LEVEL: ("level",),
    chosen.BASIS: ("conf", "count"),
    chosen.CELLS: ("split", "wide"),
    chosen.METHOD: ("fca", "band", "level"),
    chosen.SHOW: ("show",),
    chosen.COMPOSED: ("need", "nyear", "nage"),
    chosen.PLACES: ("places",),
    chosen.WHERE: ("focus",),
    chosen.LIKE: ("like",),
    chosen.FIGURES: ("fig",),
    chosen.AREAS: ("where",),
    chosen.YEARS: ("yr",),
    chosen.INITIATIVE: ("sel",),
}


def line(n: Names, state: PageState, choice: CoverageChoice) -> None:
    """The chips of the open part."""
    at = _Chosen(n, state, choice)
    found = [
        Chip(key, chosen.chosen_text(n, choice, key), at.controls(key), CHANGES[key])
        for key in chosen.line(choice)
    ]
    chips(n, state, found)


@dataclass(frozen=True)
class _Chosen:
    """The controls of each chip."""

    n: Names
    state: PageState
    choice: CoverageChoice

    def controls(self, key: str) -> Callable[[], None]:
        return {**self._of_whom(), **self._of_view(), **self._of_claim()}[key]

    def _of_whom(self) -> dict[str, Callable[[], None]]:
        n, state = self.n, self.state
        return {
            chosen.AMBITION: self._ambition,
            chosen.FOR_WHOM: self._for_whom,
            chosen.DISTANCE: lambda: distance_control(n, state),
            chosen.LEVEL: lambda: level_control(n, state),
            chosen.BASIS: self._basis,
        }

    def _of_view(self) -> dict[str, Callable[[], None]]:
        n, state = self.n, self.state
        return {
            chosen.CELLS: self._cells,
            chosen.METHOD: self._method,
            chosen.SHOW: self._shown,
            chosen.COMPOSED: lambda: composed(n, state, self.choice),
            chosen.PLACES: lambda: segments(
                state, "places", n.w.t("Number of new places"), {each: each for each in PLACES}
            ),
            chosen.WHERE: lambda: toggle(state, "focus", n.w.t("Only in the focus districts")),
            chosen.LIKE: self._like,
        }

    def _of_claim(self) -> dict[str, Callable[[], None]]:
        w = self.n.w
        general = w.t("Of which areas; none is districts and neighbourhoods in general")
        return {
            chosen.FIGURES: lambda: self._several(
                "fig", w.t("Of which figures"), every_figure(self.n.package)
            ),
            chosen.AREAS: lambda: self._several("where", general, self._areas()),
            chosen.YEARS: lambda: self._several("yr", w.t("Of which years"), self._years()),
            chosen.INITIATIVE: self._initiative,
        }

    def _ambition(self) -> None:
        pills(self.n, self.state, "ramb", self.n.w.t("Ambition"), "ambition")

    def _for_whom(self) -> None:
        self._ambition()
        pills(self.n, self.state, "rlife", self.n.w.t("Life stage"), "life_stage")

    def _basis(self) -> None:
        n, w = self.n, self.n.w
        spans = {code: w.t("within {n} months", n=code) for code in SPAN_CODES}
        kinds = {
            matrix.KNOWN: w.t("Not known to have ended"),
            matrix.ACTIVE: w.t("Active when last seen"),
            matrix.EVERY: w.t("Ended ones too"),
        }
        one_of(self.state, "conf", w.t("As known, or as confirmed"), {"": w.t("As known"), **spans})
        one_of(self.state, "count", w.t("Which initiatives count"), kinds)
        st.html(items(evidence_texts(n, self.choice.basis), "hsc-quiet"))

    def _cells(self) -> None:
        w = self.n.w
        splits = {TOTAL: w.t("Number"), STATUS: w.t("By status"), FRESHNESS: w.t("By newest evidence")}
        segments(self.state, "split", w.t("In each cell"), splits)
        toggle(self.state, "wide", w.t("Show city-wide and regional ones beside each number"))

    def _method(self) -> None:
        w = self.n.w
        methods = {TWO_STEP: w.t("Near or not (2SFCA)"), ENHANCED: w.t("Nearer counts more (E2SFCA)")}
        level_control(self.n, self.state)
        segments(self.state, "fca", w.t("How access is computed"), methods)
        factors = {code: decimal(w, float(code)) for code in FACTORS}
        segments(self.state, "band", w.t("Size not known: this many times less or more"), factors)

    def _shown(self) -> None:
        w = self.n.w
        shown = {
            BOTH: w.t("Need and help"),
            INDEX: w.t("Need"),
            HERE: w.t("Known here"),
            SHARE: w.t("Reached, at least"),
            ACCESS: w.t("Help per resident"),
        }
        segments(self.state, "show", w.t("On the map"), shown)

    def _like(self) -> None:
        n, state, offered = self.n, self.state, elsewhere(self.n, self.choice).offered
        st.session_state["w_like"] = state["like"] if state["like"] in offered else ""
        st.selectbox(
            n.w.t("Initiative in a focus district"),
            ["", *offered],
            format_func=lambda key: n.initiative(key) if key else n.w.t("all"),
            key="w_like",
            on_change=state.take,
            args=("like",),
        )

    def _areas(self) -> list[str]:
        areas = self.n.package.areas
        return [str(code) for code in areas.index if areas.at[code, "level"] != "surrounding"]

    def _years(self) -> list[str]:
        return [str(year) for year in years_of(self.n.package, self._now("fig"))]

    def _now(self, key: str) -> list[str]:
        reading = claim(self.n, self.choice).reading
        now = {"fig": reading.indicator_ids, "where": reading.area_codes, "yr": reading.years}[key]
        return [str(each) for each in now]

    def _several(self, key: str, label: str, options: Sequence[str]) -> None:
        st.session_state[f"w_{key}"] = self._now(key)
        several(self.n, self.state, key, label, options, lambda code: choice_name(self.n, key, code))

    def _initiative(self) -> None:
        n = self.n
        st.selectbox(
            n.w.t("Of which initiative"),
            ["", *map(str, n.package.initiatives.index)],
            format_func=lambda key: n.initiative(key) if key else n.w.t("an initiative"),
            key=self.state.seed("sel"),
            on_change=self.state.take,
            args=("sel",),
        )
