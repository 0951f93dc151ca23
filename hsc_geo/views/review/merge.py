"""Merging two entries that are the same: which to keep, what both say, and the merge itself."""

from __future__ import annotations

from functools import partial

import streamlit as st

from hsc_geo.data.load import Package
from hsc_geo.register.frames import places_json, row_texts
from hsc_geo.register.tables import PLACES
from hsc_geo.views.kit.controls import one_or_none, segments
from hsc_geo.views.kit.html import markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Listing, Row
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.review.choices import ENTITIES, JOURNAL, go
from hsc_geo.views.review.desk import Desk, forget_message, reason, tell
from hsc_geo.views.review.lists import by_pages, columns
from hsc_geo.views.review.words import entry_name
from hsc_geo.views.wording.field_words import ASKED, both_texts, entity_names, field_text

REASON = "review_merge_reason"


def draw(n: Names, state: PageState, desk: Desk) -> None:
    """Which two, what they say, and the button."""
    w = n.w
    st.header(w.t("Merge"), anchor=False)
    text = w.t(
        "Two entries become one. The one that is kept takes over what it lacks from the other, which goes. The journal "
        "can undo it."
    )
    st.html(markup("<p>{}</p>", text))
    names = {code: name for code, name in entity_names(w).items() if code in ENTITIES}
    segments(state, "what", w.t("Kind of entry"), names, lambda: _other_kind(state))
    keys = entry_ids(n.package, state["what"])
    left, right = st.columns(2, gap="medium")
    with left:
        _choose(n, state, "keep", w.t("Keep this one"), keys)
    with right:
        _choose(n, state, "drop", w.t("This one goes"), keys)
    keep, gone = state["keep"], state["drop"]
    if keep not in keys or gone not in keys or keep == gone:
        st.info(w.t("Choose two different entries."))
        return
    _both(n, state, keep, gone)
    _decide(n, state, desk)


def entry_ids(package: Package, kind: str) -> list[str]:
    """Ids of the entries of a kind (of venues their names), by name; of what was asked by area and ambition."""
    if kind == ASKED:
        return sorted(package.asked_none["asked_id"].astype(str))
    if kind == "venue":
        return sorted(package.venues["venue"].astype(str), key=str.casefold)
    entries = package.initiatives if kind == "initiative" else package.organisations
    names = entries["name"].astype(str).to_dict()
    return [str(key) for key in sorted(names, key=lambda key: (names[key].casefold(), key))]


def _other_kind(state: PageState) -> None:
    forget_message()
    state.clear(["keep", "drop"])
    state.take("what")


def _choose(n: Names, state: PageState, key: str, text: str, keys: list[str]) -> None:
    if state[key] not in keys:
        state.set(key, "")
    one_or_none(
        text,
        keys,
        lambda code: entry_name(n, code),
        n.w.t("choose an entry"),
        key=state.seed(key),
        on_change=lambda: state.take(key),
    )


def _both(n: Names, state: PageState, keep: str, gone: str) -> None:
    w = n.w
    headers = {"field": w.t("Field"), "keep": w.t("Stays"), "drop": w.t("Goes")}
    listing = Listing(w.t("Where the two differ"), columns(headers), rows(n, state["what"], keep, gone))
    by_pages(n, state, "review_both", listing)


def rows(n: Names, kind: str, keep: str, gone: str) -> list[Row]:
    """A row per field in which the two entries differ."""
    one, other = (_texts(n.package, kind, key) for key in (keep, gone))
    return [
        Row("", [field_text(n.w, name), *both_texts(n, kind, name, one[name], other[name])], {})
        for name in one
        if one[name] != other[name]
    ]


def _texts(package: Package, kind: str, key: str) -> dict[str, str]:
    """An entry as text, with its places."""
    places = {PLACES: places_json(package, key)} if kind == "initiative" else {}
    return row_texts(package, kind, key) | places


def _decide(n: Names, state: PageState, desk: Desk) -> None:
    w = n.w
    reason(w.t("Reason, for the journal"), REASON)
    with st.container(horizontal=True, gap="small"):
        st.button(w.t("Merge"), type="primary", key="review_merge", on_click=partial(merge, n, state, desk))
        st.button(w.t("Keep the other one"), key="review_swap", on_click=partial(swap, state))


def swap(state: PageState) -> None:
    """The one that goes stays, and the other way round."""
    keep, gone = state["keep"], state["drop"]
    state.set("keep", gone)
    state.set("drop", keep)


def merge(n: Names, state: PageState, desk: Desk) -> None:
    """Merge the two, and go where it can be undone."""
    keep, gone = state["keep"], state["drop"]
    done = desk.attempt_with(n.w, REASON, lambda register, by, why: register.merge(keep, gone, by, why))
    if done is not None:
        go(state, JOURNAL, entry=keep, batch=done.batch)
        tell(n.w.t("{gone} is merged into {kept}; here it can be undone.", gone=gone, kept=keep))
