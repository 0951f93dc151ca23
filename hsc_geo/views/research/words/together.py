"""Two figures over areas in words: how they go together, and where help is known in it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from hsc_geo.analysis.association import SAME_FIGURE, TOO_FEW, asked_as
from hsc_geo.analysis.focus import focus_first
from hsc_geo.analysis.guard import judge
from hsc_geo.analysis.measures import Measure
from hsc_geo.analysis.serving import NEIGHBOURHOOD
from hsc_geo.views.kit.intervals import bounds
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.maps.legend import areas_count
from hsc_geo.views.research.answers.together import (
    CITY,
    HIGH,
    HIGHER,
    INDISTINCT,
    LOWER,
    Held,
    Together,
    together,
)
from hsc_geo.views.research.choices import ResearchChoice
from hsc_geo.views.research.result import Result, Rows
from hsc_geo.views.research.rows.together import rows, standing
from hsc_geo.views.research.words.page import level_name, moment_text, source_text
from hsc_geo.views.research.words.together_caveats import method, warnings
from hsc_geo.views.research.words.together_plot import plot
from hsc_geo.views.wording import claims
from hsc_geo.views.wording.area import row_name
from hsc_geo.views.wording.counted import label, number, wide_text

FEW_LACKING = (
    0.1  # of the areas: more of them without a figure are told with the answer, fewer under the table
)


def result(n: Names, choice: ResearchChoice) -> Result | None:
    """What the page says of two figures; None where one of them has nothing at this level."""
    found = together(n.package, choice)
    if found is None:
        return None
    sources = (source_text(n, choice.figure), source_text(n, choice.other))
    title = n.w.t("{one} and {other}", one=moment_text(n, choice.figure), other=moment_text(n, choice.other))
    refused = bool(found.found.refused)
    return Result(
        title=title,
        said=_refused(n, found) if refused else " ".join(_said(n, found)),
        beside=_beside(n, found),
        warnings=() if refused else warnings(n, found),
        listing=_listing(n, found, title),
        make_rows=lambda: Rows(rows(n, found), _columns(n)),
        plots=() if refused else (plot(n, found),),
        method=() if refused else method(n, found),
        sources=sources,
    )


def _said(n: Names, found: Together) -> list[str]:
    """How they go together, in how many areas both stand on the unfavourable side, and where help is known in these."""
    sentences = [_link(n, found)]
    if found.x and found.y and found.corner:
        sentences += [_corner(n, found, found.x, found.y), _help(n, found)]
    return sentences


def _link(n: Names, found: Together) -> str:
    w, told = n.w, found.found
    named = {
        "x": n.indicator(told.x.indicator_id),
        "y": n.indicator(told.y.indicator_id),
        "r": n.w.number(told.pearson.value if told.pearson else None, 2),
        "areas": areas_count(n, told.n, told.level),
    }
    low, high = (told.pearson.interval if told.pearson else None) or (0.0, 0.0)
    if low > 0:
        return w.t("Where “{x}” is higher, “{y}” is mostly higher too: r = {r} over {areas}.", **named)
    if high < 0:
        return w.t("Where “{x}” is higher, “{y}” is mostly lower: r = {r} over {areas}.", **named)
    return w.t("“{x}” and “{y}” do not clearly go together: r = {r} over {areas}.", **named)


def _corner(n: Names, found: Together, x: Held, y: Held) -> str:
    areas = areas_count(n, len(found.corner), found.found.level)
    named = {"areas": areas, "first": _side(n, x), "second": _side(n, y)}
    return n.w.t("In {areas} the first is {first} and the second {second}.", **named)


def _side(n: Names, held: Held) -> str:
    """`higher than in the city`."""
    w, high = n.w, held.side == HIGH
    if held.against == CITY:
        return w.t("higher than in the city") if high else w.t("lower than in the city")
    return w.t("higher than the mean") if high else w.t("lower than the mean")


def _help(n: Names, found: Together) -> str:
    """In how many of these areas no initiative is known: to the area itself, what it shares with others among it."""
    w, bare, whole = n.w, len(found.bare), len(found.corner)
    ambition = f" ({n.term('ambition', found.ambition)})" if found.ambition else ""
    named = {"bare": w.number(bare), "whole": w.number(whole), "ambition": ambition}
    if bare == whole:
        return w.t("No initiative of their own is known in any of them{ambition}.", **named)
    if not bare:
        return w.t("In each of them an initiative of its own is known{ambition}.", **named)
    return w.t("In {bare} of these {whole} no initiative of their own is known{ambition}.", **named)


def _beside(n: Names, found: Together) -> str:
    """What counts and as of when, what stands beside every area, and how many areas lack a figure."""
    w, lacking = n.w, len(found.found.left_out)
    parts = [*_interval(n, found), label(n), wide_text(n, found.wide)]
    around = sum(1 for code in found.bare if found.known[code].around)
    if around:
        parts.append(
            w.t(
                "of those without one, {n} lie in a district where one is known to the whole",
                n=w.number(around),
            )
        )
    if lacking > FEW_LACKING * len(found.known):
        parts.append(
            w.t("{areas} without one of the figures", areas=areas_count(n, lacking, found.found.level))
        )
    return "; ".join(parts) + "."


def _interval(n: Names, found: Together) -> list[str]:
    told = found.found.pearson
    if told is None or told.interval is None:
        return []
    low, high = (n.w.number(each, 2) for each in told.interval)
    return [n.w.t("95% interval of r: {low} to {high}", low=low, high=high)]


def _refused(n: Names, found: Together) -> str:
    """Why the two are not held against each other, and what one may ask instead."""
    w, told = n.w, found.found
    if told.refused == SAME_FIGURE:
        return w.t("This is one figure twice. Choose another one beside it.")
    if told.refused == TOO_FEW:
        return w.t("Too few areas have both figures to say how they go together.")
    reading = asked_as(n.package, told.x, told.y)
    if reading is None:
        return w.t("These figures do not bear that.")
    verdict = judge(n.package, reading)
    return f"{claims.reason_text(n, reading, verdict)} {claims.instead_text(n, reading, verdict)}".strip()


def _listing(n: Names, found: Together, title: str) -> Listing:
    w, told = n.w, found.found
    columns = [
        Column("name", level_name(n, told.level)),
        *(
            Column(axis, _head(n, measured), numeric=True)
            for axis, measured in (("x", told.x), ("y", told.y))
        ),
        Column("known", w.t("Initiatives known"), numeric=True),
    ]
    if told.level == NEIGHBOURHOOD:
        columns.append(Column("around", w.t("To its district as a whole"), numeric=True, spare=True))
    return Listing(title, columns, [_row(n, found, code) for code in focus_first(n.package, found.known)])


def _head(n: Names, measured: Measure) -> str:
    """`Average income per resident 2017 (× 1,000 euro)`: the unit where it does not stand behind each value."""
    key = measured.indicator_id
    head = f"{n.indicator(key)} {measured.year}"
    return head if n.sign(key) else f"{head} ({n.unit(key)})"


def _row(n: Names, found: Together, code: str) -> Row:
    told, known = found.found, found.known[code]
    row: Any = told.table.loc[code]
    cells = [row_name(n, code, told.level), *(_cell(n, found, code, axis) for axis in ("x", "y"))]
    cells.append(number(n, known.number))
    if told.level == NEIGHBOURHOOD:
        cells.append(number(n, len(known.around)))
    order = {"name": n.area(code), "x": row["x"], "y": row["y"], "known": known.number}
    return Row("", cells, order | {"around": len(known.around)})


def _cell(n: Names, found: Together, code: str, axis: str) -> str:
    row: Any = found.found.table.loc[code]
    measured = found.found.x if axis == "x" else found.found.y
    if pd.isna(row[axis]):
        return n.missing(str(row[f"status_{axis}"]))
    limits: Any = found.limits.loc[code]
    names = {HIGHER: n.w.t("higher"), LOWER: n.w.t("lower"), INDISTINCT: n.w.t("not distinguishable")}
    shown = f"{n.bare(measured.indicator_id, row[axis])}{n.sign(measured.indicator_id)}"
    told = bounds(n, measured.indicator_id, limits[f"{axis}_lower"], limits[f"{axis}_upper"])
    beside = [part for part in (told, names.get(standing(found, code, axis), "")) if part]
    return f"{shown} ({'; '.join(beside)})" if beside else shown


def _columns(n: Names) -> dict[str, str]:
    w = n.w
    of_each = {
        "{axis}": w.t("value of the figure, in its unit; empty: missing"),
        "status_{axis}": w.t("whether the value is there, or why not"),
        "{axis}_held_against": w.t("the city; else the mean of the areas, by residents or each as much"),
        "{axis}_beside_it": w.t(
            "higher, lower, about the same as that or, by the interval, indistinct from it"
        ),
        "{axis}_lower": w.t("lower end of the interval; empty without one"),
        "{axis}_upper": w.t("upper end of the interval; empty without one"),
        "{axis}_indicator_id": w.t("which figure"),
        "{axis}_table_id": w.t("source table"),
        "{axis}_kind": w.t("how the figure came about"),
        "{axis}_unit": w.t("unit of the value"),
        "{axis}_year": w.t("year"),
        "{axis}_age_group": w.t("age group"),
    }
    return {
        "area_code": w.t("code of the area"),
        "name": w.t("name of the area"),
        "level": w.t("level of the area"),
        **{key.format(axis=axis): meaning for axis in ("x", "y") for key, meaning in of_each.items()},
        "residents": w.t("residents; empty: not known"),
        "ambition": w.t("ambition of the initiatives; empty: all"),
        "initiatives_known": w.t("initiatives known to the area, by the one counting rule"),
        "known_to_district": w.t("initiatives known to the district around it as a whole"),
        "known_for_city_or_region": w.t("initiatives for the whole city or the region"),
        "in_corner": w.t("whether both figures lie on the side that the answer names"),
        "method": w.t("how the row came about"),
    }
