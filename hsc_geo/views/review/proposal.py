"""One proposal: what it would change, where, what it may be a duplicate of; accept, change and accept, reject."""

from __future__ import annotations

import streamlit as st

from hsc_geo.analysis.near import LookUp
from hsc_geo.register import (
    Proposed,
)
from hsc_geo.register.checking import entity_for
from hsc_geo.register.drafting import CHANGING
from hsc_geo.views.kit.html import facts, link, markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.maps.frame import MapAssets
from hsc_geo.views.review import difference, point_offer
from hsc_geo.views.review.decision import decide, decided, duplicates
from hsc_geo.views.review.desk import Desk
from hsc_geo.views.review.edit import changed, editor, starting, typed_under
from hsc_geo.views.review.words import about_text, kind_names, moment_text, role_text, status_names


def draw(n: Names, state: PageState, desk: Desk, assets: MapAssets, look_up: LookUp, number: int) -> None:
    """All of one proposal. look_up: finds addresses."""
    found = desk.do(lambda register, by: register.proposed(number, by))
    _head(n, found)
    if found.status == "open" and found.proposal.kind in CHANGING:
        changes = _edit(n, desk, look_up, found)
        difference.draw(n, state, desk, found, changes, assets)
        duplicates(n, desk, found)
    if found.status == "open":
        decide(n, desk, found)
    else:
        decided(n, state, found)


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


def _edit(n: Names, desk: Desk, look_up: LookUp, found: Proposed) -> dict[str, str]:
    """The steward's changes to what is proposed."""
    start = starting(n, found.proposal, typed_under(found.number))
    if not start:
        return {}
    with st.expander(n.w.t("Change before accepting")):
        editor(
            n,
            typed_under(found.number),
            entity_for(found.proposal),
            start,
            lambda number: point_offer.draw(n, desk, look_up, found, start, number),
        )
    return changed(typed_under(found.number), start)
