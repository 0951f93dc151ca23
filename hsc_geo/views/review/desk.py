"""The desk of a steward: the one way from the page Review to the register, and what is typed there.

Whoever sits at it is asked anew for every single thing that is read or done, so a role that was taken away is gone at
the next press of a button, whatever still stands on the screen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import streamlit as st

from hsc_geo.register import REVIEWERS, Actor, NotAllowed, Register, RegisterError
from hsc_geo.views.kit.html import markup
from hsc_geo.views.kit.words import Words
from hsc_geo.views.review.refusals import error_text

_Result = TypeVar("_Result")

LONGEST_REASON = 4000  # signs
TOLD = "review_told"
TYPED = "review_typed"
GOOD, BAD = "status", "alert"  # roles of a message, by which a screen reader announces it


@dataclass(frozen=True)
class Desk:
    """The register, reached only through `do` and `attempt`. ask: who visits now. changed: called after a change, so
    that all pages show it."""

    register: Register = field(repr=False)
    ask: Callable[[], Actor]
    changed: Callable[[], None]

    def do(self, act: Callable[[Register, Actor], _Result]) -> _Result:
        """Do it as who is signed in now. Raises NotAllowed before anything else, and what the register raises."""
        by = self.ask()
        if by.role not in REVIEWERS:
            raise NotAllowed(by.role)
        return act(self.register, by)

    def attempt(
        self, w: Words, act: Callable[[Register, Actor], _Result], entity: str = ""
    ) -> _Result | None:
        """As `do` for a change, in a callback: None when it was refused, which is then told in one sentence.

        entity: the kind of entry, for the names of its fields.
        """
        try:
            done = self.do(act)
        except RegisterError as error:
            tell(error_text(w, error, entity), BAD)
            return None
        self.changed()
        return done

    def attempt_with(
        self, w: Words, key: str, act: Callable[[Register, Actor, str], _Result], entity: str = ""
    ) -> _Result | None:
        """As `attempt`, with what was typed under this key; once it is taken in, that is let go of."""
        said = str(typed(key))
        done = self.attempt(w, lambda register, by: act(register, by, said), entity)
        if done is not None:
            drop(key)
        return done


def tell(text: str, role: str = GOOD) -> None:
    """Keep a message for the top of the page; it stays until the next one, or until it is forgotten."""
    st.session_state[TOLD] = (text, role)


def forget_message() -> None:
    """Another thing is looked at: the message of the last one goes."""
    st.session_state.pop(TOLD, None)


def show_message() -> None:
    """The message, if there is one."""
    text, role = st.session_state.get(TOLD, ("", GOOD))
    if text:
        st.html(markup('<p role="{}" class="hsc-note" id="told">{}</p>', role, text))


def refusal(text: str) -> None:
    """That something cannot be done or shown here, told where it would stand."""
    st.html(markup('<p role="{}" class="hsc-note">{}</p>', BAD, text))


def gone(w: Words) -> None:
    """That what the address names is not there."""
    st.html(markup("<p>{}</p>", w.t("That is not in the register, or not any more.")))


def typed(key: str, otherwise: Any = "") -> Any:
    """What was typed under this key; it outlives the field, a refusal and a look at another part of the page."""
    return st.session_state.get(TYPED, {}).get(key, otherwise)


def put(key: str, value: Any) -> None:
    """Keep something as if it were typed under this key."""
    st.session_state.setdefault(TYPED, {})[key] = value


def seed(key: str, otherwise: Any = "") -> dict[str, Any]:
    """Arguments of a widget whose content is kept so."""
    widget = f"w_{key}"
    st.session_state[widget] = typed(key, otherwise)

    def take() -> None:
        put(key, st.session_state[widget])

    return {"key": widget, "on_change": take}


def reason(label: str, key: str) -> None:
    """A field for a reason or an answer, kept under this key."""
    st.text_area(label, max_chars=LONGEST_REASON, **seed(key))


def drop(prefix: str) -> None:
    """Let go of what was typed under keys that begin so: it was taken in."""
    kept = st.session_state.get(TYPED, {})
    for key in [key for key in kept if key.startswith(prefix)]:
        del kept[key]
