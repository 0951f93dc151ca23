"""Own areas beside the districts that they overlap, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pandas as pd

from hsc_geo.analysis.figures import Figure
from hsc_geo.analysis.focus import focus_codes, municipality_code
from hsc_geo.analysis.own_area import OwnArea
from hsc_geo.analysis.profile import Spine
from hsc_geo.analysis.serving import DISTRICT
from hsc_geo.analysis.yardstick import PERCENT
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.paper.axes import axis, categories, place
from hsc_geo.views.paper.blocks import figure_sources
from hsc_geo.views.paper.model import (
    BLUE,
    CROSS,
    DIAMOND,
    DISC,
    GREY,
    ORANGE,
    RING,
    SQUARE,
    TRIANGLE,
    Area,
    Dot,
    Label,
    Map,
    Plot,
    Series,
    Sign,
)
from hsc_geo.views.research.answers.own import Own, own
from hsc_geo.views.research.choices import ResearchChoice
from hsc_geo.views.research.result import Result, Rows
from hsc_geo.views.research.rows.own import neighbourhoods, rows
from hsc_geo.views.wording.counted import label, number
from hsc_geo.views.wording.own_area import definition, method_texts

FILLS = (
    "#8fb8de",
    "#f0b37e",
    "#8fd0b3",
    "#dba6c4",
)  # of the first, second ... own area; the names stand on them
PLAIN = "#f0f2f3"
SHAPES = (DIAMOND, DISC, SQUARE, TRIANGLE, RING, CROSS)
TONES = (ORANGE, BLUE, GREY)


def result(n: Names, choice: ResearchChoice) -> Result:
    """What the page says of the own areas of the visit; how to make one where there is none."""
    found = own(n.package)
    figures = [*_figures(found.core)]
    return Result(
        title=_title(n, found),
        said=_said(n, found),
        beside=n.w.t("Initiatives: {label}.", label=label(n)) if found.areas else "",
        listing=_listing(n, found),
        make_rows=lambda: Rows(rows(n, found), columns(n), {"neighbourhoods": neighbourhoods(n, found)}),
        warnings=tuple(definition(n, area) for area in found.areas),
        plots=(_plot(n, found),) if found.core else (),
        map=chosen_map(n, found.areas) if found.areas else None,
        method=tuple(method_texts(n, figures)),
        sources=figure_sources(n, [(g[0].indicator_id, g[0].year, g[0].age_group) for g in found.core]),
    )


def _title(n: Names, found: Own) -> str:
    return ", ".join(area.name for area in found.areas) or n.w.t("Own areas")


def _said(n: Names, found: Own) -> str:
    w = n.w
    if not found.areas:
        return w.t(
            "Put neighbourhoods together to an area of your own, such as {area} as you see it. Its figures then stand "
            "beside those of the district.",
            area=next(reversed(n.focus().values()), n.area(municipality_code(n.package))),
        )
    return " ".join(
        w.t(
            "{area}: {people} residents, {known}. {district}: {more}.",
            area=n.area(area.code),
            people=w.t("not known how many") if who.population is None else w.number(who.population),
            known=_known(n, found, area.code),
            district=n.area(beside),
            more=_known(n, found, beside),
        )
        for area, who, beside in zip(found.areas, found.residents, found.beside, strict=True)
    )


def _plot(n: Names, found: Own) -> Plot:
    """The core figures that are percentages, of each area and of the city."""
    w = n.w
    groups = [
        group for group in found.core if n.package.indicators.at[group[0].indicator_id, "unit"] == PERCENT
    ]
    names = [n.indicator(group[0].indicator_id) for group in groups]
    city = municipality_code(n.package)
    figures = {code: [group[i].figure for group in groups] for i, code in enumerate(found.codes)}
    figures[city] = [group[0].city for group in groups]
    series = [
        Series(n.area(code), _dots(n, names, each), SHAPES[i % len(SHAPES)], TONES[i % len(TONES)])
        for i, (code, each) in enumerate(figures.items())
    ]
    values = [each.value for row in figures.values() for each in row if each.value is not None]
    return Plot(
        caption=w.t(
            "Core figures, {years}", years=", ".join(sorted({str(group[0].year) for group in groups}))
        ),
        alt=w.t(
            "Core figures of {areas}. The table under it holds the same.",
            areas=", ".join(map(n.area, figures)),
        ),
        x=axis(w, w.t("percentage"), values, "%", zero=True),
        y=categories("", names),
        series=tuple(series),
    )


def _dots(n: Names, names: Sequence[str], figures: Sequence[Figure]) -> tuple[Dot, ...]:
    return tuple(
        Dot(each.value, place(names, i), f"{n.area(each.area_code)}: {names[i]} {n.figure(each)}")
        for i, each in enumerate(figures)
        if each.value is not None
    )


def _known(n: Names, found: Own, code: str) -> str:
    count = found.counts[code].number
    some = n.w.tn("{n} known initiative", "{n} known initiatives", count)
    return some if count else n.w.t("no initiative known")


def _listing(n: Names, found: Own) -> Listing:
    w = n.w
    places = [*found.codes, municipality_code(n.package)]
    columns = [
        Column("figure", w.t("Figure"), sortable=False),
        *(Column(f"a{i}", n.area(code), numeric=True, sortable=False) for i, code in enumerate(places)),
        Column("moment", w.t("Year and age"), sortable=False),
    ]
    city = _counts(n, found)
    first = [
        Row("", [w.t("Residents"), *(_people(n, code) for code in places), ""], {}),
        Row("", [w.t("Initiatives known"), *city, w.date(n.today)], {}),
    ]
    beside = w.t("Own areas beside the district in which most of their residents live")
    caption = beside if found.areas else w.t("The focus districts as they are")
    return Listing(caption, columns, [*first, *(_row(n, group) for group in found.core)])


def _people(n: Names, code: str) -> str:
    row: Any = n.package.areas.loc[code]
    if pd.isna(row["population"]):
        return n.w.t("not known")
    return f"{n.w.number(row['population'])} ({row['population_year']})"


def _counts(n: Names, found: Own) -> list[str]:
    """The numbers of initiatives of the codes, and a dash for the city, whose number is of another kind."""
    return [*(number(n, found.counts[code].number) for code in found.codes), "–"]


def _row(n: Names, group: tuple[Spine, ...]) -> Row:
    first = group[0]
    cells = [n.figure(each.figure) for each in group]
    return Row(
        "",
        [
            n.indicator(first.indicator_id),
            *cells,
            n.figure(first.city),
            n.moment(first.year, first.age_group),
        ],
        {},
    )


def _figures(groups: Iterable[tuple[Spine, ...]]) -> Iterator[Figure]:
    return (row.figure for group in groups for row in group)


def columns(n: Names) -> dict[str, str]:
    """What the columns of the rows mean."""
    w = n.w
    return {
        "area_code": w.t("Code of the area; of an own area one that is made of its neighbourhoods."),
        "name": w.t("Name of the area, of an own area as the visitor wrote it."),
        "level": w.t("own: an own area; district: an official district."),
        "indicator_id": w.t("Code of the figure."),
        "figure": w.t("Name of the figure."),
        "unit": w.t("Unit of the value."),
        "value": w.t("The value; empty where there is none."),
        "status": w.t("present, or why there is no value."),
        "year": w.t("Year of the figure."),
        "age_group": w.t("Age group of the figure."),
        "table_id": w.t("Table that the figure is published in."),
        "kind": w.t("Kind of the published figure."),
        "method": w.t("as published; or for an own area mean or sum of its neighbourhoods, computed by us."),
        "weights": w.t("Whose number counts in a mean."),
        "weights_year": w.t("Year of that number."),
        "covered": w.t("Share (0 to 1) of that number in neighbourhoods with a value."),
        "missing_neighbourhoods": w.t("Codes of the neighbourhoods without a value."),
        "initiatives_known": w.t("Initiatives known to serve the area; that for a part of it too."),
        "neighbourhood_code": w.t("Code of a neighbourhood of the own area."),
    }


def chosen_map(n: Names, areas: Iterable[OwnArea]) -> Map:
    """Where own areas lie, each in a colour and with its name, among the districts; focus districts are outlined."""
    w, every = n.w, list(areas)
    focus = {code for codes in focus_codes(n.package).values() for code in codes}
    districts = [str(code) for code in n.package.areas.index[n.package.areas["level"] == DISTRICT]]
    filled = [
        Area(code, FILLS[i % len(FILLS)]) for i, area in enumerate(every) for code in area.neighbourhoods
    ]
    outlined = [Area(code, "", outline=code in focus) for code in districts]
    alt = w.t("Map of the neighbourhoods of {areas}.", areas=", ".join(area.name for area in every) or "–")
    return Map(
        caption=w.t("Where the own areas lie; outlined: the focus districts"),
        alt=alt,
        areas=(*(Area(code, PLAIN) for code in districts), *filled, *outlined),
        labels=tuple(Label(area.code, area.name, strong=True) for area in every),
        points=(),
        signs=tuple(Sign("fill", area.name, FILLS[i % len(FILLS)]) for i, area in enumerate(every)),
        credit=n.credit,
    )
