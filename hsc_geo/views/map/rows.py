"""The tables of the map: its areas with figure and counts, and the initiatives that fit."""

from typing import Any

import pandas as pd

from hsc_geo.analysis.counting import MUNICIPALITY, count_of
from hsc_geo.analysis.explore import View, districts_of
from hsc_geo.analysis.figures import PRESENT, REGISTER_INDICATOR, Figure, figure
from hsc_geo.analysis.focus import municipality_code
from hsc_geo.analysis.persons import persons_at, persons_of
from hsc_geo.data.cached import per_package
from hsc_geo.views.kit.intervals import behind, bounds, cell, indistinct_text, rule_text
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Row
from hsc_geo.views.wording.counted import number, view_label, wide_text
from hsc_geo.views.wording.initiative import listed_status
from hsc_geo.views.wording.initiatives import initiative_columns, initiative_rows
from hsc_geo.views.wording.people import people_cell

FOR = "for"

GROUPS = ("own", "shared", "around", "city", "region", "unknown")  # of a count, in the order of the list


def area_rows(n: Names, view: View) -> list[Row]:
    """A row per area of the level, focus districts and what lies in them first, then by code: never by value, modelled
    figures are no ranking; and the municipality with what is there for more than one area, which stay below."""
    focus, areas = n.focus(), n.package.areas
    codes = sorted(
        map(str, view.table.index),
        key=lambda code: (code not in focus and areas.at[code, "parent_code"] not in focus, code),
    )
    people = _people(n, view)
    rows = [_area_row(n, view, code) for code in codes]
    if people is not None:
        rows = [_with_people(n, row, people) for row in rows]
    return [*rows, *_total_rows(n, view)]


def _people(n: Names, view: View) -> pd.DataFrame | None:
    """How many people the percentages of the areas are; None for a figure that is no percentage of an age group."""
    choice = view.choice
    if not choice.indicator or choice.year is None:
        return None
    return persons_at(
        n.package, choice.indicator, choice.year, choice.age_group, choice.level, n.small_counts
    )


def _with_people(n: Names, row: Row, people: pd.DataFrame) -> Row:
    order = {**row.order, "about": people.at[row.id, "number"]}
    return Row(row.id, [*row.cells, people_cell(n, people, row.id)], order)


@per_package(maxsize=4)
def tip_texts(view: View, n: Names) -> dict[str, str]:
    """Area -> what its tooltip says of the figure; shared, so not to be changed."""
    return {code: tip_text(n, view, code) for code in map(str, view.table.index)}


def tip_text(n: Names, view: View, code: str) -> str:
    """The figure of an area with its interval, and that it is not distinguishable from the city where that is so."""
    told, doubt = interval_text(n, view, code), ""
    if view.classes is not None and code in view.classes.indistinct:
        doubt = f", {indistinct_text(n)}"
    return f"{behind(_figure(n, view, code), told)}{doubt}"


def interval_text(n: Names, view: View, code: str) -> str:
    """The interval of an area's figure; '' without one."""
    line: Any = view.table.loc[code]
    return bounds(n, view.choice.indicator, line["lower"], line["upper"])


def _beside(n: Names, view: View, code: str) -> list[str]:
    """The interval of an area, and whether it is told apart from the city; no cell where the figure has none at all."""
    if view.classes is None or not view.classes.intervals:
        return []
    told = interval_text(n, view, code) or n.w.t("none published")
    return [f"{told}; {indistinct_text(n)}" if code in view.classes.indistinct else told]


def _total_rows(n: Names, view: View) -> list[Row]:
    """The municipality, and who is there for all of it or for the region; nothing to sort them by."""
    w, code, fine = n.w, municipality_code(n.package), view.choice.level == "neighbourhood"
    everyone = count_of(n.package, [code], view.ids)
    more = [""] if fine else []
    area: Any = n.package.areas.loc[code]
    found = _city_figure(n, view, code)
    known = view.classes is not None and view.classes.intervals
    interval = [cell(n, found.indicator_id, found.lower, found.upper) if found else ""] if known else []
    city = [area["name"], "", n.figure(found) if found else "", *interval, n.w.number(area["population"])]
    nothing = ["", "", *([""] if known else []), ""]
    people = persons_of(n.package, found, n.small_counts) if found else None
    about = [] if people is None else [people_cell(n, people, code)]
    none = [""] * len(about)
    return [
        Row(code, [*city, number(n, everyone.number), *more, *about], {}),
        Row("", [w.t("For the whole city"), *nothing, number(n, len(everyone.city)), *more, *none], {}),
        Row("", [w.t("For the region"), *nothing, number(n, len(everyone.region)), *more, *none], {}),
    ]


def _city_figure(n: Names, view: View, code: str) -> Figure | None:
    choice = view.choice
    if choice.indicator in ("", REGISTER_INDICATOR) or choice.year is None:
        return None
    return figure(n.package, code, choice.indicator, choice.year, choice.age_group)


def _area_row(n: Names, view: View, code: str) -> Row:
    area: Any = n.package.areas.loc[code]
    value: Any = view.table.at[code, "value"]
    known = int(view.served.by_area.get(code, 0))
    people = area["population"]
    fine = view.choice.level == "neighbourhood"
    parent = n.area(str(area["parent_code"])) if fine else n.focus().get(code, "")
    only = [int(view.served.district_only.get(code, 0))] if fine else []
    cells = [
        area["name"],
        parent,
        _figure(n, view, code),
        *_beside(n, view, code),
        n.w.number(people),
        *(number(n, each) for each in [known, *only]),
    ]
    order = {"name": area["name"], "in": parent, "value": value, "people": people, "known": known}
    return Row(code, cells, {**order, "only": only[0] if only else None})


