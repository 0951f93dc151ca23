"""One figure over areas as tables: every area with city and country, the classes of its map, and the rows of a file."""

from __future__ import annotations

from typing import Any

import pandas as pd

from hsc_geo.analysis.classify import ABOVE, BELOW, LESS, MORE, SAME
from hsc_geo.analysis.figures import PRESENT, Figure
from hsc_geo.analysis.serving import DISTRICT
from hsc_geo.analysis.yardstick import PERCENT
from hsc_geo.views.kit.intervals import cell
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.maps.legend import class_label, class_name
from hsc_geo.views.research.answers.spread import INDISTINCT, Spread
from hsc_geo.views.research.choices import ResearchChoice
from hsc_geo.views.research.rows.areas import in_focus
from hsc_geo.views.research.words.page import level_name, moment_text
from hsc_geo.views.wording.area import row_name
from hsc_geo.views.wording.people import people_cell

DASH = "–"
MINUS, PLUS = "\u2212", "+"


def listing(n: Names, choice: ResearchChoice, found: Spread) -> Listing:
    """Every area of the level, those in a focus district first, never by value; below them the city and the country."""
    codes = sorted(map(str, found.table.index), key=lambda code: (not in_focus(n, code), code))
    most = max([*found.by_area.values(), 0.0])
    bars = most if min([*found.by_area.values(), 0.0]) >= 0 else 0.0
    rows = [_row(n, choice, found, code, bars) for code in codes]
    return Listing(
        moment_text(n, found.moment), _columns(n, choice, found), [*rows, *_total_rows(n, choice, found)]
    )


def _columns(n: Names, choice: ResearchChoice, found: Spread) -> list[Column]:
    w, key = n.w, found.moment.indicator_id
    city = n.area(found.city.area_code)
    points = str(n.package.indicators.at[key, "unit"]) == PERCENT
    gap = (
        w.t("Percentage points from {city}", city=city)
        if points
        else w.t("Difference from {city}", city=city)
    )
    years = n.package.areas.loc[found.table.index, "population_year"].dropna()
    residents = w.t("Residents {year}", year=years.iloc[0] if len(years) else "")
    columns = [
        Column("name", level_name(n, choice.level)),
        Column("value", n.indicator(key), numeric=True),
        Column("interval", w.t("95% interval"), sortable=False, spare=True),
        Column("gap", gap, numeric=True),
        Column("side", w.t("Beside {city}", city=city), sortable=False),
        Column("people", w.t("About how many people"), numeric=True),
        Column("residents", residents, numeric=True, spare=True),
        Column("class", w.t("Class"), sortable=False, spare=True),
    ]
    around = [] if choice.level == DISTRICT else [Column("in", w.t("District"), spare=True)]
    return [columns[0], *around, *columns[1:]]


def _row(n: Names, choice: ResearchChoice, found: Spread, code: str, most: float) -> Row:
    line: Any = found.table.loc[code]
    area: Any = n.package.areas.loc[code]
    parent = "" if choice.level == DISTRICT else n.area(str(area["parent_code"]))
    number = None if found.people is None else found.people.at[code, "number"]
    cells = [
        row_name(n, code, choice.level),
        *([] if choice.level == DISTRICT else [parent]),
        _value(n, found, line, most),
        cell(n, found.moment.indicator_id, line["lower"], line["upper"]),
        gap_text(n, found.moment.indicator_id, line["gap"]),
        side_text(n, str(line["side"])),
        people_cell(n, found.people, code),
        n.w.number(line["population"]),
        _class(n, found, code),
    ]
    order = {"name": area["name"], "in": parent, "value": line["value"], "gap": line["gap"]}
    return Row("", cells, order | {"people": number, "residents": line["population"]})


def _value(n: Names, found: Spread, line: Any, most: float) -> object:
    if line["status"] != PRESENT:
        return n.missing(str(line["status"]))
    text = n.value(found.moment.indicator_id, line["value"])
    return {"text": text, "range": [0, round(float(line["value"]) / most, 3)]} if most else text


