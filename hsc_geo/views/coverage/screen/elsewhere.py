"""What is known in Leiden Noord and Zuidwest, and the areas most alike where nothing like it is known."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from hsc_geo.analysis.matrix import with_ambition
from hsc_geo.analysis.similar import default_weights, left_out
from hsc_geo.analysis.transfer import Transfer, focus_initiatives, transfer
from hsc_geo.data.load import Package
from hsc_geo.views.coverage.choices import level_control, select
from hsc_geo.views.kit.components import Column, Row, table
from hsc_geo.views.kit.html import items, markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.profile.similar import part_text
from hsc_geo.views.profile.tables import share_name
from hsc_geo.views.wording import initiative
from hsc_geo.views.wording.freshness import named

NEAREST = 5


def draw(n: Names, state: PageState, ids: tuple[str, ...]) -> None:
    """The choices, the areas where each could be asked for, and what makes them alike."""
    w = n.w
    st.header(w.t("What can serve elsewhere"), anchor=False)
    st.html(
        markup(
            '<p class="hsc-lead">{}</p>',
            w.t(
                "What is known in the focus districts, and the areas most alike to where it is known that "
                "have nothing like it known. It says where to ask, not what would work."
            ),
        )
    )
    counted = set(ids)
    offered = [key for key in focus_initiatives(n.package) if key in counted]
    _controls(n, state, offered)
    chosen = [key for key in with_ambition(n.package, offered, state["ramb"]) if state["like"] in ("", key)]
    found = _found(n.package, tuple(chosen), state["level"], ids)
    if not found:
        st.info(_nothing(n, offered, chosen))
        return
    _table(n, state, found)
    _initiative(n, state)
    st.html(items(method_texts(n, state["level"])))


@lru_cache(maxsize=32)
def _found(package: Package, chosen: tuple[str, ...], level: str, ids: tuple[str, ...]) -> list[Transfer]:
    return transfer(package, chosen, level, NEAREST, ids)


def _controls(n: Names, state: PageState, offered: list[str]) -> None:
    w = n.w
    left, right = st.columns(2, gap="medium")
    with left:
        level_control(n, state)
        select(n, state, "ramb", w.t("Ambition"), "ambition")
    with right:
        st.session_state["w_like"] = state["like"] if state["like"] in offered else ""
        st.selectbox(
            w.t("Initiative in a focus district"),
            ["", *offered],
            format_func=lambda key: n.initiative(key) if key else w.t("all"),
            key="w_like",
            on_change=state.take,
            args=("like",),
        )


def _nothing(n: Names, offered: list[str], chosen: list[str]) -> str:
    w = n.w
    if not offered:
        return w.t("None of the initiatives that count is known to serve a focus district.")
    if not chosen:
        return w.t("No initiative known in a focus district has this ambition.")
    return w.t(
        "Wherever areas are alike, something like it is known already, or nothing is known to compare by."
    )


def transfer_columns(n: Names) -> list[Column]:
    """Columns that go with `transfer_rows`."""
    w = n.w
    return [
        Column("name", w.t("Initiative"), sortable=False),
        Column("here", w.t("Known in"), sortable=False),
        Column("there", w.t("Could be asked for in"), sortable=False),
        Column("distance", w.t("How far from alike"), numeric=True, sortable=False),
        Column("alike", w.t("Alike in"), sortable=False, wordy=True),
        Column("differs", w.t("Differs in"), sortable=False, wordy=True),
        Column("wide", w.t("City-wide ones like it"), numeric=True, sortable=False),
    ]


def transfer_rows(n: Names, found: list[Transfer]) -> list[Row]:
    """A row per initiative and area."""
    return [_row(n, each) for each in found]


def _row(n: Names, each: Transfer) -> Row:
    w = n.w
    here = n.area(each.served_area)
    if each.served_as == "district" and n.package.areas.at[each.served_area, "level"] != "district":
        here = w.t("{area} (known to its district only)", area=here)
    alike = "; ".join(variable_name(n, part.key) for part in each.likeness.alike_in(2))
    differs = "; ".join(part_text(n, part) for part in each.likeness.differs_in(2))
    name = named(n, each.initiative_id)
    wide = w.number(len(each.wide)) if each.wide else w.t("none known")
    cells = [name, here, n.area(each.target_area), w.number(each.likeness.distance, 2), alike, differs, wide]
    return Row(each.initiative_id, cells, {})


def variable_name(n: Names, key: str) -> str:
    """An indicator, or the share of residents in an age band."""
    return n.indicator(key) if key in n.package.indicators.index else share_name(n, key)


def _table(n: Names, state: PageState, found: list[Transfer]) -> None:
    table(
        n.w,
        key="coverage_transfer",
        caption=n.w.t("Where it could be asked for, the areas most alike first; choose a row for its source"),
        columns=transfer_columns(n),
        rows=transfer_rows(n, found),
        page=int(state["lpage"]),
        selected=state["sel"],
        on_pick=lambda key: state.set("sel", key),
        on_page=lambda page: state.set("lpage", str(page)),
    )


def _initiative(n: Names, state: PageState) -> None:
    if not state["sel"]:
        return
    with st.container(border=True):
        st.html(initiative.initiative(n, state["sel"]))
        st.button(n.w.t("Close"), key="transfer_close", on_click=state.set, args=("sel", ""))


def method_texts(n: Names, level: str) -> list[str]:
    """What makes areas alike, with the weights, and who is left out."""
    w = n.w
    weights = default_weights(n.package)
    total = sum(weights.values())
    parts = [
        f"{variable_name(n, key)} {w.value(100 * weight / total, 'percent', 0)}"
        for key, weight in weights.items()
    ]
    gone = left_out(n.package, level)
    texts = [
        w.t("Like it: with an ambition and a kind of activity in common."),
        w.t(
            "Areas are alike by these figures, in standard deviations, with these weights: {parts}.",
            parts="; ".join(parts),
        ),
        w.t(
            "The figures on health are estimated from who lives there, so they say partly the same as the others."
        ),
        w.t(
            "What is known to a district only may work in any part of it. City-wide ones may reach an area as well."
        ),
    ]
    if gone:
        names = ", ".join(n.area(code) for code in gone)
        texts.append(w.t("Not compared, with too few residents or figures: {names}.", names=names))
    return texts
