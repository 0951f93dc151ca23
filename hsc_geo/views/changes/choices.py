"""What the address of the page of changes says, and what was chosen by it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta

from hsc_geo.analysis.explore import areas_in_order
from hsc_geo.analysis.past import Past
from hsc_geo.analysis.what_changed import places_that_can_be_asked
from hsc_geo.data.cached import per_package
from hsc_geo.data.editions import Edition
from hsc_geo.data.load import Package
from hsc_geo.views.kit.days import FIRST, read
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PAGE_NUMBERS, PageState, Param

AREA, AMBITION, SINCE, BEFORE = "area", "amb", "since", "before"
PAGES = ("page", "dpage", "kpage", "fpage")  # of the tables of changes, dates, what is known, and figures
USUAL = relativedelta(years=1)  # what a yearly festival looks back on


@dataclass(frozen=True)
class ChangesChoice:
    """The choices of the page.

    area: "" for everywhere, FOCUS, or a code. ambition: "" for all. since: the day from which it is told; before: the
    edition with which is compared, in place of a day. until: the last day that is told. unknown: what the address asked
    and cannot be. The pages of the tables of changes, dates, what is known, and figures.
    """

    area: str
    ambition: str
    since: dt.date
    until: dt.date
    before: Edition | None = None
    unknown: tuple[str, ...] = ()
    page: int = 1
    dates_page: int = 1
    known_page: int = 1
    figures_page: int = 1


@per_package(maxsize=1)
def parameters(package: Package) -> tuple[Param, ...]:
    """Every choice of the page, with its valid codes and its default."""
    ambitions = package.vocabularies.loc[package.vocabularies["vocabulary"] == "ambition", "code"]
    return (
        Param(AREA, "", frozenset((*places_that_can_be_asked(package), *areas_in_order(package)))),
        Param(AMBITION, "", frozenset(map(str, ambitions))),
        Param(SINCE, limit=10),
        Param(BEFORE, limit=40),
        *(Param(key, "1", PAGE_NUMBERS) for key in PAGES),
    )


def choice(n: Names, state: PageState) -> ChangesChoice:
    """The choices as they are in the state, whose parameters are `parameters`."""
    until = n.today
    asked, before = state[SINCE], edition(n.past, state[BEFORE], until)
    since = read(asked, until)
    unknown = [asked] if asked and since is None else []
    unknown += [state[BEFORE]] if state[BEFORE] and before is None else []
    return ChangesChoice(
        state[AREA],
        state[AMBITION],
        before.day if before else since or usual(until),
        until,
        before,
        tuple(unknown),
        *(state.number(key) for key in PAGES),
    )


def usual(until: dt.date) -> dt.date:
    """From which day it is told where nobody chose one: the same day a year earlier."""
    return max(FIRST, until - USUAL)


def edition(past: Past, name: str, until: dt.date) -> Edition | None:
    """The edition of this name that is kept, and is not of after `until`."""
    return next((each for each in past.editions() if each.name == name and each.day <= until), None)
