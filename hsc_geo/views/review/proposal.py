"""One proposal: what it would change, where, what it may be a duplicate of; accept, change and accept, reject."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import partial
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup
from streamlit_folium import st_folium

from hsc_geo.domain import schema
from hsc_geo.register import (
    Accepted,
    Actor,
    Difference,
    Duplicate,
    NotTaken,
    Proposed,
    Register,
    Unknown,
    likely_duplicates,
)
from hsc_geo.register.checking import entity_for
from hsc_geo.register.drafting import CHANGING
from hsc_geo.register.frames import places_json, row_texts
from hsc_geo.register.tables import ENTRIES, PLACES
from hsc_geo.views.kit.components import Column, Row, table
from hsc_geo.views.kit.html import facts, items, link, markup, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.words import Words
from hsc_geo.views.maps.common import HEIGHT, map_config
from hsc_geo.views.maps.frame import MapAssets, base_map, update_group
from hsc_geo.views.review.choices import JOURNAL, MERGE, go
from hsc_geo.views.review.desk import BAD, Desk, drop, put, seed, tell, typed
from hsc_geo.views.review.edit import changed, editor, starting
from hsc_geo.views.review.places import (
    PlaceRow,
    Point,
    differs,
    map_update,
    marks,
    marks_text,
    paired,
    place_text,
)
from hsc_geo.views.review.words import (
    FILLED_FROM,
    about_text,
    both_texts,
    change_text,
    entry_name,
    error_text,
    field_text,
    kind_names,
    moment_text,
    role_text,
    status_names,
    value_text,
)

QUESTION = "question"
_NO_REASON = "no_reason"  # kept beside what is typed: the last press lacked a reason
MAP_KEY = "hsc_review_map"


def draw(n: Names, state: PageState, desk: Desk, assets: MapAssets, number: int) -> None:
    """All of one proposal."""
    found = desk.do(lambda register, by: register.proposed(number, by))
    _head(n, found)
    if found.status == "open" and found.proposal.kind in CHANGING:
        changes = _edit(n, found)
        _difference(n, desk, found, changes, assets)
        _duplicates(n, found)
    if found.status == "open":
        _decide(n, desk, found)
    else:
        _decided(n, state, found)


# What it says


def _head(n: Names, found: Proposed) -> None:
    w, proposal = n.w, found.proposal
    kind = kind_names(w).get(proposal.kind, proposal.kind)
    st.html(
        markup(
            '<h2 id="proposal">{}</h2>{}{}',
            w.t("Proposal {number}: {kind}", number=found.number, kind=kind),
            facts(head_facts(n, found)),
            markup('<blockquote class="hsc-quote">{}</blockquote>', proposal.why) if proposal.why else "",
        )
    )


def head_facts(n: Names, found: Proposed) -> list[tuple[str, object]]:
    """What it is about, since when, its state, its source."""
    w, proposal = n.w, found.proposal
    said = proposal.fields.get("source_kind", "")
    decided = (
        f"{moment_text(w, found.decided_at)}, {role_text(w, found.decided_role)}" if found.decided_at else ""
    )
    return [
        (w.t("Entry"), about_text(n, found)),
        (w.t("Received"), moment_text(w, found.at)),
        (w.t("Status"), status_names(w).get(found.status, found.status)),
        (w.t("Decided"), decided),
        (w.t("Reason"), found.decision_why),
        (w.t("Source"), link(proposal.source_url, proposal.source_url) if proposal.source_url else ""),
        (w.t("Who says so"), n.term("source_kind", said) if said else ""),
    ]


# What it would change


def _edit(n: Names, found: Proposed) -> dict[str, str]:
    """The steward's changes to what is proposed."""
    start = starting(n, found.proposal, _prefix(found.number))
    if not start:
        return {}
    with st.expander(n.w.t("Change before accepting")):
        editor(n, _prefix(found.number), entity_for(found.proposal), start)
    return changed(_prefix(found.number), start)


def _prefix(number: int) -> str:
    return f"review_{number}_"


def _difference(n: Names, desk: Desk, found: Proposed, changes: Mapping[str, str], assets: MapAssets) -> None:
    w = n.w
    try:
        rows = desk.do(lambda register, by: register.difference(found.number, by, changes))
    except (NotTaken, Unknown) as error:  # it can still be rejected
        st.html(markup('<p role="{}" class="hsc-note">{}</p>', BAD, error_text(w, error)))
        return
    if not rows:
        st.info(w.t("No field changes; the entry counts as confirmed today."))
        return
    table(
        w,
        key="review_difference",
        caption=w.t("What accepting changes, field by field"),
        columns=difference_columns(n),
        rows=difference_rows(n, rows),
        page_size=100,
    )
    lacking = missing(found, rows)
    if lacking and not typed(f"{_prefix(found.number)}into"):  # a merge takes it from the entry that stays
        names = ", ".join(field_text(w, name) for name in lacking)
        text = w.t("Fill this in under 'Change before accepting', it is needed: {fields}.", fields=names)
        st.html(markup('<p role="status" class="hsc-note" id="missing">{}</p>', text))
    placed = marks(*places(n, found, rows))
    if placed:
        _map(n, assets, placed)


