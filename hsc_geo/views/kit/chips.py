"""The choices of a page in one line: a chip says what holds, and opens its control when it is pressed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from hsc_geo.views.kit.html import label
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState


@dataclass(frozen=True)
class Chip:
    """One choice or a few that belong together. text: what holds now, in words. draw: draws the control; it runs only
    while the chip is open. changes: the parameters of the state that it can change."""

    key: str
    text: str
    draw: Callable[[], None]
    changes: Sequence[str] = ()


class _Shown(str):
    """What a chip shows now. Streamlit tells elements apart by the words of what they are given, so a chip whose text
    or colour follows a choice would be another one after it, and closed: to Streamlit all of these read the same."""

    __slots__ = ()

    def __str__(self) -> str:
        return ""


def chips(n: Names, state: PageState, line: Sequence[Chip]) -> None:
    """Draw the line, and where a choice is not as usual a button that makes all so again."""
    keys = [key for chip in line for key in chip.changes]
    with place():
        for chip in line:
            one(state, chip)
        clear(n, state, keys, lambda: state.clear(keys))


def place() -> DeltaGenerator:
    """Where the line stands, for a page that draws its chips one by one."""
    return st.container(horizontal=True, gap="small", vertical_alignment="center", key="hsc_chips")


def one(state: PageState, chip: Chip) -> None:
    """One chip of the line."""
    kind = "primary" if _unusual(state, chip.changes) else "secondary"
    shown, key = _Shown(label(chip.text)), f"chip_{chip.key}"
    fold = st.popover(shown, type=_Shown(kind), key=key, on_change="rerun")  # type: ignore[arg-type]
    if fold.open:
        with fold:
            chip.draw()


def clear(n: Names, state: PageState, keys: Sequence[str], take: Callable[[], None]) -> None:
    """Where some of the choices are not as usual, the button that makes them so: it does `take`."""
    changed = _unusual(state, keys)
    if changed:
        text = n.w.t("Clear choices ({n})", n=n.w.number(len(changed)))
        st.button(text, key="clear_choices", type="tertiary", icon=":material/close:", on_click=take)


def _unusual(state: PageState, keys: Sequence[str]) -> list[str]:
    return [key for key in keys if not state.usual(key)]
