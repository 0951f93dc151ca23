"""The edition that a visit opens: the present one, unless the address asks for one that is kept, as `edition`.

Like the day it is kept from page to page, and stands in no address that does not ask for it.
"""

from __future__ import annotations

from hsc_geo.views.kit import carried
from hsc_geo.views.kit.names import EDITION, Names


def asked() -> str:
    """The name of the edition that the address or, on the way from page to page, this visit asks for; '' for none."""
    return carried.asked(EDITION)


def keep(name: str) -> None:
    """The visit opens this one from now on; '' for the present one."""
    carried.keep(EDITION, name)


def line(n: Names) -> None:
    """That the page shows an edition of an earlier day, and the way to the present one; nothing without one."""
    if n.edition:
        told = n.w.t("You see the edition of {day}.", day=n.w.date(n.edition.day))
        carried.line(EDITION, told, n.w.t("See the present one"), lambda: keep(""))


def passed_by() -> None:
    """A page that works with the present data: the edition is kept for the next one that shows it."""
    carried.passed_by(EDITION)
