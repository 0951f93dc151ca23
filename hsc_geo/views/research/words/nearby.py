"""Residents near initiatives by district and age, in words. A table of people: small numbers are not shown."""

from __future__ import annotations

from typing import Any

from hsc_geo.analysis.focus import focus_first, municipality_code
from hsc_geo.analysis.reach_by_age import AGES
from hsc_geo.analysis.serving import DISTRICT
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.paper.axes import axis, categories, place
from hsc_geo.views.paper.model import Dot, Plot, Series
from hsc_geo.views.research.answers.explore import Nearby, nearby
from hsc_geo.views.research.choices_explore import NUMBER, Explored
from hsc_geo.views.research.result import Result, Rows
from hsc_geo.views.research.rows.nearby import rows, shown, total
from hsc_geo.views.research.words.explore_filters import beside
from hsc_geo.views.wording.area import row_name
from hsc_geo.views.wording.likeness import band_name
from hsc_geo.views.wording.reached import reach_text, small_counts_text

TOTAL = "total"


def result(n: Names, asked: Explored) -> Result:
    """What the page says of residents near the initiatives that fit."""
    answer = nearby(n, asked)
    return Result(
        title=n.w.t("Residents within {n} metres, by district and age", n=n.w.number(asked.distance)),
        said=said(n, answer),
        beside=beside(n, asked, len(answer.ids)),
        warnings=warnings(n, answer),
        plots=(_plot(n, answer),) if answer.found.all_ages.placed else (),
        listing=table(n, answer),
        first_wide=True,
        make_rows=lambda: Rows(rows(n, answer), column_texts(n)),
        method=method(n, answer),
    )


def said(n: Names, answer: Nearby) -> str:
    """How many residents live near."""
    if not answer.ids:
        return n.w.t("No initiative known fits these choices.")
    return reach_text(n, answer.found.all_ages, answer.asked.distance)


def warnings(n: Names, answer: Nearby) -> tuple[str, ...]:
    """That small numbers are hidden, and of whom the ages are not known."""
    w, missing = n.w, len(answer.found.missing)
    text = w.tn(
        "The residents of {n} neighbourhood are not known; they are left out.",
        "The residents of {n} neighbourhoods are not known; they are left out.",
        missing,
    )
    least = w.t("The numbers are at least: only initiatives with a known place count.")
    small = [small_counts_text(n)] if answer.hidden.any else []
    return (*([least] if answer.found.all_ages.placed else []), *small, *([text] if missing else []))


def method(n: Names, answer: Nearby) -> tuple[str, ...]:
    """How it was computed."""
    w = n.w
    return (
        w.t(
            "Residents are taken as spread evenly over their neighbourhood. The part of it within the distance is "
            "computed from its full boundary, without sampling; where circles overlap everyone counts once."
        ),
        w.t("Every place counts, also a place of what is there for the whole city or the region."),
        w.t("The ages are those of {year}.", year=answer.found.year or "?"),
        w.t(
            "Small numbers are hidden in rows, columns and totals, with as many others as it takes, so that no hidden "
            "number can be computed."
        ),
    )


def table(n: Names, answer: Nearby) -> Listing:
    """A row per district, focus districts first, a column per age, and the totals."""
    w = n.w
    columns = [
        Column("name", w.t("District")),
        *(Column(band, band_name(n, band), numeric=True) for band in AGES),
        Column(TOTAL, w.t("All ages"), numeric=True),
    ]
    codes = focus_first(n.package, answer.found.reached.index)
    most = _most(answer)
    rows = [Row("", _cells(n, answer, code, most), _order(n, answer, code)) for code in codes]
    caption = w.t(
        "Residents within {n} metres of a known place, by district and age; the stronger the colour, the more",
        n=w.number(answer.asked.distance),
    )
    return Listing(caption, columns, [*rows, Row("", _cells(n, answer, "", most), {})])


def _cells(n: Names, answer: Nearby, code: str, most: float) -> list[Any]:
    whole = n.w.t("{city} as a whole", city=n.area(municipality_code(n.package)))
    name = row_name(n, code, DISTRICT) if code else whole
    return [name, *(_cell(n, answer, code, band, most) for band in (*AGES, ""))]


def _cell(n: Names, answer: Nearby, code: str, band: str, most: float) -> Any:
    value = shown(answer, code, band)
    if not answer.found.all_ages.placed:
        return n.w.t("not known")
    if value is None:
        return n.w.t("not shown")
    residents = total(answer.found.residents, code, band)
    text = n.w.number(value)
    if answer.asked.shown != NUMBER:
        text = n.w.value(100 * value / residents, "percent", 0) if residents else "–"
    heat = {"heat": round(_strength(answer, value, residents) / most, 2)} if code and band and most else {}
    return {"text": text, **heat}


def _order(n: Names, answer: Nearby, code: str) -> dict[str, object]:
    values = {band or TOTAL: shown(answer, code, band) for band in (*AGES, "")}
    return {
        "name": n.area(code).casefold(),
        **{key: value for key, value in values.items() if value is not None},
    }


def _strength(answer: Nearby, value: float, residents: float) -> float:
    return value if answer.asked.shown == NUMBER else value / residents if residents else 0.0


def _most(answer: Nearby) -> float:
    """The strongest of the cells, at which the colour is full: looked up once for a whole table."""
    found = [
        _strength(answer, value, total(answer.found.residents, str(code), band))
        for code in answer.found.reached.index
        for band in AGES
        if (value := shown(answer, str(code), band)) is not None
    ]
    return max(found, default=0.0)


def _plot(n: Names, answer: Nearby) -> Plot:
    """The totals of the districts as bars; one that is hidden has none."""
    w = n.w
    codes = [
        code
        for code in focus_first(n.package, answer.found.reached.index)
        if shown(answer, code, "") is not None
    ]
    names = [n.area_or_focus(code) for code in codes]
    values = [round(shown(answer, code, "") or 0) for code in codes]
    dots = tuple(
        Dot(value, place(names, i), f"{names[i]}: {w.number(value)}", w.number(value))
        for i, value in enumerate(values)
    )
    title = w.t("Residents within {n} metres, at least", n=w.number(answer.asked.distance))
    return Plot(
        caption=title,
        alt="; ".join(dot.text for dot in dots),
        x=axis(w, w.t("Residents"), [0, *values], zero=True),
        y=categories("", names),
        series=(Series("", dots, bars=True),),
        height=0.14 + 0.038 * len(names),
    )


def column_texts(n: Names) -> dict[str, str]:
    """What each column of the file means."""
    w = n.w
    return {
        "area_code, area": w.t("The district, or the municipality."),
        "age_group": w.t("The ages of the residents; all: every age."),
        "residents_near": w.t(
            "Residents near a known place, at least; empty: too few to be shown, or no place is known."
        ),
        "status": w.t("Whether the number is shown."),
        "residents": w.t("All residents of the area of this age."),
        "level, table_id": w.t("The level of the areas, and the table of residents."),
        "kind": w.t("How the number came about."),
        "year": w.t("The year of the ages."),
        "distance_metres": w.t("The distance in metres, as the crow flies."),
        "counted": w.t("Which initiatives count: known (not ended) or all (ended ones too)."),
        "confirmed_within": w.t("Confirmed within so many months; empty: whenever that was."),
        "as_of": w.t("The day from which it counts."),
        "method": w.t("How it was counted."),
    }
