"""The figures of one or a few areas in a brief: the spine chart, the same as a table, and their sources."""

from __future__ import annotations

from collections.abc import Sequence

from hsc_geo.analysis import profile
from hsc_geo.analysis.figures import NOT_PUBLISHED, Figure
from hsc_geo.analysis.focus import country_code, municipality_code
from hsc_geo.analysis.profile import FAVOURABLE, UNFAVOURABLE, Spine, against_city
from hsc_geo.views.kit.intervals import with_bounds
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Row
from hsc_geo.views.paper import blocks
from hsc_geo.views.paper.blocks import as_table, figure_sources
from hsc_geo.views.paper.model import BETTER, INDISTINCT, NEUTRAL, SAME, WORSE, Chart, Mark, SpineRow, Table
from hsc_geo.views.profile.answers import Groups
from hsc_geo.views.profile.tables import DASH, spine_columns, spine_rows
from hsc_geo.views.profile.words import intervals_known, named, same_text, verdicts

AREA = 1  # of the columns of `spine_columns` the first with numbers


def chart(n: Names, codes: Sequence[str], groups: Groups) -> Chart:
    """The spine chart of the areas; all that it shows is in the table too, and its description says so."""
    said = verdicts(n, groups)
    names = tuple(n.area(code) for code in codes)
    alt = n.w.t(
        "Chart of {figures} figures of {areas} beside the city and the country, each in its own scale. The table under "
        "it holds the same.",
        figures=len(groups),
        areas=", ".join(names),
    )
    return Chart(
        caption="",
        alt=alt,
        names=names,
        city=n.area(municipality_code(n.package)),
        country=n.area(country_code(n.package)),
        low="0%",
        high="100%",
        words=tuple(said.values()),
        rows=tuple(_row(n, group) for group in groups),
        band=same_text(n),
    )


def _row(n: Names, group: Sequence[Spine]) -> SpineRow:
    first = group[0]
    areas = tuple(_mark(n, row, row.figure) for row in group)
    tones = tuple(tone(n, row) for row in group)
    city, country = _mark(n, first, first.city), _mark(n, first, first.country)
    return SpineRow(named(n, first), areas, city, country, tones, _band(first), _ends(n, first))


def _band(row: Spine) -> tuple[float, float] | None:
    """The stretch of the scale that is about the same as the city."""
    if row.band is None:
        return None
    low, high = (row.position(value) or 0.0 for value in row.band)
    return low, high


def _ends(n: Names, row: Spine) -> tuple[str, str]:
    """The ends of a scale that is not that of a percentage."""
    if row.scale == profile.WHOLE:
        return "", ""
    low, high = (n.value(row.indicator_id, value) for value in row.scale)
    return low, high


def _mark(n: Names, row: Spine, found: Figure) -> Mark:
    text = n.figure(found) if found.value is not None else DASH
    low, high = row.position(found.lower), row.position(found.upper)
    interval = None if low is None or high is None else (low, high)
    return Mark(row.position(found.value), text, interval)


def tone(n: Names, row: Spine) -> str:
    """How the area compares with the city, for its mark."""
    verdict = against_city(n.package, row)
    tones = {FAVOURABLE: BETTER, UNFAVOURABLE: WORSE, profile.SAME: SAME, profile.INDISTINCT: INDISTINCT}
    return tones.get(verdict, NEUTRAL)


def table(n: Names, codes: Sequence[str], groups: Groups, caption: str, elastic: bool = False) -> Table:
    """Figures of the areas, the city and the country, how the area compares, how many adults that is, lowest to highest
    area, year and source.

    Year, age, kind and source stand once in the caption where they are the same for all. A dash for the country, and
    what it means in the caption, where this edition has no national figure.
    """
    columns = [*spine_columns(n, codes), Column("table", n.w.t("Table"))]
    rows = [_with_table(n, row, group) for row, group in zip(spine_rows(n, groups), groups, strict=True)]
    origins = {_origin(n, group[0]) for group in groups}
    one, compared = len(origins) == 1, len(codes) == 1
    left_out = {"interval", "kind", "source", *(("moment", "table") if one else ("people",))}
    if not compared:  # no room beside several areas
        left_out |= {"people", "range"}
    keep = [i for i, column in enumerate(columns) if column.key not in left_out]
    brackets = [n.w.t("in brackets the 95% interval")] if intervals_known(groups) else []
    said = "; ".join(filter(None, (origins.pop() if one else "", *brackets, *national_dash(n, groups))))
    own = len(codes) if intervals_known(groups) else 0
    widths = _widths([columns[i].key for i in keep], own)
    return as_table(
        f"{caption} ({said})" if said else caption, columns, rows, keep, elastic=elastic, widths=widths
    )


def core_table(n: Names, area_code: str, core: Groups) -> Table:
    """The core figures of one area, where no chart says what the table is."""
    return table(n, [area_code], core, n.w.t("Core figures of {area}", area=n.area(area_code)))


def national_dash(n: Names, groups: Groups) -> list[str]:
    """What a dash for the country means; [] where there is none."""
    dashed = any(group[0].country.status == NOT_PUBLISHED for group in groups)
    return [f"{DASH}: {n.w.t('no national figure in this edition')}"] if dashed else []


def _with_table(n: Names, row: Row, group: Sequence[Spine]) -> Row:
    """The row with the id of its table behind it (the publisher stands with the sources), the intervals behind the
    figures of the areas, and a dash for a national figure that this edition lacks."""
    cells = list(row.cells)
    cells[AREA : AREA + len(group)] = [with_bounds(n, each.figure) for each in group]
    if group[0].country.status == NOT_PUBLISHED:
        cells[AREA + len(group) + 1] = DASH
    return Row(row.id, [*cells, str(n.package.indicators.at[group[0].indicator_id, "table_id"])], row.order)


_WIDTHS = {"against": 0.13, "people": 0.13, "range": 0.13, "moment": 0.19, "table": 0.1}
_NAME, _NAME_BESIDE_MOMENT, _NAME_ALONE = 0.27, 0.21, 0.36


def _widths(keys: Sequence[str], own: int) -> tuple[float, ...]:
    """The share of each column; what is left is for the numbers, evenly, but that the first `own` of them, with an
    interval behind the figure, weigh twice."""
    name = _NAME_BESIDE_MOMENT if "moment" in keys else _NAME if "range" in keys else _NAME_ALONE
    known = {**_WIDTHS, "figure": name}
    numbers = [key for key in keys if key not in known]
    weights = {key: 2 if i < own else 1 for i, key in enumerate(numbers)}
    rest = (1 - sum(known[key] for key in keys if key in known)) / sum(weights.values())
    return tuple(known[key] if key in known else rest * weights[key] for key in keys)


def _origin(n: Names, row: Spine) -> str:
    """Year, age group, kind and source of a figure."""
    moment = n.moment(row.year, row.age_group)
    return f"{moment}; {n.kind(row.indicator_id).lower()}; {n.source(row.indicator_id)}"


def sources(n: Names, groups: Groups) -> tuple[str, ...]:
    """A line per table that the figures come from."""
    return figure_sources(n, [(g[0].indicator_id, g[0].year, g[0].age_group) for g in groups])


def limits(n: Names, groups: Groups) -> tuple[str, ...]:
    """The readings that the figures do not bear, each once."""
    return blocks.limits(n, [group[0].indicator_id for group in groups])
