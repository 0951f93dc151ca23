"""The tables of a profile: the figures, who lives there, the years, initiatives by ambition, and kinds of partner.

Each is for one area or for a few of one level side by side; columns and rows are made by functions that go together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from hsc_geo.analysis.counting import by_ambition, count_for
from hsc_geo.analysis.figures import Figure
from hsc_geo.analysis.focus import country_code, municipality_code
from hsc_geo.analysis.own_area import own_area
from hsc_geo.analysis.profile import (
    DIFFERENT,
    FAVOURABLE,
    INDISTINCT,
    SAME,
    UNFAVOURABLE,
    AmbitionLine,
    PartnerKind,
    Residents,
    Spine,
    Trend,
    against_city,
)
from hsc_geo.analysis.rates import initiatives_per_residents, is_count, per_residents
from hsc_geo.analysis.similar import Likeness
from hsc_geo.views.kit.intervals import bounds, with_bounds
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.profile import answers
from hsc_geo.views.profile.answers import Groups, OverYears
from hsc_geo.views.profile.choices import ProfileChoice
from hsc_geo.views.wording.asked import absent
from hsc_geo.views.wording.counts import TOTAL, cell_text
from hsc_geo.views.wording.likeness import band_name, part_text
from hsc_geo.views.wording.own_area import kind_text
from hsc_geo.views.wording.people import people_text

DASH = "–"


def places(n: Names, codes: Sequence[str]) -> list[Column]:
    """A column of numbers per area, then the city and the country."""
    every = (*codes, municipality_code(n.package), country_code(n.package))
    return [_number(f"a{i}", n.area(code)) for i, code in enumerate(every)]


def _number(key: str, label: str) -> Column:
    return Column(key, label, numeric=True, sortable=False)


def _words(key: str, label: str) -> Column:
    return Column(key, label, sortable=False)


def spine_columns(n: Names, codes: Sequence[str]) -> list[Column]:
    """Columns that go with `spine_rows`."""
    w = n.w
    compared = [_words("against", w.t("Against the city"))] if len(codes) == 1 else []
    return [
        _words("figure", w.t("Figure")),
        *places(n, codes),
        *compared,
        _words("people", w.t("About how many adults")),
        _number("range", w.t("Lowest to highest area")),
        _words("interval", w.t("95% interval")),
        _words("moment", w.t("Year and age")),
        _words("kind", w.t("Kind")),
        _words("source", w.t("Source")),
    ]


def spine_rows(n: Names, groups: Sequence[Sequence[Spine]]) -> list[Row]:
    """A row per figure; a group holds the areas' rows of one figure."""
    return [_spine_row(n, group) for group in groups]


def figures(n: Names, choice: ProfileChoice, groups: Groups) -> Listing:
    """The figures of the chart as a table."""
    caption = n.w.t("The same figures as a table")
    return Listing(caption, spine_columns(n, choice.areas), spine_rows(n, groups))


def _spine_row(n: Names, group: Sequence[Spine]) -> Row:
    first = group[0]
    key = first.indicator_id
    compared = [against_text(n, against_city(n.package, first))] if len(group) == 1 else []
    cells = [
        n.indicator(key),
        *map(n.figure, _all_figures(group)),
        *compared,
        adults_text(n, group),
        f"{n.value(key, first.low)} {DASH} {n.value(key, first.high)}",
        interval_text(n, group),
        n.moment(first.year, first.age_group),
        kind_text(n, (row.figure for row in group)),
        n.source(key),
    ]
    return Row("", cells, {})


def against_text(n: Names, verdict: str) -> str:
    """How a figure compares with the city's, in a few words."""
    w = n.w
    return {
        FAVOURABLE: w.t("more favourable"),
        UNFAVOURABLE: w.t("less favourable"),
        SAME: w.t("about the same"),
        DIFFERENT: w.t("different, neither good nor bad"),
        INDISTINCT: w.t("not distinguishable"),
    }.get(verdict, DASH)


def interval_text(n: Names, group: Sequence[Spine]) -> str:
    """The published intervals of the areas' figures; for an estimate without one that there is none, for what is
    registered that it does not apply."""
    key = group[0].indicator_id
    found = [bounds(n, key, row.figure.lower, row.figure.upper) for row in group]
    if any(found):
        return "; ".join(text or DASH for text in found)
    return n.w.t("none in this edition") if n.estimated(key) else n.w.t("does not apply: registered")


def adults_text(n: Names, group: Sequence[Spine]) -> str:
    """How many adults the percentages of the areas are, in their order; a dash for a figure that is no such one."""
    found = [people_text(n, row.figure) for row in group]
    return "; ".join(text or DASH for text in found) if any(found) else DASH


def age_columns(n: Names, codes: Sequence[str]) -> list[Column]:
    """Columns that go with `age_rows`."""
    names = [*(n.area(code) for code in codes), n.area(municipality_code(n.package))]
    return [_words("age", n.w.t("Age")), *(_number(f"a{i}", name) for i, name in enumerate(names))]


