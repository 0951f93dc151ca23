"""The tables of the page Coverage: what is known where, who lives near, need beside it, and what could be tried.

What is chosen is a `CoverageChoice`; its day is that of its basis.
"""

from __future__ import annotations

import pandas as pd

from hsc_geo.analysis.focus import focus_first
from hsc_geo.analysis.gaps import RULES, UNCERTAIN, Gaps
from hsc_geo.analysis.guard import Reading
from hsc_geo.analysis.matrix import ALL, Basis
from hsc_geo.analysis.need import Ingredient
from hsc_geo.analysis.suppression import DEFAULT, hidden
from hsc_geo.data.load import Package
from hsc_geo.tables.visit import joined, named, visit, with_city
from hsc_geo.views.coverage.answers import claim as of_claims
from hsc_geo.views.coverage.answers import elsewhere as of_elsewhere
from hsc_geo.views.coverage.answers import known as of_known
from hsc_geo.views.coverage.answers import near as of_near
from hsc_geo.views.coverage.answers import need as of_need
from hsc_geo.views.coverage.answers import where_next as of_next
from hsc_geo.views.coverage.choices import CoverageChoice, Sharing, Tried
from hsc_geo.views.kit.names import Names

__all__ = ["Basis", "CoverageChoice", "Ingredient", "Reading", "Sharing", "Tried"]

USUAL = CoverageChoice()


def _visit(edition: Package, choice: CoverageChoice, hide_below: int = DEFAULT) -> Names:
    return visit(edition, choice.basis.as_of, hide_below=hide_below)


def known(edition: Package, choice: CoverageChoice = USUAL) -> pd.DataFrame:
    """Initiatives known by area and ambition: a row per focus area, own area, other area, what is known less precisely
    (`city`, `region`, `unknown`), and last the municipality with each once.

    A column per ambition in use (`none`: no ambition known), `all` (each once) and `city_or_region` (what is there for
    everyone, in no number of an area).
    """
    found = of_known.known(_visit(edition, choice), choice).found
    rows = {
        code: {
            **{each: len(found.at(code, each)) for each in found.ambitions},
            "all": len(found.at(code, ALL)),
            "city_or_region": len(found.beside(code, ALL)),
        }
        for code in found.rows
    }
    return named(edition, pd.DataFrame.from_dict(rows, orient="index"))


def near(edition: Package, choice: CoverageChoice = USUAL, hide_below: int = DEFAULT) -> pd.DataFrame:
    """Residents within the distance of a known place, by district, focus districts first, and the city last.

    `residents`, `reached` and `upper` (at least and at most), `share` and `upper_share` of them (0-1), as in
    `analysis.reach.Reach`.
    """
    found = of_near.near(_visit(edition, choice, hide_below), choice).found
    table = found.table.astype("float64")
    for number, share in (("reached", "share"), ("upper", "upper_share")):
        table.loc[hidden(found.table[number], hide_below), [number, share]] = float("nan")
    return named(
        edition, with_city(edition, table.loc[focus_first(edition, map(str, table.index))], found.city)
    )


def shared(edition: Package, choice: CoverageChoice = USUAL) -> pd.DataFrame:
    """Access to places that are shared with all who live near, by area, focus areas first, and the city last.

    `residents`, `access` (per 1,000 residents) with `lower` and `upper`, `binary` (share with a place nearby, 0-1),
    `rank` with `rank_best` and `rank_worst`, as in `analysis.access.Access`.
    """
    found = of_near.shared(_visit(edition, choice), choice)
    table = found.at(choice.level)
    return named(
        edition, with_city(edition, table.loc[focus_first(edition, map(str, table.index))], found.city)
    )


def need(edition: Package, choice: CoverageChoice = USUAL) -> pd.DataFrame:
    """Need beside known provision, a row per area by code: the columns of `analysis.gaps.Gaps`. Raises NeedError where
    there is no index of need."""
    found = of_need.needs(_visit(edition, choice), choice).verdicts[choice.level]
    several = ("marks", *(f"{rule}_reasons" for rule in RULES))
    return named(edition, found.table.assign(**{each: found.table[each].map(joined) for each in several}))


def verdicts(edition: Package, choice: CoverageChoice = USUAL) -> pd.DataFrame:
    """What each rule calls at each level: whether it `can_call`, the areas that it calls a `gap` or `uncertain`, how
    many initiatives it has `placed`, and how many are there for the `city_or_region`. Raises NeedError as `need`."""
    found = of_need.needs(_visit(edition, choice), choice)
    return pd.DataFrame([_called(each, rule) for each in found.levels for rule in RULES])


