"""One figure over the years of its own table, in words: a plot, a table, and why more is not drawn."""

from __future__ import annotations

from hsc_geo.analysis.figures import Figure
from hsc_geo.analysis.focus import country_code, municipality_code
from hsc_geo.views.kit.intervals import with_bounds
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.paper.axes import axis
from hsc_geo.views.paper.model import (
    BLUE,
    DIAMOND,
    DISC,
    GREY,
    ORANGE,
    PINK,
    SQUARE,
    TRIANGLE,
    Axis,
    Dot,
    Plot,
    Series,
)
from hsc_geo.views.research.answers.over_years import Judged, OverYears
from hsc_geo.views.wording import claims

ROOM = 0.6  # years beyond the first and the last
OF_AREAS = ((DIAMOND, ORANGE), (DISC, PINK))  # shape and tone of focus districts, in their order


def plot(n: Names, found: OverYears) -> Plot | None:
    """The figure through the years; None where the table has one year only."""
    if len(found.years) < 2 or not found.lines:
        return None
    w, key = n.w, found.indicator_id
    ends = [(each.value, each.lower, each.upper) for line in found.lines.values() for each in line]
    values = [end for line in ends for end in line if end is not None]
    years = Axis(
        w.t("Year"),
        (found.years[0] - ROOM, found.years[-1] + ROOM),
        tuple((float(year), str(year)) for year in found.years),
    )
    return Plot(
        caption=f"{caption(n, found)}. {said(n, found)}",
        alt=_alt(n, found),
        x=years,
        y=axis(w, n.indicator(key), values, n.sign(key)),
        series=tuple(_line(n, found, code, line) for code, line in found.lines.items()),
        height=0.46,
    )


def caption(n: Names, found: OverYears) -> str:
    """What the plot and the table show: one table."""
    return n.w.t(
        "Through the years of table {table}: {figure}",
        table=found.table_id,
        figure=f"{n.indicator(found.indicator_id)}, {n.term('age_group', found.age_group)}",
    )


def said(n: Names, found: OverYears) -> str:
    """What the plot says: the first and the last year of the city."""
    known = [each for each in found.lines.get(municipality_code(n.package), ()) if each.value is not None]
    if len(known) < 2:
        return ""
    return n.w.t(
        "{city}: {first} in {since} and {last} in {now}.",
        city=n.area(known[0].area_code),
        first=n.figure(known[0]),
        since=known[0].year,
        last=n.figure(known[-1]),
        now=known[-1].year,
    )


def _alt(n: Names, found: OverYears) -> str:
    return "; ".join(
        f"{n.area(code)}: {', '.join(f'{each.year} {n.figure(each)}' for each in line)}"
        for code, line in found.lines.items()
    )


def _line(n: Names, found: OverYears, code: str, line: tuple[Figure, ...]) -> Series:
    shape, tone = _mark(n, found, code)
    dots = tuple(
        Dot(
            float(each.year or 0),
            each.value,
            f"{n.area_or_focus(code)} {each.year}: {with_bounds(n, each)}",
            low=each.lower,
            high=each.upper,
        )
        for each in line
        if each.value is not None
    )
    return Series(
        n.area_or_focus(code), dots, shape, tone, joined=True, dashed=code == country_code(n.package)
    )


def _mark(n: Names, found: OverYears, code: str) -> tuple[str, str]:
    above = {municipality_code(n.package): (SQUARE, BLUE), country_code(n.package): (TRIANGLE, GREY)}
    rest = [each for each in found.lines if each not in above]
    return above.get(code) or OF_AREAS[rest.index(code) % len(OF_AREAS)]


def listing(n: Names, found: OverYears) -> Listing:
    """A row for each year."""
    columns = [
        Column("year", n.w.t("Year"), sortable=False),
        *(
            Column(f"a{i}", n.area_or_focus(code), numeric=True, sortable=False)
            for i, code in enumerate(found.lines)
        ),
    ]
    rows = [
        Row("", [str(year), *(with_bounds(n, line[i]) for line in found.lines.values())], {})
        for i, year in enumerate(found.years)
    ]
    return Listing(caption(n, found), columns, rows)


def method(n: Names, found: OverYears) -> list[str]:
    """Why lines are not drawn: of areas, of the city with one year, of other tables."""
    w = n.w
    texts = []
    if len(found.years) < 2:
        texts.append(w.t("No line through the years. {why}", why=_why(n, found.city)))
    elif not found.areas.verdict.allowed:
        texts.append(
            w.t("Through the years only the city and the country are drawn. {why}", why=_why(n, found.areas))
        )
    if found.joined is not None:
        others = ", ".join(str(n.package.indicators.at[key, "table_id"]) for key in found.others)
        texts.append(
            w.t(
                "Other tables have this figure too ({others}); they are not joined with this one. {why}",
                others=others,
                why=_why(n, found.joined),
            )
        )
    return texts


def _why(n: Names, found: Judged) -> str:
    """The reason, and what one may ask instead."""
    reason = claims.reason_text(n, found.reading, found.verdict)
    return f"{reason} {claims.instead_text(n, found.reading, found.verdict)}".strip()
