"""The filters of the map, in the line of choices: the ambitions stand open, the others fold out."""

import streamlit as st

from hsc_geo.analysis.explore import facet_index
from hsc_geo.analysis.facets import FACETS, counts
from hsc_geo.views.kit import chips
from hsc_geo.views.kit.filters import Filter, filters
from hsc_geo.views.kit.html import label as plain_label
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.map.choices import ENDED, FILTER_KEYS, KEYS, TEXT
from hsc_geo.views.wording.facets import (
    ambition_short,
    counted_name,
    facet_options,
    facet_order,
    facet_title,
)

AMBITION, *OTHERS = FACETS
FOLDED = tuple(key for key in FILTER_KEYS if key != KEYS[AMBITION])


def draw(n: Names, state: PageState) -> None:
    """The ambitions, each with how many initiatives it has under the other filters, and the fold of these."""
    index = facet_index(n.package, n.today)
    chosen = {facet: state.many(key) for facet, key in KEYS.items()}
    available = counts(index, chosen, state[TEXT], state.on(ENDED))
    _ambitions(n, state, available[AMBITION])
    used = sum(not state.usual(key) for key in FOLDED)
    text = n.w.t("More filters ({n})", n=n.w.number(used)) if used else n.w.t("More filters")
    chips.one(state, chips.Chip("more", text, lambda: _more(n, state, available), FOLDED))


def _ambitions(n: Names, state: PageState, available: dict[str, int]) -> None:
    key = KEYS[AMBITION]
    st.pills(
        facet_title(n, AMBITION),
        facet_order(n, AMBITION, list(available)),
        selection_mode="multi",
        label_visibility="collapsed",
        format_func=lambda code: plain_label(
            counted_name(n, ambition_short(n, code), available.get(code, 0))
        ),
        key=state.seed(key),
        on_change=state.take,
        args=(key,),
    )


def _more(n: Names, state: PageState, available: dict[str, dict[str, int]]) -> None:
    found = [
        Filter(KEYS[each], facet_title(n, each), facet_options(n, each, available[each])) for each in OTHERS
    ]
    filters(n, state, found, TEXT, ENDED)
