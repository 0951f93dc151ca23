"""The tables of the page Partners: who is near, who resembles an initiative, what an organisation does, who is missing,
what may end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import pandas as pd

from hsc_geo.analysis.continuity import SOON, what_may_end
from hsc_geo.analysis.matrix import ALL
from hsc_geo.analysis.partners import organisation
from hsc_geo.data.load import Package
from hsc_geo.tables.visit import joined, visit
from hsc_geo.views.partners import answers, rows
from hsc_geo.views.partners.choices import MissingChoice, NearChoice, NeighboursChoice

__all__ = ["MissingChoice", "NearChoice", "NeighboursChoice"]

USUAL = NearChoice()


def _initiatives(edition: Package, ids: Iterable[str]) -> pd.DataFrame:
    """A table by initiative, with code and name as its first columns."""
    keys = list(ids)
    names = [str(edition.initiatives.at[key, "name"]) for key in keys]
    return pd.DataFrame({"initiative_id": keys, "name": names}, dtype=object)


def near(edition: Package, choice: NearChoice = USUAL, as_of: dt.date | None = None) -> pd.DataFrame:
    """Who is near what is chosen, with why it stands there (`analysis.near.WHY`) and how far, in metres (NaN where no
    place is known). Without a place to count from: all that fits, the newest first."""
    found = answers.near(edition, choice, visit(edition, as_of).today)
    if found is None:
        return everything(edition, choice, as_of)
    shown = answers.shown(found, choice)
    table = _initiatives(edition, (each.id for each in shown))
    metres = pd.Series([each.metres for each in shown], dtype="float64")
    return table.assign(why=[each.why for each in shown], metres=metres)


def everything(edition: Package, choice: NearChoice = USUAL, as_of: dt.date | None = None) -> pd.DataFrame:
    """All initiatives that fit the choices, the newest first."""
    return _initiatives(edition, answers.everywhere(edition, choice, visit(edition, as_of).today).ids)


def meetings(edition: Package, choice: NearChoice = USUAL, as_of: dt.date | None = None) -> pd.DataFrame:
    """The places where two or more of them come together, that of most first; `x` and `y` in metres of EPSG:28992."""
    found = answers.everywhere(edition, choice, visit(edition, as_of).today).meetings
    made = [(each.name, *each.at, len(each.initiatives), joined(each.initiatives)) for each in found]
    return pd.DataFrame(made, columns=["place", "x", "y", "number", "initiatives"])


def neighbours(edition: Package, choice: NeighboursChoice) -> pd.DataFrame:
    """Who resembles an initiative, most points first, with the reasons and the points of each (same order)."""
    found = answers.with_reasons(answers.neighbours_of(edition, choice), choice.reasons)
    table = _initiatives(edition, (each.id for each in found))
    return table.assign(
        points=pd.Series([each.score for each in found], dtype="float64"),
        reasons=[joined(reason.code for reason in each.reasons) for each in found],
        points_of_reasons=[joined(f"{reason.points:.10g}" for reason in each.reasons) for each in found],
    )


def sharing(edition: Package) -> pd.DataFrame:
    """Initiatives that share a place or an organisation with others, who shares with most first."""
    found = answers.sharing(edition)
    table = _initiatives(edition, (key for key, _ in found))
    return table.assign(number=[len(some) for _, some in found], shares_with=[joined(s) for _, s in found])


def active(edition: Package) -> pd.DataFrame:
    """Organisations of the register by the number of initiatives in which they take part."""
    made = [
        (
            each.organisation_id,
            *_organisation(edition, each.organisation_id),
            len(each.leads),
            len(each.joins),
        )
        for each in answers.active(edition)
    ]
    return pd.DataFrame(made, columns=["organisation_id", "name", "sector", "leads", "joins"])


def _organisation(edition: Package, key: str) -> tuple[str, str]:
    row = edition.organisations.loc[key]
    return str(row["name"]), str(row["sector"])


def taking_part(edition: Package, organisation_id: str) -> pd.DataFrame:
    """The initiatives in which an organisation takes part, ended ones too, with its role (`lead`, `partner`)."""
    found = organisation(edition, organisation_id)
    table = _initiatives(edition, (part.initiative_id for part in found.parts))
    return table.assign(role=[part.role for part in found.parts])


def places(edition: Package, organisation_id: str) -> pd.DataFrame:
    """Districts that its initiatives are known to serve, then `city`, `region` and `unknown`."""
    found = organisation(edition, organisation_id).places
    made = [
        (code, str(edition.areas["name"].get(code, "")), len(ids), joined(ids)) for code, ids in found.items()
    ]
    return pd.DataFrame(made, columns=["area_code", "name", "number", "initiatives"])


def companions(edition: Package, organisation_id: str) -> pd.DataFrame:
    """Organisations in the same initiatives, most shared first; id '' where only the name is known."""
    found = organisation(edition, organisation_id).companions
    made = [
        (each.organisation_id, each.name, len(each.initiatives), joined(each.initiatives)) for each in found
    ]
    return pd.DataFrame(made, columns=["organisation_id", "name", "number", "initiatives"])


def missing(edition: Package, choice: MissingChoice) -> pd.DataFrame:
    """Kinds of partner by ambition ('' for any) for an area: in how many initiatives each is known `here`, `around`,
    for the `city_or_region` and `elsewhere`, and the `state` of that (`analysis.partners.Cell`)."""
    found = answers.missing(edition, choice).found
    made = [
        (sector, ambition, len(cell.here), len(cell.around), len(cell.wide), len(cell.elsewhere), cell.state)
        for sector in found.sectors
        for ambition in (*found.ambitions, ALL)
        for cell in [found.cells[sector, ambition]]
    ]
    columns = ["sector", "ambition", "here", "around", "city_or_region", "elsewhere", "state"]
    return pd.DataFrame(made, columns=columns)


def to_invite(edition: Package, choice: MissingChoice) -> pd.DataFrame:
    """Organisations of the kind that is chosen (`sector`) in no initiative known to serve the area."""
    made = [
        (
            each.organisation_id,
            _organisation(edition, each.organisation_id)[0],
            joined(each.fitting),
            joined(each.others),
        )
        for each in (answers.guests(edition, choice) if choice.sector else ())
    ]
    return pd.DataFrame(made, columns=["organisation_id", "name", "fitting", "others"])


def neighbourhoods(edition: Package, choice: MissingChoice) -> pd.DataFrame:
    """The neighbourhoods of the district by ambition: how many are known `here`, `around` and `city_or_region`."""
    made = [
        (
            each.neighbourhood,
            str(edition.areas.at[each.neighbourhood, "name"]),
            each.ambition,
            each.count.number,
            len(each.count.around),
            len(each.count.wide),
        )
        for each in answers.missing(edition, choice).spots
    ]
    columns = ["area_code", "name", "ambition", "here", "around", "city_or_region"]
    return pd.DataFrame(made, columns=columns)


def may_end(edition: Package, as_of: dt.date | None = None, months: int = SOON) -> pd.DataFrame:
    """Initiatives of which a source states a sign that they may end, by district, as the file of the page has them.
    months: within which an end counts as soon."""
    return rows.may_end(edition, what_may_end(edition, visit(edition, as_of).today, months))