def _called(found: Gaps, rule: str) -> dict[str, object]:
    may = found.callable(rule)
    return {
        "level": found.level,
        "rule": rule,
        "can_call": may,
        "gap": joined(found.called(rule)) if may else "",
        "uncertain": joined(found.called(rule, UNCERTAIN)) if may else "",
        "placed": found.placed[rule],
        "city_or_region": len(found.city.wide),
    }


def to_ask(edition: Package, choice: CoverageChoice = USUAL) -> pd.DataFrame:
    """What is not known of what fits, and who may know, of focus districts first (`analysis.asking.Ask`). Raises
    NeedError as `need`."""
    found = of_need.asks(_visit(edition, choice), choice)
    places = focus_first(edition, dict.fromkeys(each.area_code for each in found))
    several = ("initiatives", "organisations", "figures", "areas")
    rows = [
        (each.area_code, each.kind, *(joined(getattr(each, name)) for name in several))
        for each in sorted(found, key=lambda each: places.index(each.area_code))
    ]
    return named(edition, pd.DataFrame(rows, columns=["area_code", "kind", *several]).set_index("area_code"))


def where_next(edition: Package, choice: CoverageChoice = USUAL) -> pd.DataFrame:
    """The sets of neighbourhoods in which new places reach most need, the best first, with the `residents` newly
    reached and these `weighted` by need; none where none is better than another. Raises NeedError as `need`."""
    found = of_next.where_next(_visit(edition, choice), choice).found
    rows = [
        (rank, joined(each.codes), each.residents, each.weighted)
        for rank, each in enumerate(found.options if found else (), 1)
    ]
    return pd.DataFrame(rows, columns=["rank", "neighbourhoods", "residents", "weighted"])


def what_if(edition: Package, choice: CoverageChoice = USUAL, hide_below: int = DEFAULT) -> pd.DataFrame:
    """Reach and access by district before and after the change that is tried out, focus districts first and the city
    last; no rows without a change. Raises NeedError as `need`."""
    found = of_next.what_if(_visit(edition, choice, hide_below), choice)
    columns = ["reached_before", "reached_after", "access_before", "access_after"]
    if found is None:
        return named(edition, pd.DataFrame(columns=columns, dtype="float64"))
    both = (found.before, found.after)
    reached, access = ([getattr(each, of) for each in both] for of in ("reach", "access"))
    gone = hidden(reached[0].table["reached"], hide_below) | hidden(reached[1].table["reached"], hide_below)
    made = [each.table["reached"].astype("float64").mask(gone) for each in reached]
    made += [each.table["access"] for each in access]
    table = pd.concat(made, axis=1, keys=columns)
    city = pd.Series(
        [each.city[of] for of, some in (("reached", reached), ("access", access)) for each in some], columns
    )
    return named(edition, with_city(edition, table.loc[focus_first(edition, map(str, table.index))], city))


def elsewhere(edition: Package, choice: CoverageChoice = USUAL) -> pd.DataFrame:
    """Where what is known in the focus districts could be asked for: a row per initiative and area, the areas most
    alike first, with in what they are alike and differ most, and how many like it are for the city or region."""
    found = of_elsewhere.elsewhere(_visit(edition, choice), choice).by_initiative
    columns = ["initiative_id", "served_area", "served_as", "target_area", "target", "distance"]
    columns += ["alike_in", "differs_in", "city_or_region"]
    rows = [
        (
            each.initiative_id,
            each.served_area,
            each.served_as,
            each.target_area,
            str(edition.areas.at[each.target_area, "name"]),
            each.likeness.distance,
            joined(part.key for part in each.likeness.alike_in(2)),
            joined(part.key for part in each.likeness.differs_in(2)),
            len(each.wide),
        )
        for some in found.values()
        for each in some
    ]
    return pd.DataFrame(rows, columns=columns)


def claims(edition: Package, choice: CoverageChoice = USUAL) -> pd.DataFrame:
    """Which kinds of question the figures of the claim answer: per kind whether it is `allowed`, the `reason`, and what
    one may ask `instead` (codes of `analysis.guard`)."""
    found = of_claims.claim(_visit(edition, choice), choice)
    rows = [(each.kind, verdict.allowed, verdict.reason, verdict.instead) for each, verdict in found.every]
    return pd.DataFrame(rows, columns=["kind", "allowed", "reason", "instead"])
