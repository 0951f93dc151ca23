"""An area and its figures in words."""

from typing import Any
from urllib.parse import urlencode

import pandas as pd
from markupsafe import Markup

from hsc_geo.analysis import profile
from hsc_geo.analysis.figures import NOT_PUBLISHED, REGISTER_INDICATOR, Figure, concept_of, figure, latest
from hsc_geo.analysis.focus import country_code, municipality_code
from hsc_geo.analysis.own_area import own_area
from hsc_geo.analysis.profile import check_level
from hsc_geo.analysis.serving import CITY, DISTRICT, NEIGHBOURHOOD, REGION, UNKNOWN
from hsc_geo.analysis.yardstick import holds
from hsc_geo.data.load import Package
from hsc_geo.views.kit.html import badge, joined, markup
from hsc_geo.views.kit.intervals import indistinct_text, with_bounds
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Row
from hsc_geo.views.kit.words import upper_first
from hsc_geo.views.wording.people import people_text


def comment_link(n: Names, area: str = "", figure_id: str = "") -> Markup:
    """A quiet link to remark something on an area, on a figure, or on the figure of an area."""
    query = {"kind": "comment", "fig": figure_id, "area": area, "lang": n.w.code}
    kept = urlencode({key: value for key, value in query.items() if value})
    return markup('<a class="hsc-quiet" href="aanmelden?{}">{}</a>', kept, n.w.t("Comment on this"))


def area_head(n: Names, code: str) -> Markup:
    """Name, kind, district and population of an area."""
    w = n.w
    row: Any = n.package.areas.loc[code]
    parent = str(row["parent_code"]) if row["level"] == "neighbourhood" else ""
    focus = n.focus().get(code) or n.focus().get(parent)
    people = w.t("{n} residents in {year}", n=w.number(row["population"]), year=row["population_year"])
    kind = w.t("neighbourhood in {district}", district=n.area(parent)) if parent else n.area_kind(code)
    labels = [badge(w.t("focus district {name}", name=focus))] if focus else []
    return markup(
        '<h2 id="panel">{}</h2><p class="hsc-quiet">{} · {} · {} · {}</p><p>{}</p>',
        n.area(code),
        upper_first(kind),
        people if pd.notna(row["population"]) else w.t("population not known"),
        code,
        comment_link(n, code),
        joined(labels),
    )


def common_moment(n: Names, indicators: list[tuple[str, int, str]]) -> str:
    """Year, age group, kind and source that most of the indicators share; the others say their own."""
    texts = [_moment(n, item) for item in indicators]
    return max(texts, key=texts.count) if texts else ""


def figure_rows(n: Names, code: str, indicators: list[tuple[str, int, str]]) -> list[Row]:
    """A row per indicator: name (with year, age group and kind where they differ, how many adults the figure of the
    area is about, and that it is not distinguishable from the city), area, municipality, country with intervals."""
    city, country = municipality_code(n.package), country_code(n.package)
    usual = common_moment(n, indicators)
    rows = []
    for item in indicators:
        found = [figure(n.package, place, *item) for place in (code, city, country)]
        moment = _moment(n, item)
        name = n.indicator(item[0]) + ("" if moment == usual else f" ({moment})")
        about = people_text(n, found[0])
        own, whole = found[0], found[1].value
        same = code != city and whole is not None and holds(own.lower, own.upper, whole)
        said = " – ".join(filter(None, (name, about, indistinct_text(n) if same else "")))
        cells = [said, *(_figure(n, each) for each in found)]
        rows.append(Row(id="", cells=cells, order={}))
    return rows


def _moment(n: Names, item: tuple[str, int, str]) -> str:
    return f"{n.moment(item[1], item[2])}; {n.kind(item[0]).lower()}; {n.source(item[0])}"


def figure_columns(n: Names, code: str) -> list[Column]:
    """Columns that go with `figure_rows`."""
    city, country = municipality_code(n.package), country_code(n.package)
    names = [n.area(code), n.area(city), n.area(country)]
    return [
        Column("indicator", n.w.t("Figure"), sortable=False),
        *(Column(f"a{i}", name, numeric=True, sortable=False) for i, name in enumerate(names)),
    ]


def panel_indicators(
    package: Package, chosen: tuple[str, int, str] | None, core: list[str]
) -> list[tuple[str, int, str]]:
    """The indicator on the map first, then the core ones in their newest year; what is measured once, of one table."""
    result = [chosen] if chosen and chosen[0] != REGISTER_INDICATOR else []
    seen = {concept_of(package, key) for key, _, _ in result}
    for indicator_id in core:
        moment = latest(package, indicator_id, "18plus")
        if moment and concept_of(package, indicator_id) not in seen:
            result.append((indicator_id, *moment))
    return result


def focus_mark(n: Names, code: str) -> str:
    """That a district is a focus district, and by which name people know it where that is another than its official
    one."""
    known, official = (name.replace("-", " ").casefold() for name in (n.focus()[code], n.area(code)))
    return (
        n.w.t("focus district") if known == official else n.w.t("focus district {name}", name=n.focus()[code])
    )


def area_label(n: Names, code: str) -> str:
    """An area in the list: its name, what it is, and whether it is a focus district."""
    w = n.w
    if code in n.focus():
        return f"{n.area(code)} ({focus_mark(n, code)})"
    if own_area(n.package, code):
        return n.area(code)
    if check_level(n.package, code) == DISTRICT:
        return w.t("{area} (district)", area=n.area(code))
    return w.t(
        "{area} (neighbourhood in {district})",
        area=n.area(code),
        district=n.area(str(n.package.areas.at[code, "parent_code"])),
    )


def row_name(n: Names, code: str, level: str) -> str:
    """An area by its name, with a focus district marked as such; what is known less precisely in words."""
    w = n.w
    wide = {CITY: w.t("For the whole city"), REGION: w.t("For the region"), UNKNOWN: w.t("Area not known")}
    if code in wide:
        return wide[code]
    if level != DISTRICT and n.package.areas.at[code, "level"] == DISTRICT:
        return w.t("{district}, neighbourhood not known", district=n.area(code))
    return f"{n.area(code)} ({focus_mark(n, code)})" if code in n.focus() else n.area(code)


def kind_line(n: Names, code: str) -> str:
    """`wijk · focuswijk · 15.325 inwoners in 2024`."""
    w, row = n.w, n.package.areas.loc[code]
    parent = str(row["parent_code"]) if row["level"] == NEIGHBOURHOOD else ""
    kind = w.t("neighbourhood in {district}", district=n.area(parent)) if parent else n.area_kind(code)
    focus = n.focus().get(code) or n.focus().get(parent)
    found = profile.residents(n.package, code)
    people = (
        w.t("{n} residents in {year}", n=w.number(found.population), year=found.year)
        if found.population is not None
        else w.t("population not known")
    )
    official = "" if own_area(n.package, code) else code
    shown = (kind, w.t("focus district {name}", name=focus) if focus else "", people, official)
    return " · ".join(part for part in shown if part)


def _figure(n: Names, found: Figure) -> str:
    """A figure in a narrow column; of the country briefly that there is none."""
    national = found.area_code == country_code(n.package) and found.status == NOT_PUBLISHED
    return n.w.t("none in this edition") if national else with_bounds(n, found)
