"""How many adults a percentage of them is, in words: always an estimate, with how many adults that is of and when."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from hsc_geo.analysis.adults import FINEST, people
from hsc_geo.analysis.figures import Figure
from hsc_geo.analysis.persons import SHOWN, SMALL
from hsc_geo.views.kit.names import Names

DASH = "–"


def people_text(n: Names, figure: Figure) -> str:
    """`about 5,800 adults`; '' for a figure that is no percentage of adults, or where none can be told."""
    found = people(n.package, figure)
    if found is None:
        return ""
    if not found.number:
        return n.w.t("fewer than {n} adults", n=FINEST)
    return n.w.t("about {n} adults", n=n.w.number(found.number))


def people_cell(n: Names, people: pd.DataFrame | None, code: str) -> str:
    """`about 850` in a table, of the numbers of `analysis.persons`; that it is small, or a dash where it is not
    known."""
    if people is None:
        return DASH
    row: Any = people.loc[code]
    told, number = str(row["told"]), row["number"]
    if told == SMALL:
        return n.w.t("not shown: small")
    if told != SHOWN:
        return DASH
    return n.w.t("about {n}", n=n.w.number(number)) if number else n.w.t("fewer than {n}", n=FINEST)


def with_people(n: Names, figure: Figure) -> str:
    """A figure in words, and how many adults that is, where that can be told."""
    about = people_text(n, figure)
    return f"{n.figure(figure)} ({about})" if about else n.figure(figure)


def of_whom(n: Names, figures: Iterable[Figure]) -> str:
    """Of how many adults the numbers are, by area, in what year; that both are estimates; '' where none is told."""
    found = {each.area_code: people(n.package, each) for each in figures}
    parts = [
        n.w.t("{area} about {n} ({year})", area=n.area(code), n=n.w.number(each.of), year=each.year)
        for code, each in found.items()
        if each
    ]
    if not parts:
        return ""
    return n.w.t(
        "Numbers of adults are estimates: the percentage of all who are 18 or over there, estimated from age groups. "
        "Adults: {areas}.",
        areas="; ".join(parts),
    )
