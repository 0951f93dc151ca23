"""One figure over areas, and the classes of its map, as rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from hsc_geo.views.kit.names import Names
from hsc_geo.views.research.answers.spread import Spread
from hsc_geo.views.research.choices import ResearchChoice
from hsc_geo.views.research.rows.areas import in_focus, official


def rows(n: Names, choice: ResearchChoice, found: Spread) -> pd.DataFrame:
    """Every area with city and country in plain values, each with its level, table, year, age group and kind."""
    table = found.table.assign(
        level=choice.level, focus=[in_focus(n, str(code)) for code in found.table.index]
    )
    numbers = [i + 1 if i >= 0 else None for i in _numbers(found)]
    areas = _with_people(table.assign(map_class=_whole(numbers)), found.people)
    every = pd.concat([areas, *_above_rows(n, found)]).rename_axis("area_code").reset_index()
    every.insert(1, "name", [official(n, str(code)) for code in every["area_code"]])
    about = n.package.indicators.loc[found.moment.indicator_id]
    return every.assign(
        indicator_id=found.moment.indicator_id,
        table_id=str(about["table_id"]),
        kind=str(about["kind"]),
        unit=str(about["unit"]),
        year=found.moment.year,
        age_group=found.moment.age_group,
        method="value as published; gap, side, people and map_class by us",
    )


def _whole(values: Sequence[Any]) -> Any:
    """Whole numbers, some of them missing."""
    return pd.array(list(values), dtype="Int64")


def _numbers(found: Spread) -> list[int]:
    made = found.view.classes
    return [-1] * len(found.table) if made is None else [int(i) for i in made.assigned]


def _with_people(table: pd.DataFrame, people: pd.DataFrame | None) -> pd.DataFrame:
    """The table with how many people its percentages are."""
    nothing: list[Any] = [None] * len(table)
    return table.assign(
        people=_whole(nothing if people is None else list(people["number"])),
        people_told="" if people is None else people["told"],
        people_of_year=_whole(nothing if people is None else list(people["of_year"])),
    )


def _above_rows(n: Names, found: Spread) -> list[pd.DataFrame]:
    """The city and the country, a table with one row for each."""
    made = []
    for each, people in ((found.city, found.people_city), (found.country, None)):
        gap = None if found.against is None or each.value is None else found.against.gap(each.value)
        area: Any = n.package.areas.loc[each.area_code]
        figures = {"value": each.value, "lower": each.lower, "upper": each.upper, "gap": gap}
        line = pd.DataFrame(figures, index=[each.area_code], dtype="float64").assign(
            status=each.status,
            population=area["population"],
            side="",
            level=area["level"],
            focus=False,
            map_class=_whole([None]),
        )
        made.append(_with_people(line, people))
    return made


def classes(n: Names, found: Spread) -> pd.DataFrame:
    """The classes for a file."""
    made, decimals = found.view.classes, n.decimals(found.moment.indicator_id)
    every: Sequence[int] = range(made.k) if made is not None else ()
    assert made is not None
    return pd.DataFrame(
        {
            "map_class": [i + 1 for i in every],
            "begins": [round(made.bounds(i, decimals)[0], decimals) for i in every],
            "ends": [round(made.bounds(i, decimals)[1], decimals) for i in every],
            "areas": [made.counts[i] for i in every],
            "class_name": [made.names[i] if made.names else "" for i in every],
            "scheme": [made.scheme for _ in every],
        }
    )