def age_rows(n: Names, found: Sequence[Residents]) -> list[Row]:
    """Residents with their year, the year of the ages, which can be another, then a row per age band: number and share
    per area, and the share in the city."""
    w = n.w
    city: Any = n.package.areas.loc[municipality_code(n.package)]
    total = [
        w.t("Residents"),
        *(_people(n, each.population, each.year) for each in found),
        _people(n, city["population"], city["population_year"]),
    ]
    years = [*(each.bands_year for each in found), city["bands_year"]]
    of = [w.t("Year of the ages"), *(DASH if pd.isna(year) else str(year) for year in years)]
    return [Row("", total, {}), Row("", of, {}), *(_band(n, found, i) for i in range(len(found[0].bands)))]


def ages(n: Names, choice: ProfileChoice, found: Sequence[Residents]) -> Listing:
    """Who lives in the areas, by age."""
    return Listing(n.w.t("Residents by age"), age_columns(n, choice.areas), age_rows(n, found))


def _band(n: Names, found: Sequence[Residents], i: int) -> Row:
    bands = [each.bands[i] for each in found]
    cells = [_with_share(n, band.number, band.share) for band in bands]
    return Row("", [band_name(n, bands[0].column), *cells, _percent(n, bands[0].city_share)], {})


def _people(n: Names, number: Any, year: Any) -> str:
    """Residents with their year."""
    return n.w.t("not known") if pd.isna(number) else f"{n.w.number(number)} ({year})"


def _with_share(n: Names, number: int | None, share: float | None) -> str:
    if number is None:
        return n.w.t("not known")
    return f"{n.w.number(number)} ({_percent(n, share)})" if share is not None else n.w.number(number)


def _percent(n: Names, share: float | None) -> str:
    return DASH if share is None else n.w.value(100 * share, "percent", 0)


def facts(n: Names, choice: ProfileChoice, groups: Groups) -> Listing:
    """Who lives in the areas, as the registers have it."""
    caption = n.w.t("Households, homes and income, as registered")
    return Listing(caption, fact_columns(n, choice.areas), fact_rows(n, groups))


def fact_columns(n: Names, codes: Sequence[str]) -> list[Column]:
    """Columns that go with `fact_rows`."""
    return [_words("figure", n.w.t("Figure")), *places(n, codes), _words("moment", n.w.t("Year"))]


def fact_rows(n: Names, groups: Sequence[Sequence[Spine]]) -> list[Row]:
    """A row per registered figure of residents, households, homes and income; a number of households, which says
    nothing beside a larger place, per 1,000 residents."""
    rows = []
    for group in groups:
        first = group[0]
        rated = is_count(n.package, first.indicator_id)
        name = n.indicator(first.indicator_id)
        cells = [
            n.w.t("{figure}, per 1,000 residents (and in all)", figure=name) if rated else name,
            *(_per_residents(n, each) if rated else n.figure(each) for each in _all_figures(group)),
            n.moment(first.year, first.age_group),
        ]
        rows.append(Row("", cells, {}))
    return rows


def _per_residents(n: Names, found: Figure) -> str:
    """`511 (7,690)`."""
    rate = per_residents(n.package, found)
    if rate is None:
        return n.figure(found)
    told = f"{n.w.number(rate)} ({n.bare(found.indicator_id, found.value)})"
    return n.w.t("{value} (computed)", value=told) if own_area(n.package, found.area_code) else told


def years(n: Names, found: OverYears, areas: Sequence[str]) -> Listing:
    """A figure over the years, of the areas that are shown (codes), the city and the country."""
    caption = n.w.t("{figure} by year", figure=n.indicator(found.figure))
    return Listing(caption, trend_columns(n, areas), trend_rows(n, found.found, bool(areas)))


def trend_columns(n: Names, codes: Sequence[str]) -> list[Column]:
    """Columns that go with `trend_rows`."""
    return [_words("year", n.w.t("Year")), *places(n, codes)]


def trend_rows(n: Names, trends: Sequence[Trend], areas: bool) -> list[Row]:
    """A row per year of the table: the areas where they are shown, the city and the country."""
    lines = [*(trend.area for trend in trends if areas), trends[0].city, trends[0].country]
    return [
        Row("", [str(year), *(with_bounds(n, line[i]) for line in lines)], {})
        for i, year in enumerate(trends[0].years)
    ]


def ambitions(n: Names, choice: ProfileChoice) -> Listing:
    """Initiatives by ambition; each row is to be chosen by the code of its ambition."""
    around = answers.one_neighbourhood(n.package, choice)
    rows = ambition_rows(n, choice.areas, answers.ambitions(n.package, choice), around)
    caption = n.w.t("Initiatives known to serve the area, by ambition")
    return Listing(caption, ambition_columns(n, choice.areas, around), rows)


def ambition_columns(n: Names, codes: Sequence[str], around: bool) -> list[Column]:
    """Columns that go with `ambition_rows`; `around` adds what is known to the district only."""
    w, city = n.w, n.area(municipality_code(n.package))
    district = [_number("around", w.t("Its district as a whole"))] if around else []
    return [
        _words("ambition", w.t("Ambition")),
        *(
            _number(f"a{i}", w.t("{area} (per 1,000 residents)", area=n.area(code)))
            for i, code in enumerate(codes)
        ),
        *district,
        _number("city", w.t("All districts of {city} (per 1,000 residents)", city=city)),
        _number("wide", w.t("Whole city or region")),
    ]