def missing(found: Proposed, rows: Sequence[Difference]) -> list[str]:
    """Fields that a new entry must have and that nobody filled in; those that the register fills itself left out."""
    if found.proposal.kind != "new":
        return []
    given = {each.field for each in rows}
    fields = schema.table(ENTRIES[entity_for(found.proposal)]).fields
    return [each.name for each in fields if each.required and each.name not in {*given, *FILLED_FROM}]


def difference_columns(n: Names) -> list[Column]:
    """Columns that go with `difference_rows`."""
    w = n.w
    return [
        Column("field", w.t("Field"), sortable=False),
        Column("change", w.t("Change"), sortable=False),
        Column("old", w.t("Before"), sortable=False, wordy=True),
        Column("new", w.t("After"), sortable=False, wordy=True),
    ]


def difference_rows(n: Names, rows: Sequence[Difference]) -> list[Row]:
    """A row per field, of places a row for each: its name, what happens by sign and word, before and after."""
    return [
        row for each in rows for row in (_place_rows(n, each) if each.field == PLACES else [_row(n, each)])
    ]


def _row(n: Names, each: Difference) -> Row:
    before, after = both_texts(n, each.entity, each.field, each.old, each.new)
    name = field_text(n.w, each.field, each.entity)
    return Row("", [name, change_text(n.w, each.old, each.new), before, after], {})


def _place_rows(n: Names, each: Difference) -> list[Row]:
    """The places that differ, in the order in which they stand beside each other."""
    pairs = list(enumerate(paired(each.old, each.new), 1))
    differing = [(number, old, new) for number, (old, new) in pairs if differs(old, new)]
    return [
        _place_row(n, n.w.t("Place {n}", n=number) if len(pairs) > 1 else n.w.t("Place"), old, new)
        for number, old, new in differing
    ]


def _place_row(n: Names, name: str, old: PlaceRow | None, new: PlaceRow | None) -> Row:
    before, after = ("" if row is None else place_text(n, row) for row in (old, new))
    if before == after:
        before, after = ("" if row is None else place_text(n, row, whole=True) for row in (old, new))
    return Row("", [name, change_text(n.w, before, after), before or "–", after or "–"], {})


def shown(n: Names, entity: str, name: str, value: str) -> str:
    """A value, or a dash where there is none."""
    return value_text(n, entity, name, value) or "–"


# Where


def places(n: Names, found: Proposed, rows: Sequence[Difference]) -> tuple[str, str]:
    """The places before and after, as an entry holds them; the same where the proposal leaves them as they are."""
    if entity_for(found.proposal) != "initiative":
        return _point_of_venue(n, found, rows)
    for each in rows:
        if each.field == PLACES:
            return each.old, each.new
    now = places_json(n.package, found.proposal.entity_id or "")
    return now, now


def _point_of_venue(n: Names, found: Proposed, rows: Sequence[Difference]) -> tuple[str, str]:
    """The point of a venue, in the form of places."""
    old = row_texts(n.package, entity_for(found.proposal), found.proposal.entity_id or "")
    new = old | {each.field: each.new for each in rows}
    names = ("venue", "address", "latitude", "longitude")
    before, after = (json.dumps([{name: entry.get(name, "") for name in names}]) for entry in (old, new))
    return before, after


def _map(n: Names, assets: MapAssets, found: Sequence[tuple[str, Point, str]]) -> None:
    title = '<p class="hsc-maptitle" id="places">{} <small>{}</small></p>'
    st.html(markup(title, n.w.t("Where"), marks_text(n, found)))
    st_folium(
        base_map(assets, map_config(n.package)),
        key=MAP_KEY,
        height=HEIGHT,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=update_group(map_update(n, found)),
    )


# What it may be a duplicate of


def _likely(n: Names, found: Proposed) -> list[Duplicate]:
    proposal = found.proposal
    known = proposal.kind == "new" and entity_for(proposal) == "initiative"
    return likely_duplicates(proposal, n.package) if known else []


def _duplicates(n: Names, found: Proposed) -> None:
    w, proposal = n.w, found.proposal
    if proposal.kind != "new" or entity_for(proposal) != "initiative":
        return
    likely = _likely(n, found)
    st.subheader(w.t("Likely duplicates"), anchor=False)
    if not likely:
        st.html(markup("<p>{}</p>", w.t("No likely duplicate is found, by name and place.")))
        return
    st.html(items(duplicate_item(n, each) for each in likely))
    text = w.t(
        "Is it the same? Choose that entry at your decision, or reject the proposal with that as reason."
    )
    st.html(quiet(text))


