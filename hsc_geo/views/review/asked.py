"""Asked, none found: a steward records that an area was asked for an ambition and that nothing was found there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from hsc_geo.analysis.explore import areas_in_order
from hsc_geo.domain.schema_register import PUBLIC_PAGE
from hsc_geo.register import Accepted, Actor, Asked, NotTaken, Register
from hsc_geo.register.texts import LONGEST_OTHER, longest
from hsc_geo.views.kit.controls import one_or_none
from hsc_geo.views.kit.html import facts, joined, link, markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Listing, Row
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.words import Words
from hsc_geo.views.review.choices import JOURNAL, go
from hsc_geo.views.review.desk import Desk, drop, gone, put, reason, seed, tell, typed
from hsc_geo.views.review.lists import by_pages, columns
from hsc_geo.views.review.refusals import fault_text
from hsc_geo.views.review.words import HERE, asked_name
from hsc_geo.views.wording.area import area_label
from hsc_geo.views.wording.field_words import ASKED, day_text, field_text

PREFIX = "review_asked_"
FIELDS = ("area_code", "ambition_code", "asked_on", "source_kind", "source", "source_url", "note")
LISTED = ("area_code", "ambition_code", "asked_on", "source", "note")
_FAULTS = "faults"  # kept beside what is typed: what the register found wrong with it
_WHY = "review_asked_why_"


def draw(n: Names, state: PageState, desk: Desk) -> None:
    """What this part is for, the form, what is recorded, and the one of those that is open."""
    w = n.w
    st.header(w.t("Asked, none found"), anchor=False)
    text = w.t(
        "Did you ask around in an area, and did nobody know an initiative for an ambition? Record it here. Then the "
        "matrix says that it was asked, and not only that none is known."
    )
    st.html(markup("<p>{}</p>", text))
    _form(n, desk)
    _list(n, state)
    if state["entry"]:
        _opened(n, state, desk)


# Recording


def _form(n: Names, desk: Desk) -> None:
    w = n.w
    st.subheader(w.t("Record that nothing was found"), anchor=False)
    _choose(n, "area_code", w.t("Area"), {c: area_label(n, c) for c in areas_in_order(n.package)})
    ambitions = {code: n.term("ambition", code) for code in n.codes("ambition")}
    _choose(n, "ambition_code", w.t("Ambition"), ambitions)
    today = n.day(HERE)
    _faults(w, "asked_on")
    st.date_input(
        w.t("Day of asking"),
        format="DD-MM-YYYY",
        min_value=date(2000, 1, 1),
        max_value=today,
        **seed(f"{PREFIX}asked_on", today),
    )
    _faults(w, "source_kind")
    kinds = {code: n.term("source_kind", code) for code in n.codes("source_kind")}
    st.segmented_control(
        w.t("Kind of source"),
        list(kinds),
        format_func=kinds.__getitem__,
        required=True,
        **seed(f"{PREFIX}source_kind", PUBLIC_PAGE),
    )
    _text(w, "source", w.t("Who says so"), w.t("An organisation or a page. No names of persons."))
    _text(w, "source_url", w.t("Web page of the source"), w.t("Needed when a public page says so."))
    _faults(w, "note")
    st.text_area(
        w.t("{name} (may stay empty)", name=w.t("Note")), max_chars=LONGEST_OTHER, **seed(f"{PREFIX}note")
    )
    st.button(w.t("Record"), type="primary", key="review_asked_record", on_click=partial(record, n, desk))


def _choose(n: Names, name: str, text: str, options: Mapping[str, str]) -> None:
    _faults(n.w, name)
    one_or_none(text, options, options.__getitem__, n.w.t("not chosen"), **seed(f"{PREFIX}{name}"))


def _text(w: Words, name: str, text: str, hint: str) -> None:
    _faults(w, name)
    st.text_input(text, max_chars=longest(name), help=hint, **seed(f"{PREFIX}{name}"))


def _faults(w: Words, name: str) -> None:
    """What the register found wrong in a field at the last press."""
    mine = [each for each in dict.fromkeys(typed(f"{PREFIX}{_FAULTS}", ())) if each.field == name]
    if mine:
        told = joined(markup("<p>{}</p>", fault_text(w, each, ASKED)) for each in mine)
        st.html(markup('<div class="hsc-fault" id="fault-{}">{}</div>', name, told))


def asked(today: date) -> Asked:
    """What stands in the form."""
    text = {name: str(typed(f"{PREFIX}{name}") or "") for name in FIELDS if name != "asked_on"}
    text["source_kind"] = text["source_kind"] or PUBLIC_PAGE
    day: Any = typed(f"{PREFIX}asked_on", today)
    return Asked(asked_on=day if isinstance(day, date) else today, **text)


def record(n: Names, desk: Desk) -> None:
    """Record it; what is wrong is told on top and at its field, and nothing that was typed is lost."""
    told = asked(n.day(HERE))

    def act(register: Register, by: Actor) -> Accepted:
        put(f"{PREFIX}{_FAULTS}", ())
        try:
            return register.record_asked(told, by)
        except NotTaken as error:
            put(f"{PREFIX}{_FAULTS}", error.faults)
            raise

    done = desk.attempt(n.w, act, ASKED)
    if done is not None:
        drop(PREFIX)
        tell(n.w.t("{asked} is recorded.", asked=asked_name(n, done.entity_id)))


# What is recorded


def _list(n: Names, state: PageState) -> None:
    w, recorded = n.w, n.package.asked_none
    st.subheader(w.t("What is recorded"), anchor=False)
    if not len(recorded):
        st.info(w.t("Nothing is recorded yet."))
        return
    caption = w.tn("{n} time asked, the newest first", "{n} times asked, the newest first", len(recorded))
    headers = {name: field_text(w, name, ASKED) for name in LISTED}
    by_pages(n, state, "review_asked_list", Listing(caption, columns(headers), rows(n)), "entry")


def rows(n: Names) -> list[Row]:
    """What is recorded, the newest first."""
    found = [{str(k): str(v) for k, v in row.items()} for row in n.package.asked_none.to_dict("records")]
    newest_first = sorted(found, key=lambda row: row["asked_id"])
    newest_first.sort(key=lambda row: row["asked_on"], reverse=True)
    return [Row(row["asked_id"], _cells(n, row), {}) for row in newest_first]


def _cells(n: Names, row: Mapping[str, str]) -> list[str]:
    area, ambition = n.area(row["area_code"]), n.term("ambition", row["ambition_code"])
    return [area, ambition, day_text(n.w, row["asked_on"]), row["source"], row["note"]]


# Taking one back


def _opened(n: Names, state: PageState, desk: Desk) -> None:
    w, key = n.w, state["entry"]
    recorded = n.package.asked_none
    mine = recorded[(recorded["asked_id"] == key).to_numpy()].to_dict("records")
    with st.container(border=True):
        if not mine:
            gone(w)
            return
        st.html(markup('<h2 id="panel">{}</h2>{}', asked_name(n, key), facts(_facts(n, mine[0]))))
        reason(w.t("Why do you take it back?"), f"{_WHY}{key}")
        with st.container(horizontal=True, gap="small"):
            st.button(
                w.t("Take it back"), key="review_asked_forget", on_click=partial(forget, n, state, desk)
            )
            st.button(
                w.t("Journal of this entry"),
                key="review_asked_journal",
                on_click=lambda: go(state, JOURNAL, entry=key),
            )


def _facts(n: Names, row: Mapping[Any, Any]) -> list[tuple[object, object]]:
    w = n.w
    names = {name: field_text(w, name, ASKED) for name in FIELDS}
    page = str(row["source_url"])
    return [
        (names["asked_on"], day_text(w, str(row["asked_on"]))),
        (names["source_kind"], n.term("source_kind", str(row["source_kind"]))),
        (names["source"], row["source"]),
        (names["source_url"], link(page, page) if page else ""),
        (names["note"], row["note"]),
    ]


def forget(n: Names, state: PageState, desk: Desk) -> None:
    """Take it back, with a reason."""
    key = state["entry"]
    done = desk.attempt_with(
        n.w, f"{_WHY}{key}", lambda register, by, why: register.forget_asked(key, by, why)
    )
    if done is not None:
        state.set("entry", "")
        tell(n.w.t("{asked} is taken back; the journal keeps it.", asked=asked_name(n, key)))