def ambition_rows(
    n: Names, codes: Sequence[str], lines: Sequence[Sequence[AmbitionLine]], around: bool
) -> list[Row]:
    """A row per ambition, to be chosen by its code; `lines` holds the areas' lines of each ambition."""
    city = municipality_code(n.package)
    whole = by_ambition(n.package, count_for(n.package, city), [group[0].ambition for group in lines])
    rows = []
    for group in lines:
        ambition = group[0].ambition
        here = [
            _rated(n, code, line.here, absent(n, code, ambition))
            for code, line in zip(codes, group, strict=True)
        ]
        more = [cell_text(n, group[0].around, TOTAL)] if around else []
        beside = [_rated(n, city, whole[ambition].here), cell_text(n, group[0].wide, TOTAL)]
        rows.append(Row(ambition, [n.term("ambition", ambition), *here, *more, *beside], {}))
    return rows


def _rated(n: Names, code: str, ids: Sequence[str], none: str = "") -> str:
    """`11 (0.73)`: a number, and how many that is per 1,000 residents of the area."""
    rate = initiatives_per_residents(n.package, code, len(ids)) if ids else None
    number = cell_text(n, ids, TOTAL, none=none)
    return number if rate is None else f"{number} ({n.w.number(rate, 2)})"


def kinds(n: Names, choice: ProfileChoice, groups: Sequence[Sequence[PartnerKind]]) -> Listing:
    """In how many initiatives each kind of partner takes part."""
    fine = answers.one_neighbourhood(n.package, choice)
    caption = n.w.t("Initiatives in which a kind of partner is known to take part")
    return Listing(caption, kind_columns(n, choice.areas, fine), kind_rows(n, groups, fine))


def kind_columns(n: Names, codes: Sequence[str], fine: bool = False) -> list[Column]:
    """Columns that go with `kind_rows`."""
    w = n.w
    areas = [_number(f"a{i}", n.area(code)) for i, code in enumerate(codes)]
    more = [
        w.t("Whole city or region"),
        w.t("Elsewhere, or area not known"),
        w.t("Organisations in the register, leading or partner"),
    ]
    shown = more if len(codes) == 1 else [more[0], more[2]]
    shown = [w.t("Its district as a whole"), *shown] if fine else shown
    return [
        _words("kind", w.t("Kind of partner")),
        *areas,
        *(_number(f"m{i}", each) for i, each in enumerate(shown)),
    ]


def kind_rows(n: Names, groups: Sequence[Sequence[PartnerKind]], fine: bool = False) -> list[Row]:
    """A row per kind of partner: initiatives in which it takes part; and how many organisations of it are known. fine:
    of one neighbourhood, with what is known to its district as a whole."""
    rows = []
    for group in groups:
        first = group[0]
        around = [first.around] if fine else []
        ids = [kind.here for kind in group] + around + [first.wide]
        ids += [first.elsewhere] if len(group) == 1 else []
        cells = [cell_text(n, each, TOTAL) for each in (*ids, first.organisations)]
        rows.append(Row("", [n.term("sector", first.sector), *cells], {}))
    return rows


def alike(n: Names, code: str, found: Sequence[Likeness]) -> Listing:
    """The areas most alike to an area: each with its distance in standard deviations, and both values of what is alike
    and what differs."""
    w = n.w
    columns = [
        _words("area", w.t("Area")),
        _number("distance", w.t("Distance (0 is alike)")),
        Column("alike", w.t("Most alike in"), sortable=False, wordy=True),
        Column("differs", w.t("Differs most in"), sortable=False, wordy=True),
    ]
    caption = w.t("Most alike to {area}, nearest first", area=n.area(code))
    return Listing(caption, columns, [_alike_row(n, each) for each in found])


def beside_alike(n: Names, choice: ProfileChoice, code: str, found: Sequence[Likeness]) -> Listing:
    """The core figures of an area, of those most alike to it, of the city and of the country."""
    areas = (code, *(each.area_code for each in found))
    groups = answers.core_figures(n.package, replace(choice, areas=areas))
    rows = [
        Row("", [n.indicator(group[0].indicator_id), *map(n.figure, _all_figures(group))], {})
        for group in groups
    ]
    caption = n.w.t("Core figures of {area} beside the areas most alike", area=n.area(code))
    return Listing(caption, [_words("figure", n.w.t("Figure")), *places(n, areas)], rows)


def _all_figures(group: Sequence[Spine]) -> list[Figure]:
    """Of the areas, the city and the country."""
    return [*(row.figure for row in group), group[0].city, group[0].country]


def _alike_row(n: Names, each: Likeness) -> Row:
    parts = ("; ".join(part_text(n, part) for part in found(2)) for found in (each.alike_in, each.differs_in))
    return Row("", [n.area(each.area_code), n.w.number(each.distance, 2), *parts], {})