def duplicate_item(n: Names, each: Duplicate) -> Markup:
    """The entry with a link, how alike the names are, and why it may be the same."""
    w = n.w
    reasons = {
        "name": w.t("the name is alike"),
        "near": w.t("within 150 metres"),
        "area_and_ambition": w.t("same area and ambition"),
    }
    query = urlencode({"sel": each.entity_id, "table": "initiatives", "lang": w.code})
    return markup(
        '<a href="{}" target="_blank">{}</a>: {}',
        f"kaart?{query}",
        entry_name(n, each.entity_id),
        "; ".join(
            [w.t("names {n} of 100 alike", n=w.number(each.score)), *(reasons[code] for code in each.why)]
        ),
    )


# The decision


def _decide(n: Names, desk: Desk, found: Proposed) -> None:
    w, number = n.w, found.number
    st.subheader(w.t("Your decision"), anchor=False)
    _reason(w, found)
    changing = found.proposal.kind in CHANGING
    some = bool(changing and changed(_prefix(number), starting(n, found.proposal, _prefix(number))))
    into = _into(n, found)
    yes = w.t("Accept and merge") if into else w.t("Change and accept") if some else w.t("Accept")
    no = w.t("Reject") if changing else w.t("Set aside")
    with st.container(horizontal=True, gap="small"):
        st.button(
            yes if changing else w.t("Answered"),
            key="review_accept",
            type="primary",
            on_click=partial(accept, n, desk, found),
        )
        st.button(no, key="review_reject", on_click=partial(reject, n, desk, found))


def _reason(w: Words, found: Proposed) -> None:
    """The reason or answer, after what is wrong with it."""
    prefix, question = _prefix(found.number), found.proposal.kind == QUESTION
    if typed(f"{prefix}{_NO_REASON}") and not str(typed(f"{prefix}reason")).strip():
        answer = w.t("Write your answer here first. Who asked reads it behind the link.")
        reason = w.t("Write your reason here first. The proposer reads it behind the link.")
        told = answer if question else reason
        st.html(markup('<div class="hsc-fault" id="fault-reason"><p>{}</p></div>', told))
    label = (
        w.t("Your answer (needed; who asked reads it)")
        if question
        else w.t("Reason or answer (needed to reject; the proposer reads it)")
    )
    st.text_area(label, max_chars=4000, **seed(f"{prefix}reason"))


def _into(n: Names, found: Proposed) -> str:
    """The entry into which a new one is merged when it is accepted; "" for none."""
    likely = [each.entity_id for each in _likely(n, found)]
    if not likely:
        return ""
    w = n.w
    key = f"{_prefix(found.number)}into"
    if typed(key) not in likely:
        drop(key)
    chosen: str = st.selectbox(
        w.t("Is it the same as an entry in the register?"),
        ["", *likely],
        format_func=lambda code: entry_name(n, code) if code else w.t("no, it is a new entry"),
        **seed(key),
    )
    return chosen


def accept(n: Names, desk: Desk, found: Proposed) -> None:
    """Accept it with what was changed and the reason, and merge it where an entry is chosen for that."""
    number = found.number
    why = str(typed(f"{_prefix(number)}reason"))
    changes = changed(_prefix(number), starting(n, found.proposal, _prefix(number)))
    into = str(typed(f"{_prefix(number)}into"))

    def act(register: Register, by: Actor) -> Accepted:
        if into:
            return register.accept_and_merge(number, into, by, why, changes)
        return register.accept(number, by, why, changes)

    done = desk.attempt(n.w, act)
    put(f"{_prefix(number)}{_NO_REASON}", found.proposal.kind == QUESTION and not why.strip())
    if done is not None:
        drop(_prefix(number))
        tell(n.w.t("Proposal {number} is accepted. It shows on all pages now.", number=number))
        if into:
            tell(n.w.t("Proposal {number} is accepted and merged into {kept}; the journal can undo it.",
                       number=number, kept=into))  # fmt: skip
        if found.proposal.kind not in CHANGING:
            tell(n.w.t("Proposal {number} is answered.", number=number))


def reject(n: Names, desk: Desk, found: Proposed) -> None:
    """Reject it with the reason."""
    number = found.number
    why = str(typed(f"{_prefix(number)}reason"))

    def act(register: Register, by: Actor) -> bool:
        register.reject(number, by, why)
        return True

    done = desk.attempt(n.w, act)
    put(f"{_prefix(number)}{_NO_REASON}", not why.strip())
    if done:
        drop(_prefix(number))
        tell(n.w.t("Proposal {number} is rejected.", number=number))


def _decided(n: Names, state: PageState, found: Proposed) -> None:
    """What became of it, with ways on."""
    w = n.w
    if not found.result_id:
        return
    with st.container(horizontal=True, gap="small"):
        st.button(w.t("Journal of this entry"), key="review_to_journal",
                  on_click=lambda: go(state, JOURNAL, entry=found.result_id))  # fmt: skip
        if found.proposal.kind == "new":
            kind = entity_for(found.proposal)
            st.button(w.t("Merge it with a duplicate"), key="review_to_merge",
                      on_click=lambda: go(state, MERGE, what=kind, drop=found.result_id))  # fmt: skip