def _figure(n: Names, view: View, code: str) -> str:
    status = str(view.table.at[code, "status"])
    if not view.choice.indicator:
        return ""
    if status != PRESENT:
        return n.missing(status)
    value: Any = view.table.at[code, "value"]
    return n.value(view.choice.indicator, value)


def area_columns(n: Names, view: View) -> list[Column]:
    """Columns that go with `area_rows`."""
    w, key = n.w, view.choice.indicator
    known = view.classes is not None and view.classes.intervals
    moment = n.moment(view.choice.year, view.choice.age_group)
    year = n.package.areas.loc[view.table.index, "population_year"].dropna()
    columns = [
        Column("name", w.t("Area")),
        Column("in", w.t("District") if view.choice.level == "neighbourhood" else w.t("Focus district")),
        Column(
            "value",
            f"{n.indicator(key)} ({moment})" if key and moment else n.indicator(key) if key else "–",
            numeric=True,
        ),
        *([Column("interval", w.t("95% interval"), sortable=False)] if known else []),
        Column("people", w.t("Residents {year}", year=year.iloc[0] if len(year) else ""), numeric=True),
        Column("known", w.t("Initiatives known"), numeric=True),
    ]
    if view.choice.level == "neighbourhood":
        columns.append(Column("only", w.t("Known to the district only"), numeric=True))
    if _people(n, view) is not None:
        columns.append(Column("about", w.t("About how many people"), numeric=True, spare=True))
    return columns


def areas_text(n: Names, view: View, rule: bool = True) -> str:
    """What counts in the numbers of initiatives of the areas, what is there for more than one area, and that the figure
    has no interval, or by which `rule` it is held against the city (not where it stands elsewhere)."""
    told = n.w.t(
        "Initiatives: {label}. Beside the number of each area, {wide}.",
        label=view_label(n, view),
        wide=wide_text(n, view.here),
    )
    key, held = view.choice.indicator, view.classes is not None and view.classes.against_city
    beside = (rule_text(n) if rule else "") if held else n.interval_note(key) if key else ""
    return f"{told} {beside}".rstrip()


def list_columns(n: Names, view: View) -> list[Column]:
    """Columns that go with `list_rows`: where districts are chosen, also for whom each initiative is."""
    name, *rest = initiative_columns(n)
    return [name, Column(FOR, n.w.t("For whom")), *rest] if districts_of(view.choice) else [name, *rest]


def list_rows(n: Names, view: View, keys: list[str], sort: str, descending: bool, page: int) -> list[Row]:
    """The rows of one page of the initiatives that fit. Where districts are chosen and nothing else is sorted by: first
    those of these districts only, then those shared with others, for the whole city, for the region."""
    if not districts_of(view.choice):
        return initiative_rows(n, keys, sort, descending, page)
    groups = {key: group for group in GROUPS for key in getattr(view.here, group)}
    if sort in ("", FOR):
        sort, keys = "", sorted(keys, key=lambda key: GROUPS.index(groups[key]))
        keys = keys[::-1] if descending else keys
    rows = initiative_rows(n, keys, sort, descending, page)
    return [Row(row.id, [row.cells[0], group_name(n, groups[row.id]), *row.cells[1:]], {}) for row in rows]


def group_name(n: Names, group: str) -> str:
    """For whom an initiative is, seen from the districts that are chosen."""
    w = n.w
    return {
        "own": w.t("only here"),
        "shared": w.t("here and in other districts"),
        "around": w.t("the district around it"),
        "city": w.t("the whole city"),
        "region": w.t("the region"),
        "unknown": w.t("area not known"),
    }[group]


def reaching_rows(n: Names, view: View, code: str) -> list[Row]:
    """Who reaches an area, of those that fit: its own first, then those of more than it, to the whole city."""
    found = count_of(n.package, [code], view.ids)
    wide = n.package.areas.at[code, "level"] == MUNICIPALITY
    names = {group: group_name(n, group) for group in GROUPS}
    names |= {"own": n.w.t("a district or neighbourhood")} if wide else {}
    return [
        Row(key, [n.package.initiatives.at[key, "name"], names[group], listed_status(n, key)], {})
        for group in GROUPS
        for key in getattr(found, group)
    ]


def reaching_columns(n: Names) -> list[Column]:
    """Columns that go with `reaching_rows`."""
    labels = {"name": n.w.t("Initiative"), FOR: n.w.t("For whom"), "status": n.w.t("Status")}
    return [Column(key, label, sortable=False) for key, label in labels.items()]


def areas_caption(n: Names, view: View) -> str:
    """The caption of the table of areas."""
    level = n.w.t("district") if view.choice.level == "district" else n.w.t("neighbourhood")
    return n.w.t("Figure and initiatives by {level}", level=level)


def list_caption(n: Names, number: int) -> str:
    """The caption of the list of so many initiatives."""
    return n.w.tn("{n} initiative that fits your choices", "{n} initiatives that fit your choices", number)


def none_text(n: Names) -> str:
    """What stands in place of the list where it is empty."""
    return n.w.t("No initiative known fits these choices.")
