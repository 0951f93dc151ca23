"""The day from which a page counts: that of the visit, unless the address asks for an earlier one as `asof`.

What is shared carries the day, so that it shows the same later; the plain address does not. Like the language, the day
is kept from page to page, and a link without it on the same page (the back button) takes it away.
"""

from __future__ import annotations

import datetime as dt

import streamlit as st

from hsc_geo.views.kit import carried
from hsc_geo.views.kit.days import read
from hsc_geo.views.kit.names import AS_OF, Names


def current(today: dt.date) -> dt.date | None:
    """The day that the address or, on the way from page to page, this visit asks for; None for that of the visit.

    A wrong or future day in the address is passed over (see `refused`) and taken out of it.
    """
    found = read(carried.asked(AS_OF), today)
    carried.keep(AS_OF, found.isoformat() if found else "")
    return found


def refused(today: dt.date) -> str:
    """The day that the address asks for and that cannot be; '' when all is well. Ask before `current`."""
    asked = st.query_params.get(AS_OF, "")
    return "" if not asked or read(asked, today) else asked


def line(n: Names) -> None:
    """That the page counts from an earlier day, and the way back to today; nothing without one."""
    if n.fixed:
        told = n.w.t("Counted from {date}.", date=n.w.date(n.today))
        carried.line(AS_OF, told, n.w.t("Look now"), leave)


def passed_by() -> None:
    """A page that counts from no day: the day is kept for the next one that does."""
    carried.passed_by(AS_OF)


def leave() -> None:
    """Count from the day of the visit, or of the edition that it opens."""
    carried.keep(AS_OF, "")