def _total_rows(n: Names, choice: ResearchChoice, found: Spread) -> list[Row]:
    """The city with how many people it is there, and the country; nothing to sort them by."""
    rows = []
    for each, people in ((found.city, found.people_city), (found.country, None)):
        area: Any = n.package.areas.loc[each.area_code]
        cells = [
            n.area(each.area_code),
            *([] if choice.level == DISTRICT else [""]),
            n.figure(each),
            cell(n, each.indicator_id, each.lower, each.upper) if each.value is not None else DASH,
            _country_gap(n, found, each),
            "",
            people_cell(n, people, each.area_code) if people is not None else DASH,
            n.w.number(area["population"]),
            "",
        ]
        rows.append(Row("", cells, {}))
    return rows


def _country_gap(n: Names, found: Spread, each: Figure) -> str:
    if each is found.city or each.value is None or found.against is None:
        return DASH
    return gap_text(n, each.indicator_id, found.against.gap(each.value))


def gap_text(n: Names, key: str, gap: float | None) -> str:
    """A difference with its sign, as the figure is published; a dash without one."""
    if pd.isna(gap):
        return DASH
    size = n.bare(key, abs(float(gap)))
    return size if size == n.bare(key, 0.0) else f"{PLUS if float(gap) > 0 else MINUS}{size}"


def side_text(n: Names, side: str) -> str:
    """On which side of the city an area is, in a few words."""
    names = {
        LESS: n.w.t("less favourable"),
        SAME: n.w.t("about the same"),
        INDISTINCT: n.w.t("not distinguishable"),
        MORE: n.w.t("more favourable"),
        BELOW: n.w.t("lower"),
        ABOVE: n.w.t("higher"),
    }
    return names.get(side, DASH)


def _class(n: Names, found: Spread, code: str) -> str:
    classes = found.view.classes
    if classes is None or int(classes.assigned[code]) < 0:
        return DASH
    return class_label(n, found.moment.indicator_id, classes, int(classes.assigned[code]))


def classes(n: Names, choice: ResearchChoice, found: Spread) -> Listing:
    """The classes of the map with their numbers of areas, also those without any."""
    w, made = n.w, found.view.classes
    columns = [
        Column("class", w.t("Class"), sortable=False),
        *([Column("name", w.t("What it is"), sortable=False)] if made is not None and made.names else []),
        Column("areas", w.t("Number of areas"), numeric=True, sortable=False),
    ]
    rows = [] if made is None else [_class_row(n, found, i) for i in range(made.k)]
    return Listing(w.t("Classes of the map"), columns, rows)


def _class_row(n: Names, found: Spread, i: int) -> Row:
    made = found.view.classes
    assert made is not None
    name = [class_name(n, made.names[i])] if made.names else []
    return Row(
        "", [class_label(n, found.moment.indicator_id, made, i), *name, n.w.number(made.counts[i])], {}
    )


def columns(n: Names) -> dict[str, str]:
    """What each column of `rows` and `class_rows` means."""
    w = n.w
    return {
        "area_code": w.t("Code of the area, of Statistics Netherlands."),
        "name": w.t("Name of the area."),
        "value": w.t("The figure as it is published; empty where it is missing."),
        "lower": w.t("Lower end of the 95% interval; empty where none is published."),
        "upper": w.t("Upper end of the 95% interval; empty where none is published."),
        "status": w.t("Whether the figure is there, or why it is missing."),
        "population": w.t("Residents of the area, of all ages."),
        "gap": w.t("Difference from the city, in the unit of the figure."),
        "side": w.t(
            "Beside the city: indistinct where its value lies in the interval, else less, same or more favourable; "
            "below or above for a figure without a direction."
        ),
        "level": w.t("Level of the area."),
        "focus": w.t("Whether the area is or lies in a focus district."),
        "people": w.t(
            "About how many people the percentage is: computed by us, rounded; 0 is fewer than 10."
        ),
        "people_told": w.t("Whether that number is shown, small (then left out) or unknown."),
        "people_of_year": w.t("Year of the age groups from which it is computed."),
        "map_class": w.t("Number of the class on the map; 1 has the lowest values."),
        "indicator_id": w.t("Code of the figure."),
        "table_id": w.t("Table of the source."),
        "kind": w.t("How the figure came about."),
        "unit": w.t("Unit of the figure."),
        "year": w.t("Year of the figure."),
        "age_group": w.t("Age group of the figure."),
        "method": w.t("How the row was made."),
        "begins": w.t("Lowest value of the class."),
        "ends": w.t("Highest value of the class."),
        "areas": w.t("Number of areas in the class."),
        "class_name": w.t("What the class says; empty: only its values."),
        "scheme": w.t("How the classes were made."),
    }
