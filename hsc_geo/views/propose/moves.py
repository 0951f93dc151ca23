"""Where the eye and the focus go after a button of the page Propose: to its heading, or to what is wrong."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from hsc_geo.views.kit.html import markup

STEP, FAULTS, FAILED, ASKED = "step", "faults", "failed", "asked"
_MOVED = "propose_moved"


def move(to: str) -> None:
    """A button was pressed: what is marked with this name comes into view and has the focus."""
    st.session_state[_MOVED] = (number() + 1, to)


def number() -> int:
    """How many buttons led somewhere in this visit."""
    return int(st.session_state.get(_MOVED, (0, ""))[0])


def mark(name: str) -> Markup:
    """The attributes of an element to which a button can lead."""
    leads = number() and st.session_state[_MOVED][1] == name
    return markup('tabindex="-1" data-go="{}"', number()) if leads else markup('tabindex="-1"')


def note(where: str, text: str, role: str = "alert", leads: str = "") -> None:
    """A note under this name; a screen reader announces it by its role. leads: as of `mark`, "" for none."""
    more = mark(leads) if leads else ""
    st.html(markup('<div class="hsc-note" role="{}" id="{}" {}><p>{}</p></div>', role, where, more, text))


def heading(text: str, leads: bool = True) -> None:
    """The heading of a part. leads: whether the buttons that go to another screen lead here."""
    marks = markup('id="heading" {}', mark(STEP)) if leads else ""
    st.html(markup('<h2 class="hsc-part" {}>{}</h2>', marks, text))
