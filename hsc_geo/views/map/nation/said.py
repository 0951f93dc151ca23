"""The words of the map of the whole country: its sentence, its title, what replaced what was asked, its explanation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
from markupsafe import Markup

from hsc_geo.analysis import nation as country
from hsc_geo.analysis.explore import Choice
from hsc_geo.analysis.figures import Figure
from hsc_geo.analysis.nation import MUNICIPALITY, NationView, area_figure, country_figure
from hsc_geo.analysis.nation_areas import municipalities, without_neighbourhoods
from hsc_geo.data.nation.reading import Nation
from hsc_geo.views.kit.html import joined, markup
from hsc_geo.views.kit.intervals import with_bounds
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import refused_texts
from hsc_geo.views.kit.words import lower_first
from hsc_geo.views.map.card import limits_head, limits_of, meaning_of
from hsc_geo.views.map.words import replaced_texts
from hsc_geo.views.maps.legend import classes_note, fault_text


@dataclass(frozen=True)
class Country:
    """The nation with the names of the visit: what every part of its map needs."""

    n: Names
    nation: Nation

    @property
    def own(self) -> str:
        """The code of the municipality of the package, '' where the nation does not have it."""
        return country.own(self.n.package, self.nation)

    def name(self, code: str) -> str:
        """The name of an area."""
        return str(self.nation.areas.at[code, "name"])

    def municipality(self, code: str) -> str:
        """The name of a municipality, of 2022 or, where it is no more, of 2016."""
        former = municipalities(self.nation, "neighbourhood")
        return self.name(code) if code in self.nation.areas.index else former[code]

    def full_name(self, code: str) -> str:
        """The name of an area with that of its municipality behind it."""
        row = self.nation.areas.loc[code]
        within = str(row["municipality"])
        if row["level"] == MUNICIPALITY:
            return self.n.w.t("{name} (municipality)", name=row["name"])
        return f"{row['name']} ({within})" if within else str(row["name"])

    def found_name(self, code: str) -> str:
        """The name of an area among those of all levels."""
        row, n = self.nation.areas.loc[code], self.n
        level = n.term("area_level", str(row["level"]))
        if row["level"] != MUNICIPALITY and row["municipality"]:
            level = n.w.t("{level} in {place}", level=level, place=row["municipality"])
        return f"{row['name']} ({lower_first(level)})"

    def beside(self, code: str) -> list[str]:
        """What an area is shown beside: itself, its municipality and that of the package; '' is no area."""
        within = str(self.nation.areas.at[code, "municipality_code"]) if code else ""
        known = (each for each in (code, within, self.own) if each and each in self.nation.areas.index)
        return list(dict.fromkeys(known))


def levels(n: Names) -> dict[str, str]:
    """The levels of the country by code."""
    w = n.w
    return {
        MUNICIPALITY: w.t("Municipalities"),
        "district": w.t("Districts"),
        "neighbourhood": w.t("Neighbourhoods"),
    }


def sentence(here: Country, view: NationView, area: str) -> Markup:
    """`Lonely in 2020, 18 and older: Leiden 47%, the Netherlands 47%. In the middle half of the municipalities it is 44
    to 49%.`; with an area chosen its value first."""
    n, choice = here.n, view.choice
    told = [
        f"{here.full_name(code) if code == area else here.name(code)} {_value(here, view, code)}"
        for code in here.beside(area)
    ]
    told.append(f"{n.w.t('the Netherlands')} {with_bounds(n, country_figure(here.nation, choice))}")
    first, *rest = told
    head = n.w.t(
        "{figure} in {moment}:",
        figure=n.indicator(choice.indicator),
        moment=n.moment(choice.year, choice.age_group),
    )
    return joined((head, markup("<strong>{}</strong>{}", first, _tail(rest)), middle_text(n, view)), " ")


def _tail(rest: list[str]) -> str:
    return "".join(f", {text}" for text in rest) + "."


def _value(here: Country, view: NationView, code: str) -> str:
    return with_bounds(here.n, figure_of(here, view, code))


def figure_of(here: Country, view: NationView, code: str) -> Figure:
    """The figure of an area in the view."""
    return area_figure(here.nation, code, view.choice)


def middle_text(n: Names, view: NationView) -> str:
    """Between which values the middle half of the municipalities lies; '' where too few have one."""
    if view.middle is None:
        return ""
    key, (low, high) = view.choice.indicator, view.middle
    return n.w.t(
        "In the middle half of the municipalities it is {low} to {high}.",
        low=n.bare(key, low),
        high=n.value(key, high),
    )


def basis(n: Names, choice: Choice) -> str:
    """What kind of figure it is and of which table, as it stands behind the sentence."""
    return f"({n.kind(choice.indicator).lower()}; {n.source(choice.indicator)})"


def notes(here: Country, view: NationView, asked: str, refused: list[str]) -> list[str]:
    """What the address asked and is not shown, and what stands in its place. asked: the figure that was asked, '' where
    nobody did."""
    n, w = here.n, here.n.w
    replaced = {
        "table": lambda v: w.t(
            "Table {asked} is not here for the whole country; the map shows the same figure of table {table}.",
            asked=n.package.indicators.at[asked, "table_id"],
            table=n.table(v),
        ),
        "figure": lambda v: w.t(
            "That is not here for the whole country; the map shows: {value}.", value=n.indicator(v)
        ),
        **replaced_texts(n),
    }
    fault = fault_text(n, view.classes)
    of_figure = ("table", "figure")  # which nobody asked for where the page chose it
    told = (replaced[key](value) for key, value in view.changed if asked or key not in of_figure)
    return [*refused_texts(w, refused), *told, *([fault] if fault else [])]


def boundaries_text(here: Country) -> str:
    """Of which years boundaries and figures are, what that does to a comparison, and what is lacking."""
    text = here.n.w.t(
        "The map draws municipalities and districts of 2022 and neighbourhoods of 2016; the figures follow the "
        "division of 2020. An area that is not in both has no figure here, and where a boundary changed "
        "meanwhile a figure may be of a somewhat other area."
    )
    return f"{text} {lacking_text(here)}".rstrip()


def lacking_text(here: Country) -> str:
    """That the source has no neighbourhoods of some municipalities, the largest of them by name; '' where it lacks
    none."""
    lacking = without_neighbourhoods(here.nation)
    if not lacking:
        return ""
    return here.n.w.t(
        "Of some municipalities, such as {name}, the source has no neighbourhoods.",
        name=here.name(lacking[0]),
    )


def no_rank_text(n: Names) -> str:
    """Why no area is called first or last."""
    return n.w.t(
        "These figures are estimates. They show about where an area stands, and do not put areas in an order."
    )


def explanation(here: Country, view: NationView) -> Markup:
    """What the figure means, where it comes from, which boundaries are drawn, what it may not be used for, and how the
    classes came about."""
    n, choice = here.n, view.choice
    source = f"{n.source(choice.indicator)}, {n.moment(choice.year, choice.age_group)}; "
    data = f"{source}{n.kind(choice.indicator).lower()}. {n.interval_note(choice.indicator)}".rstrip()
    colours = " ".join(classes_note(n, choice.indicator, view.classes))
    texts = (
        (n.w.t("Why it matters"), meaning_of(n, choice.indicator)),
        (n.w.t("About the data"), f"{data} {no_rank_text(n)}"),
        (n.w.t("Boundaries and figures"), boundaries_text(here)),
        (n.w.t("Colours of the map"), colours),
    )
    body = joined(markup("<h2>{}</h2><p>{}</p>", head, text) for head, text in texts if text)
    told = joined(markup("<p>{}</p>", text) for text in limits_of(n, choice.indicator))
    fold = markup("<details><summary>{}</summary>{}</details>", limits_head(n), told)
    return markup('<section class="hsc-card">{}{}</section>', body, fold)


def area_head(here: Country, code: str) -> Markup:
    """Name, kind, municipality, residents and code of an area."""
    n, row = here.n, here.nation.areas.loc[code]
    level = str(row["level"])
    inside = (
        n.term("area_level", level)
        if level == MUNICIPALITY
        else n.w.t("{level} in {place}", level=n.term("area_level", level), place=row["municipality"])
    )
    people: Any = row["population"]
    told = [
        inside,
        *([n.w.t("{n} residents in {year}", n=n.w.number(people), year=2022)] if pd.notna(people) else []),
    ]
    return markup('<h2 id="panel">{}</h2><p class="hsc-quiet">{}</p>', row["name"], " · ".join([*told, code]))
