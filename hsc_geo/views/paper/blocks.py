"""What several briefs share: the map of areas, lists of initiatives, sources and caveats."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from hsc_geo.analysis.classify import Classes
from hsc_geo.analysis.explore import View
from hsc_geo.analysis.figures import REGISTER_INDICATOR
from hsc_geo.analysis.focus import focus_codes
from hsc_geo.analysis.places import points_of
from hsc_geo.analysis.serving import CITY, DISTRICT, REGION, count_served, scope_of
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row, text_of
from hsc_geo.views.kit.stated import stated
from hsc_geo.views.maps.legend import areas_count, class_colors, class_text, classes_note, doubt_text
from hsc_geo.views.paper.model import Area, Label, Map, Sign, Table
from hsc_geo.views.wording.freshness import is_due
from hsc_geo.views.wording.initiatives import initiative_columns, initiative_row

_BETWEEN = re.compile(r"\||, ")  # organisations in one cell
_SENTENCE = re.compile(r"(?<=[.!?]) ")  # between two sentences
# Columns of a list of initiatives and their share of the width.
INITIATIVE_WIDTHS = {"name": 0.27, "organisation": 0.21, "ambition": 0.19, "serves": 0.15, "year": 0.18}
NAMED = 2  # organisations of an initiative that are named


def view_map(n: Names, view: View, alt: str, chosen: str = "") -> Map:
    """The map of the present view: classes, what is missing, focus districts, places of the initiatives that fit; and
    the area or the initiative that is chosen."""
    colors = class_colors(view)
    numbers = _class_numbers(view)
    focus = _focus_set(n.package)
    areas = tuple(
        Area(
            str(code),
            *_fill(colors, numbers.get(str(code))),
            outline=str(code) in focus,
            doubt=view.classes is not None and str(code) in view.classes.indistinct,
        )
        for code in view.table.index
    )
    extra = (
        ()
        if view.choice.level == DISTRICT
        else tuple(Area(code, *_NOTHING, outline=True) for code in sorted(focus))
    )
    points, wide = places(n.package, view.ids), wide_places(n.package, view.ids)
    shown = (*_class_signs(n, view, colors), *signs(n, bool(points), bool(wide)))
    caption = " ".join(classes_note(n, view.choice.indicator, view.classes, rule=False))
    made = Map(caption, alt, (*areas, *extra), _labels(n, view), points, shown, n.credit, wide)
    return with_chosen(n, made, chosen)


def with_chosen(n: Names, made: Map, chosen: str) -> Map:
    """The map with the area or the initiative that is chosen ('' for none), and its sign first in the legend."""
    if chosen in n.package.initiatives.index:
        found = places(n.package, [chosen])
        sign = Sign("chosen", n.initiative(chosen))
        return replace(made, chosen=found, signs=(sign, *made.signs)) if found else made
    if not chosen:
        return made
    area, sign = Area(chosen, *_NOTHING, picked=True), Sign("picked", n.area(chosen))
    return replace(made, areas=(*made.areas, area), signs=(sign, *made.signs))


def _class_numbers(view: View) -> dict[str, int]:
    if view.classes is None:
        return {}
    return {str(code): int(i) for code, i in view.classes.assigned.items()}


_NOTHING = ("", False)


def focus_map(n: Names, codes: Iterable[str], ids: Iterable[str], counts: Mapping[str, int]) -> Map:
    """A map of the districts with one or more areas coloured, and how many initiatives are known for each."""
    chosen = set(codes)
    focus = _focus_set(n.package)
    districts = [str(code) for code in n.package.areas.index[n.package.areas["level"] == DISTRICT]]
    districts = sorted(districts, key=lambda code: code not in focus)
    areas = tuple(
        Area(code, "#cfe1e7" if code in chosen else "#f0f2f3", outline=code in focus) for code in districts
    )
    fine = tuple(Area(code, "#9fc6d2") for code in sorted(chosen - set(districts)))
    labels = tuple(
        Label(code, n.area_or_focus(code), _known(n, counts.get(code, 0)), strong=code in (chosen or focus))
        for code in districts
    )
    shown = list(ids)
    points, wide = places(n.package, shown), wide_places(n.package, shown)
    told = "; ".join(f"{label.text}: {label.value}" for label in labels)
    alt = n.w.t(
        "Map of {city} with the initiatives known to serve each district. {told}.",
        city=n.here.name,
        told=told,
    )
    return Map("", alt, (*areas, *fine), labels, points, signs(n, bool(points), bool(wide)), n.credit, wide)


def known_map(n: Names, codes: Iterable[str], known: Iterable[str], ids: Iterable[str]) -> Map:
    """`focus_map` with the places of `ids`, and how many of `known` each district has."""
    counts = {str(code): int(count) for code, count in count_served(n.package, known).by_area.items()}
    return focus_map(n, codes, ids, counts)


def _known(n: Names, count: int) -> str:
    return n.w.t("{n} known", n=n.w.number(count)) if count else n.w.t("none known")


def places(package: Package, ids: Iterable[str]) -> tuple[tuple[float, float], ...]:
    """The places of the initiatives that have one (EPSG:28992), each place once."""
    return tuple(sorted({(float(p.x), float(p.y)) for p in points_of(package, ids)}))


def wide_places(package: Package, ids: Iterable[str]) -> tuple[tuple[float, float], ...]:
    """Those of the places where all that is there is for the whole city or the region."""
    every = set(map(str, ids))
    wide = {key for key in every if scope_of(package)[key] in (CITY, REGION)}
    local = set(places(package, every - wide))
    return tuple(point for point in places(package, wide) if point not in local)


def _fill(colors: Sequence[str], number: int | None) -> tuple[str, bool]:
    """(colour, hatched) of an area: hatched where there is a figure on the map, and none for the area."""
    if not colors:
        return "#f0f2f3", False
    known = number is not None and number >= 0
    return (colors[number], False) if known and number is not None else ("", True)


def _labels(n: Names, view: View) -> tuple[Label, ...]:
    districts = n.package.areas.index[n.package.areas["level"] == DISTRICT]
    focus = _focus_set(n.package)
    return tuple(
        Label(
            str(code), n.area_or_focus(str(code)), _label_value(n, view, str(code)), strong=str(code) in focus
        )
        for code in sorted(districts, key=lambda code: code not in focus)
    )


def _label_value(n: Names, view: View, code: str) -> str:
    if view.choice.level != DISTRICT:
        return ""
    if not view.choice.indicator:
        return _known(n, int(view.served.by_area.get(code, 0)))
    value: Any = view.table.at[code, "value"]
    figure = n.value(view.choice.indicator, value)
    counts = filtered(view) and view.choice.indicator != REGISTER_INDICATOR
    return f"{figure} · {_known(n, int(view.served.by_area.get(code, 0)))}" if counts else figure


def filtered(view: View) -> bool:
    """Whether not all initiatives are asked for."""
    return any(view.choice.facets.values()) or bool(view.choice.text)


def _class_signs(n: Names, view: View, colors: Sequence[str]) -> list[Sign]:
    classes: Classes | None = view.classes
    if classes is None:
        return []
    level, key = view.choice.level, view.choice.indicator
    entries = [Sign("fill", class_text(n, key, classes, i, level), colors[i]) for i in range(classes.k)]
    gone = view.table.loc[view.table["status"] != "present", "status"].value_counts().sort_index()
    missing = [
        Sign("missing", f"{n.missing(str(status))} ({areas_count(n, int(count), level)})")
        for status, count in gone.items()
    ]
    doubt = [Sign("doubt", doubt_text(n, classes, level))] if classes.indistinct else []
    return [*entries, *doubt, *missing]


def signs(n: Names, points: bool, wide: bool = False) -> tuple[Sign, ...]:
    """The entries of the legend that every map of districts has; with places where the map has them."""
    known = [Sign("place", n.w.t("initiative at a known place"))] if points else []
    more = [Sign("wide", n.w.t("the same, there for the whole city or the region"))] if wide else []
    focus = [Sign("outline", n.w.t("focus district"))] if n.focus() else []
    return (*focus, *known, *more)


@per_package(maxsize=1)
def _focus_set(package: Package) -> frozenset[str]:
    return frozenset(code for codes in focus_codes(package).values() for code in codes)


def as_table(
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Row],
    keep: Sequence[int] | None = None,
    strong: Iterable[int] = (),
    elastic: bool = False,
    widths: tuple[float, ...] = (),
) -> Table:
    """A table of the pages as one of a brief, with the columns at the positions `keep`."""
    kept = list(keep) if keep is not None else list(range(len(columns)))
    return Table(
        caption,
        tuple(columns[i].label for i in kept),
        tuple(tuple(text_of(row.cells[i]) for i in kept) for row in rows),
        tuple(columns[i].numeric for i in kept),
        frozenset(strong),
        widths,
        elastic,
    )


def listed(
    listing: Listing,
    keep: Sequence[int] | None = None,
    strong: Iterable[int] = (),
    elastic: bool = False,
    widths: tuple[float, ...] = (),
) -> Table:
    """`as_table` of a whole table as words make it."""
    return as_table(listing.caption, listing.columns, listing.rows, keep, strong, elastic, widths)


def initiatives_table(
    n: Names,
    ids: Sequence[str],
    caption: str,
    most: int = 64,
    for_whom: Mapping[str, str] | None = None,
    ambition: bool = True,
) -> Table:
    """Initiatives by name, organisation, area served and when they were last seen; may be cut to fit. for_whom: what
    stands in place of the area served. ambition: whether that is told too."""
    columns = initiative_columns(n)
    keys = [key for key in INITIATIVE_WIDTHS if ambition or key != "ambition"]
    keep = [next(i for i, each in enumerate(columns) if each.key == key) for key in keys]
    words = [replace(column, numeric=False) for column in columns]
    rows = [_dated_row(n, columns, key, (for_whom or {}).get(key, "")) for key in ids[:most]]
    room = sum(INITIATIVE_WIDTHS[key] for key in keys)
    widths = tuple(INITIATIVE_WIDTHS[key] / room for key in keys)
    found = as_table(caption, words, rows, keep=keep, elastic=True, widths=widths)
    return replace(found, left_out=len(ids) - len(rows))


def _dated_row(n: Names, columns: Sequence[Column], key: str, for_whom: str) -> Row:
    """As on a page, but a brief has no column of status: that it is to be confirmed stands with its newest evidence;
    and of many organisations the first are named."""
    row = initiative_row(n, key)
    cells = dict(zip([column.key for column in columns], row.cells, strict=True))
    due = n.w.t("to be confirmed") if is_due(n, key) else ""
    cells["year"] = "; ".join(filter(None, (text_of(cells["year"]), due)))
    cells["serves"] = for_whom or cells["serves"]
    cells["organisation"] = organisations_text(n, key)
    return Row(row.id, list(cells.values()), row.order)


def organisations_text(n: Names, key: str) -> str:
    """The first organisations of an initiative, and how many more there are."""
    cell = stated(n.w, str(n.package.initiatives.at[key, "organisation"]))
    names = [name for name in _BETWEEN.split(cell) if name]
    rest = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (n.w.tn(" and {n} more", " and {n} more", rest) if rest > 0 else "")


def figure_sources(n: Names, indicators: Iterable[tuple[str, int, str]]) -> tuple[str, ...]:
    """A line per table: publisher, table, years, and of what kind its figures are."""
    lines: dict[str, list[int]] = {}
    for key, year, _ in indicators:
        lines.setdefault(f"{n.source(key)}; {n.kind(key).lower()}", []).append(year)
    return tuple(f"{text}; {', '.join(map(str, sorted(set(years))))}." for text, years in lines.items())


def limits(n: Names, indicators: Iterable[str]) -> tuple[str, ...]:
    """The readings that the figures do not bear, in the words of their metadata, each once."""
    return _texts(n, indicators, "not_for")


def caveats(n: Names, indicators: Iterable[str]) -> tuple[str, ...]:
    """What belongs beside the figures in the words of their metadata: of each what was not said of one before it."""
    said: set[str] = set()
    found = []
    for text in _texts(n, indicators, "caveats"):
        fresh = [part for part in _SENTENCE.split(text) if part not in said]
        said.update(fresh)
        found.append(" ".join(fresh))
    return tuple(filter(None, found))


def _texts(n: Names, indicators: Iterable[str], field: str) -> tuple[str, ...]:
    texts = dict.fromkeys(n.w.pick(n.package.indicators.loc[key], field) for key in indicators)
    return tuple(filter(None, texts))


def register_source(n: Names) -> str:
    """Where initiatives come from."""
    return n.w.t("Register of initiatives: public sources, named with each initiative on the site.")


def boundary_source(n: Names) -> str:
    """Whose boundaries the map has."""
    return n.w.t("Boundaries: {credit}.", credit=n.credit)


def absence(n: Names) -> str:
    """What an absence in the register means."""
    return n.w.t("None known is not none: an initiative that is not in the register can still exist.")
