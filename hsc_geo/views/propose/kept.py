"""What a visitor typed outlives the visit: it is kept in the tab of the visitor's own browser, not on the server."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from secrets import token_hex
from typing import Any

import streamlit as st

from hsc_geo.data.load import Package
from hsc_geo.domain.text import carriable
from hsc_geo.register.checking import LONGEST_ALL
from hsc_geo.views.kit.components import keeper
from hsc_geo.views.propose import moves
from hsc_geo.views.propose.choices import AMEND, FORM
from hsc_geo.views.propose.draft import SHARED
from hsc_geo.views.propose.form import LINES, MANY, ONE, Form, known_key
from hsc_geo.views.propose.proposal import text_fields

KEEPER = "propose_keeper"
MOST_TEXTS = 500
_VISIT, _TAKEN = "propose_visit", "propose_taken"


def keep(form: Form) -> None:
    """Let the browser keep the texts, and give back those of a visit that is over."""
    session, draft = st.session_state, form.draft

    def take() -> None:
        restore(form, session, session[KEEPER]["kept"])

    data = {
        "visit": session.setdefault(_VISIT, token_hex(8)),
        "about": form.about,
        "ask": not form.state["code"] or form.state["step"] == AMEND,
        "taken": bool(session.get(_TAKEN)),
        "texts": draft.texts,
        "cleared": draft.cleared,
        "fields": {name: draft.key(name) for name in text_fields(form) if name not in (*MANY, *ONE)},
        "lines": list(LINES),
        "go": moves.number(),
    }
    keeper(KEEPER, data, take)


def restore(form: Form, session: MutableMapping[Any, Any], given: object) -> None:
    """Take over what the browser kept, where nobody typed since. What is no draft of ours is left out; the explanation
    and the source come back only into the kind and entry that they were for."""
    session[_TAKEN] = True
    about = given.get("about") if isinstance(given, Mapping) else None
    for key, text in acceptable(form.n.package, given).items():
        if key not in SHARED or about == form.about:
            form.draft.bring_back(key, text)


def acceptable(package: Package, given: object) -> dict[str, str]:
    """The texts in what a browser gives, by key of the draft; none of what is too much or of another type."""
    texts = given.get("texts") if isinstance(given, Mapping) else None
    if not isinstance(texts, Mapping) or len(texts) > MOST_TEXTS:
        return {}
    return {
        key: carriable(text)
        for key, text in texts.items()
        if known_key(package, key) and isinstance(text, str) and len(text) <= LONGEST_ALL
    }


def told_back(form: Form) -> None:
    """That what was typed is back, and a way to begin anew."""
    if not form.draft.is_back:
        return
    w = form.n.w
    moves.note("back", w.t("What you had typed is back."), role="status")
    st.button(w.t("Begin anew"), key="propose_anew", on_click=begin_anew, args=(form,))


def begin_anew(form: Form) -> None:
    """Forget what was typed for this proposal, here and in the browser."""
    form.draft.clear()
    form.state.set("step", AMEND if form.sent else FORM)
    moves.move(moves.STEP)
