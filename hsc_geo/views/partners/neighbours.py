"""Neighbours of an initiative, each with its reasons in words and the points that these give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from hsc_geo.analysis import neighbours as method
from hsc_geo.analysis.explore import facet_index
from hsc_geo.analysis.matrix import Basis, counted
from hsc_geo.analysis.neighbours import CODES, Neighbour, Reason, neighbours
from hsc_geo.views.kit.controls import initiative_choice, listed
from hsc_geo.views.kit.html import facts, items, markup
from hsc_geo.views.kit.html import label as plain_label
from hsc_geo.views.kit.names import Names, plain
from hsc_geo.views.kit.rows import Column, Row
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.partners.choices import initiative_panel
from hsc_geo.views.partners.near_words import metres_text
from hsc_geo.views.wording import initiative

MOST_NAMES = 4  # organisations named in one cell


def draw(n: Names, state: PageState) -> None:
    """The choice of an initiative, its neighbours, and how the points are given."""
    w = n.w
    st.header(w.t("Neighbours of an initiative"), anchor=False)

    def take() -> None:
        state.clear(["sel", "page", "why"])
        state.take("one")

    initiative_choice(n, state, "one", w.t("Initiative"), take)
    if not state["one"]:
        st.info(
            w.t("Choose an initiative to see with whom it could join forces, and to whom it could refer.")
        )
    else:
        _neighbours(n, state)
    st.html(markup("<h3>{}</h3>{}", w.t("How the points are given"), items(method_texts(n))))


def _neighbours(n: Names, state: PageState) -> None:
    w, key = n.w, state["one"]
    st.html(facts(own_facts(n, key)))
    among = facet_index(n.package).ids if state["ended"] else counted(n.package, Basis())
    found = neighbours(n.package, key, among)
    _filter(n, state, found)
    shown = with_reasons(found, state.many("why"))
    if not shown:
        st.info(
            w.t(
                "No neighbour is known under these choices. The register may know too little of this initiative."
            )
        )
        return
    caption = w.tn("{n} neighbour, most points first", "{n} neighbours, most points first", len(shown))
    listed(n, state, "neighbours", caption, neighbour_columns(n), neighbour_rows(n, shown))
    initiative_panel(n, state, "neighbour")


def own_facts(n: Names, key: str) -> list[tuple[str, object]]:
    """What the initiative itself is compared by."""
    w = n.w
    row: Any = n.package.initiatives.loc[key]
    return [
        (w.t("Ambition (most are inferred)"), initiative.ambitions_text(n, row)),
        (w.t("Life stage"), n.terms("life_stage", str(row["life_stages"]))),
        (w.t("Serves"), initiative.serves_text(n, key)),
        (w.t("Organisation"), plain(str(row["organisation"]).replace("|", ", "))),
    ]


def _filter(n: Names, state: PageState, found: Sequence[Neighbour]) -> None:
    w = n.w
    number = Counter(reason.code for each in found for reason in each.reasons)
    names = reason_names(n)

    def take() -> None:
        state.clear(["sel", "page"])
        state.take("why")

    st.pills(w.t("Reason"), CODES, format_func=lambda code: plain_label(f"{names[code]} ({w.number(number[code])})"),
             selection_mode="multi", key=state.seed("why"), on_change=take, wrap=True)  # fmt: skip
    st.session_state["w_ended"] = bool(state["ended"])
    st.toggle(w.t("Ended ones too"), key="w_ended",
              on_change=lambda: state.set("ended", "1" if st.session_state["w_ended"] else ""))  # fmt: skip


def with_reasons(found: Sequence[Neighbour], codes: Sequence[str]) -> list[Neighbour]:
    """Those with one of the reasons; all of them where none is chosen."""
    return [each for each in found if not codes or {reason.code for reason in each.reasons} & set(codes)]


def reason_names(n: Names) -> dict[str, str]:
    """The reasons by name."""
    w = n.w
    return {
        "join": w.t("Join forces"),
        "refer": w.t("Refer people"),
        "partners": w.t("Partners in common"),
        "place": w.t("Same place"),
        "alike": w.t("Descriptions alike"),
    }


def neighbour_columns(n: Names) -> list[Column]:
    """Columns that go with `neighbour_rows`."""
    w = n.w
    return [
        Column("name", w.t("Initiative"), sortable=False),
        Column("points", w.t("Points"), numeric=True, sortable=False),
        Column("why", w.t("Why"), sortable=False, wordy=True),
        Column("status", w.t("Status"), sortable=False),
    ]


def neighbour_rows(n: Names, found: Sequence[Neighbour]) -> list[Row]:
    """A row per neighbour."""
    return [
        Row(
            each.id,
            [
                n.initiative(each.id),
                n.w.number(each.score, 1),
                "; ".join(reason_text(n, reason) for reason in each.reasons),
                initiative.listed_status(n, each.id),
            ],
            {},
        )
        for each in found
    ]


def reason_text(n: Names, reason: Reason) -> str:
    """A reason in words with its points."""
    said = {
        "join": _together_text,
        "refer": _together_text,
        "partners": _partners_text,
        "place": _place_text,
        "alike": _alike_text,
    }[reason.code](n, reason.facts)
    name = reason_names(n)[reason.code]
    return n.w.t("{reason} ({points}): {facts}", reason=name, points=n.w.number(reason.points, 1), facts=said)


def _together_text(n: Names, known: Mapping[str, Any]) -> str:
    parts = [
        n.terms("ambition", "|".join(known["ambitions"])),
        n.terms("life_stage", "|".join(known["stages"])),
        metres_text(n, known["metres"]) if "metres" in known else "",
        ", ".join(n.area(code) for code in known.get("areas", ())),
    ]
    return " · ".join(part for part in parts if part)


def _partners_text(n: Names, known: Mapping[str, Any]) -> str:
    names = [plain(name) for name in known["organisations"]]
    more = len(names) - MOST_NAMES
    rest = [n.w.t("and {n} more", n=n.w.number(more))] if more > 0 else []
    return ", ".join([*names[:MOST_NAMES], *rest])


def _place_text(n: Names, known: Mapping[str, Any]) -> str:
    return n.w.t("the same venue") if known["venue"] else n.w.t("the same place on the map")


def _alike_text(n: Names, known: Mapping[str, Any]) -> str:
    return n.w.t("words such as {words}", words=", ".join(known["words"]))


def method_texts(n: Names) -> list[str]:
    """The points and what they are for."""
    w = n.w
    near, far = w.number(method.NEARBY), w.number(method.SAME_DISTRICT * 100)
    return [
        w.t(
            "Join forces: {n} points for an ambition in common, for the same people, nearby.",
            n=w.number(method.JOIN),
        ),
        w.t(
            "Refer people: {n} points for another ambition, for the same people, nearby.",
            n=w.number(method.REFER),
        ),
        w.t(
            "Nearby is within {metres} metres or in the same neighbourhood; where only the district is in common, "
            "{share}% of the points.",
            metres=near,
            share=far,
        ),
        w.t(
            "Partners in common: {n} point for each organisation, at most {most}. Same place: {place} point.",
            n=w.number(method.PARTNER),
            most=w.number(method.MOST_PARTNERS),
            place=w.number(method.PLACE),
        ),
        w.t(
            "Descriptions alike: up to {n} points, by the words of the Dutch texts that few others have (cosine of "
            "TF-IDF, from {least} on).",
            n=w.number(method.ALIKE),
            least=w.number(method.LEAST_ALIKE, 2),
        ),
        w.t(
            "The points are a choice of ours. They say whom to ask first, not who would fit; and most ambitions are "
            "inferred by us."
        ),
    ]
